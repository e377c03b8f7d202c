"""`manage.py worker`: does the queued work and sends mail until it is told to stop (SIGTERM or Ctrl-C)."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, CommandParser

from rrr.core import jobs


class Command(BaseCommand):
    help = "Do queued work and send mail until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")
        parser.add_argument("--concurrency", type=int, default=2, help="how many jobs at once (2)")

    def handle(self, *args: Any, **options: Any) -> None:
        from procrastinate.contrib.django import app

        from rrr.core import tasks  # noqa: F401 - registers the tasks

        jobs.recover()
        with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined] # Django's connector has it
            working.run_worker(
                wait=not options["once"],
                concurrency=options["concurrency"],
                delete_jobs="successful",
                install_signal_handlers=True,
                listen_notify=not options["once"],
            )
