"""How good the links are: a random sample of pairs with known chances of being drawn, and what people's verdicts on it say about all pairs.

Stratified by weight band and by whether the pair was linked, drawn without replacement (Cochran 1977, ch. 5). Half of the sample is shared equally,
half by Neyman's rule with the model's own guess of the spread. Totals are weighted by one over the chance of being drawn (Horvitz & Thompson 1952).
Intervals are melded (Fay, Proschan & Brittain 2015): each end is a quantile of the ratio
with every stratum's share drawn from the beta of Clopper & Pearson's end that lies on that side, and only the pairs not judged are uncertain. They hold
at least as often as they say, also where a stratum shows no pair that is one organisation.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from rrr.records.estimate import Estimate

CUTS = (-8.0, -4.0, 0.0, 4.0, 8.0, 12.0)  # bands of weight, in bits
FEWEST = 50  # verdicts
DRAWS = 5_000
LEVEL = 0.95
_SPREAD = 0.02  # the least share of surprises taken to be possible in a stratum

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class AuditPair:
    """A pair that could be audited. `weight` None: no rule brought the two together, so they have none.

    `probability`: what the model says, once it is calibrated. `share`: the chance that this pair came into the list at all (1 unless the list is
    itself drawn, as `near` may be).
    """

    left: str
    right: str
    weight: float | None
    linked: bool
    probability: float | None = None
    share: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise ValueError(f"The share of {self.left} and {self.right} lies above 0 and at most at 1; it is {self.share}.")


@dataclass(frozen=True)
class Sampled:
    """A drawn pair. Keep all of it with the verdict: `inclusion` is the chance that it was drawn, `population` how many pairs its stratum has."""

    pair: AuditPair
    stratum: str
    population: float
    inclusion: float


@dataclass(frozen=True)
class Judged:
    """`same` None: the person could not tell, or has not looked yet."""

    sampled: Sampled
    same: bool | None


class AuditReason(StrEnum):
    TOO_FEW_JUDGED = "too_few_judged"
    """Facts: judged, needed."""
    NOTHING_LINKED = "nothing_linked"
    """No judged pair was linked, so precision is unknown."""
    NOTHING_SAME = "nothing_same"
    """No judged pair was one organisation, so recall is unknown."""
    STRATUM_NOT_JUDGED = "stratum_not_judged"
    """Pairs were drawn from a stratum and none of them was judged: the value leaves it out, the interval allows for anything. Facts: stratum."""


@dataclass(frozen=True)
class Reliability:
    """Pairs of a weight band: the share of one organisation, beside what the model expected (None before it is calibrated)."""

    low: float  # bits; -inf and inf at the ends
    high: float
    share: Estimate
    expected: float | None
    judged: int


@dataclass(frozen=True)
class AuditResult:
    """`found`, `missed`, `wrong`: pairs in all, estimated: linked and one organisation, not linked though one, linked though two."""

    precision: Estimate | None
    recall: Estimate | None
    curve: tuple[Reliability, ...]
    found: float
    missed: float
    wrong: float
    judged: int
    unjudged: int
    reasons: tuple[tuple[AuditReason, Mapping[str, str | float]], ...] = ()


def sample(candidates: Sequence[AuditPair], size: int, seed: int) -> list[Sampled]:
    """Draw about `size` pairs, every stratum among them, in an order that gives nothing away. The same seed draws the same pairs.

    Give every pair that was compared, below -4 too, those linked without having been compared, and `near` ones that no rule caught: what is left out
    here is left out of recall.
    """
    strata: dict[str, list[AuditPair]] = defaultdict(list)
    for pair in candidates:
        strata[_stratum(pair)].append(pair)
    if size < 2 * len(strata):
        raise ValueError(f"A sample over {len(strata)} strata needs {2 * len(strata)} pairs or more; {size} were asked for.")
    if any(len({pair.share for pair in pairs}) > 1 for pairs in strata.values()):
        raise ValueError("Pairs of one stratum came into the list with different shares; draw them alike.")
    rng = random.Random(seed)  # noqa: S311 - a sample, no secret
    drawn = []
    for name, count in _allocation(strata, size).items():
        pairs = sorted(strata[name], key=lambda one: (one.left, one.right))
        population = sum(1 / one.share for one in pairs)
        drawn += [Sampled(one, name, population, one.share * count / len(pairs)) for one in rng.sample(pairs, count)]
    rng.shuffle(drawn)
    return drawn


def estimate(judged: Iterable[Judged], *, level: float = LEVEL, seed: int = 20) -> AuditResult:
    """Precision, recall and reliability of all pairs the sample was drawn from, by `sample` or any design whose strata part linked pairs from others.

    Verdicts left open are taken to be like the others of their stratum.
    """
    given = list(judged)
    strata: dict[str, _Stratum] = {}
    for one in given:
        stratum = strata.setdefault(one.sampled.stratum, _Stratum(one.sampled))
        if stratum.linked is not one.sampled.pair.linked:
            raise ValueError(f"Stratum {one.sampled.stratum} holds linked pairs and others; keep them apart.")
        stratum.add(one.same)
    told = sum(one.judged for one in strata.values())
    reasons: list[tuple[AuditReason, Mapping[str, str | float]]] = []
    if told < FEWEST:
        reasons.append((AuditReason.TOO_FEW_JUDGED, {"judged": told, "needed": FEWEST}))
    reasons += [(AuditReason.STRATUM_NOT_JUDGED, {"stratum": name}) for name, one in sorted(strata.items()) if not one.judged]
    linked, apart = ([one for _, one in sorted(strata.items()) if one.linked is side] for side in (True, False))
    found, lost = sum(one.same_in_all for one in linked), sum(one.same_in_all for one in apart)
    wrong = sum(one.heard for one in linked) - found
    if not found + wrong:
        reasons.append((AuditReason.NOTHING_LINKED, {}))
    if not found + lost:
        reasons.append((AuditReason.NOTHING_SAME, {}))
    draws = _Draws(level, seed)
    precision = None if told < FEWEST or not found + wrong else draws.share(linked)
    recall = None if told < FEWEST or not found + lost else draws.ratio(linked, apart)
    return AuditResult(precision, recall, _curve(given, strata, draws), found, lost, wrong, told, len(given) - told, tuple(reasons))


def _band(weight: float) -> int:
    return sum(weight >= cut for cut in CUTS)


def _stratum(pair: AuditPair) -> str:
    band = "uncaught" if pair.weight is None else f"band{_band(pair.weight)}"
    return f"{band}:{'linked' if pair.linked else 'apart'}"


def _allocation(strata: Mapping[str, Sequence[AuditPair]], size: int) -> dict[str, int]:
    """Half equally, half in proportion to pairs times guessed spread; what a small stratum cannot use goes to the others."""
    spread = {name: _spread(pairs) for name, pairs in strata.items()}
    counts = dict.fromkeys(sorted(strata), 0)
    left = min(size, sum(map(len, strata.values())))
    while left:
        open_ = [name for name in counts if counts[name] < len(strata[name])]
        total = sum(spread[name] for name in open_)
        before = left
        for name in open_:
            wanted = math.ceil(before * (0.5 / len(open_) + 0.5 * spread[name] / total))
            more = min(wanted, len(strata[name]) - counts[name], left)
            counts[name] += more
            left -= more
    return _two_at_least(counts, strata)


def _two_at_least(counts: dict[str, int], strata: Mapping[str, Sequence[AuditPair]]) -> dict[str, int]:
    for name in counts:
        while counts[name] < min(2, len(strata[name])):
            largest = max(counts, key=lambda one: (counts[one], one))
            counts[largest] -= 1
            counts[name] += 1
    return counts


def _spread(pairs: Sequence[AuditPair]) -> float:
    """Pairs of the stratum times the standard deviation of "same" the model expects."""
    share = sum(_expected(one) for one in pairs) / len(pairs)
    population = sum(1 / one.share for one in pairs)
    return population * math.sqrt(max(share * (1 - share), _SPREAD * (1 - _SPREAD)))


def _expected(pair: AuditPair) -> float:
    if pair.probability is not None:
        return pair.probability
    return 0.0 if pair.weight is None else 1 / (1 + 2 ** -max(-50.0, min(50.0, pair.weight)))


class _Stratum:
    """Verdicts of one stratum."""

    def __init__(self, first: Sampled) -> None:
        self.linked = first.pair.linked
        self.population = first.population
        self.judged = 0
        self.same = 0

    def add(self, same: bool | None) -> None:
        self.judged += same is not None
        self.same += bool(same)

    @property
    def heard(self) -> float:
        """Pairs the verdicts speak for."""
        return self.population if self.judged else 0.0

    @property
    def same_in_all(self) -> float:
        return self.population * self.same / self.judged if self.judged else 0.0


class _Draws:
    def __init__(self, level: float, seed: int) -> None:
        if not 0.5 <= level < 1:
            raise ValueError(f"The level of an interval lies between 0.5 and 1; it is {level}.")
        self.level = level
        self.rng = np.random.default_rng(seed)

    def share(self, strata: Sequence[_Stratum]) -> Estimate:
        """Of the pairs of some strata, how many are one organisation."""
        whole = sum(one.population for one in strata)
        low, high = (self._total(strata, upper) / whole for upper in (False, True))
        value = sum(one.same_in_all for one in strata) / sum(one.heard for one in strata)
        return self._between(value, low, high)

    def ratio(self, linked: Sequence[_Stratum], apart: Sequence[_Stratum]) -> Estimate:
        """Found / (found + missed): it rises with the one and falls with the other."""
        found, missed = (sum(one.same_in_all for one in some) for some in (linked, apart))
        low = _part(self._total(linked, False), self._total(apart, True))
        high = _part(self._total(linked, True), self._total(apart, False))
        return self._between(found / (found + missed), low, high)

    def _total(self, strata: Sequence[_Stratum], upper: bool) -> Floats:
        """Draws of how many pairs are one organisation; what was judged is known, the rest is drawn."""
        total = np.zeros(DRAWS)
        for one in strata:
            a, b = one.same + upper, one.judged - one.same + (not upper)
            share = np.full(DRAWS, float(upper)) if 0 in (a, b) else self.rng.beta(a, b, DRAWS)
            total += one.same + max(0.0, one.population - one.judged) * share
        return total

    def _between(self, value: float, low: Floats, high: Floats) -> Estimate:
        tail = (1 - self.level) / 2
        ends = float(np.quantile(low, tail)), float(np.quantile(high, 1 - tail))
        return Estimate(value, min(ends[0], value), max(ends[1], value), self.level)


def _part(found: Floats, missed: Floats) -> Floats:
    total = found + missed
    return np.divide(found, total, out=np.ones_like(found), where=total > 0)


def _curve(given: Sequence[Judged], strata: Mapping[str, _Stratum], draws: _Draws) -> tuple[Reliability, ...]:
    ends = (-math.inf, *CUTS, math.inf)
    bands: dict[int, list[Judged]] = defaultdict(list)
    for one in given:
        if one.sampled.pair.weight is not None and one.same is not None:
            bands[_band(one.sampled.pair.weight)].append(one)
    found = []
    for band, some in sorted(bands.items()):
        own = _within(some, strata)
        found.append(Reliability(ends[band], ends[band + 1], draws.share(own), _mean(some), len(some)))
    return tuple(found)


def _within(some: Sequence[Judged], strata: Mapping[str, _Stratum]) -> list[_Stratum]:
    """The parts of the strata that lie in a band: all of a stratum by this sample's own design, a share of it where others drew by other bands."""
    parts: dict[str, _Stratum] = {}
    for one in some:
        parts.setdefault(one.sampled.stratum, _Stratum(one.sampled)).add(one.same)
    for name, part in parts.items():
        part.population *= part.judged / strata[name].judged
    return [part for _, part in sorted(parts.items())]


def _mean(some: Sequence[Judged]) -> float | None:
    """What the model expected of the pairs of a band, weighted like the verdicts."""
    known = [(one.sampled.pair.probability, 1 / one.sampled.inclusion) for one in some if one.sampled.pair.probability is not None]
    total = sum(weight for _, weight in known)
    return sum(probability * weight for probability, weight in known) / total if total else None
