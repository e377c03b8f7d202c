"""A register in the hands of a real worker that is killed with SIGKILL, or cancelled, in the middle of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from benchmarks.imports import MAPPING, write
from rrr.core import jobs
from rrr.core.models import Job
from rrr.places.models import Territory
from rrr.understand.actions import imports
from rrr.understand.models import ImportChange, Organisation, RegisterImport, RegisterRecord, RejectedRow
from tests.factories import people, registers
from tests.factories.places import territory as make_territory

pytestmark = [pytest.mark.durability, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]
ROWS, INSIDE = 60_000, 600
Start = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def turin() -> Territory:
    return make_territory("turin")


@pytest.fixture
def start(settings: Any) -> Iterator[Start]:
    """Starts workers as `./dev run` does, in the database of the test; what still runs at its end is ended."""
    environment = dict(os.environ, RRR_DATABASE_NAME=str(connection.settings_dict["NAME"]), RRR_STATE=str(settings.STATE))
    given = connection.settings_dict
    url = f"postgresql://{given['USER']}:{given['PASSWORD']}@/{given['NAME']}?host={given['HOST']}&port={given['PORT']}"
    environment.setdefault("DATABASE_URL", url)  # the embedded server of the tests, whose folder is not the test's own
    running: list[subprocess.Popen[bytes]] = []

    def begin() -> subprocess.Popen[bytes]:
        running.append(subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=environment))
        return running[-1]

    yield begin
    for worker in running:
        if worker.poll() is None:
            worker.kill()
        worker.wait()


def _until(made: Job, found: Callable[[Job], bool], seconds: float = 120) -> Job:
    patience = time.monotonic() + seconds
    while not found(made):
        assert time.monotonic() < patience, (made.state, made.done, made.message)
        time.sleep(0.05)
        made.refresh_from_db()
    return made


def _ended(made: Job) -> bool:
    return made.state not in Job.OPEN


def _kill(worker: subprocess.Popen[bytes]) -> None:
    worker.send_signal(signal.SIGKILL)
    worker.wait()


def _large(turin: Territory, folder: Path) -> tuple[RegisterImport, int]:
    path = folder / "register.csv"
    doubles = write(path, ROWS, INSIDE)
    person = people.user(role="coordinator", territory=turin)
    one = imports.map_columns(by=person, register_import=registers.upload(turin, path, by=person), mapping=MAPPING)
    return one, doubles


def test_a_reading_that_is_killed_goes_on_once_without_doubles(turin: Territory, tmp_path: Path, start: Start) -> None:
    one, doubles = _large(turin, tmp_path)
    made = imports.ask(by=one.by, register_import=one, kind="understand.read_register")
    worker = start()
    _until(made, lambda job: job.done >= ROWS // 20)
    _kill(worker)
    assert RegisterRecord.objects.count() == 0
    start()
    start()  # two at once: one of them takes it
    _until(made, _ended)
    assert (made.state, made.attempts, made.error) == (Job.State.DONE, 2, "")
    assert RegisterRecord.objects.count() == ROWS - doubles
    assert RejectedRow.objects.count() == doubles


def test_a_reading_that_is_cancelled_stops_within_seconds_and_leaves_nothing(turin: Territory, tmp_path: Path, start: Start) -> None:
    one, _doubles = _large(turin, tmp_path)
    made = imports.ask(by=one.by, register_import=one, kind="understand.read_register")
    start()
    _until(made, lambda job: job.done > 0)
    jobs.cancel(job=made, by=one.by)
    _until(made, _ended, seconds=10)
    one.refresh_from_db()
    assert (made.state, one.state, RegisterRecord.objects.count(), RejectedRow.objects.count()) == ("cancelled", "uploaded", 0, 0)
    imports.ask(by=one.by, register_import=one, kind="understand.read_register")  # and it can be asked for again


def test_publishing_and_undoing_that_are_killed_are_whole_or_nothing(turin: Territory, start: Start) -> None:
    rows = "".join(f"{n},Cooperativa {n * 7919:x},cooperativa,Via Po {n},Torino,7.6{n % 9},45.0{n % 9},\n" for n in range(1_500))
    one = registers.compared(turin, registers.HEADER + rows, by=people.user(role="coordinator", territory=turin))
    new = one.records.filter(group="new").count()
    for kind, whole in (("understand.publish_import", new), ("understand.undo_import", 0)):
        before = Organisation.objects.count()
        made = imports.ask(by=one.by, register_import=one, kind=kind)
        worker = start()
        _until(made, lambda job: job.done > 0)
        _kill(worker)
        assert Organisation.objects.count() in (before, whole)
        again = start()
        _until(made, _ended)
        assert (made.state, made.error) == (Job.State.DONE, "")
        assert Organisation.objects.count() == ImportChange.objects.count() == whole
        _kill(again)
