"""A job lives while one long statement runs, hears a cancel in it, and never runs twice at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from rrr.core import jobs
from rrr.core.jobs import Progress
from rrr.core.models import Job
from rrr.core.outages import no_room
from rrr.core.pulse import BEAT, own_connection
from tests.factories.people import user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def sleep() -> Iterator[str]:
    """Work that is one statement of some seconds and says nothing meanwhile."""

    @jobs.job("test.sleep")
    def work(progress: Progress, *, seconds: float) -> str:
        Job.objects.create(kind="test.trace", title="Seen once")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(%s)", [seconds])
        return "/slept/"

    yield "test.sleep"
    jobs._kinds.pop("test.sleep")


def _beside(pk: Any) -> threading.Thread:
    """The job as another worker would do it."""

    def go() -> None:
        try:
            jobs.run(pk)
        finally:
            connection.close()

    thread = threading.Thread(target=go)
    thread.start()
    return thread


def _until(found: Callable[[], bool], seconds: float = 10) -> None:
    patience = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < patience
        time.sleep(0.05)


def _made(seconds: float) -> Job:
    return Job.objects.create(by=user(), kind="test.sleep", title="Sleeping", args={"seconds": seconds})


def _state(made: Job) -> str:
    made.refresh_from_db()
    return made.state


def test_it_beats_while_one_statement_runs(sleep: str) -> None:
    made = _made(3 * BEAT)
    thread = _beside(made.pk)
    _until(lambda: _state(made) == Job.State.DOING)
    began = made.heartbeat_at
    time.sleep(2 * BEAT)
    made.refresh_from_db()
    assert made.heartbeat_at is not None
    assert began is not None
    assert made.heartbeat_at > began
    assert timezone.now() - made.heartbeat_at < timedelta(seconds=2 * BEAT)
    thread.join()
    assert _state(made) == Job.State.DONE


def test_a_cancel_breaks_off_the_statement_within_seconds_and_leaves_nothing(sleep: str) -> None:
    made = _made(120)
    thread = _beside(made.pk)
    _until(lambda: _state(made) == Job.State.DOING)
    asked = time.monotonic()
    jobs.cancel(job=made, by=made.by)
    thread.join(timeout=30)
    assert time.monotonic() - asked < 3 * BEAT
    assert _state(made) == Job.State.CANCELLED
    assert not Job.objects.filter(kind="test.trace").exists()


def test_a_job_that_looks_dead_but_works_is_never_started_twice(sleep: str) -> None:
    made = _made(3 * BEAT)
    thread = _beside(made.pk)
    _until(lambda: _state(made) == Job.State.DOING)
    assert jobs.recover(timedelta(0)) == 0
    jobs.run(made.pk)  # a second worker
    assert _state(made) == Job.State.DOING
    assert made.attempts == 1
    thread.join()
    assert _state(made) == Job.State.DONE
    assert Job.objects.filter(kind="test.trace").count() == 1


def test_a_statement_that_outlives_its_worker_keeps_the_others_off(sleep: str) -> None:
    """The worker was killed, the server still works on its statement: the job waits until that is over."""
    made = _made(0)
    Job.objects.filter(pk=made.pk).update(state=Job.State.DOING, attempts=1, heartbeat_at=timezone.now() - 2 * jobs.STALLED)
    with own_connection() as dead, dead.transaction():
        dead.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(made.pk.bytes[:8], signed=True)])
        assert jobs.recover() == 0
        jobs.run(made.pk)
        assert _state(made) == Job.State.DOING
    assert jobs.recover() == 1
    jobs.run(made.pk)
    assert (_state(made), made.attempts) == (Job.State.DONE, 2)


def test_the_work_and_that_it_is_done_are_one(sleep: str) -> None:
    """What makes the transaction fail at its very end takes "done" with it."""

    @jobs.job("test.deferred")
    def work(progress: Progress) -> str:
        transaction.on_commit(lambda: None)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO core_noticechoice (user_id, kind, pace) VALUES (-1, 'job', 'now')"
            )  # the foreign key is looked at on commit
        return "/never/"

    made = Job.objects.create(by=user(), kind="test.deferred", title="Deferred", args={})
    with pytest.raises(Exception, match="foreign key"):
        jobs.run(made.pk)
    jobs._kinds.pop("test.deferred")
    assert (_state(made), made.result_url) == (Job.State.FAILED, "")


def test_a_database_that_goes_away_leaves_the_job_to_be_found_again(sleep: str) -> None:
    made = _made(0)

    @jobs.job("test.sleep")
    def cut_off(progress: Progress, *, seconds: float) -> str:
        with own_connection() as other:
            other.execute("SELECT pg_terminate_backend(%s, 2000)", [connection.connection.info.backend_pid])
        Job.objects.create(kind="test.trace", title="Not written")
        return "/never/"

    with pytest.raises(OperationalError):
        jobs.run(made.pk)
    assert _state(made) == Job.State.DOING
    assert jobs.recover(timedelta(0)) == 1
    assert not Job.objects.filter(kind="test.trace").exists()


def test_a_job_that_nobody_took_up_is_queued_again(sleep: str) -> None:
    """The worker was killed between fetching it and beginning it."""
    made = _made(0)
    Job.objects.filter(pk=made.pk).update(created_at=timezone.now() - 2 * jobs.STALLED)
    assert jobs.recover() == 1
    jobs.run(made.pk)
    assert _state(made) == Job.State.DONE


def test_cancelling_a_job_whose_worker_was_killed_ends_it(sleep: str) -> None:
    made = _made(0)
    Job.objects.filter(pk=made.pk).update(state=Job.State.DOING, attempts=1, heartbeat_at=timezone.now() - 2 * jobs.STALLED)
    jobs.cancel(job=made, by=made.by)
    assert jobs.recover() == 1
    assert _state(made) == Job.State.CANCELLED


def test_a_full_disk_is_named(sleep: str) -> None:
    @jobs.job("test.sleep")
    def full(progress: Progress, *, seconds: float) -> str:
        raise OSError(28, "No space left on device")

    made = _made(0)
    with pytest.raises(OSError, match="space"):
        jobs.run(made.pk)
    assert _state(made) == Job.State.FAILED
    assert "disk of this site is full" in made.error
    assert not no_room(ValueError())
