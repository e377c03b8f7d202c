"""Open, change, copy and close challenges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.define.models import Challenge
from rrr.define.vocabulary import State
from rrr.places.actions import facts
from rrr.places.models import Territory

FIELDS = (
    "title", "problem", "question", "horizon", "systems", "groups", "covid_link", "stated_figures", "stated_years", "named_by", "success",
    "language",
)  # fmt: skip
AUDITED = (*FIELDS, "slug", "state", "state_reason")
RESERVED = frozenset({"new"})


@dataclass(frozen=True)
class Draft:
    """What is known of a challenge before it is kept: values by field name, and where they were read."""

    values: Mapping[str, Any]
    territory: Territory | None = None
    slug: str = ""
    sources: tuple[str, ...] = ()
    read_on: date | None = None


def free_slug(taken: set[str], title: str) -> str:
    """A short name for addresses that no other challenge of the territory has; `taken` is extended."""
    base = slugify(title)[:100].strip("-") or "challenge"
    slug, number = base, 2
    while slug in taken or slug in RESERVED:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return slug


def _known(values: Mapping[str, Any]) -> None:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ValidationError(_("A challenge has no field %(name)s.") % {"name": ", ".join(sorted(unknown))})


@transaction.atomic
def create(*, by: Actor, draft: Draft, state: str = State.DRAFT, copied_from: Challenge | None = None, reason: str = "") -> Challenge:
    """Keep a new challenge. It starts as a draft, which its team alone sees."""
    _known(draft.values)
    taken = set(Challenge.objects.filter(territory=draft.territory).values_list("slug", flat=True))
    made = Challenge(
        territory=draft.territory,
        slug=free_slug(taken, draft.slug or draft.values["title"]),
        state=state,
        author_id=by.pk if by else None,
        copied_from=copied_from,
        **draft.values,
    )
    made.clean_fields(exclude=["territory", "author", "copied_from"])
    made.save()
    _source(made, by, draft.sources, draft.read_on)
    after = {**audit.snapshot(made, *AUDITED), "sources": list(draft.sources)}
    _record(by, "challenges.create", made, None, after, reason)
    return made


@transaction.atomic
def update(
    *,
    by: Actor,
    challenge: Challenge,
    changes: Mapping[str, Any],
    sources: Iterable[str] | None = None,
    read_on: date | None = None,
    reason: str = "",
) -> Challenge:
    """Change the named fields; only real differences are kept in the trail. `sources` replaces the pages it names, None leaves them."""
    _known(changes)
    before = Challenge.objects.select_for_update(of=("self",)).select_related("territory").get(pk=challenge.pk)
    differing = {name: value for name, value in changes.items() if getattr(before, name) != value}
    was = audit.snapshot(before, *differing) if differing else {}
    for name, value in differing.items():
        setattr(before, name, value)
    if differing:
        before.clean_fields(exclude=["territory", "author", "copied_from"])
        before.save(update_fields=[*differing, "updated_at"])
    now = audit.snapshot(before, *differing) if differing else {}
    if sources is not None:
        old, new = _addresses(before), sorted(set(sources))
        if old != new:
            _source(before, by, new, read_on)
            was["sources"], now["sources"] = old, new
    if now:
        _record(by, "challenges.update", before, was, now, reason)
    return before


def _addresses(challenge: Challenge) -> list[str]:
    return sorted(str(url) for url in challenge.sources.values_list("url", flat=True))


def _source(challenge: Challenge, by: Actor, urls: Iterable[str], read_on: date | None) -> None:
    day = read_on or timezone.localdate()
    kept = facts.keep_sources(by=by, drafts=[facts.SourceDraft(url, read_on=day) for url in urls])
    challenge.sources.set(kept.values())


@transaction.atomic
def set_state(*, by: Actor, challenge: Challenge, state: str, reason: str) -> Challenge:
    """Open it to everybody, adopt, close or take back to draft, always with the reason."""
    if not reason.strip():
        raise ValidationError(_("Say why; readers see it beside the state."))
    row = Challenge.objects.select_for_update(of=("self",)).select_related("territory").get(pk=challenge.pk)
    before = audit.snapshot(row, "state", "state_reason")
    row.state, row.state_reason = state, reason.strip()
    row.clean_fields(exclude=["territory", "author", "copied_from"])
    row.save(update_fields=["state", "state_reason", "updated_at"])
    _record(by, "challenges.set_state", row, before, audit.snapshot(row, "state", "state_reason"), reason)
    return row


@transaction.atomic
def take_up(*, by: Actor, challenge: Challenge, territory: Territory) -> Challenge:
    """Copy a challenge into a territory, as a draft with credit. Figures and who named it stay behind: they speak of another place."""
    values = {
        name: getattr(challenge, name)
        for name in ("title", "problem", "question", "horizon", "systems", "groups", "covid_link", "language")
    }
    draft = Draft(values, territory, sources=tuple(_addresses(challenge)), read_on=None)
    return create(by=by, draft=draft, copied_from=challenge, reason=_("taken up from elsewhere"))


def _record(by: Actor, action: str, challenge: Challenge, before: Any, after: Any, reason: str) -> None:
    place = challenge.territory.slug if challenge.territory else ""
    audit.record(by=by, action=action, subject=challenge, before=before, after=after, territory=place, reason=reason)
