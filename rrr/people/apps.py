"""App configuration."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "rrr.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rrr.core.thread import register_step
        from rrr.people import hooks
        from rrr.people.actions import accounts

        register_step("people", panels=hooks.panels, export=accounts.export, erase=accounts.erase)
