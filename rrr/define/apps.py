"""App configuration."""

from django.apps import AppConfig


class DefineConfig(AppConfig):
    name = "rrr.define"
    label = "define"

    def ready(self) -> None:
        from rrr.core import thread
        from rrr.define import hooks, queries

        thread.register_step(
            "define",
            knot=hooks.knot,
            panels=hooks.panels,
            search=hooks.search,
            export=hooks.export,
            erase=hooks.erase,
            counts=queries.counts,
        )
