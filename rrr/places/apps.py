"""App configuration."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "rrr.places"
    label = "places"
