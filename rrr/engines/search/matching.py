"""Which solutions fit a need: relevance, evidence and fit as parts of one sum, with the reason for every point and every missing one.

A weighted sum of shares (Keeney & Raiffa 1976, "Decisions with multiple objectives", the additive value model), kept because every
point can be explained. What differs here: an unknown share adds nothing to the score and is counted in `most`, the score if all that is
unknown turned out well. The first places are then spread by maximal marginal relevance (Carbonell & Goldstein 1998, SIGIR).
Formulas and how they can mislead: docs/methods/matching.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

HIGHEST_GRADE = 4
GRADE_SHARE, LOTS_SHARE = 0.8, 0.2  # of the evidence part
TOPIC_SHARE, HORIZON_SHARE, GROUP_SHARE = 0.5, 0.25, 0.25  # of the fit part
_ORDER = ("respond", "rebuild", "reinvent")


class Why(StrEnum):
    """Reasons for points (first lines) and for missing ones."""

    RELEVANT = "relevant"
    GRADE = "grade"
    LOTS = "lots"  # an effect was measured by drawing lots
    TOPIC = "topic"
    HORIZON = "horizon"
    GROUPS = "groups"
    LESS_RELEVANT = "less_relevant"
    LOW_GRADE = "low_grade"
    NO_LOTS = "no_lots"
    NO_GRADE = "no_grade"
    TOPIC_PART = "topic_part"
    TOPIC_OTHER = "topic_other"
    TOPIC_UNKNOWN = "topic_unknown"
    HORIZON_OTHER = "horizon_other"
    HORIZON_UNKNOWN = "horizon_unknown"
    GROUPS_PART = "groups_part"
    GROUPS_OTHER = "groups_other"
    GROUPS_UNKNOWN = "groups_unknown"
    ALIKE = "alike"  # stands lower because it resembles one above


@dataclass(frozen=True)
class Weights:
    """What counts how much, any numbers from 0; they are scaled to a sum of 100. `spread`: points lost by the twin of one above."""

    relevance: float = 50
    evidence: float = 25
    fit: float = 25
    spread: float = 10

    def __post_init__(self) -> None:
        for name in ("relevance", "evidence", "fit", "spread"):
            value = getattr(self, name)
            if not (math.isfinite(value) and 0 <= value <= 100):
                raise ValueError(f"{name} lies between 0 and 100; it is {value}.")
        if not self.relevance + self.evidence + self.fit:
            raise ValueError("At least one weight must be above 0.")

    @property
    def scaled(self) -> tuple[float, float, float]:
        total = self.relevance + self.evidence + self.fit
        return 100 * self.relevance / total, 100 * self.evidence / total, 100 * self.fit / total


@dataclass(frozen=True)
class Need:
    topics: frozenset[str]  # the need's systems in the words of the catalogue
    horizon: str = ""
    groups: frozenset[str] = frozenset()  # lexemes


@dataclass(frozen=True)
class Option:
    key: str
    relevance: float  # 0 to 1, from `fuse`
    topics: frozenset[str] = frozenset()
    horizons: frozenset[str] = frozenset()
    groups: frozenset[str] | None = None  # lexemes; None where they cannot be compared (another language, none stated)
    grade: int | None = None  # of its sources, 0 to 4
    lots: bool = False  # some effect was measured by drawing lots

    def __post_init__(self) -> None:
        if not 0 <= self.relevance <= 1:
            raise ValueError(f"Relevance lies between 0 and 1; that of {self.key} is {self.relevance}.")
        if self.grade is not None and not 0 <= self.grade <= HIGHEST_GRADE:
            raise ValueError(f"A grade lies between 0 and {HIGHEST_GRADE}; that of {self.key} is {self.grade}.")


@dataclass(frozen=True)
class Part:
    """`points` of `full`; `unknown` points nobody can say anything about."""

    name: str
    points: float
    full: float
    unknown: float = 0.0


@dataclass(frozen=True)
class Lack:
    """A reason for missing points, and how many."""

    why: Why
    points: float


@dataclass(frozen=True)
class Ranked:
    key: str
    score: float  # 0 to 100: what is known
    most: float  # if everything unknown turned out well
    parts: tuple[Part, Part, Part]  # relevance, evidence, fit
    reasons: tuple[Why, ...]
    lacks: tuple[Lack, ...]  # heaviest first
    like: str = ""  # the key above that it resembles most, where that cost it a place
    held_back: float = 0.0  # points that likeness cost in the order (not in the score)


def rank(
    need: Need,
    options: Sequence[Option],
    weights: Weights = Weights(),
    alike: Callable[[str, str], float] | None = None,
    first: int = 10,
) -> list[Ranked]:
    """Best first, ties by key. With `alike` (0 to 1 for two keys) the `first` places are spread over different solutions."""
    made = sorted((_weigh(need, one, weights) for one in options), key=lambda one: (-one.score, one.key))
    return _spread(made, weights.spread, alike, first) if alike and weights.spread else made


def _weigh(need: Need, one: Option, weights: Weights) -> Ranked:
    relevance, evidence, fit = weights.scaled
    found = (_relevance(one, relevance), _evidence(one, evidence), _fit(need, one, fit))
    parts = tuple(part for part, _reasons, _lacks in found)
    lacks = sorted((lack for _part, _reasons, each in found for lack in each if lack.points > 0), key=lambda lack: (-lack.points, lack.why))
    score = sum(part.points for part in parts)
    most = score + sum(part.unknown for part in parts)
    reasons = tuple(why for _part, each, _lacks in found for why in each)
    return Ranked(one.key, score, most, (parts[0], parts[1], parts[2]), reasons, tuple(lacks))


_Weighed = tuple[Part, list[Why], list[Lack]]


def _relevance(one: Option, full: float) -> _Weighed:
    points = full * one.relevance
    return Part("relevance", points, full), [Why.RELEVANT] if points else [], [Lack(Why.LESS_RELEVANT, full - points)]


def _evidence(one: Option, full: float) -> _Weighed:
    reasons, lacks, unknown = [], [], 0.0
    graded, drawn = full * GRADE_SHARE, full * LOTS_SHARE
    points = drawn if one.lots else 0.0
    if one.grade is None:
        unknown = graded
        lacks.append(Lack(Why.NO_GRADE, graded))
    else:
        points += graded * one.grade / HIGHEST_GRADE
        reasons += [Why.GRADE] if one.grade else []
        lacks.append(Lack(Why.LOW_GRADE, graded * (1 - one.grade / HIGHEST_GRADE)))
    if one.lots:
        reasons.append(Why.LOTS)
    else:
        lacks.append(Lack(Why.NO_LOTS, drawn))
    return Part("evidence", points, full, unknown), reasons, lacks


def _fit(need: Need, one: Option, full: float) -> _Weighed:
    """Three shares, each known, or unknown where one side says nothing."""
    points = unknown = 0.0
    reasons, lacks = [], []
    for share, good, weak, none, missing, weight in (
        (_topics(need, one), Why.TOPIC, Why.TOPIC_PART, Why.TOPIC_OTHER, Why.TOPIC_UNKNOWN, TOPIC_SHARE),
        (_horizon(need, one), Why.HORIZON, Why.HORIZON_OTHER, Why.HORIZON_OTHER, Why.HORIZON_UNKNOWN, HORIZON_SHARE),
        (_groups(need, one), Why.GROUPS, Why.GROUPS_PART, Why.GROUPS_OTHER, Why.GROUPS_UNKNOWN, GROUP_SHARE),
    ):
        whole = full * weight
        if share is None:
            unknown += whole
            lacks.append(Lack(missing, whole))
            continue
        points += whole * share
        if share >= 0.5:
            reasons.append(good)
        if share < 1:
            lacks.append(Lack(weak if share else none, whole * (1 - share)))
    return Part("fit", points, full, unknown), reasons, lacks


def _topics(need: Need, one: Option) -> float | None:
    """The share of the need's topics that the solution has; half of the way is already being about one of them."""
    if not need.topics or not one.topics:
        return None
    shared = len(need.topics & one.topics)
    return 0.0 if not shared else 0.5 + 0.5 * shared / len(need.topics)


