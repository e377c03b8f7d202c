"""Shortlists and the challenges they belong to."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404

from rrr.core.models import AuditEntry
from rrr.define.models import Challenge
from rrr.define.vocabulary import State
from rrr.explore.models import ShortlistItem, ShortlistNote
from rrr.explore.vocabulary import ShortlistState
from rrr.people.permissions import Permission, territories_where

OPEN = (ShortlistState.LISTED, ShortlistState.CHOSEN)


def challenge(territory: str, slug: str, *, drafts: bool = False) -> Challenge:
    """The challenge of a territory; one that is not public only where `drafts` are allowed."""
    base = Challenge.objects.all() if drafts else Challenge.objects.public()
    found = base.filter(territory__slug=territory, slug=slug).select_related("territory").first()
    if found is None:
        raise Http404
    return found


def challenges_for(user: Any) -> list[Challenge]:
    """The challenges on whose shortlist this person may put something, by territory."""
    where = territories_where(user, Permission.SHORTLIST_EDIT)
    found = Challenge.objects.exclude(state=State.CLOSED).filter(territory__isnull=False).select_related("territory")
    return list(found if where is None else found.filter(territory__slug__in=where))


def place(challenge: Challenge) -> str:
    """The short name of its territory; empty for one of the library."""
    return challenge.territory.slug if challenge.territory else ""


def shortlist(challenge: Challenge) -> list[ShortlistItem]:
    """Everything that is or was on the list, in its order, with notes; what was taken off last."""
    found = ShortlistItem.objects.filter(challenge=challenge).select_related("solution", "added_by", "challenge__territory")
    items = list(found.prefetch_related("notes__by"))
    return sorted(items, key=lambda one: (one.state == ShortlistState.DROPPED, one.position, one.pk))


def item(challenge: Challenge, pk: int) -> ShortlistItem:
    found = ShortlistItem.objects.filter(challenge=challenge, pk=pk).select_related("solution", "challenge__territory").first()
    if found is None:
        raise Http404
    return found


def shortlisted_for(challenge: Challenge) -> dict[str, str]:
    """Slug of a solution -> its state on the shortlist of the challenge."""
    return dict(ShortlistItem.objects.filter(challenge=challenge).values_list("solution__slug", "state"))


def counts_by_challenge(challenge: Challenge) -> int:
    return ShortlistItem.objects.filter(challenge=challenge, state__in=OPEN).count()


def counts() -> dict[str, int]:
    """Territory -> solutions on its shortlists."""
    found = ShortlistItem.objects.filter(state__in=OPEN).values_list("challenge__territory__slug").annotate(n=Count("pk"))
    return {slug: number for slug, number in found.order_by() if slug}


def notes_by(user: Any) -> list[dict[str, Any]]:
    found = ShortlistNote.objects.filter(by=user).select_related("item__challenge", "item__solution")
    return [{"at": one.at, "text": one.text, "on": str(one.item)} for one in found]


def added_by(user: Any) -> list[dict[str, Any]]:
    found = ShortlistItem.objects.filter(added_by=user).select_related("challenge", "solution")
    return [{"at": one.created_at, "solution": str(one.solution), "challenge": str(one.challenge), "reason": one.reason} for one in found]


def shortlist_history(of: Challenge) -> list[AuditEntry]:
    """What happened to the items of one shortlist, newest first."""
    keys = [str(pk) for pk in ShortlistItem.objects.filter(challenge=of).values_list("pk", flat=True)]
    return list(AuditEntry.objects.filter(subject_type=ShortlistItem._meta.label_lower, subject_id__in=keys)[:200])
