"""Addresses that have served: those of invitations nobody can use any more, and of reports that are settled."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from rrr.core import audit
from rrr.people.models import ContentReport, Invitation

KEPT = timedelta(days=90)  # said in the record of processing (rrr/people/defaults/processing.md)


@transaction.atomic
def forget_addresses(*, now: datetime) -> int:
    """Empty them `KEPT` after the end; the rest of the row stays. Returns how many went."""
    since = now - KEPT
    ended = Q(withdrawn_at__lt=since) | Q(expires_at__lt=since) | Q(uses_left=0, updated_at__lt=since)
    gone: list[Invitation | ContentReport] = [
        *Invitation.objects.filter(ended).exclude(email=""),
        *ContentReport.objects.filter(closed_at__lt=since).exclude(email=""),
    ]
    for row in gone:
        row.email = ""
        row.save(update_fields=["email"])
        audit.record(by=None, action="retention.forget_address", subject=row, reason=f"{KEPT.days} days after its end")
    return len(gone)
