"""Texts of refused rows are there to be mended. They may hold what the columns left out, so they go when their time is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from rrr.core import audit
from rrr.understand.models import RegisterImport, RejectedRow

KEPT = timedelta(days=90)  # said in the privacy notice (rrr/people/defaults/privacy.md)


@transaction.atomic
def forget_refused(*, now: datetime) -> int:
    """Empty the texts `KEPT` after the import last changed; line and reason stay. Returns how many imports it touched."""
    held = RejectedRow.objects.exclude(text="")
    old = RegisterImport.objects.filter(updated_at__lt=now - KEPT, pk__in=held.values("register_import")).select_related(
        "territory", "source"
    )
    touched = 0
    for one in old:
        rows = held.filter(register_import=one).update(text="")
        audit.record(
            by=None, action="imports.forget_refused", subject=one, after={"rows": rows}, territory=one.territory.slug,
            reason=f"{KEPT.days} days after the last change",
        )  # fmt: skip
        touched += 1
    return touched
