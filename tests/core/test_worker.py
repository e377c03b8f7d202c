"""A real worker: it serves mail while long work fills its hands, and ends in order when it is asked to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from rrr.core.models import Job
from rrr.core.tasks import run_job

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import django; django.setup()
import time
from django.core.management import call_command
from procrastinate.contrib.django import app
from rrr.core import jobs
from rrr.core.models import Job

@jobs.job("test.rest")
def rest(progress, *, seconds):
    for number in range(seconds * 4):
        time.sleep(0.25); progress.step(number, seconds * 4)
    return "/"

@app.task(name="test.note", queue="mail")
def note():
    Job.objects.create(kind="test.noted", title="Noted")

call_command("worker")
"""


@pytest.fixture
def worker() -> Iterator[subprocess.Popen[bytes]]:
    environment = dict(os.environ, DJANGO_SETTINGS_MODULE="rrr.web.settings", RRR_DATABASE_NAME=str(connection.settings_dict["NAME"]))
    running = subprocess.Popen([sys.executable, "-c", CODE], cwd=ROOT, env=environment)
    yield running
    if running.poll() is None:
        running.kill()
    running.wait()


def _until(found: Callable[[], bool], seconds: float = 40) -> None:
    patience = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < patience
        time.sleep(0.1)


def _note() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status) VALUES ('mail', 'test.note', 0, '{}', 'todo')"
        )


@pytest.mark.slow
@pytest.mark.durability
@pytest.mark.django_db(transaction=True)
def test_mail_goes_out_while_long_work_fills_every_hand(worker: subprocess.Popen[bytes]) -> None:
    long = [Job.objects.create(kind="test.rest", title="Resting", args={"seconds": 8}) for _ in range(3)]
    for one in long:
        run_job.defer(job=str(one.pk))
    _until(lambda: Job.objects.filter(kind="test.rest", state=Job.State.DOING).count() == 2)
    _note()
    _until(lambda: Job.objects.filter(kind="test.noted").exists(), seconds=7)
    assert Job.objects.filter(kind="test.rest", state=Job.State.QUEUED).exists()
    worker.send_signal(signal.SIGTERM)  # what it has begun it finishes, and begins nothing more
    assert worker.wait(timeout=40) == 0
    states = sorted(Job.objects.filter(kind="test.rest").values_list("state", flat=True))
    assert states in (["done", "done", "queued"], ["done", "done", "done"])
