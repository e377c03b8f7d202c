"""`manage.py worker`: does the queued work and sends mail until it is told to stop (SIGTERM or Ctrl-C)."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.management import BaseCommand, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from rrr.core import jobs
from rrr.core.models import Job


class _Terminal:
    """A bar per job where somebody watches, a line per job where the output goes to a file."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[said]}"))
        self._bars = Progress(*columns, console=Console(stderr=True), transient=True)
        self._known: dict[str, TaskID] = {}
        if self._bars.console.is_terminal:
            self._bars.start()

    def __call__(self, job: Job, done: int, total: int, said: str) -> None:
        key = str(job.pk)
        if key not in self._known:
            self._known[key] = self._bars.add_task(job.title, total=total or None, said=said)
        self._bars.update(self._known[key], completed=done, total=total or None, said=said)
        if total and done >= total:
            self._bars.remove_task(self._known.pop(key))
            self._bars.console.print(f"{job.title}: {said or done}")


class Command(BaseCommand):
    help = "Do queued work and send mail until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")
        parser.add_argument("--concurrency", type=int, default=2, help="how many jobs at once (2)")

    def handle(self, *args: Any, **options: Any) -> None:
        from procrastinate.contrib.django import app

        from rrr.core import tasks  # noqa: F401 - registers the tasks

        jobs.watchers.append(_Terminal())
        jobs.recover(patience=timedelta(0))  # work of a worker that was killed goes on at once
        with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined] # Django's connector has it
            asyncio.run(_work(working, wait=not options["once"], concurrency=options["concurrency"]))


async def _work(app: Any, *, wait: bool, concurrency: int) -> None:
    """Long work, and beside it mail and the look for interrupted work: two imports of ten minutes must not hold up a sign-in mail."""
    queues = {"default": concurrency, "mail": 1}
    async with app.open_async():
        workers = [
            asyncio.create_task(
                app.run_worker_async(
                    queues=[queue],
                    name=queue,
                    concurrency=many,
                    wait=wait,
                    delete_jobs="successful",
                    install_signal_handlers=False,
                    listen_notify=wait,
                )
            )
            for queue, many in queues.items()
        ]
        for asked in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(asked, _stop, workers)
        await asyncio.wait(workers, return_when=asyncio.FIRST_COMPLETED if wait else asyncio.ALL_COMPLETED)
        _stop(workers)  # one that ends takes the other along: whoever started the worker starts it again
        ended = await asyncio.gather(*workers, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception):
            raise error


def _stop(workers: Sequence[asyncio.Task[None]]) -> None:
    for worker in workers:
        worker.cancel()  # it finishes what it has begun
