"""Which source states each fact of an organisation, and by which rule the value that stands there won."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from rrr.core import audit
from rrr.text.fold import words
from rrr.understand import sentences
from rrr.understand.comparison import point
from rrr.understand.facts import organisation_values
from rrr.understand.models import ImportChange, Kind, Organisation, OrganisationSource, RegisterRecord, Visibility

PLACE_FIELDS = ("address", "district", "lon")  # "lon" stands for the coordinates
FIELDS = ("name", "kind", "legal_form", "activity", "website", "founded", "closed", *PLACE_FIELDS)
ENTRIES = 200  # of the trail that are looked at, the newest first


class Rule(StrEnum):
    """Why the value that stands here stands here."""

    FIRST = "first"  # the source that made the organisation known said it, and nothing overwrites
    FILLED = "filled"  # it was empty, and an import filled it
    CORRECTED = "corrected"  # somebody wrote or chose it: that goes before every source
    OWN = "own"  # the organisation wrote it itself: imports leave it
    UNKNOWN = "unknown"  # the trail does not reach back so far


@dataclass(frozen=True)
class Statement:
    source: str
    url: str  # of a page; "" for a row of a register
    line: int | None
    on: date


@dataclass(frozen=True)
class Fact:
    field: str
    label: str
    value: str
    rule: Rule
    filled_by: str  # the register, where the rule is FILLED
    corrected_at: datetime | None
    statements: list[Statement]


def facts(of: Organisation, *, places: bool) -> list[Fact]:
    """Every fact that is known, with the sources that say the same. `places` False leaves out where it is."""
    rows = list(
        of.register_records.filter(published=True)
        .select_related("register_import__source")
        .defer("raw", "candidates")
        .order_by("register_import__file_date", "pk")[:20]
    )
    trail = list(audit.history(of).filter(action__in=["organisations.add", "organisations.update", "organisations.speak"])[:ENTRIES])
    fills = list(of.import_changes.filter(what=ImportChange.FILLED).select_related("register_import__source").order_by("pk"))
    names = [name for name in FIELDS if places or name not in PLACE_FIELDS]
    return [_fact(of, name, rows, trail, fills) for name in names if getattr(of, name) not in (None, "")]


def _fact(of: Organisation, name: str, rows: Sequence[RegisterRecord], trail: Sequence[Any], fills: Sequence[ImportChange]) -> Fact:
    stands = audit.snapshot(of, name)[name]
    last = next((entry for entry in trail if name in (entry.after or {}) and (entry.before or {}).get(name) != entry.after[name]), None)
    first = next((entry.after or {} for entry in trail if entry.action == "organisations.add"), None)
    filled = next((one for one in reversed(fills) if one.values.get(name) == stands), None)
    rule, at = Rule.UNKNOWN, None
    if last is not None and last.action == "organisations.add":
        rule = Rule.FIRST
    elif last is not None and last.action == "organisations.speak":
        rule, at = Rule.OWN, last.at
    elif last is not None:
        rule, at = (Rule.FILLED, None) if filled else (Rule.CORRECTED, last.at)
    statements = [*_pages(of, name, stands, first), *_rows(of, name, rows)]
    filler = str(filled.register_import.source) if filled and rule is Rule.FILLED else ""
    return Fact(name, _label(name), _shown(of, name), rule, filler, at, statements)


def _pages(of: Organisation, name: str, stands: Any, first: Mapping[str, Any] | None) -> list[Statement]:
    """A page was read for the value of that day: it supports what stands here only while that is the same."""
    if first is not None and first.get(name) != stands:
        return []
    found: list[OrganisationSource] = [one for one in of.sources.all() if one.url and name in one.fields]
    if of.visibility != Visibility.PUBLISHED:
        found = [one for one in found if one.about != OrganisationSource.PLACE]
    return [Statement("", one.url, None, one.read_on) for one in found]


def _rows(of: Organisation, name: str, rows: Sequence[RegisterRecord]) -> list[Statement]:
    found = []
    for row in rows:
        one = row.register_import
        said = organisation_values(row.values, one.kinds, of.territory.country)
        if says_the_same(of, name, said):
            found.append(Statement(str(one.source), "", row.line, one.file_date))
    return found


def says_the_same(of: Organisation, name: str, said: Mapping[str, Any]) -> bool:
    """Whether a row states what stands here, up to case, accents and punctuation; of coordinates, to about ten metres."""
    if said.get(name) in (None, ""):
        return False
    if name == "lon":
        return of.lat is not None and of.lon is not None and abs(said["lon"] - of.lon) < 1e-4 and abs(said["lat"] - of.lat) < 1e-4
    return words(str(said[name])) == words(str(getattr(of, name)))


def _label(name: str) -> str:
    return str(sentences.FIELDS["place"] if name == "lon" else Organisation._meta.get_field(name).verbose_name)  # type: ignore[union-attr] # plain fields


def _shown(of: Organisation, name: str) -> str:
    if name == "kind":
        return str(Kind(of.kind).label)
    return point({"lon": of.lon, "lat": of.lat}) if name == "lon" else str(getattr(of, name))
