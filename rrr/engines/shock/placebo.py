"""The interval of a continuation, and the same interval tried at dates before the cut.

Interval at horizon h: expected +- the k-th smallest of the m absolute errors the method made at horizon h in the series itself,
k = ceil((m + 1) level). Source: split conformal prediction (Vovk, Gammerman & Shafer 2005; Lei et al. 2018, JASA 113(523)): with
exchangeable errors it holds the value with probability >= level. Errors of a series are not exchangeable (windows overlap, calm and
rough years cluster), so the level is a claim to be tried, not a theorem: at every earlier origin the same rule is applied to the errors known by then
(targets at or before the origin) and its hits are counted. With m errors no level above m/(m+1) can be had without a distribution: k > m gives no interval.
What differs here: half-widths never shrink with the horizon (running maximum), as long horizons have few errors.

Score of a check: Winkler 1972, JASA 67(337): width + 2/(1 - level) x the distance by which the interval missed; lower is better.
Tried and dropped: judging coverage also by errors later than the origin (blocked cross-validation). On yearly internet use it promised .86
where the truth was .65; the past-only count said .66 (python -m benchmarks.shock).
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass

from rrr.engines.shock.forecast import Continuation


@dataclass(frozen=True)
class Check:
    """One origin at one horizon: half-width of the interval then, and the error that came."""

    origin: int
    horizon: int
    half: float
    error: float
    covered: bool

    def score(self, level: float) -> float:
        return 2 * self.half + 2 / (1 - level) * (0.0 if self.covered else self.error - self.half)


@dataclass(frozen=True)
class Trial:
    """All checks of one method at one level, by horizon, and the half-width now (None: fewer errors than the level needs)."""

    checks: dict[int, list[Check]]
    halves: dict[int, float | None]


def rank(errors: int, level: float) -> int:
    """k of the interval; above `errors` the level cannot be had."""
    return math.ceil((errors + 1) * level - 1e-9)


def first_checks(path: Continuation, level: float) -> int:
    """How many origins could be checked one step ahead: known errors suffice for the level. Depends on which values there are only."""
    known = made = 0
    values = path.values
    for origin in range(len(values) - 1):
        known += bool(origin) and values[origin] is not None and path.at(origin - 1, 1) is not None
        if path.at(origin, 1) is not None and values[origin + 1] is not None and rank(known, level) <= known:
            made += 1
    return made


def attempt(path: Continuation, horizons: int, level: float) -> Trial:
    """Horizons 1 to `horizons`."""
    measured = [value for value in path.values if value is not None]
    slack = 1e-9 * (max(measured) - min(measured))
    checks: dict[int, list[Check]] = {}
    halves: dict[int, float | None] = {}
    for horizon in range(1, horizons + 1):
        checks[horizon], known = _walk(path, horizon, level, slack)
        halves[horizon] = _half(known, level)
    return Trial(checks, _never_shrinking(halves))


def _walk(path: Continuation, horizon: int, level: float, slack: float) -> tuple[list[Check], list[float]]:
    """From origin to origin; an error becomes known when its target is reached."""
    errors = [_error(path, origin, horizon) for origin in range(len(path.values))]
    known: list[float] = []
    made: list[Check] = []
    for origin, error in enumerate(errors):
        reached = errors[origin - horizon] if origin >= horizon else None
        if reached is not None:
            insort(known, reached)
        half = _half(known, level)
        if error is not None and half is not None:
            made.append(Check(origin, horizon, half, error, error <= half + slack))
    return made, sorted(error for error in errors if error is not None)


def _error(path: Continuation, origin: int, horizon: int) -> float | None:
    if origin + horizon >= len(path.values):
        return None
    expected, value = path.at(origin, horizon), path.values[origin + horizon]
    return None if expected is None or value is None else abs(value - expected)


def _half(known: Sequence[float], level: float) -> float | None:
    """`known` in order."""
    place = rank(len(known), level)
    return known[place - 1] if place <= len(known) else None


def _never_shrinking(halves: dict[int, float | None]) -> dict[int, float | None]:
    grown: dict[int, float | None] = {}
    widest = 0.0
    for horizon in sorted(halves):
        half = halves[horizon]
        widest = max(widest, half or 0.0)
        grown[horizon] = None if half is None else widest
    return grown
