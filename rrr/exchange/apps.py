"""App configuration."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "rrr.exchange"
    label = "exchange"

    def ready(self) -> None:
        from rrr.core import thread
        from rrr.exchange import hooks, queries

        thread.register_step(
            "exchange",
            knot=hooks.knot,
            panels=hooks.panels,
            search=hooks.search,
            export=hooks.export,
            erase=hooks.erase,
            counts=queries.counts,
        )
