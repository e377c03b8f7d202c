"""From decisions to probabilities: a logistic re-score of the levels, drawn towards the weights of the model.

log-odds = a + b x weight + the sum of one correction for each level (and for two records of one source), with a ridge on the corrections: where decisions
say little, the weights of the model stay. Newton's method; a convex problem with one solution. Source: le Cessie & van Houwelingen 1992 (ridge in logistic
regression); that the starting point is the Fellegi-Sunter weight and not zero is ours.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from rrr.engines.linkage.model import COMPARISONS
from rrr.engines.linkage.scoring import Pattern

NEEDED = 300  # decided pairs
NEEDED_EACH = 30  # of each verdict
RIDGE = 2.0
_STEPS = 50

Floats = NDArray[np.float64]


class RefitReason(StrEnum):
    """Why weights stay weights."""

    TOO_FEW_DECISIONS = "too_few_decisions"
    """Facts: decided, needed."""
    ONE_SIDED = "one_sided"
    """Too few of one verdict. Facts: same, different, needed."""


@dataclass(frozen=True)
class Refused:
    reason: RefitReason
    facts: Mapping[str, int]


@dataclass(frozen=True)
class Example:
    """A decided pair. `weight`: one over the chance that it was shown (1 where all were shown alike)."""

    pattern: Pattern
    one_source: bool
    same: bool
    weight: float = 1.0


@dataclass(frozen=True)
class Model:
    """What decisions made of the weights. Plain numbers, so that it can be kept."""

    intercept: float
    slope: float  # log-odds for one bit
    corrections: Mapping[str, float]  # "name:half" -> log-odds
    decided: int

    def log_odds(self, pattern: Pattern, one_source: bool) -> float:
        moved = sum(self.corrections.get(name, 0.0) for name in _features(pattern, one_source))
        return self.intercept + self.slope * pattern.weight + moved

    def probability(self, pattern: Pattern, one_source: bool) -> float:
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, self.log_odds(pattern, one_source)))))


def refit(examples: Sequence[Example]) -> Model | Refused:
    """Fit on decided pairs; refuses below 300 of them, or 30 of either verdict."""
    same = sum(one.same for one in examples)
    if len(examples) < NEEDED:
        return Refused(RefitReason.TOO_FEW_DECISIONS, {"decided": len(examples), "needed": NEEDED})
    if min(same, len(examples) - same) < NEEDED_EACH:
        return Refused(RefitReason.ONE_SIDED, {"same": same, "different": len(examples) - same, "needed": NEEDED_EACH})
    found = _newton(examples)
    return Model(float(found[0]), float(found[1]), dict(zip(NAMES, map(float, found[2:]), strict=True)), len(examples))


def _features(pattern: Pattern, one_source: bool) -> list[str]:
    levels = {bar.comparison: bar.level for bar in pattern.comparisons}
    named = "other" if levels["name"] in ("other", "missing") else "good"
    placed = (
        levels["place"]
        if levels["place"] in ("elsewhere", "missing")
        else "area"
        if levels["place"] in ("area_only", "within_500_m")
        else "here"
    )
    return [*(f"{one}:{level}" for one, level in levels.items()), f"both:{named}:{placed}", *(["one_source"] if one_source else [])]


NAMES = (
    *(f"{one.code}:{level}" for one in COMPARISONS for level in (*(level.code for level in one.levels), "missing")),
    *(f"both:{named}:{placed}" for named in ("good", "other") for placed in ("here", "area", "elsewhere", "missing")),
    "one_source",
)
_PLACE = {name: place for place, name in enumerate(NAMES)}


def _newton(examples: Sequence[Example]) -> Floats:
    x = np.zeros((len(examples), 2 + len(NAMES)))
    x[:, 0] = 1
    x[:, 1] = [one.pattern.weight for one in examples]
    for row, one in enumerate(examples):
        x[row, [2 + _PLACE[name] for name in _features(one.pattern, one.one_source)]] = 1
    y = np.array([one.same for one in examples], dtype=np.float64)
    weights = np.array([one.weight for one in examples])
    weights *= len(examples) / weights.sum()
    start = np.zeros(x.shape[1])
    start[1] = math.log(2)
    ridge = np.full(x.shape[1], RIDGE)
    ridge[:2] = 1e-3, 10.0  # the prior is free, a bit stays near a bit
    found = start.copy()
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(x @ found, -50, 50)))
        gradient = x.T @ (weights * (y - chance)) - ridge * (found - start)
        curvature = (x * (weights * chance * (1 - chance))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(curvature, gradient)
        now = _loss(x, y, weights, ridge, start, found)
        while _loss(x, y, weights, ridge, start, found + step) > now and np.abs(step).max() > 1e-9:
            step /= 2
        found = found + step
        if np.abs(step).max() < 1e-8:
            break
    return found


def _loss(x: Floats, y: Floats, weights: Floats, ridge: Floats, start: Floats, at: Floats) -> float:
    odds = x @ at
    return float(weights @ (np.logaddexp(0, odds) - y * odds) + ridge @ (at - start) ** 2 / 2)
