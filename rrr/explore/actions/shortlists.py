"""Put solutions on the shortlist of a challenge, order, choose and drop them, and write notes."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.define.models import Challenge
from rrr.explore import bridge
from rrr.explore.bridge import Weights
from rrr.explore.models import ShortlistItem, ShortlistNote, Solution
from rrr.explore.vocabulary import ShortlistState

AUDITED = ("state", "reason", "position")


@transaction.atomic
def add(*, by: Actor, challenge: Challenge, solution: Solution, reason: str = "", weights: Weights | None = None) -> ShortlistItem:
    """Put a solution on the list with its match as it is now. One that was taken off comes back; one that is on it stays as it is."""
    Challenge.objects.select_for_update().get(pk=challenge.pk)  # two people adding at once keep one order
    existing = ShortlistItem.objects.filter(challenge=challenge, solution=solution).first()
    if existing is not None and existing.state != ShortlistState.DROPPED:
        return existing
    last = ShortlistItem.objects.filter(challenge=challenge).order_by("-position").values_list("position", flat=True).first()
    item = existing or ShortlistItem(challenge=challenge, solution=solution)
    before = audit.snapshot(existing, *AUDITED) if existing else None
    item.state, item.reason, item.position = ShortlistState.LISTED, reason, (last or 0) + 1
    item.match = bridge.match(challenge, solution.slug, weights or Weights())
    item.added_by_id = by.pk if by else None
    item.save()
    after = {**audit.snapshot(item, *AUDITED), "match": item.match}
    audit.record(by=by, action="shortlists.add", subject=item, before=before, after=after, territory=_place(item), reason=reason)
    return item


@transaction.atomic
def move(*, by: Actor, item: ShortlistItem, up: bool) -> None:
    """One place up or down among those still on the list; at the end nothing happens."""
    Challenge.objects.select_for_update().get(pk=item.challenge_id)
    order = list(ShortlistItem.objects.filter(challenge=item.challenge_id).exclude(state=ShortlistState.DROPPED))
    at = next((place for place, one in enumerate(order) if one.pk == item.pk), None)
    to = None if at is None else at + (-1 if up else 1)
    if at is None or to is None or not 0 <= to < len(order):
        return
    before = {"order": [one.pk for one in order]}
    order[at], order[to] = order[to], order[at]
    for position, one in enumerate(order, 1):
        one.position = position
    ShortlistItem.objects.bulk_update(order, ["position"])
    after = {"order": [one.pk for one in order]}
    audit.record(by=by, action="shortlists.move", subject=item, before=before, after=after, territory=_place(item))


def choose(*, by: Actor, item: ShortlistItem, reason: str = "") -> ShortlistItem:
    """This one is to be adapted."""
    return _set_state(by, item, ShortlistState.CHOSEN, reason, "shortlists.choose")


def unchoose(*, by: Actor, item: ShortlistItem, reason: str = "") -> ShortlistItem:
    """Back on the list: not to be adapted, or not taken off after all."""
    return _set_state(by, item, ShortlistState.LISTED, reason, "shortlists.unchoose")


def drop(*, by: Actor, item: ShortlistItem, reason: str) -> ShortlistItem:
    """Take it off. Whoever reads the list later wants to know why."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is taken off; whoever reads the list later wants to know. Nothing was changed.")})
    return _set_state(by, item, ShortlistState.DROPPED, reason, "shortlists.drop")


@transaction.atomic
def _set_state(by: Actor, item: ShortlistItem, state: str, reason: str, action: str) -> ShortlistItem:
    found = ShortlistItem.objects.select_for_update().select_related("challenge", "solution").get(pk=item.pk)
    before = audit.snapshot(found, "state", "reason")
    found.state, found.reason = state, reason or found.reason
    found.save(update_fields=["state", "reason", "updated_at"])
    after = audit.snapshot(found, "state", "reason")
    audit.record(by=by, action=action, subject=found, before=before, after=after, territory=_place(found), reason=reason)
    return found


@transaction.atomic
def note(*, by: Actor, item: ShortlistItem, text: str) -> ShortlistNote:
    made = ShortlistNote(item=item, by_id=by.pk if by else None, text=text.strip())
    made.full_clean(exclude=["item", "by"])
    made.save()
    audit.record(by=by, action="shortlists.note", subject=item, after={"note": made.pk}, territory=_place(item))
    return made


def forget(*, by: Actor) -> None:
    """Notes and items stay with the team; who wrote them is forgotten. Called where a person is erased."""
    if by is None:
        return
    ShortlistNote.objects.filter(by_id=by.pk).update(by=None)
    ShortlistItem.objects.filter(added_by_id=by.pk).update(added_by=None)


def _place(item: ShortlistItem) -> str:
    return item.challenge.territory.slug if item.challenge.territory else ""
