"""What the worker does about people by itself."""

from __future__ import annotations

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from rrr.people.actions import retention


@app.periodic(cron="23 3 * * *")
@app.task(name="people.forget_addresses", queue="default", queueing_lock="people.forget_addresses")
def forget_addresses(timestamp: int) -> None:
    """Every night: addresses that are no longer needed are emptied."""
    close_old_connections()
    retention.forget_addresses(now=timezone.now())
