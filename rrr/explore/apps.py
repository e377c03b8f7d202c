"""App configuration."""

from django.apps import AppConfig


class ExploreConfig(AppConfig):
    name = "rrr.explore"
    label = "explore"
