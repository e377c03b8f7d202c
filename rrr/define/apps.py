"""App configuration."""

from django.apps import AppConfig


class DefineConfig(AppConfig):
    name = "rrr.define"
    label = "define"
