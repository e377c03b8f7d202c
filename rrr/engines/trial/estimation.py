"""From observations to an estimate with its interval, or to a refusal that says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rrr.engines.trial.design import VERSION, Advice, Design, Observation, Refusal, Settings
from rrr.records.estimate import Estimate

MISSING_WORRY = "missing_outcomes"
DEFAULTS = Settings()


class Method(StrEnum):
    HC2 = "hc2_bell_mccaffrey"
    CR2 = "cr2_satterthwaite"
    CLUSTER_MEANS = "cluster_means_hc2_bell_mccaffrey"
    PAIRED = "paired_t"
    TWO_PERIODS = "two_periods_hc2_bell_mccaffrey"


@dataclass(frozen=True)
class Estimation:
    """`estimate.wide_low`/`wide_high` with `worry` "missing_outcomes" are bounds whatever the missing outcomes were.

    Both ends None: nothing varied, so that no interval can be told. For before/after, "treated" is after and "control" before.
    """

    estimate: Estimate
    se: float | None
    df: float | None
    method: Method
    design: Design
    n_treated: int  # known outcomes that were used
    n_control: int
    clusters_treated: int  # 0 unless the design is by cluster
    clusters_control: int
    mean_treated: float
    mean_control: float
    missing: Mapping[str, int]  # "treated", "control" -> outcomes not known
    weak: bool
    warnings: tuple[Advice, ...]
    settings: Settings
    version: str = VERSION


def estimate(design: Design | str, observations: Sequence[Observation], settings: Settings = DEFAULTS) -> Estimation | Refusal:
    raise NotImplementedError
