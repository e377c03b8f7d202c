"""Records of a register and known organisations through the linkage engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rrr.engines import linkage
from rrr.records.organisation import OrganisationRecord
from rrr.understand.facts import pattern_of
from rrr.understand.models import Group, RegisterRecord
from rrr.understand.queries.imports import KnownOrganisation

BANDS = {linkage.Band.SAME: Group.SAME, linkage.Band.DOUBTFUL: Group.DOUBTFUL, linkage.Band.NEW: Group.NEW}
SETTINGS = linkage.Settings()


@dataclass(frozen=True)
class Compared:
    """What the comparison found for one record: the group, the best known organisation, and every candidate with its bars."""

    group: str
    organisation: int | None
    weight: float | None
    candidates: list[dict[str, Any]]
    pattern: str


def compare(new: Sequence[RegisterRecord], known: Sequence[KnownOrganisation], *, source: str, country: str) -> dict[int, Compared]:
    """Record id -> what was found."""
    left = [as_record(str(one.pk), one.values, source, country) for one in new]
    right = [as_record(str(one.pk), one.values, one.source, country) for one in known]
    found: dict[int, list[linkage.Candidate]] = {}
    for candidate in linkage.compare(left, right, SETTINGS):
        found.setdefault(int(candidate.new_key), []).append(candidate)
    return {pk: _compared(candidates) for pk, candidates in found.items()}


def _compared(candidates: Sequence[linkage.Candidate]) -> Compared:
    best, near = candidates[0], [listed(one) for one in candidates if one.known_key is not None]
    pattern = pattern_of(near[0]) if near else ""
    return Compared(BANDS[best.band].value, int(best.known_key) if best.known_key else None, best.weight, near, pattern)


def listed(one: linkage.Candidate) -> dict[str, Any]:
    """A pair as it is kept with a record."""
    return {
        "organisation": int(one.known_key or 0),
        "weight": round(one.weight or 0.0, 2),
        "flags": [str(flag) for flag in one.flags],
        "bars": [[bar.comparison, bar.level, round(bar.weight, 2)] for bar in one.comparisons],
    }


def as_record(key: str, values: dict[str, Any], source: str, country: str) -> OrganisationRecord:
    lon, lat = values.get("lon"), values.get("lat")
    whole = isinstance(lon, int | float) and isinstance(lat, int | float)
    text = {name: str(values.get(name) or "") for name in _TEXTS}
    text["street"] = text["street"] or str(values.get("address") or "").split(",")[0]
    return OrganisationRecord(key=key, lon=lon if whole else None, lat=lat if whole else None, source=source, country=country, **text)


_TEXTS = ("name", "legal_form", "street", "postcode", "city", "website", "phone", "email", "tax_id", "register_id", "activity")
