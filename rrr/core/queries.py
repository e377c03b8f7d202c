"""Reads of what core keeps, always for one person."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from procrastinate.contrib.django.models import ProcrastinateJob

from rrr.core.models import ApiToken, Job, NoticeChoice, OutboxMessage

MAIL_KINDS = ("invitation", "group", "challenge", "pilot", "job", "claim")


def jobs(user: Any) -> QuerySet[Job]:
    return Job.objects.filter(by=user)


def job(user: Any, pk: Any) -> Job:
    found = jobs(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def waiting_jobs() -> QuerySet[Any, str]:
    """Ids of the jobs that a worker will take up."""
    waiting = ProcrastinateJob.objects.filter(task_name="core.run_job", status="todo")
    return waiting.values_list("args__job", flat=True)


def tokens(user: Any) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(user=user)


def token(user: Any, pk: int) -> ApiToken:
    found = tokens(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def mail(user: Any) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(to=user)[:50]


def paces(user: Any) -> dict[str, str]:
    """Kind of news -> pace, for the kinds the person has changed."""
    return dict(NoticeChoice.objects.filter(user=user).values_list("kind", "pace"))
