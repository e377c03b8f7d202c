"""`manage.py index`: bring the search index up to the catalogue."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from rrr.explore.actions import index


class Command(BaseCommand):
    help = "Bring the search index up to the catalogue. Each batch is kept at once: after an interruption run it again and it goes on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="compute every entry anew, also those that are up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Solutions", total=None)
            written = index.rebuild(
                tell=lambda done, total: progress.update(task, completed=done, total=total), again=bool(options["again"])
            )
        self.stdout.write(f"{written} of the catalogue's texts were written to the index in {time.monotonic() - began:.1f} s.")
