"""What step 2 keeps about a person, and its end."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from rrr.define.models import Challenge, Evidence, Poll, Statement


def kept(user: Any) -> dict[str, Any]:
    """Everything with this person as author, ready for JSON."""
    return {
        "challenges": list(Challenge.objects.filter(author=user).values("title", "territory__slug", "created_at")),
        "evidence": list(Evidence.objects.filter(author=user).values("kind", "title", "challenge__title", "created_at")),
        "polls": list(Poll.objects.filter(author=user).values("title", "challenge__title", "created_at")),
        "statements": list(Statement.objects.filter(author=user).values("text", "state", "poll__title", "created_at")),
    }


@transaction.atomic
def forget(user: Any) -> None:
    """What was made stays; who made it goes."""
    for model in (Challenge, Evidence, Poll, Statement):
        model._default_manager.filter(author=user).update(author=None)
