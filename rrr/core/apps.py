"""App configuration."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "rrr.core"
    label = "core"

    def ready(self) -> None:
        from rrr.core import privacy, thread

        thread.register_step("core", export=privacy.export_core, erase=privacy.erase_core)
