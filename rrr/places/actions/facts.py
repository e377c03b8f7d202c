"""What sources state: pages read, head counts, policy, figures of countries, the course of the programme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.places.models import CountryFigure, PolicyFact, PolicyKind, Population, ProgrammeStatement, Source, StatementKind, Territory


@dataclass(frozen=True)
class SourceDraft:
    url: str
    title: str = ""
    read_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class PopulationDraft:
    value: int
    area: str
    year: int | None
    quality: str
    source: str  # the address of a source already kept
    qualifier: str = ""


@dataclass(frozen=True)
class PolicyDraft:
    kind: str
    fact: str
    year: int | None
    sources: Sequence[str]


@dataclass(frozen=True)
class FigureDraft:
    country: str
    scope: str
    indicator: str
    value: str
    number: float | None
    qualifier: str
    unit: str
    year: str
    note: str
    source: str


@dataclass(frozen=True)
class StatementDraft:
    key: str
    territory: str  # short name, or empty for the programme as a whole
    kind: str
    statement: str
    source: str


@transaction.atomic
def keep_sources(*, by: AbstractBaseUser | None, drafts: Iterable[SourceDraft]) -> dict[str, Source]:
    """One row per address; a page read again gets its later date, and what people wrote about it stays."""
    wanted = {draft.url: draft for draft in drafts}
    known = {source.url: source for source in Source.objects.filter(url__in=wanted)}
    new, later = [], []
    for url, draft in wanted.items():
        source = known.get(url)
        if source is None:
            new.append(Source(**asdict(draft)))
        elif draft.read_on and (source.read_on is None or source.read_on < draft.read_on):
            source.read_on = draft.read_on
            later.append(source)
    for source in new:
        source.clean_fields()
    Source.objects.bulk_create(new)
    Source.objects.bulk_update(later, ["read_on"])
    for source in new:
        known[source.url] = source
    if new and by is not None:
        audit.record(by=by, action="source.keep", subject=new[0], after={"addresses": [source.url for source in new]})
    return known


def kept(urls: Iterable[str]) -> dict[str, Source]:
    """The sources behind the addresses; each must have been kept before."""
    wanted = set(urls)
    found = {source.url: source for source in Source.objects.filter(url__in=wanted)}
    missing = sorted(wanted - set(found))
    if missing:
        raise ValidationError(_("The source %(url)s is not kept yet; add it first.") % {"url": missing[0]})
    return found


@transaction.atomic
def set_populations(*, by: AbstractBaseUser | None, territory: Territory, drafts: Sequence[PopulationDraft]) -> int:
    """Replace the head counts of a territory."""
    known = kept(draft.source for draft in drafts)
    before = {"populations": list(territory.populations.values_list("area", "year", "value"))}
    territory.populations.all().delete()
    Population.objects.bulk_create(Population(territory=territory, **{**asdict(one), "source": known[one.source]}) for one in drafts)
    after = {"populations": [(one.area, one.year, one.value) for one in drafts]}
    audit.record(by=by, action="territory.set_populations", subject=territory, before=before, after=after, territory=territory.slug)
    return len(drafts)


@transaction.atomic
def set_policy(*, by: AbstractBaseUser | None, territory: Territory, drafts: Sequence[PolicyDraft]) -> int:
    """Replace the policy facts of a territory; each needs a source."""
    for draft in drafts:
        if not draft.sources:
            raise ValidationError(_("The fact “%(fact)s” has no source; name the page that states it.") % {"fact": draft.fact[:80]})
        if draft.kind not in PolicyKind.values:
            raise ValidationError(_("“%(kind)s” is no kind of policy fact.") % {"kind": draft.kind})
    known = kept(url for draft in drafts for url in draft.sources)
    before = {"policy": list(territory.policy_facts.values_list("fact", flat=True))}
    territory.policy_facts.all().delete()
    for position, draft in enumerate(drafts):
        fact = PolicyFact.objects.create(territory=territory, kind=draft.kind, fact=draft.fact, year=draft.year, position=position)
        fact.sources.set([known[url] for url in draft.sources])
    after = {"policy": [draft.fact for draft in drafts]}
    audit.record(by=by, action="territory.set_policy", subject=territory, before=before, after=after, territory=territory.slug)
    return len(drafts)


@transaction.atomic
def set_country_figures(*, by: AbstractBaseUser | None, country: str, drafts: Sequence[FigureDraft]) -> int:
    """Replace the figures of one country."""
    known = kept(draft.source for draft in drafts)
    stray = next((draft for draft in drafts if draft.country != country), None)
    if stray is not None:
        raise ValidationError(_("A figure of %(stray)s is among those of %(country)s.") % {"stray": stray.country, "country": country})
    CountryFigure.objects.filter(country=country).delete()
    made = [CountryFigure(**{**asdict(draft), "source": known[draft.source]}) for draft in drafts]
    for figure in made:
        figure.clean_fields()
    CountryFigure.objects.bulk_create(made)
    if made:
        after = {"country": country, "figures": len(made)}
        audit.record(by=by, action="country.set_figures", subject=made[0], after=after)
    return len(made)


@transaction.atomic
def set_statements(*, by: AbstractBaseUser | None, drafts: Sequence[StatementDraft]) -> int:
    """Replace what is stated about the course of the programme."""
    known = kept(draft.source for draft in drafts)
    territories = {one.slug: one for one in Territory.objects.all()}
    for draft in drafts:
        if draft.territory and draft.territory not in territories:
            raise ValidationError(_("There is no territory “%(slug)s”.") % {"slug": draft.territory})
        if draft.kind not in StatementKind.values:
            raise ValidationError(_("“%(kind)s” is no kind of statement.") % {"kind": draft.kind})
    ProgrammeStatement.objects.all().delete()
    made = ProgrammeStatement.objects.bulk_create(
        ProgrammeStatement(
            key=draft.key,
            territory=territories.get(draft.territory),
            kind=draft.kind,
            statement=draft.statement,
            position=position,
            source=known[draft.source],
        )
        for position, draft in enumerate(drafts)
    )
    if made:
        audit.record(by=by, action="programme.set_statements", subject=made[0], after={"statements": len(made)})
    return len(made)
