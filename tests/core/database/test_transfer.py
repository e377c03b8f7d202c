"""A dump holds everything; a restore is whole or does nothing."""

from __future__ import annotations

import stat
from pathlib import Path

import psycopg
import pytest

from rrr.core import database

pytestmark = pytest.mark.slow


def _names(url: str) -> list[str]:
    with psycopg.connect(url) as client:
        return [row[0] for row in client.execute("SELECT name FROM place ORDER BY name").fetchall()]


def _fill(url: str) -> None:
    with psycopg.connect(url) as client:
        client.execute("CREATE TABLE place (name text, at vector(2))")
        client.execute("CREATE INDEX ON place USING gin (name gin_trgm_ops)")
        client.execute("INSERT INTO place VALUES ('Łódź', '[1,2]'), ('Porto', '[3,4]')")


def test_there_and_back_with_clients_connected(state: Path, open_folder: Path) -> None:
    connection = database.ensure(state)
    _fill(connection.url)
    file = open_folder / "rrr.dump"
    database.dump(state, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with psycopg.connect(connection.url) as open_client:
        open_client.execute("DELETE FROM place")
        open_client.commit()
        assert "kept as rrr_before" in database.restore(state, file)
    assert _names(connection.url) == ["Porto", "Łódź"]
    assert _names(connection.url + "_before") == []
    database.restore(state, file)
    assert _names(connection.url + "_before") == ["Porto", "Łódź"], "a second restore replaces what the first one kept"


def test_a_file_that_is_no_dump_changes_nothing(state: Path, open_folder: Path) -> None:
    connection = database.ensure(state)
    _fill(connection.url)
    whole = open_folder / "rrr.dump"
    database.dump(state, whole)
    for content in (b"", b"not a dump", whole.read_bytes()[: whole.stat().st_size // 2]):
        bad = open_folder / "bad.dump"
        bad.write_bytes(content)
        with pytest.raises(database.DatabaseError, match="the database is as it was"):
            database.restore(state, bad)
    assert _names(connection.url) == ["Porto", "Łódź"]


def test_a_dump_that_cannot_be_written_says_so(state: Path, open_folder: Path) -> None:
    database.ensure(state)
    with pytest.raises(database.DatabaseError, match="No such file or directory"):
        database.dump(state, open_folder / "missing" / "rrr.dump")
