"""How people want to hear about news."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from rrr.core import audit
from rrr.core.models import NoticeChoice


@transaction.atomic
def choose(*, user: Any, kind: str, pace: str, by: Any) -> NoticeChoice:
    """Keep a choice; `by` None is the one-click link in a mail, which needs no sign-in."""
    made, _created = NoticeChoice.objects.update_or_create(user=user, kind=kind, defaults={"pace": NoticeChoice.Pace(pace).value})
    audit.record(by=by, action="notices.choose", subject=made, after={"kind": kind, "pace": pace})
    return made
