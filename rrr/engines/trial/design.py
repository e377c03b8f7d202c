"""What is asked of a trial: its design, its units, its observations, and what may be said of it before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

VERSION = "trial/1"


class Design(StrEnum):
    INDIVIDUAL = "individual"  # units drawn one by one, compared with a control group
    CLUSTER = "cluster"  # whole groups (schools, districts) drawn, units inside measured
    BEFORE_AFTER = "before_after"  # the same place before and after, nobody to compare with: always weak


class Arm(StrEnum):
    TREATED = "treated"
    CONTROL = "control"


class Period(StrEnum):
    BEFORE = "before"
    AFTER = "after"


class Code(StrEnum):
    """What to watch for. The facts that come with each are named in its comment."""

    UNDER_10_PER_ARM = "under_10_per_arm"  # treated, control: intervals cover less than they say where outcomes are skewed
    FEW_CLUSTERS = "few_clusters"  # treated, control: few groups per arm; the interval is wide and its degrees of freedom few
    UNEVEN_CLUSTERS = "uneven_clusters"  # smallest, largest: units per group differ more than fivefold
    LOW_DEGREES = "low_degrees"  # df: fewer than 4; the interval is a rough guide only
    BEFORE_AFTER_IS_WEAK = "before_after_is_weak"  # whatever else changed meanwhile is in the difference
    NO_COMPARISON = "no_comparison"  # nobody is compared with those who are treated
    NOT_RANDOMISED = "not_randomised"  # the arms may have differed from the start
    TOO_SMALL_TO_SEE = "too_small_to_see"  # power, wanted, smallest_worthwhile, detectable
    CANNOT_REACH_ALPHA = "cannot_reach_alpha"  # smallest, alpha: no draw of so few can be surprising enough
    SPREAD_UNKNOWN = "spread_unknown"  # no standard deviation given: power cannot be told
    ICC_UNKNOWN = "icc_unknown"  # no likeness within groups given: power cannot be told
    EFFECT_UNKNOWN = "effect_unknown"  # no smallest worthwhile effect: neither power nor verdict
    NO_CLUSTERS_TO_SPARE = "no_clusters_to_spare"  # treated, control: if one group leaves, nothing can be estimated
    MISSING = "missing"  # treated, control (or before, after), share: outcomes that are not known
    MISSING_UNEVEN = "missing_uneven"  # treated, control: shares missing differ by 10 points or more
    NO_RANGE = "no_range"  # outcomes are missing and no possible range was given: no bounds
    NO_VARIATION = "no_variation"  # arms: treated, control or both; where both never vary, no interval can be told
    OTHER_UNITS = "other_units"  # before and after are not the same units
    UNITS_LEFT_OUT = "units_left_out"  # left_out: measured once only, not in the paired difference


@dataclass(frozen=True)
class Advice:
    code: Code
    facts: Mapping[str, float | int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """A trial as planned. `units_*` are people or things measured in each arm (in all its clusters together).

    For before/after, `units_treated` is how many are measured and `correlation` how alike a unit's two values are.
    `sd` and `smallest_worthwhile` are in the unit of the outcome.
    """

    design: Design
    units_treated: int = 0
    units_control: int = 0
    clusters_treated: int = 0
    clusters_control: int = 0
    sd: float | None = None
    icc: float | None = None
    smallest_worthwhile: float | None = None
    correlation: float = 0.5
    randomised: bool = True
    alpha: float = 0.05
    power: float = 0.80

    def __post_init__(self) -> None:
        if min(self.units_treated, self.units_control, self.clusters_treated, self.clusters_control) < 0:
            raise ValueError("Numbers of units and clusters are 0 or more.")
        if self.sd is not None and not self.sd > 0:
            raise ValueError(f"A standard deviation is above 0; it is {self.sd}.")
        if self.icc is not None and not 0 <= self.icc <= 1:
            raise ValueError(f"The likeness within clusters (ICC) lies between 0 and 1; it is {self.icc}.")
        if self.smallest_worthwhile is not None and not self.smallest_worthwhile > 0:
            raise ValueError(f"The smallest worthwhile effect is above 0; it is {self.smallest_worthwhile}.")
        if not -1 < self.correlation < 1:
            raise ValueError(f"A correlation lies between -1 and 1; it is {self.correlation}.")
        if not (0 < self.alpha < 1 and 0 < self.power < 1):
            raise ValueError("alpha and power lie between 0 and 1.")


@dataclass(frozen=True)
class Observation:
    """One measurement; `value` None is missing. `arm` and `cluster` matter for trials, `period` for before/after."""

    unit: str
    value: float | None
    arm: str = ""
    cluster: str = ""
    period: str = ""


@dataclass(frozen=True)
class Settings:
    """`range_low`/`range_high`: between which values the outcome must lie; with both, missing outcomes get bounds.

    `cluster_means`: compare the means of the clusters (each counts alike) instead of the units in them.
    `paired` (before/after): compare each unit with itself; None does so when half of the units or more are listed in both periods.
    """

    level: float = 0.95
    unit: str = ""
    range_low: float | None = None
    range_high: float | None = None
    cluster_means: bool = False
    paired: bool | None = None

    def __post_init__(self) -> None:
        if not 0.5 < self.level < 1:
            raise ValueError(f"The level of an interval lies between .5 and 1; it is {self.level}.")
        if (self.range_low is None) != (self.range_high is None):
            raise ValueError("A range has two ends, or none is given.")
        if self.range_low is not None and self.range_high is not None and not self.range_low < self.range_high:
            raise ValueError(f"A range runs from low to high; this one runs from {self.range_low} to {self.range_high}.")


class RefusalCode(StrEnum):
    TOO_FEW_PER_ARM = "too_few_per_arm"  # treated, control: known outcomes; each arm needs two
    ONE_ARM_ONLY = "one_arm_only"  # arm: the one that is there
    TOO_FEW_CLUSTERS = "too_few_clusters"  # treated, control: clusters with a known outcome; each arm needs two
    ALL_MISSING = "all_missing"  # observations: none of them has a value
    NO_OBSERVATIONS = "no_observations"
    UNKNOWN_ARM = "unknown_arm"  # arm, unit: neither treated nor control
    UNKNOWN_PERIOD = "unknown_period"  # period, unit: neither before nor after
    CLUSTER_IN_BOTH_ARMS = "cluster_in_both_arms"  # cluster
    NO_CLUSTER = "no_cluster"  # unit: without a cluster in a cluster trial
    UNIT_TWICE = "unit_twice"  # unit: measured twice in one period, or twice in a trial
    OUT_OF_RANGE = "out_of_range"  # unit, value: outside the range given
    NOT_A_NUMBER = "not_a_number"  # unit
    TOO_FEW_UNITS = "too_few_units"  # before, after: known outcomes; each period needs two


@dataclass(frozen=True)
class Refusal:
    """No estimate, and why. A refusal is an answer: the step says it in a sentence."""

    code: RefusalCode
    facts: Mapping[str, float | int | str] = field(default_factory=dict)
