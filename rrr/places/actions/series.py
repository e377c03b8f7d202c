"""Indicators and their yearly values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.places.models import Indicator, Observation, Source, Territory


@dataclass(frozen=True)
class IndicatorDraft:
    code: str
    name: str
    unit: str
    definition: str
    dataset: str
    licence: str
    attribution: str


@dataclass(frozen=True)
class ValueDraft:
    year: int
    value: float
    country: str = ""  # either a country ...
    territory: Territory | None = None  # ... or a territory


@transaction.atomic
def define(*, by: AbstractBaseUser | None, draft: IndicatorDraft, source: Source) -> Indicator:
    """Make the indicator or bring its description up to date."""
    indicator = Indicator.objects.filter(code=draft.code).first() or Indicator(code=draft.code)
    fields = asdict(draft)
    before = audit.snapshot(indicator, *fields) if indicator.pk else None
    if before == fields and indicator.source_id == source.pk:
        return indicator
    for name, value in fields.items():
        setattr(indicator, name, value)
    indicator.source = source
    indicator.full_clean()
    indicator.save()
    audit.record(by=by, action="indicator.define", subject=indicator, before=before, after=fields)
    return indicator


@transaction.atomic
def set_values(*, by: AbstractBaseUser | None, indicator: Indicator, values: Iterable[ValueDraft]) -> int:
    """Replace all values of the areas named in `values`; other areas keep theirs."""
    drafts = list(values)
    seen: set[tuple[str, int | None, int]] = set()
    for draft in drafts:
        key = (draft.country, draft.territory.pk if draft.territory else None, draft.year)
        if key in seen:
            raise ValidationError(_("The year %(year)s stands twice for the same area; keep one row.") % {"year": draft.year})
        seen.add(key)
    countries = {draft.country for draft in drafts if draft.country}
    territories = {draft.territory.pk for draft in drafts if draft.territory}
    replaced = Observation.objects.filter(indicator=indicator)
    replaced.filter(country__in=countries).delete()
    replaced.filter(territory__in=territories).delete()
    Observation.objects.bulk_create(
        Observation(indicator=indicator, country=draft.country, territory=draft.territory, year=draft.year, value=draft.value)
        for draft in drafts
    )
    after = {"values": len(drafts), "countries": sorted(countries), "territories": len(territories)}
    audit.record(by=by, action="indicator.set_values", subject=indicator, after=after)
    return len(drafts)
