"""A record and a known organisation side by side: what each says, whether it differs, and what the comparison weighs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rrr.text.fold import words
from rrr.understand import sentences
from rrr.understand.facts import address, stated_kind
from rrr.understand.models import Kind

ROWS = ("name", "place", "kind", "legal_form", "website", "founded", "tax_id", "register_id", "phone", "activity")


@dataclass(frozen=True)
class Side:
    label: str
    theirs: str  # of the new record
    ours: str  # of the known organisation
    differs: bool
    weight: float | None  # None: not compared by the engine
    because: str


@dataclass(frozen=True)
class Compared:
    rows: list[Side]
    weight: float
    prior: float
    most: float  # the longest bar
    flags: list[str]
    silent: list[str]  # labels of fields that neither side fills and nothing weighs


def compared(
    record: Mapping[str, Any], known: Mapping[str, Any], candidate: Mapping[str, Any], kinds: Mapping[str, str], country: str
) -> Compared:
    """`record` and `known` are values by field; `candidate` is what the engine found for the pair."""
    bars = {name: (level, weight) for name, level, weight in candidate["bars"]}
    theirs, ours = _texts(record, stated_kind(record, kinds, country)), _texts(known, str(known.get("kind", "")))
    rows = []
    for name in ROWS:
        level, weight = bars.pop(name, ("", None))
        differs = bool(theirs[name] and ours[name] and words(theirs[name]) != words(ours[name]))
        rows.append(
            Side(str(sentences.FIELDS.get(name, name)), theirs[name], ours[name], differs, weight, str(sentences.LEVELS.get(level, level)))
        )
    for name, (level, weight) in bars.items():
        if level != "missing":
            rows.append(Side(str(sentences.FIELDS.get(name, name)), "", "", False, weight, str(sentences.LEVELS.get(level, level))))
    total = float(candidate["weight"])
    prior = round(total - sum(weight for _name, _level, weight in candidate["bars"]), 1)
    most = max([abs(row.weight or 0.0) for row in rows] + [abs(prior), abs(total)])
    silent = [row for row in rows if not (row.theirs or row.ours or row.weight)]
    flags = [str(sentences.FLAGS.get(flag, flag)) for flag in candidate["flags"]]
    return Compared([row for row in rows if row not in silent], total, prior, most, flags, [row.label for row in silent])


def unweighed(record: Mapping[str, Any], known: Mapping[str, Any], kinds: Mapping[str, str], country: str) -> Compared:
    """What each side says and whether it differs, for people who are not to know what the comparison made of it."""
    return compared(record, known, {"bars": [], "weight": 0.0, "flags": []}, kinds, country)


def _texts(values: Mapping[str, Any], kind: str) -> dict[str, str]:
    made = {name: str(values.get(name) or "") for name in ROWS}
    made["kind"] = str(Kind(kind).label) if kind else ""
    made["place"] = place(values)
    return made


def place(values: Mapping[str, Any]) -> str:
    """Address, else city, with the coordinates to about ten metres."""
    town = " ".join(str(values[name]) for name in ("postcode", "city") if values.get(name))
    said = address(values) or town
    if values.get("lon") is None or values.get("lat") is None:
        return said
    return f"{said} ({point(values)})" if said else point(values)


def point(values: Mapping[str, Any]) -> str:
    """Coordinates to about ten metres."""
    return _("%(lat)s N, %(lon)s E") % {"lat": f"{values['lat']:.4f}", "lon": f"{values['lon']:.4f}"}
