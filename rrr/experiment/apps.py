"""App configuration."""

from django.apps import AppConfig


class ExperimentConfig(AppConfig):
    name = "rrr.experiment"
    label = "experiment"

    def ready(self) -> None:
        from rrr.core import thread
        from rrr.experiment import hooks, queries

        thread.register_step(
            "experiment",
            knot=hooks.knot,
            panels=hooks.panels,
            search=hooks.search,
            export=hooks.export,
            erase=hooks.erase,
            counts=queries.counts,
        )
