"""App configuration."""

from django.apps import AppConfig


class ExperimentConfig(AppConfig):
    name = "rrr.experiment"
    label = "experiment"
