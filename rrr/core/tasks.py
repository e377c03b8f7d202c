"""What the worker knows: run a job, send mail, look for what was interrupted."""

from __future__ import annotations

from django.db import close_old_connections
from procrastinate.contrib.django import app

from rrr.core import jobs, outbox, rawfiles


@app.task(name="core.run_job", queue="default")
def run_job(job: str) -> None:
    close_old_connections()  # the database may have been restarted since the last job
    jobs.run(job)


@app.task(name="core.send_mail", queue="mail", queueing_lock="core.send_mail")
def send_mail() -> None:
    close_old_connections()
    outbox.send_due()


@app.periodic(cron="* * * * *")
@app.task(name="core.look_after", queue="mail", queueing_lock="core.look_after")
def look_after(timestamp: int) -> None:
    """Every minute: interrupted jobs go on, and mail that could not be sent is tried again."""
    close_old_connections()
    jobs.recover()
    outbox.send_due()


@app.periodic(cron="0 6 * * *")
@app.task(name="core.send_digests", queue="mail", queueing_lock="core.send_digests")
def send_digests(timestamp: int) -> None:
    close_old_connections()
    outbox.send_digests()


@app.periodic(cron="11 4 * * *")
@app.task(name="core.sweep_files", queue="default", queueing_lock="core.sweep_files")
def sweep_files(timestamp: int) -> None:
    """Every night: files that a refused upload left behind are deleted; they may hold data about persons."""
    close_old_connections()
    rawfiles.sweep()
