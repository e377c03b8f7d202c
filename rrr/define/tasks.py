"""What the worker does for step 2 by itself."""

from __future__ import annotations

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from rrr.define.actions import polls


@app.periodic(cron="7 * * * *")
@app.task(name="define.tidy_polls", queue="default", queueing_lock="define.tidy_polls")
def tidy_polls(timestamp: int) -> None:
    """Every hour: votes whose end has come are closed, single answers whose keeping is over are erased."""
    close_old_connections()
    polls.tidy(now=timezone.now(), today=timezone.localdate())
