"""App configuration."""

from django.apps import AppConfig


class UnderstandConfig(AppConfig):
    name = "rrr.understand"
    label = "understand"
