"""App configuration."""

from django.apps import AppConfig


class ExploreConfig(AppConfig):
    name = "rrr.explore"
    label = "explore"

    def ready(self) -> None:
        from rrr.core import thread
        from rrr.explore import hooks, queries
        from rrr.explore.actions import index  # noqa: F401 - registers its job

        thread.register_step(
            "explore",
            knot=hooks.knot,
            panels=hooks.panels,
            search=hooks.search,
            export=hooks.export,
            erase=hooks.erase,
            counts=queries.counts,
        )
