"""What is nobody's fault here: a disk that is full, a database that went away."""

from __future__ import annotations

import errno
from collections.abc import Iterator

import psycopg

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
DISK_FULL = "53100"  # PostgreSQL's codes: its disk is full; too many connections; it stops, crashed, starts; the connection broke
AWAY = ("53300", "57P01", "57P02", "57P03", "08")


def no_room(error: BaseException | None) -> bool:
    """Does the error, or what caused it, say that a disk is full?"""
    return any(
        (isinstance(one, OSError) and one.errno in FULL) or getattr(one, "sqlstate", None) == DISK_FULL for one in _with_causes(error)
    )


def database_away(error: BaseException | None) -> bool:
    """Does the error, or what caused it, say that the database does not answer (any more)? Then trying again later is right."""
    for one in _with_causes(error):
        if isinstance(one, psycopg.OperationalError | psycopg.InterfaceError):
            code = one.sqlstate
            if code is None or code.startswith(AWAY):  # without a code: nobody was there to give one
                return True
    return False


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    seen = 0
    while error is not None and seen < 10:
        yield error
        error, seen = error.__cause__ or error.__context__, seen + 1
