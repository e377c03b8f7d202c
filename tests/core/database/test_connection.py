from __future__ import annotations

import pytest

from rrr.core.database.connection import Connection, DatabaseError, parse

CASES = {
    "plain": ("postgresql://ana:s@db.example:5433/rrr", Connection("db.example", 5433, "ana", "s", "rrr")),
    "short scheme, no port": ("postgres://ana:s@db.example/rrr", Connection("db.example", 0, "ana", "s", "rrr")),
    "signs in the password": ("postgresql://ana:a%40b%2Fc%3A@h/rrr", Connection("h", 0, "ana", "a@b/c:", "rrr")),
    "socket as host": ("postgresql://ana:s@%2Fvar%2FRun:5432/rrr", Connection("/var/Run", 5432, "ana", "s", "rrr")),
    "socket as parameter": ("postgresql:///rrr?host=/var/run&user=ana", Connection("/var/run", 0, "ana", "", "rrr")),
    "encryption": ("postgresql://a:s@h/rrr?sslmode=require", Connection("h", 0, "a", "s", "rrr", (("sslmode", "require"),))),
    "six": ("postgresql://a:s@[::1]:5432/rrr", Connection("::1", 5432, "a", "s", "rrr")),
}


@pytest.mark.parametrize(("url", "expected"), CASES.values(), ids=CASES.keys())
def test_reads_database_url(url: str, expected: Connection) -> None:
    assert parse(url) == expected
    assert parse(expected.url) == expected, "the address it prints is the one it reads"


@pytest.mark.parametrize(
    "url", ["mysql://a@h/rrr", "postgresql://a@h", "postgresql://a@h:port/rrr", "rrr", "postgresql://h:99999/rrr", "postgresql://h/a/b"]
)
def test_refuses_what_names_no_database(url: str) -> None:
    with pytest.raises(DatabaseError, match="write postgresql://user:password@host"):
        parse(url)


def test_keeps_the_password_out_of_sight() -> None:
    connection = Connection("h", 0, "ana", "very-secret", "rrr")
    assert "very-secret" not in repr(connection) + connection.open_url
    assert connection.environment() == {"PGPASSWORD": "very-secret"}
