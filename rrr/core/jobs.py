"""Long work: queued in the same transaction as what caused it, done by the worker, with progress, cancel and recovery.

    @job("understand.import")
    def read(progress: Progress, *, upload: int) -> str: ...      # returns the address of the result, or ""

    enqueue(by=user, kind="understand.import", title="Reading susy.geojson", args={"upload": 7})

A job's work, and that it is done, are one transaction: it happens once or not at all. A lock of that transaction keeps a second
worker off for as long as the first one's statement runs in the database, even where its process was killed. Such a job runs again
from its start. Progress is written through a connection of its own (rrr.core.pulse): readers see it while the work is open, and the
pulse beats and hears a cancel while one long statement runs.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rrr.core import audit, queries
from rrr.core.audit import Actor
from rrr.core.models import Job
from rrr.core.outages import database_away, no_room
from rrr.core.pulse import Pulse, own_connection

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

    def __init__(self, job: Job, pulse: Pulse) -> None:
        self.job = job
        self._pulse = pulse
        self._told = 0.0

    def step(self, done: int, total: int = 0, message: str = "") -> None:
        """Cheap to call often: it writes twice a second at most. Raises Cancelled."""
        now = time.monotonic()
        if now - self._told < 0.5 and done != total:
            return
        self._told = now
        go_on = self._pulse.tell(done, total, message[:300])
        for tell in watchers:
            tell(self.job, done, total, message)
        if not go_on:
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


def run(pk: UUID | str) -> None:
    """What the worker does with one job; a job that has ended, or that another worker holds, is left alone."""
    with own_connection() as telling:
        pulse = Pulse(pk, telling)
        try:
            with transaction.atomic():
                if not _lock(pk) or (found := _take(pk, pulse)) is None:
                    return
                with _speaking(found):
                    url = _work(found, pulse)
                _end(pk, Job.State.DONE, url=url)  # stands with the work, or falls with it
        except Exception as error:
            ended = _ended(pk, pulse, error)
            if not ended:
                raise


def _ended(pk: UUID | str, pulse: Pulse, error: Exception) -> bool:
    """Say how a job ended that did not get through; False where the people who run the site should see the error."""
    if pulse.cancelled or isinstance(error, Cancelled):
        connection.close()  # a request to break off that comes late finds nobody
        _end(pk, Job.State.CANCELLED)
        return True
    if isinstance(error, JobError):
        _end(pk, Job.State.FAILED, error=str(error))
        return True
    if database_away(error):
        connection.close()  # the job is found again like one whose worker was killed
        return False
    with _speaking(Job.objects.select_related("by").get(pk=pk)):
        text = _("Something went wrong on our side. Nothing was changed; the people who run this site can see the reason.")
        if no_room(error):
            text = _("The disk of this site is full. Nothing was changed. Tell the people who run the site, then start this again.")
    _end(pk, Job.State.FAILED, error=text)
    return False


def _speaking(job: Job) -> AbstractContextManager[None]:
    """The language of the person who asked."""
    return translation.override(getattr(job.by, "language", None) or "en")


def _lock(pk: UUID | str) -> bool:
    """Hold this job until the transaction ends; False where another transaction does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [int.from_bytes(UUID(str(pk)).bytes[:8], signed=True)])
        return bool(cursor.fetchone()[0])


def _take(pk: UUID | str, pulse: Pulse) -> Job | None:
    """Under the lock, so whoever worked on it before is gone. Raises Cancelled."""
    found = Job.objects.select_related("by").filter(pk=pk, state__in=Job.OPEN).first()
    if found is None or (found.state == Job.State.DOING and found.attempts >= ATTEMPTS):
        return None
    if not pulse.begin():
        raise Cancelled
    return found


def _work(found: Job, pulse: Pulse) -> str:
    work = _kinds.get(found.kind)
    if work is None:
        raise JobError(_("This version of RRR does not know this kind of work."))
    with pulse.beating(connection.connection):
        return work(Progress(found, pulse), **found.args)


def _end(pk: UUID | str, state: str, *, error: str = "", url: str = "") -> None:
    values: dict[str, Any] = {"state": state, "error": error, "result_url": url, "finished_at": timezone.now()}
    if state == Job.State.DONE:
        values["done"] = F("total")
    Job.objects.filter(pk=pk, state__in=Job.OPEN).update(**values)


def recover(patience: timedelta = STALLED) -> int:
    """Give jobs whose worker was killed to a worker again; after the second time say so. Returns how many were found.

    patience: how long nothing was heard of them; the lock decides whether somebody works on one.
    """
    from rrr.core.tasks import run_job

    before, found = timezone.now() - patience, 0
    waiting = set(queries.waiting_jobs())
    silent = Q(state=Job.State.DOING, heartbeat_at__lt=before) | Q(state=Job.State.QUEUED, created_at__lt=before)
    for one in Job.objects.filter(silent).exclude(pk__in=waiting).select_related("by"):
        with transaction.atomic(), _speaking(one):
            if not _lock(one.pk):
                continue
            found += 1
            if one.cancel_asked:
                _end(one.pk, Job.State.CANCELLED)
            elif one.state == Job.State.DOING and one.attempts >= ATTEMPTS:
                _end(one.pk, Job.State.FAILED, error=_("The work was interrupted twice. Nothing was changed; start it again."))
            else:
                run_job.defer(job=str(one.pk))
    return found
