"""Challenges, their evidence and who is at the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import Http404

from rrr.define.models import Challenge, ChallengeQuerySet, Evidence, Stakeholder
from rrr.define.vocabulary import Sector
from rrr.places.models import Territory
from rrr.understand.models import Visibility


@dataclass(frozen=True)
class Seat:
    """A sector of the table and who sits there; empty where nobody does."""

    sector: str
    label: str
    people: Sequence[Stakeholder]


@dataclass(frozen=True)
class Facet:
    slug: str
    name: str


def challenges(of: Territory | None = None, *, drafts: bool = False) -> ChallengeQuerySet:
    """Those of one territory, or of all and the library; what strangers may see unless `drafts`."""
    base = Challenge.objects.all() if of is None else Challenge.objects.filter(territory=of)
    return (base if drafts else base.public()).select_related("territory")


def challenge(territory_slug: str, slug: str, *, drafts: bool = False) -> Challenge:
    """One challenge of a territory. Raises Http404 where there is none, or where it is a draft and `drafts` is not given."""
    found = challenges(drafts=drafts).select_related("copied_from__territory").prefetch_related("sources")
    one = found.filter(territory__slug=territory_slug, slug=slug).first()
    if one is None:
        raise Http404
    return one


def library_challenge(slug: str) -> Challenge:
    """An entry that belongs to the programme, not to a territory."""
    one = challenges().prefetch_related("sources").filter(territory=None, slug=slug).first()
    if one is None:
        raise Http404
    return one


def filtered(found: ChallengeQuerySet, given: Mapping[str, Any]) -> ChallengeQuerySet:
    """The library's filters: words in title, problem or question; territory, horizon, system, link with Covid-19."""
    words = str(given.get("words") or "").strip()
    if words:
        found = found.filter(Q(title__icontains=words) | Q(problem__icontains=words) | Q(question__icontains=words))
    if given.get("territory") == "-":
        found = found.filter(territory=None)
    elif given.get("territory"):
        found = found.filter(territory__slug=given["territory"])
    if given.get("horizon"):
        found = found.filter(horizon=given["horizon"])
    if given.get("system"):
        found = found.filter(systems__contains=[given["system"]])
    if given.get("covid"):
        found = found.filter(covid_link="" if given["covid"] == "unknown" else given["covid"])
    return found


def territories_with_challenges() -> list[Facet]:
    found = Challenge.objects.public().filter(territory__isnull=False).order_by("territory__name")
    return [Facet(*row) for row in found.values_list("territory__slug", "territory__name").distinct()]


def counts() -> dict[str, int]:
    """Territory -> challenges everybody may see."""
    found = Challenge.objects.public().filter(territory__isnull=False)
    return dict(found.values_list("territory__slug").annotate(n=Count("pk")).order_by())


def search(words: str) -> list[Challenge]:
    return list(filtered(challenges(), {"words": words})[:20])


def of_organisation(organisation: Any) -> list[Challenge]:
    """Public challenges at whose table an organisation sits."""
    return list(challenges().filter(stakeholders__organisation=organisation).distinct())


def seats(of: Challenge, *, inside: bool) -> list[Seat]:
    """The table by sector, in the order of the vocabulary. Who is hidden on the map is not named here to strangers either."""
    found = of.stakeholders.select_related("organisation", "body")
    if not inside:
        found = found.exclude(organisation__visibility=Visibility.HIDDEN)
    rows = list(found)
    return [Seat(code, str(label), [row for row in rows if row.sector == code]) for code, label in Sector.choices]


def seat(of: Challenge, pk: int) -> Stakeholder:
    found = of.stakeholders.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def card(of: Challenge, pk: int) -> Evidence:
    found = of.evidence.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
