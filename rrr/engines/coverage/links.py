"""Missed and wrong links: how they change what the registers seem to share, and how that is undone.

A missed link splits an organisation in two, so that the registers seem to share fewer and the total comes out too high by about 1 / recall.
Ding & Fienberg (1994) correct the number shared by two registers: m = linked x precision / recall. For more registers we take it that a record is
either found against all records of its organisation (probability a = sqrt(recall), so that any pair is found with probability recall) or stands alone.
Counts by history are then E[linked] = F(a) x true, and true = F(a)^-1 F(b) linked with b = sqrt(precision). For two registers this is Ding & Fienberg's.
Di Consiglio & Tuoto (2015, 2018) give the general case.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from rrr.engines.coverage.records import Audited, Recall

Floats = NDArray[np.float64]


@cache
def subsets(history: int) -> tuple[int, ...]:
    """Histories are bit sets: register i is bit i."""
    bits = [1 << place for place in range(history.bit_length()) if history >> place & 1]
    return tuple(sum(some) for size in range(len(bits) + 1) for some in combinations(bits, size))


def pieces(history: int, together: int) -> list[int]:
    """The organisations seen when only the records `together` of one organisation are linked."""
    if together.bit_count() < 2:
        return [one for one in subsets(history) if one.bit_count() == 1]
    return [together, *(one for one in subsets(history & ~together) if one.bit_count() == 1)]


def fragments(share: Floats | float, registers: int) -> Floats:
    """F: expected pieces by history (rows) of one organisation by history (columns), for one or several probabilities `share`.

    Histories run from 1; the last two axes are of length 2 ** registers - 1.
    """
    a = np.asarray(share, dtype=np.float64)
    size = 2**registers - 1
    made = np.zeros((*a.shape, size, size))
    for history in range(1, size + 1):
        for together in subsets(history):
            found = together.bit_count()
            chance = a**found * (1 - a) ** (history.bit_count() - found)
            for piece in pieces(history, together):
                made[..., piece - 1, history - 1] += chance
    return made


def split(rng: np.random.Generator, true: NDArray[np.int64], share: float, registers: int) -> NDArray[np.int64]:
    """Random pieces of whole organisations: the last axis is the history."""
    seen = np.zeros_like(true)
    for history in range(1, 2**registers):
        size = history.bit_count()
        if size == 1:
            seen[..., history - 1] += true[..., history - 1]
            continue
        parts = subsets(history)
        chances = [share ** one.bit_count() * (1 - share) ** (size - one.bit_count()) for one in parts]
        drawn = rng.multinomial(true[..., history - 1], chances)
        for place, together in enumerate(parts):
            for piece in pieces(history, together):
                seen[..., piece - 1] += drawn[..., place]
    return seen


def mend(linked: Floats, recall: Floats | float, precision: Floats | float, registers: int) -> Floats:
    """Counts by history as they would be without missed and wrong links. What is less than half an organisation is none: as the smallest of counts it
    would decide how many are in no register."""
    right = fragments(np.sqrt(precision), registers) @ linked[..., None]
    true = np.linalg.solve(fragments(np.sqrt(recall), registers), right)[..., 0]
    return np.where(true < 0.5, 0.0, true)


@dataclass(frozen=True)
class Audit:
    """What the audit knows as if `pairs` same-organisation pairs had been drawn alike."""

    recall: float
    precision: float
    pairs: float
    links: float  # the same for the links made; 0: wrong links not measured

    def ends(self, level: float) -> tuple[float, float]:
        """Jeffreys interval of recall."""
        from scipy.stats import beta

        found, missed = self.recall * self.pairs, (1 - self.recall) * self.pairs
        tail = (1 - level) / 2
        low = float(beta.ppf(tail, found + 0.5, missed + 0.5)) if found > 0 else 0.0
        high = float(beta.ppf(1 - tail, found + 0.5, missed + 0.5)) if missed > 0 else 1.0
        return low, high

    def precision_ends(self, level: float) -> tuple[float, float]:
        return Audit(self.precision, 1.0, self.links, 0.0).ends(level) if self.links else (1.0, 1.0)

    def draw(self, rng: np.random.Generator, draws: int) -> tuple[Floats, Floats]:
        """Recall and precision another audit of this size could have shown, were these the true ones."""
        return _draw(rng, self.recall, self.pairs, draws), _draw(rng, self.precision, self.links, draws)


def _draw(rng: np.random.Generator, share: float, size: float, draws: int) -> Floats:
    if size <= 0:
        return np.ones(draws)
    return rng.beta(share * size + 0.5, (1 - share) * size + 0.5, size=draws)


def audit(recall: Recall) -> Audit:
    pairs = recall.found + recall.missed
    if recall.low is not None:
        pairs = _pairs(recall.value, recall.low, NormalDist().inv_cdf((1 + recall.level) / 2))
    links = 0.0 if recall.wrong is None else pairs * (recall.found + recall.wrong) / (recall.found + recall.missed)
    return Audit(recall.value, recall.precision, pairs, links)


def _pairs(share: float, low: float, z: float) -> float:
    """How many pairs give this lower end by Wilson's formula."""
    if low <= 0:
        return 1.0
    least, most = 1.0, 1e9
    for _ in range(100):
        middle = (least * most) ** 0.5
        least, most = (middle, most) if wilson(share, middle, z)[0] < low else (least, middle)
    return least


def wilson(share: float, count: float, z: float) -> tuple[float, float]:
    """Wilson 1927."""
    centre = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * (share * (1 - share) / count + z * z / (4 * count * count)) ** 0.5
    return max(0.0, centre - half), min(1.0, centre + half)


def recall_from_audit(pairs: Iterable[Audited], level: float = 0.95) -> Recall | None:
    """Weighted recall of a random sample of pairs, with Wilson's interval at Kish's effective size. None: no pair is of one organisation."""
    drawn = list(pairs)
    same = [one for one in drawn if one.same]
    if not same or any(one.weight <= 0 for one in drawn):
        return None
    found = sum(one.weight for one in same if one.linked)
    missed = sum(one.weight for one in same if not one.linked)
    wrong = sum(one.weight for one in drawn if one.linked and not one.same)
    effective = (found + missed) ** 2 / sum(one.weight**2 for one in same)
    low, high = wilson(found / (found + missed), effective, NormalDist().inv_cdf((1 + level) / 2))
    share = found / (found + missed)
    return Recall(found, missed, min(low, share), max(high, share), level, wrong)  # at 0 and 1 the ends miss it by a rounding error
