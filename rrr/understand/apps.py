"""App configuration."""

from django.apps import AppConfig


class UnderstandConfig(AppConfig):
    name = "rrr.understand"
    label = "understand"

    def ready(self) -> None:
        from rrr.core import thread
        from rrr.understand import hooks, jobs, queries

        jobs.register()
        thread.register_step(
            "understand",
            knot=hooks.knot,
            panels=hooks.panels,
            search=hooks.search,
            export=hooks.export,
            erase=hooks.erase,
            counts=queries.counts,
        )
