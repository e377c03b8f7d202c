"""Reads of the linkage audit: what can be drawn, which pair comes next, how far each sample is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404

from rrr.places.models import Territory
from rrr.understand.models import (
    AuditPair,
    AuditSample,
    Group,
    ImportChange,
    LinkDecision,
    Organisation,
    Purpose,
    RegisterRecord,
    Verdict,
)
from rrr.understand.models.audits import Part, label_of, stratum
from rrr.understand.queries.queue import newest

PARTS = {Group.SAME.value: Part.LINKED, Group.DOUBTFUL.value: Part.REVIEW, Group.NEW.value: Part.NEW}


@dataclass(frozen=True)
class Unit:
    """A record that can be drawn, with the known organisation that weighs most (None for one taken for new)."""

    record: int
    stratum: str
    organisation: int | None
    weight: float | None
    pattern: str


@dataclass(frozen=True)
class Row:
    """How far a stratum of a sample is: counts only, no estimate."""

    label: str
    population: int
    drawn: int
    judged: int
    gone: int
    verdicts: dict[str, int]


def units(of: Territory) -> dict[int, Unit]:
    """Every record the comparison judged by weight and that has a pair.

    Not those an earlier delivery had settled by their number, nor those left out; of those taken for new, not where nothing is known beside
    what their own import made.
    """
    settled = RegisterRecord.objects.filter(
        register_import__source=OuterRef("register_import__source"), register_import__lt=OuterRef("register_import"),
        key=OuterRef("key"), published=True, organisation__isnull=False,
    )  # fmt: skip
    found = newest(of).filter(~Exists(settled), group__in=PARTS).order_by("pk")
    here = set(Organisation.objects.filter(territory=of).values_list("pk", flat=True))
    own = ImportChange.objects.filter(organisation__territory=of, what=ImportChange.MADE).order_by().values_list("register_import")
    alone = {pk for pk, number in own.annotate(n=Count("organisation", distinct=True)) if number >= len(here)}
    made: dict[int, Unit] = {}
    fields = ("pk", "register_import_id", "group", "weight", "pattern", "candidates__0__organisation")
    for pk, register_import, group, weight, pattern, best in found.values_list(*fields):
        if best in here or (group == Group.NEW and here and register_import not in alone):
            made[pk] = Unit(pk, stratum(PARTS[group], weight), best, weight, pattern)
    return made


def made_by(register_import: int) -> set[int]:
    """Organisations an import made: its own records are not to be found among them."""
    return set(
        ImportChange.objects.filter(register_import=register_import, what=ImportChange.MADE).values_list("organisation_id", flat=True)
    )


def samples(of: Territory) -> QuerySet[AuditSample]:
    return AuditSample.objects.filter(territory=of).order_by("-pk")


def rows(sample: AuditSample) -> list[Row]:
    counted = sample.pairs.order_by().values_list("stratum", "verdict").annotate(n=Count("pk"))
    verdicts: dict[str, dict[str, int]] = {}
    for name, verdict, number in counted:
        verdicts.setdefault(name, {})[verdict] = number
    whole = dict(sample.pairs.filter(verdict="").whole().order_by().values_list("stratum").annotate(n=Count("pk")))
    found = []
    for entry in sample.strata:
        said = verdicts.get(entry["stratum"], {})
        waiting = said.get("", 0)
        judged = entry["drawn"] - waiting
        gone = waiting - whole.get(entry["stratum"], 0)
        found.append(Row(label_of(entry["stratum"]), entry["population"], entry["drawn"], judged, gone, said))
    return found


def pair(of: Territory, pk: int) -> AuditPair:
    found = AuditPair.objects.whole().filter(sample__territory=of, pk=pk)
    one = found.select_related("sample", "record__register_import__source", "organisation__territory").first()
    if one is None:
        raise Http404
    return one


def next_pair(sample: AuditSample, after: AuditPair | None = None) -> AuditPair | None:
    """The next one nobody judged; after the last it begins again."""
    waiting = sample.pairs.filter(verdict="").whole().order_by("place")
    if after is None:
        return waiting.first()
    return waiting.filter(place__gt=after.place).first() or waiting.exclude(pk=after.pk).first()


def last_pair(sample: AuditSample, by: Any) -> AuditPair | None:
    """What this person judged last in this sample."""
    mine = LinkDecision.objects.filter(by=by, purpose=Purpose.AUDIT).exclude(verdict=Verdict.OPEN).values("pk")
    return sample.pairs.exclude(verdict="").filter(decision__in=mine).whole().order_by("-decision_id").first()
