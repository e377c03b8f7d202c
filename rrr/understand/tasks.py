"""What the worker does for step 1 by itself."""

from __future__ import annotations

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from rrr.understand.actions import claims, diagnosis
from rrr.understand.actions.imports.forgetting import forget_refused


@app.periodic(cron="41 3 * * *")
@app.task(name="understand.forget_refused", queue="default", queueing_lock="understand.forget_refused")
def forget_texts(timestamp: int) -> None:
    """Every night: texts of refused rows whose time is over are emptied, claims that ended long ago go."""
    close_old_connections()
    forget_refused(now=timezone.now())
    claims.forget(now=timezone.now())


@app.periodic(cron="17 * * * *")
@app.task(name="understand.tidy_diagnosis", queue="default", queueing_lock="understand.tidy_diagnosis")
def tidy_diagnosis(timestamp: int) -> None:
    """Every hour: rounds whose end has come are closed, single answers whose keeping is over are erased."""
    close_old_connections()
    diagnosis.tidy(now=timezone.now(), today=timezone.localdate())
