"""App configuration."""

from django.apps import AppConfig


class UnderstandConfig(AppConfig):
    name = "rrr.understand"
    label = "understand"

    def ready(self) -> None:
        from rrr.core import thread
        from rrr.understand import hooks, queries

        thread.register_step(
            "understand", knot=hooks.knot, search=hooks.search, export=hooks.export, erase=hooks.erase, counts=queries.counts
        )
