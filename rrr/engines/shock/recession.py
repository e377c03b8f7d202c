"""Dated recessions, and the gap against the path before each.

Dates: recessions.csv, first and last month by the convention that the month (or quarter) of the peak belongs to the expansion and that of the
trough to the recession. Each row names who dated it. Countries without a dating committee known to us (Poland) have none; earlier recessions
of Canada are left out because we did not find the table itself.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rrr.engines.shock.forecast import Continuation
from rrr.engines.shock.grid import Grid
from rrr.engines.shock.records import Recession, Worse

_OFF = 0.1 / 12  # of a year, as in the grid


@dataclass(frozen=True)
class Dated:
    """`start` is when its first month begins, `end` when its last month ends, both in years."""

    name: str
    area: str
    start: float
    end: float
    source: str


@lru_cache
def dated(country: str) -> tuple[Dated, ...]:
    """Recessions of a country (ISO 3166 alpha-2), oldest first; none for one we have no dates of."""
    with Path(__file__).with_name("recessions.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_row(row) for row in csv.DictReader(file) if country.upper() in row["countries"].split())


def _row(row: dict[str, str]) -> Dated:
    years = sorted({row["start"][:4], row["end"][:4]})
    return Dated("–".join(years), row["area"], _month(row["start"]), _month(row["end"]) + 1 / 12, row["source"])


def _month(text: str) -> float:
    year, month = text.split("-")
    return int(year) + (int(month) - 1) / 12


def begins(grid: Grid, origin: int, target: int, known: Iterable[Dated]) -> bool:
    """A recession begins after the step of `origin` and before that of `target` is over, as the crisis does after the last value before the cut."""
    step = 1 / grid.frequency
    over, reached = grid.times[origin] + step, grid.times[target] + step
    return any(over <= one.start + _OFF and one.start + _OFF < reached for one in known)


def gaps(grid: Grid, path: Continuation, known: Iterable[Dated], horizons: int, worse: Worse) -> tuple[Recession, ...]:
    """Per recession that ended before the cut: the worst gap within `horizons` steps of the last value before it."""
    found = []
    for one in known:
        origin = _origin_before(grid, one.start)
        if origin is None or one.end > grid.times[grid.cut] + _OFF:
            continue
        here = _gaps_from(grid, path, origin, horizons)
        if here:
            gap, horizon = worst(here, worse)
            found.append(Recession(one.name, one.area, one.start, one.end, one.source, gap, horizon))
    return tuple(found)


def worst(gaps: list[tuple[float, int]], worse: Worse) -> tuple[float, int]:
    return max(gaps, key=lambda pair: badness(pair[0], worse))


def badness(gap: float, worse: Worse) -> float:
    return abs(gap) if worse is Worse.EITHER else gap if worse is Worse.HIGHER else -gap


def _origin_before(grid: Grid, start: float) -> int | None:
    """The last measured step that was over when the recession began."""
    over = [step for step, value in enumerate(grid.before) if value is not None and grid.times[step] + 1 / grid.frequency <= start + _OFF]
    return over[-1] if over else None


def _gaps_from(grid: Grid, path: Continuation, origin: int, horizons: int) -> list[tuple[float, int]]:
    found = []
    for horizon in range(1, min(horizons, len(grid.before) - 1 - origin) + 1):
        expected, value = path.at(origin, horizon), grid.values[origin + horizon]
        if expected is not None and value is not None:
            found.append((value - expected, horizon))
    return found
