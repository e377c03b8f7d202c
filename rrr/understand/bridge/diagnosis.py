"""Answers of a diagnosis round into counts, and counts into figures with intervals."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rrr.engines import diagnosis
from rrr.records.estimate import Estimate
from rrr.understand.blocks import ASKED, Asked, BuildingBlock
from rrr.understand.models import DiagnosisRound, Sector
from rrr.understand.queries import diagnosis as queries

LEAST = diagnosis.DEFAULT.least
LEVEL = diagnosis.DEFAULT.level


@dataclass(frozen=True)
class SectorFigure:
    """One sector on one block; `difference`: less everybody else (None where nobody else may be shown), `apart`: surely not 0."""

    label: str
    code: str
    rated: int
    unknown: int
    mean: Estimate | None
    difference: Estimate | None
    apart: bool


@dataclass(frozen=True)
class BlockFigure:
    """`mean` is None where fewer than five rated the block, `unknown_share` (per cent) where fewer than five answered it."""

    code: str
    label: str
    asked: Asked
    rated: int = 0
    unknown: int = 0
    mean: Estimate | None = None
    median: float | None = None
    lower_quartile: float | None = None
    upper_quartile: float | None = None
    deviation: float | None = None
    unknown_share: Estimate | None = None
    sectors: Sequence[SectorFigure] = ()
    withheld: bool = False


@dataclass(frozen=True)
class Change:
    label: str
    estimate: Estimate
    apart: bool


@dataclass(frozen=True)
class Figures:
    blocks: Sequence[BlockFigure]
    people: int
    comparisons: int  # between sectors; their intervals hold together
    version: str  # SHA-256 of the counts

    @property
    def weakest(self) -> BlockFigure | None:
        """The block with the lowest mean."""
        rated = [(one.mean.value, place, one) for place, one in enumerate(self.blocks) if one.mean is not None]
        return min(rated)[2] if rated else None

    @property
    def as_low(self) -> int:
        """How many other blocks have an interval that overlaps with that of the weakest."""
        weakest = self.weakest
        if weakest is None or weakest.mean is None or weakest.mean.high is None:
            return 0
        ends = [one.mean.low for one in self.blocks if one.mean is not None and one is not weakest]
        return sum(1 for low in ends if low is not None and low <= weakest.mean.high)


def counted(of: DiagnosisRound) -> dict[str, Any]:
    """What is kept of the answers at closing: counts, without those that would give a small group away."""
    rows = queries.answers(of)
    tally = diagnosis.guarded(diagnosis.count(diagnosis.Answer(str(person), block, value, sector) for person, sector, block, value in rows))
    blocks = {
        key: {"all": _kept(one.all), "sectors": {code: _kept(counts) for code, counts in one.sectors.items()}}
        for key, one in sorted(tally.blocks.items())
    }
    return {"people": tally.people if tally.people >= LEAST else 0, "least": LEAST, "blocks": blocks}


def _kept(counts: diagnosis.Counts) -> list[int]:
    return [*counts.values, counts.unknown, counts.withheld]


def _read(kept: Sequence[int]) -> diagnosis.Counts:
    return diagnosis.Counts(tuple(kept[:11]), kept[11], kept[12])


def _tally(of: DiagnosisRound) -> diagnosis.Tally:
    kept = of.tally or {"people": 0, "blocks": {}}
    blocks = {
        key: diagnosis.BlockCounts(_read(one["all"]), {code: _read(counts) for code, counts in one["sectors"].items()})
        for key, one in kept["blocks"].items()
    }
    return diagnosis.Tally(blocks, kept["people"])


def figures(of: DiagnosisRound) -> Figures:
    """Figures of a closed round, the nine blocks in their order; a block few answered has none."""
    found = diagnosis.diagnose(_tally(of))
    by_key = {one.key: one for one in found.blocks}
    compared = {(one.block, one.sector): one for one in found.differences}
    blocks = [_block(code, str(label), by_key.get(code), compared) for code, label in BuildingBlock.choices]
    version = hashlib.sha256(json.dumps(of.tally, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    return Figures(blocks, found.people, len(found.differences), version)


def _block(code: str, label: str, one: diagnosis.Block | None, compared: Mapping[tuple[str, str], diagnosis.Difference]) -> BlockFigure:
    if one is None or one.everybody is None:
        return BlockFigure(code, label, ASKED[code])
    group = one.everybody
    sectors = [_sector(each, compared.get((code, each.key))) for each in one.sectors]
    share = group.unknown_share
    percent = Estimate(100 * share.value, 100 * (share.low or 0), 100 * (share.high or 0), share.level, "%")
    return BlockFigure(
        code, label, ASKED[code], group.rated, group.unknown, group.mean, group.median, group.lower_quartile, group.upper_quartile,
        group.deviation, percent, sectors, one.withheld,
    )  # fmt: skip


def _sector(group: diagnosis.Group, compared: diagnosis.Difference | None) -> SectorFigure:
    label = str(Sector(group.key).label)
    difference = compared.estimate if compared else None
    return SectorFigure(label, group.key, group.rated, group.unknown, group.mean, difference, bool(compared and compared.apart))


def changes(before: DiagnosisRound, after: DiagnosisRound) -> list[Change]:
    """The later round less the earlier one, in the order of the blocks."""
    found = {one.block: one for one in diagnosis.changes(_tally(before), _tally(after))}
    return [Change(str(label), found[code].estimate, found[code].apart) for code, label in BuildingBlock.choices if code in found]


def count_rows(of: DiagnosisRound) -> list[tuple[str, str, int]]:
    """(block, value, count) for the file everybody may have: no person, no sector. `rrr diagnose` reads it."""
    rows = []
    for key, one in _tally(of).blocks.items():
        if one.all.withheld:  # how many know it is on the page; the few scores are nowhere
            continue
        given = [(str(score), number) for score, number in enumerate(one.all.values) if number] + [("unknown", one.all.unknown)]
        rows += [(key, value, number) for value, number in given]
    return rows
