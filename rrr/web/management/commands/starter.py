"""`manage.py starter load|check`: the starter content, through the same actions a user's data takes."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from rrr.places import content

STEPS = ("places", "understand", "define", "explore")


class Loader(Protocol):
    def load(self, *, root: Path, by: None, report: Any) -> Any: ...


def _loaders() -> list[tuple[str, Loader]]:
    """The loaders in step order; a step without starter content has none."""
    names = [(step, f"rrr.{step}.starter") for step in STEPS]
    return [(step, import_module(name)) for step, name in names if find_spec(name) is not None]


class Command(BaseCommand):
    help = "Check the starter content or load it. Loading unchanged content again does nothing; what people edited stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["load", "check"])
        parser.add_argument("--root", type=Path, default=None, help="another folder of the same form as starter/")

    def handle(self, *args: Any, **options: Any) -> None:
        root: Path = options["root"] or settings.ROOT / "starter"
        if not root.is_dir():
            raise CommandError(f"There is no folder {root}; name one with --root.")
        self._check(root)
        if options["what"] == "load":
            self._load(root)

    def _check(self, root: Path) -> None:
        problems = content.check(root)
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            said = "1 fault" if len(problems) == 1 else f"{len(problems)} faults"
            raise CommandError(f"The starter content has {said}; mend it and run `manage.py starter check` again.")
        self.stdout.write("The starter content is sound.")

    def _load(self, root: Path) -> None:
        began = time.monotonic()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        totals = []
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            for step, loader in _loaders():
                task = progress.add_task(step, total=None)

                def report(message: str, done: int, total: int, task: Any = task) -> None:
                    progress.update(task, description=message, completed=done, total=total)

                try:
                    totals.append((step, loader.load(root=root, by=None, report=report)))
                except ValidationError as error:
                    reason = " ".join(error.messages)
                    raise CommandError(f"The step {step} was not loaded, the steps before it were: {reason}") from error
        for step, counts in totals:
            self.stdout.write(_sentence(step, counts))
        self.stdout.write(f"Done in {time.monotonic() - began:.1f} s.")


def _sentence(step: str, counts: Any) -> str:
    new, updated, unchanged, kept = (getattr(counts, name, 0) for name in ("new", "updated", "unchanged", "kept"))
    if not (new or updated or unchanged or kept):
        return f"{step}: the files are those loaded last; nothing to do."
    return f"{step}: {new} new, {updated} updated, {unchanged} unchanged, {kept} left as people made them."
