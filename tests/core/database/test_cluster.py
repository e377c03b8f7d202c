"""What a new cluster is like: who may do what, where its secrets lie, how commits are kept."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from rrr.core import database
from rrr.core.database import cluster
from rrr.core.database.connection import Connection
from rrr.core.database.place import find

pytestmark = pytest.mark.slow


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_cluster(fresh: Path) -> None:
    connection = database.ensure(fresh)
    place = find(fresh)
    assert _mode(place.base / "password-rrr") == _mode(place.base / "password-rrr_admin") == 0o600
    assert _mode(place.sockets) == _mode(place.data) == 0o700
    assert Path(connection.host) == place.sockets
    with psycopg.connect(connection.url, autocommit=True) as client:
        shown = {name: client.execute(sql.SQL("SHOW {}").format(sql.Identifier(name))).fetchone() for name in SETTINGS}
        assert {name: row[0] for name, row in shown.items() if row} == SETTINGS
        assert client.execute("SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user").fetchone() == (False, True)
        assert client.execute("SELECT datlocprovider::text FROM pg_database WHERE datname = 'rrr'").fetchone() == ("b",)
        assert client.execute("SELECT lower('ŁÓDŹ'), unaccent('Łódź'), '[1,2]'::vector::text").fetchone() == ("łódź", "Lodz", "[1,2]")
        client.execute("CREATE TABLE own (id int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            client.execute("COPY own FROM PROGRAM 'true'")
        client.execute("CREATE DATABASE of_a_test")
    with psycopg.connect(connection.url.removesuffix("rrr") + "of_a_test") as client:
        extensions = {row[0] for row in client.execute("SELECT extname FROM pg_extension").fetchall()}
    assert extensions >= set(cluster.EXTENSIONS), "a test database made by the web's role has them too"


SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "listen_addresses": "",
    "server_encoding": "UTF8",
    "password_encryption": "scram-sha-256",
    "data_checksums": "on",
}


def test_the_socket_asks_for_the_password_and_the_log_keeps_none(state: Path) -> None:
    connection = database.ensure(state)
    place = find(state)
    wrong = Connection(connection.host, connection.port, connection.user, "wrong", connection.name)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong.url)
    secret = cluster.password(place, cluster.USER)
    with pytest.raises(database.DatabaseError):
        cluster.sql(place, cluster.connection(place, cluster.ADMIN), f"ALTER ROLE nobody_here PASSWORD '{secret}'")
    assert secret not in place.log.read_text(encoding="utf-8")


def test_a_set_up_cut_off_half_way_is_finished(state: Path) -> None:
    database.ensure(state)
    place = find(state)
    place.complete.unlink()
    (place.base / "password-rrr").unlink()
    with psycopg.connect(database.ensure(state).url) as client:
        assert client.execute("SELECT 1").fetchone() == (1,)
    assert place.complete.exists()


def test_folders_are_open_whatever_the_umask(fresh: Path) -> None:
    before = os.umask(0o077)
    try:
        database.ensure(fresh)
    finally:
        os.umask(before)
    assert "answers" in database.status(fresh)
    assert _mode(find(fresh).base / "password-rrr") == 0o600