def _horizon(need: Need, one: Option) -> float | None:
    """1 for the same horizon, half for a neighbouring one."""
    if need.horizon not in _ORDER or not one.horizons & set(_ORDER):
        return None
    away = min(abs(_ORDER.index(need.horizon) - _ORDER.index(other)) for other in one.horizons if other in _ORDER)
    return (1.0, 0.5, 0.0)[away]


def _groups(need: Need, one: Option) -> float | None:
    if not need.groups or not one.groups:
        return None
    return min(1.0, len(need.groups & one.groups) / min(2, len(need.groups)))


def _spread(made: Sequence[Ranked], spread: float, alike: Callable[[str, str], float], first: int) -> list[Ranked]:
    """Greedy: each place goes to the highest score less `spread` times its likeness with the nearest one above."""
    left, chosen = list(made), list[Ranked]()
    nearest: dict[str, tuple[float, str]] = {one.key: (0.0, "") for one in made}
    while left and len(chosen) < first:
        best = max(range(len(left)), key=lambda at: (left[at].score - spread * nearest[left[at].key][0], -at))
        one = left.pop(best)
        likeness, like = nearest[one.key]
        chosen.append(_held_back(one, like, spread * likeness) if any(_before(one, other) for other in chosen) else one)
        for other in left:
            near = min(1.0, max(0.0, alike(one.key, other.key)))
            if near > nearest[other.key][0]:
                nearest[other.key] = (near, one.key)
    overtaken = [_held_back(one, nearest[one.key][1], spread * nearest[one.key][0]) if _passed(one, chosen) else one for one in left]
    return [*chosen, *overtaken]


def _before(one: Ranked, other: Ranked) -> bool:
    return (-one.score, one.key) < (-other.score, other.key)


def _passed(one: Ranked, chosen: Collection[Ranked]) -> bool:
    return any(_before(one, other) for other in chosen)


def _held_back(one: Ranked, like: str, points: float) -> Ranked:
    if not like or not points:
        return one
    return replace(one, like=like, held_back=points, lacks=(Lack(Why.ALIKE, points), *one.lacks))
