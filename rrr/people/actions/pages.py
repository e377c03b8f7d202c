"""Texts of this instance, reports about content and the answers to them."""

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
def report(*, report: ContentReport, by: User | None) -> ContentReport:
    report.save()
    audit.record(by=by, action="pages.report", subject=report, after={"reason": report.reason, "url": report.url})
    return report


@transaction.atomic
def answer_report(*, report: ContentReport, closed: bool, by: User) -> None:
    """Write what was done, and close the report or open it again."""
    before = audit.snapshot(ContentReport.objects.get(pk=report.pk), "answer", "closed_at")
    report.closed_at = (report.closed_at or timezone.now()) if closed else None
    report.save(update_fields=["answer", "closed_at", "updated_at"])
    audit.record(by=by, action="pages.answer_report", subject=report, before=before, after=audit.snapshot(report, "answer", "closed_at"))
