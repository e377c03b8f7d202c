"""App configuration."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "rrr.people"
    label = "people"
