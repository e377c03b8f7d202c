"""App configuration."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "rrr.exchange"
    label = "exchange"
