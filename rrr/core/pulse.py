"""The pulse of a job: a small thread beside the work that says "still alive" and hears a cancel, through a connection of its own.

One SQL statement may run for minutes. Without the pulse the job would look dead meanwhile, and a cancel would wait for its end.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections

BEAT = 2.0  # seconds
_TELL = (
    "UPDATE core_job SET done = %s, total = %s, message = %s, heartbeat_at = now(), updated_at = now() "
    "WHERE id = %s AND state = 'doing' RETURNING cancel_asked"
)
_BEAT = "UPDATE core_job SET heartbeat_at = now() WHERE id = %s AND state = 'doing' RETURNING cancel_asked"
_BEGIN = (
    "UPDATE core_job SET state = 'doing', started_at = now(), heartbeat_at = now(), attempts = attempts + 1 "
    "WHERE id = %s AND state IN ('queued', 'doing') AND NOT cancel_asked RETURNING id"
)


@contextmanager
def own_connection() -> Iterator[psycopg.Connection[Any]]:
    """Beside Django's: what it writes stands at once, whatever becomes of the work."""
    values = connections["default"].get_connection_params()
    wanted = {name: values[name] for name in ("dbname", "user", "password", "host", "port") if values.get(name)}
    with psycopg.connect(**wanted, autocommit=True) as connection:
        yield connection


class Pulse:
    """Says of one job that it is alive; `cancelled` once somebody asked to cancel it."""

    def __init__(self, pk: UUID | str, telling: psycopg.Connection[Any]) -> None:
        self.cancelled = False
        self._pk = str(pk)
        self._telling = telling
        self._stop = threading.Event()

    def begin(self) -> bool:
        return self._telling.execute(_BEGIN, [self._pk]).fetchone() is not None

    def tell(self, done: int, total: int, message: str) -> bool:
        """How far it is; False where it was cancelled."""
        return self._heard(self._telling.execute(_TELL, [done, total, message, self._pk]).fetchone())

    def _heard(self, row: tuple[bool] | None) -> bool:
        self.cancelled = self.cancelled or row is None or row[0]
        return not self.cancelled

    @contextmanager
    def beating(self, working: Any) -> Iterator[None]:
        """working: the driver's connection that does the work. Its statement is broken off when the job is cancelled."""
        thread = threading.Thread(target=self._beat, args=[working], name=f"pulse-{self._pk}", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def _beat(self, working: psycopg.Connection[Any]) -> None:
        while not self._stop.wait(BEAT):
            try:
                if not self._heard(self._telling.execute(_BEAT, [self._pk]).fetchone()):
                    working.cancel_safe(timeout=BEAT)
            except psycopg.Error:
                return  # the database went away: the work hears of it by itself
