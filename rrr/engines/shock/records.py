"""What the engine takes and gives back. Times are years with a fraction: 2020, 2020.25 (second quarter), 2020 + 3/12 (April)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Method(StrEnum):
    LAST_VALUE = "last_value"
    DAMPED_DRIFT = "damped_drift"


class Worse(StrEnum):
    """Which way is bad: decides which gap of a recession, and of the rows, counts as the worst."""

    EITHER = "either"
    HIGHER = "higher"
    LOWER = "lower"


class Reason(StrEnum):
    NO_VALUES = "no_values"
    """No value at all before the cut."""
    REPEATED_TIME = "repeated_time"
    """Two values for one time. Facts: time."""
    IRREGULAR_TIMES = "irregular_times"
    """Times are neither years, quarters nor months. Facts: time."""
    TOO_FEW_VALUES = "too_few_values"
    """Facts: values, needed."""
    GAPS_IN_SERIES = "gaps_in_series"
    """Too many times before the cut have no value. Facts: missing, times, most_missing (a share)."""
    NO_VALUES_AFTER = "no_values_after"
    """Facts: last (time of the last value)."""
    TOO_FEW_ORIGINS = "too_few_origins"
    """Facts: origins, needed."""
    COVERAGE_TOO_LOW = "coverage_too_low"
    """At placebo dates the interval held the value too rarely. Facts: coverage, needed, origins, level."""


@dataclass(frozen=True)
class Settings:
    """`level`: the wanted level. Where the record is too short to check it, the first of `fallbacks` that can be checked is used and stated.

    `shortfall`: a horizon is not shown where own placebo coverage is under the level minus this (.95 -> .85).
    `years`: how far after the last value before the cut anything is judged. `history`: years the drift is taken from; `damping`: what is left
    of the drift after one year. `floor`, `ceiling`: values the indicator cannot pass (0 and 100 for a percentage).
    `country`: ISO 3166 alpha-2, for the dated recessions; empty: none.
    """

    level: float = 0.95
    fallbacks: tuple[float, ...] = (0.90, 0.80)
    least_origins: int = 8
    shortfall: float = 0.10
    least_values: int = 10
    most_missing: float = 0.20
    years: int = 6
    history: int = 5
    damping: float = 0.9
    floor: float | None = None
    ceiling: float | None = None
    country: str = ""
    worse: Worse = Worse.EITHER

    def __post_init__(self) -> None:
        if not all(0.5 <= one < 1 for one in (self.level, *self.fallbacks)):
            raise ValueError("A level lies between 0.5 and 1.")
        if not 0 <= self.shortfall < 0.5 or not 0 <= self.most_missing < 1:
            raise ValueError("The shortfall lies between 0 and 0.5, the missing share between 0 and 1.")
        if self.least_origins < 2 or self.least_values < 6:
            raise ValueError("At least 2 origins and 6 values are needed.")
        if self.years < 1 or self.history < 2 or not 0 < self.damping <= 1:
            raise ValueError("Years are 1 or more, the history 2 or more, the damping above 0 and at most 1.")
        if self.floor is not None and self.ceiling is not None and self.floor >= self.ceiling:
            raise ValueError("The floor lies under the ceiling.")

    @property
    def levels(self) -> tuple[float, ...]:
        """The levels that may be stated, the wanted one first."""
        return (self.level, *(one for one in sorted(self.fallbacks, reverse=True) if one < self.level))


DEFAULT = Settings()


@dataclass(frozen=True)
class Row:
    """One time from the cut on. `gap` = actual - expected; its interval is actual - high to actual - low; None where nothing was measured.

    `horizon`: steps of the series since the last value before the cut.
    """

    time: float
    horizon: int
    actual: float | None
    expected: float
    low: float
    high: float
    gap: float | None
    gap_low: float | None
    gap_high: float | None


@dataclass(frozen=True)
class Unjudged:
    """A measured time for which no honest interval could be given, so no gap either. `reason`: too_few_origins or coverage_too_low."""

    time: float
    horizon: int
    actual: float
    reason: Reason
    coverage: float | None


@dataclass(frozen=True)
class Placebo:
    """How the very same interval did at dates before the cut, each knowing only what came before it.

    A check is one origin at one horizon. Where a horizon has fewer origins than needed, shorter ones down to `pooled_from` are counted with
    it. `origins`: distinct dates; `checks` >= origins; `covered` of them held the value. `width`, `score`: means (Winkler's score, lower is better).
    Checks with a recession that begins between origin and target are counted again by themselves: `recession_checks`, `recession_covered`.
    """

    horizon: int
    pooled_from: int
    origins: int
    checks: int
    covered: int
    width: float
    score: float
    recession_checks: int
    recession_covered: int

    @property
    def coverage(self) -> float:
        return self.covered / self.checks


@dataclass(frozen=True)
class Recession:
    """The gap, by the same method, against the path before a dated recession: the largest in the bad direction, at `horizon` steps.

    `name`: its years (2008-2009), which need no translation. `area`: whose recession (US, EA the euro area, BR ...). `source`: who dated it.
    """

    name: str
    area: str
    start: float
    end: float
    source: str
    gap: float
    horizon: int


@dataclass(frozen=True)
class Gap:
    """Gap against the pre-`cut` path. Never an effect: nobody was spared, so there is nothing to compare with but the own past.

    `path`: the values before the cut. `rows`: every time from the cut on, with an interval at `level` (one level for all rows).
    `placebo_coverage`: share of placebo checks whose interval held the value, by horizon; `placebos` has the counts.
    `origins`: the fewest distinct placebo origins behind any row. `mean_width`: of the intervals in `rows`.
    `worst_recession`: the recession before the cut with the largest gap; `within_recession`: the largest gap in `rows` in the bad
    direction is no larger than that one; name the recession in the sentence. Both None where no dated recession can be judged.
    `reentry`: first time from which all measured values lie inside the interval, after at least one outside; None: still outside, or never was
    (see `ever_outside`).
    """

    method: Method
    frequency: int
    cut: float
    level: float
    rows: tuple[Row, ...]
    unjudged: tuple[Unjudged, ...]
    path: tuple[tuple[float, float], ...]
    placebos: tuple[Placebo, ...]
    placebo_coverage: Mapping[int, float]
    mean_width: float
    origins: int
    recessions: tuple[Recession, ...]
    worst_recession: Recession | None
    within_recession: bool | None
    ever_outside: bool
    reentry: float | None
    settings: Settings


@dataclass(frozen=True)
class Refusal:
    """No honest figure. `facts`: the numbers the sentence needs, named at each member of Reason."""

    reason: Reason
    facts: Mapping[str, float] = field(default_factory=dict)
