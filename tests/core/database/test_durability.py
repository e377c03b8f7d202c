"""SIGKILL at the worst moments: every acknowledged commit is there again, and the server comes back by itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from rrr.core import database
from rrr.core.database import server
from rrr.core.database.place import find
from tests.core.database.conftest import ROOT, command

pytestmark = [pytest.mark.durability, pytest.mark.slow]

WRITER = """
import sys, psycopg
client = psycopg.connect(sys.argv[1], autocommit=True)
number = client.execute("SELECT coalesce(max(id), 0) FROM written").fetchone()[0]
while True:
    number += 1
    client.execute("INSERT INTO written VALUES (%s, repeat('x', 500))", [number])
    print(number, flush=True)  # acknowledged: the commit has returned
"""


def _writer(url: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _table(url: str) -> None:
    with psycopg.connect(url) as client:
        client.execute("CREATE TABLE written (id int PRIMARY KEY, text text)")


def _written(url: str) -> set[int]:
    with psycopg.connect(url) as client:
        return {row[0] for row in client.execute("SELECT id FROM written").fetchall()}


def _read(writer: subprocess.Popen[str], least: int) -> list[int]:
    assert writer.stdout
    return [int(writer.stdout.readline()) for _ in range(least)]


def _rest(writer: subprocess.Popen[str]) -> list[int]:
    assert writer.stdout
    told = writer.stdout.read()  # communicate() would leave out lines that readline() has read ahead
    writer.wait(timeout=20)
    return [int(line) for line in told.split("\n")[:-1]]  # a line cut off by the kill was not acknowledged whole


def _kill(pids: set[int]) -> None:
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _postmaster(state: Path) -> int:
    return int((find(state).data / "postmaster.pid").read_text().split("\n")[0])


@pytest.mark.parametrize("victims", ["postmaster", "everything"])
def test_every_acknowledged_commit_outlives_the_server(state: Path, victims: str) -> None:
    connection = database.ensure(state)
    _table(connection.url)
    acknowledged: list[int] = []
    for _ in range(3):
        writer = _writer(connection.url)
        acknowledged += _read(writer, 150)
        _kill(server.processes(find(state)) or set() if victims == "everything" else {_postmaster(state)})
        again = database.ensure(state)
        writer.kill()
        acknowledged += _rest(writer)
        assert again == connection
        assert set(acknowledged) <= _written(connection.url)
    assert len(acknowledged) >= 450


def test_a_child_deep_in_a_query_does_not_keep_the_server_down(state: Path) -> None:
    connection = database.ensure(state)
    busy = "import sys, psycopg; psycopg.connect(sys.argv[1]).execute('DO $$ BEGIN LOOP END LOOP; END $$')"
    client = subprocess.Popen([sys.executable, "-c", busy, connection.url], stderr=subprocess.DEVNULL)
    try:
        _wait_for(lambda: _active(connection.url) == 1)
        _kill({_postmaster(state)})
        began = time.monotonic()
        with psycopg.connect(database.ensure(state).url) as again:
            assert again.execute("SELECT 1").fetchone() == (1,)
        assert time.monotonic() - began < 20
    finally:
        client.kill()
        client.wait()


def _active(url: str) -> int:
    with psycopg.connect(url) as client:
        row = client.execute("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'DO %'").fetchone()
    return row[0] if row else 0


def _wait_for(condition: object, seconds: float = 10) -> None:
    assert callable(condition)
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_killed_client_loses_nothing_acknowledged(state: Path) -> None:
    connection = database.ensure(state)
    _table(connection.url)
    writer = _writer(connection.url)
    acknowledged = _read(writer, 150)
    writer.kill()
    acknowledged += _rest(writer)
    written = _written(connection.url)
    assert set(acknowledged) <= written
    assert written == set(range(1, max(written) + 1)), "no gap, and at most the one row whose acknowledgement the kill cut off"
    assert len(written) - len(set(acknowledged)) <= 1


def test_a_first_start_killed_at_any_moment_is_finished_by_the_next(open_folder: Path) -> None:
    for number, delay in enumerate((0.1, 0.3, 0.5)):
        state = open_folder / f"state-{number}"
        starter = subprocess.Popen(command("start", state=state), cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)
        time.sleep(delay)
        os.killpg(starter.pid, signal.SIGKILL)
        starter.wait()
        try:
            with psycopg.connect(database.ensure(state).url) as client:
                assert client.execute("SELECT '[1]'::vector::text").fetchone() == ("[1]",)
        finally:
            database.remove(state)
