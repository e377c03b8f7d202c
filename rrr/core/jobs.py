"""Long work: queued in the same transaction as what caused it, done by the worker, with progress, cancel and recovery.

    @job("understand.import")
    def read(progress: Progress, *, upload: int) -> str: ...      # returns the address of the result, or ""

    enqueue(by=user, kind="understand.import", title="Reading susy.geojson", args={"upload": 7})

A job runs again from its start when its worker was killed, so it is written to be repeated. Progress is written through a
connection of its own: readers see it while the job's own transaction is still open.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.core.models import Job

Work = Callable[..., str]
STALLED = timedelta(seconds=30)
ATTEMPTS = 2
_kinds: dict[str, Work] = {}
Tell = Callable[[Job, int, int, str], None]
watchers: list[Tell] = []  # the worker's terminal; called where progress is written


class Cancelled(Exception):
    """Somebody asked to cancel the job; its transaction rolls back."""


class JobError(Exception):
    """A job cannot go on; the text is one sentence for the person who asked."""


def job(kind: str) -> Callable[[Work], Work]:
    def keep(work: Work) -> Work:
        _kinds[kind] = work
        return work

    return keep


class Progress:
    """Handed to the work: `step` tells how far it is and stops a job that was cancelled."""

    def __init__(self, job: Job, connection: psycopg.Connection[Any]) -> None:
        self.job = job
        self._connection = connection
        self._told = 0.0

    def step(self, done: int, total: int = 0, message: str = "") -> None:
        """Cheap to call often: it writes twice a second at most. Raises Cancelled."""
        now = time.monotonic()
        if now - self._told < 0.5 and done != total:
            return
        self._told = now
        row = self._connection.execute(
            "UPDATE core_job SET done = %s, total = %s, message = %s, heartbeat_at = now(), updated_at = now() WHERE id = %s RETURNING cancel_asked",
            [done, total, message[:300], self.job.pk],
        ).fetchone()
        for tell in watchers:
            tell(self.job, done, total, message)
        if row is None or row[0]:
            raise Cancelled


def enqueue(*, by: Actor, kind: str, title: str, args: dict[str, Any], territory: str = "") -> Job:
    """Queue work. It is taken up once the caller's transaction stands, never before."""
    if kind not in _kinds:
        raise LookupError(f"No job is called {kind}; register it with @job.")
    from rrr.core.tasks import run_job

    with transaction.atomic():
        made = Job.objects.create(by_id=by.pk if by else None, kind=kind, title=title[:300], args=args, territory=territory)
        audit.record(by=by, action="jobs.enqueue", subject=made, after={"kind": kind, "args": args}, territory=territory)
        run_job.defer(job=str(made.pk))  # a row in the same database and transaction
    return made


@transaction.atomic
def cancel(*, job: Job, by: Actor) -> None:
    """Ask a job to stop: a waiting one is cancelled here, a working one at its next step."""
    Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(state=Job.State.CANCELLED, finished_at=timezone.now())
    Job.objects.filter(pk=job.pk).update(cancel_asked=True)
    audit.record(by=by, action="jobs.cancel", subject=job)


@contextmanager
def _own_connection() -> Iterator[psycopg.Connection[Any]]:
    values = connections["default"].get_connection_params()
    wanted = {name: values[name] for name in ("dbname", "user", "password", "host", "port") if values.get(name)}
    with psycopg.connect(**wanted, autocommit=True) as connection:
        yield connection


def run(pk: UUID | str) -> None:
    """What the worker does with one job; a job that has ended, or that another worker holds, is left alone."""
    taken = Job.objects.filter(pk=pk, state__in=Job.OPEN).filter(Q(state=Job.State.QUEUED) | Q(heartbeat_at__lt=timezone.now() - STALLED))
    now = timezone.now()
    if not taken.update(state=Job.State.DOING, started_at=now, heartbeat_at=now, attempts=F("attempts") + 1):
        return
    found = Job.objects.select_related("by").get(pk=pk)
    work = _kinds.get(found.kind)
    language = getattr(found.by, "language", None) or "en"
    with _own_connection() as connection, translation.override(language):
        try:
            if work is None:
                raise JobError(_("This version of RRR does not know this kind of work."))
            with transaction.atomic():
                url = work(Progress(found, connection), **found.args)
        except Cancelled:
            _end(found, Job.State.CANCELLED)
        except JobError as error:
            _end(found, Job.State.FAILED, error=str(error))
        except Exception:
            _end(
                found,
                Job.State.FAILED,
                error=_("Something went wrong on our side. Nothing was changed; the people who run this site can see the reason."),
            )
            raise
        else:
            _end(found, Job.State.DONE, url=url)


def _end(job: Job, state: str, *, error: str = "", url: str = "") -> None:
    values: dict[str, Any] = {"state": state, "error": error, "result_url": url, "finished_at": timezone.now()}
    if state == Job.State.DONE:
        values["done"] = F("total")
    Job.objects.filter(pk=job.pk).update(**values)


def recover() -> int:
    """Give jobs whose worker was killed to a worker again; after the second time say so. Returns how many were found."""
    from rrr.core.tasks import run_job

    stalled = Job.objects.filter(state=Job.State.DOING, heartbeat_at__lt=timezone.now() - STALLED)
    found = 0
    for one in stalled:
        found += 1
        if one.attempts >= ATTEMPTS:
            _end(one, Job.State.FAILED, error=_("The work was interrupted twice. Nothing was changed; start it again."))
        else:
            run_job.defer(job=str(one.pk))
    return found
