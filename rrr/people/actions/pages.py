"""Texts of this instance and answers to reports."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from rrr.core import audit
from rrr.people.models import ContentReport, InstancePage, User


@transaction.atomic
def save(*, page: InstancePage, by: User) -> InstancePage:
    before = audit.snapshot(InstancePage.objects.get(pk=page.pk), "title", "body") if page.pk else None
    page.save()
    audit.record(by=by, action="pages.save", subject=page, before=before, after=audit.snapshot(page, "title", "body"))
    return page


@transaction.atomic
def close_report(*, report: ContentReport, by: User) -> None:
    report.closed_at = timezone.now()
    report.save()
    audit.record(by=by, action="pages.close_report", subject=report, after={"answer": report.answer})
