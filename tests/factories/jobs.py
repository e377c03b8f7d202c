"""Queued work as it stands after accidents."""

from __future__ import annotations

from django.db import connection


def taken_up() -> None:
    """As when a worker fetched what waits, and then vanished."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE status = 'todo'")
