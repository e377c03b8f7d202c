"""Jobs: queued with their cause, seen while they work, cancelled, and recovered after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from rrr.core import jobs
from rrr.core.jobs import JobError, Progress
from rrr.core.models import Job
from rrr.core.pulse import own_connection
from tests.factories.jobs import taken_up
from tests.factories.people import user

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def kinds() -> Iterator[None]:
    """Kinds of work that exist only here."""

    @jobs.job("test.count")
    def count(progress: Progress, *, to: int) -> str:
        for number in range(to + 1):
            progress.step(number, to, f"{number} of {to}")
        return "/done/"

    @jobs.job("test.refuse")
    def refuse(progress: Progress) -> str:
        Job.objects.create(kind="test.trace", title="must roll back")
        raise JobError("The file has no rows. Choose another file.")

    yield
    for name in ("test.count", "test.refuse"):
        jobs._kinds.pop(name)


@pytest.mark.django_db(transaction=True)
def test_a_job_runs_and_says_where_its_result_is(kinds: None) -> None:
    made = jobs.enqueue(by=user(), kind="test.count", title="Counting", args={"to": 3})
    assert made.state == Job.State.QUEUED
    jobs.run(made.pk)
    made.refresh_from_db()
    assert (made.state, made.done, made.total, made.percent, made.result_url) == (Job.State.DONE, 3, 3, 100, "/done/")


@pytest.mark.django_db(transaction=True)
def test_a_job_that_cannot_go_on_says_why_and_leaves_nothing(kinds: None) -> None:
    made = jobs.enqueue(by=user(), kind="test.refuse", title="Refusing", args={})
    jobs.run(made.pk)
    made.refresh_from_db()
    assert (made.state, made.error) == (Job.State.FAILED, "The file has no rows. Choose another file.")
    assert not Job.objects.filter(kind="test.trace").exists()


def _queued() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'core.run_job'")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_cause_queues_nothing(kinds: None) -> None:
    person, before = user(), _queued()
    with pytest.raises(RuntimeError), transaction.atomic():
        jobs.enqueue(by=person, kind="test.count", title="Counting", args={"to": 1})
        assert _queued() == before + 1
        raise RuntimeError
    assert _queued() == before
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_waiting_job_is_cancelled_at_once_and_never_runs(kinds: None) -> None:
    person = user()
    made = jobs.enqueue(by=person, kind="test.count", title="Counting", args={"to": 1})
    jobs.cancel(job=made, by=person)
    jobs.run(made.pk)
    made.refresh_from_db()
    assert (made.state, made.done) == (Job.State.CANCELLED, 0)


@pytest.mark.django_db(transaction=True)
def test_a_working_job_stops_at_its_next_step(kinds: None) -> None:
    person = user()

    @jobs.job("test.cancelled_inside")
    def work(progress: Progress) -> str:
        with own_connection() as other:
            other.execute("UPDATE core_job SET cancel_asked = true WHERE id = %s", [progress.job.pk])
        progress.step(1, 1)
        return "/never/"

    made = jobs.enqueue(by=person, kind="test.cancelled_inside", title="Cancelled inside", args={})
    jobs.run(made.pk)
    made.refresh_from_db()
    assert (made.state, made.result_url) == (Job.State.CANCELLED, "")
    jobs._kinds.pop("test.cancelled_inside")


@pytest.mark.django_db(transaction=True)
def test_an_interrupted_job_is_given_again_once_and_then_called_failed(kinds: None) -> None:
    made = Job.objects.create(by=user(), kind="test.count", title="Counting", args={"to": 1})
    old = timezone.now() - 2 * jobs.STALLED
    Job.objects.filter(pk=made.pk).update(state=Job.State.DOING, heartbeat_at=old, attempts=1)
    assert jobs.recover() == 1
    assert jobs.recover() == 0  # it waits for a worker now
    taken_up()
    jobs.run(made.pk)
    made.refresh_from_db()
    assert (made.state, made.attempts) == (Job.State.DONE, 2)
    Job.objects.filter(pk=made.pk).update(state=Job.State.DOING, heartbeat_at=old - timedelta(minutes=1))
    jobs.recover()
    made.refresh_from_db()
    assert made.state == Job.State.FAILED
    assert "interrupted twice" in made.error


@pytest.mark.django_db
def test_only_its_owner_sees_a_job(client: Client) -> None:
    owner, other = user(), user()
    made = Job.objects.create(kind="test.count", title="Counting", by=owner)
    client.force_login(other)
    assert client.get(f"/jobs/{made.pk}/").status_code == 404
    client.force_login(owner)
    assert client.get(f"/jobs/{made.pk}/", headers={"accept": "application/json"}).json() == {"open": True, "percent": None, "message": ""}


@pytest.mark.durability
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_is_killed_is_found_again(settings: Any) -> None:
    """A real worker process is killed with SIGKILL in the middle of a job; the next one takes the job up."""
    made = Job.objects.create(kind="core.rest", title="Resting", args={"seconds": 60})
    from rrr.core.tasks import run_job

    run_job.defer(job=str(made.pk))
    name = connection.settings_dict["NAME"]
    code = (
        "import django; django.setup(); from django.db import connections; from django.core.management import call_command\n"
        "from rrr.core import jobs; import time\n"
        "@jobs.job('core.rest')\n"
        "def rest(progress, *, seconds):\n"
        "    for n in range(seconds * 2):\n"
        "        time.sleep(0.5); progress.step(n, seconds * 2)\n"
        "    return '/'\n"
        "call_command('worker')\n"
    )
    environment = dict(os.environ, DJANGO_SETTINGS_MODULE="rrr.web.settings", RRR_DATABASE_NAME=str(name))
    worker = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment)
    try:
        for _ in range(100):
            made.refresh_from_db()
            if made.state == Job.State.DOING and made.done > 0:
                break
            time.sleep(0.2)
        assert made.state == Job.State.DOING
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    patience = time.monotonic() + 10  # the server notices within moments that its client is gone
    while not (found := jobs.recover(timedelta(0))) and time.monotonic() < patience:
        time.sleep(0.1)
    assert found == 1
