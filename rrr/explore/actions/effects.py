"""What studies, and pilots of this platform, state about a solution."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.explore.actions.solutions import link
from rrr.explore.models import Effect, Solution
from rrr.places.actions import facts

FIELDS = (
    "study", "year", "place", "territory", "design", "design_stated", "outcome", "measure", "value", "unit", "value_text", "low", "high",
    "standard_error", "share_treated", "share_control", "number_treated", "number_other", "pools_others", "derived", "reviewed", "note",
    "url",
)  # fmt: skip
AUDITED = tuple("territory_id" if name == "territory" else name for name in FIELDS)


@dataclass(frozen=True)
class Draft:
    """One stated effect before it is kept."""

    solution: Solution
    key: str
    values: Mapping[str, Any]
    sources: tuple[str, ...] = ()
    read_on: date | None = None


@transaction.atomic
def record(*, by: Actor, solution: Solution, key: str, values: Mapping[str, Any], sources: Sequence[str] = ()) -> Effect:
    """Keep an effect under its key, or correct the one that has it. `values` by field name; an effect never moves to another solution."""
    _known(values)
    existing = Effect.objects.select_for_update().filter(key=key).first()
    if existing is not None and existing.solution_id != solution.pk:
        raise ValidationError(_("The effect %(key)s belongs to another solution.") % {"key": key})
    was = audit.snapshot(existing, *AUDITED) if existing else None
    effect = existing or Effect(solution=solution, key=key)
    for name, value in values.items():
        setattr(effect, name, value)
    effect.full_clean(exclude=["solution"])
    effect.save()
    if sources:
        kept = facts.keep_sources(by=by, drafts=[facts.SourceDraft(url, read_on=timezone.localdate()) for url in sources])
        effect.sources.set([kept[url] for url in sources])
    now = audit.snapshot(effect, *AUDITED)
    if now != was:
        place = effect.territory.slug if effect.territory else ""
        audit.record(by=by, action="effects.record", subject=effect, before=was, after=now, territory=place)
    return effect


@transaction.atomic
def withdraw(*, by: Actor, key: str) -> None:
    """Take an effect out of the catalogue; nothing happens where there is none. Its values stay in the trail."""
    effect = Effect.objects.select_for_update().filter(key=key).first()
    if effect is None:
        return
    place = effect.territory.slug if effect.territory else ""
    audit.record(by=by, action="effects.withdraw", subject=effect, before=audit.snapshot(effect, *AUDITED), territory=place)
    effect.delete()


@transaction.atomic
def add(*, by: Actor, drafts: Iterable[Draft]) -> list[Effect]:
    """Keep many new effects, all or none."""
    given = list(drafts)
    rows = []
    for draft in given:
        _known(draft.values)
        row = Effect(solution=draft.solution, key=draft.key, **draft.values)
        row.clean_fields(exclude=["solution", "territory"])
        rows.append(row)
    made = Effect.objects.bulk_create(rows, batch_size=500)
    today = timezone.localdate()
    wanted = [facts.SourceDraft(url, read_on=draft.read_on or today) for draft in given for url in draft.sources]
    kept = facts.keep_sources(by=by, drafts=wanted)
    link(made, [[kept[url] for url in draft.sources] for draft in given], through=Effect.sources.through)
    audit.record_many(by=by, action="effects.add", changes=[(row, None, audit.snapshot(row, *AUDITED)) for row in made])
    return made


def _known(values: Mapping[str, Any]) -> None:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ValidationError(_("An effect has no field %(name)s.") % {"name": ", ".join(sorted(unknown))})
