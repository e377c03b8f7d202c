"""The catalogue: what is known of every published solution in a few short fields, narrowed and counted by facet.

Counted in memory: a catalogue has thousands of solutions, not millions (docs/adr/0008-search-in-postgresql.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import Http404

from rrr.core import audit
from rrr.core.models import AuditEntry
from rrr.define.vocabulary import Horizon
from rrr.explore import countries
from rrr.explore.models import Effect, Solution, SolutionQuerySet
from rrr.explore.vocabulary import GRADES, LOTS, Design, SolutionStatus, Topic
from rrr.understand.vocabulary import Goal

FACETS = ("topic", "horizon", "grade", "design", "sdg", "country", "language")
UNGRADED = "none"


@dataclass(frozen=True)
class Facts:
    """One published solution as lists, facets and matching need it."""

    pk: int
    slug: str
    name: str
    summary: str
    topics: tuple[str, ...]
    horizons: tuple[str, ...]
    grade: int | None
    groups: tuple[str, ...]
    sdgs: tuple[int, ...]
    language: str
    text_language: str
    origin: str
    adopted: tuple[str, ...]
    cost: str
    designs: tuple[str, ...]
    trials: int

    @property
    def places(self) -> list[str]:
        return [place for place in (self.origin, *self.adopted) if place]

    @cached_property
    def values(self) -> Mapping[str, frozenset[str]]:
        """What it has in each facet, as addresses write it."""
        found: Mapping[str, Iterable[Any]] = {
            "topic": self.topics,
            "horizon": self.horizons,
            "grade": (UNGRADED if self.grade is None else self.grade,),
            "design": self.designs,
            "sdg": self.sdgs,
            "country": countries.named(self.places),
            "language": (self.language,),
        }
        return {facet: frozenset(map(str, values)) for facet, values in found.items()}


@dataclass(frozen=True)
class Bucket:
    """One value of a facet: how many solutions would be listed with it."""

    value: str
    label: str
    number: int
    chosen: bool


_FIELDS = (
    "pk", "slug", "name", "summary", "topics", "horizons", "source_grade", "target_groups", "sdgs", "language", "text_language",
    "origin_place", "places_adopted", "cost_stated",
)  # fmt: skip


def facts() -> list[Facts]:
    """Of every published solution, by name: two questions to the database."""
    designs: dict[int, Counter[str]] = {}
    for pk, design, number in Effect.objects.order_by().values_list("solution", "design").annotate(number=Count("pk")):
        designs.setdefault(pk, Counter())[design] = number
    found = []
    for row in Solution.objects.public().order_by("name", "pk").values_list(*_FIELDS):
        pk, slug, name, summary, topics, horizons, grade, groups, sdgs, language, text_language, origin, adopted, cost = row
        seen = designs.get(pk, Counter())
        trials = sum(number for design, number in seen.items() if design in LOTS)
        lists = (tuple(topics), tuple(horizons), grade, tuple(groups), tuple(sdgs))
        found.append(
            Facts(pk, slug, name, summary, *lists, language, text_language, origin, tuple(adopted), cost, tuple(sorted(seen)), trials)
        )
    return found


Chosen = Mapping[str, Collection[str]]


def narrowed(found: Sequence[Facts], chosen: Chosen, *, but: str = "") -> list[Facts]:
    """Any value within a facet, all facets together; the facet `but` is left out."""
    asked = [(facet, set(chosen[facet])) for facet in FACETS if facet != but and chosen.get(facet)]
    return [one for one in found if all(one.values[facet] & values for facet, values in asked)]


def facets(found: Sequence[Facts], chosen: Chosen) -> dict[str, list[Bucket]]:
    """For every facet its values with the number of solutions one would see; the facet's own choices do not narrow it."""
    made = {}
    for facet in FACETS:
        numbers = Counter(value for one in narrowed(found, chosen, but=facet) for value in one.values[facet])
        picked = set(chosen.get(facet) or ())
        values = {value: numbers.get(value, 0) for value in {*numbers, *picked}}
        buckets = [Bucket(value, label(facet, value), number, value in picked) for value, number in values.items()]
        made[facet] = sorted(buckets, key=lambda one: _order(facet, one))
    return made


def _order(facet: str, one: Bucket) -> tuple[Any, ...]:
    if facet == "horizon":
        return (Horizon.values.index(one.value) if one.value in Horizon.values else 9,)
    if facet == "grade":
        return (-1 if one.value == UNGRADED else -int(one.value) - 2 if one.value.isdigit() else 0,)
    if facet == "design":
        return (Design.values.index(one.value) if one.value in Design.values else 9,)
    if facet == "sdg":
        return (int(one.value) if one.value.isdigit() else 99,)
    return (-one.number, one.label)


def options(facet: str) -> list[str]:
    """Every value a facet can have in an address; another one is left out. Countries and languages are open lists."""
    closed: Mapping[str, Sequence[Any]] = {
        "topic": Topic.values,
        "horizon": Horizon.values,
        "grade": [*GRADES, UNGRADED],
        "design": Design.values,
        "sdg": Goal.values,
    }
    return [str(value) for value in closed.get(facet, ())]


def label(facet: str, value: str) -> str:
    from django.utils.translation import gettext as _

    if facet == "country":
        return countries.label(value)
    if facet == "language":
        return dict(settings.LANGUAGES).get(value, value)
    if facet == "sdg":
        return f"{value} {Goal(int(value)).label}" if value.isdigit() and int(value) in Goal.values else value
    if facet == "grade":
        return _("%(grade)s of 4: %(words)s") % {"grade": value, "words": GRADES[int(value)]} if value.isdigit() else _("Not graded")
    choices: Mapping[str, Any] = {"topic": dict(Topic.choices), "horizon": dict(Horizon.choices), "design": dict(Design.choices)}
    return str(choices[facet].get(value, value))


def matching(found: Sequence[Facts], slugs: Sequence[str]) -> list[Facts]:
    """Those of the given short names, in their order."""
    known = {one.slug: one for one in found}
    return [known[slug] for slug in slugs if slug in known]


def ordered(found: Sequence[Facts]) -> list[Facts]:
    """The order of a list nobody searched: the better graded first, then by name."""
    return sorted(found, key=lambda one: (-(one.grade if one.grade is not None else -1), one.name.casefold(), one.slug))


def solutions(*, drafts: bool = False) -> SolutionQuerySet:
    return Solution.objects.all() if drafts else Solution.objects.public()


def solution(slug: str, *, drafts: bool = False) -> Solution:
    found = solutions(drafts=drafts).prefetch_related("sources").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def drafts() -> SolutionQuerySet:
    return Solution.objects.filter(status=SolutionStatus.DRAFT).order_by("-updated_at", "pk")


def history(of: Solution) -> list[AuditEntry]:
    return list(audit.history(of)[:100])


def published_count() -> int:
    return Solution.objects.public().count()
