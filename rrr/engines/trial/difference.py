"""The difference of two means with its standard error and degrees of freedom, for units or for clusters of units.

Regression of the outcome on the arm. For a treatment that is one for a whole cluster the matrices of CR2 (Bell & McCaffrey 2002; Pustejovsky & Tipton
2018, JBES 36(4), working model: independent, equal variances) have closed forms. In one arm with N units, cluster g has n_g units with
mean y_g; w_g = n_g / N; m = sum w_g y_g is the mean of the arm; u_g = w_g^2 / (1 - w_g). Then

    variance  = sum over both arms of  sum_g w_g^2 (y_g - m)^2 / (1 - w_g)
    df        = (1/N1 + 1/N0)^2 / (q1 + q0),   q = (sum w_g^2 + (sum u_g)^2 - sum u_g^2) / N^2      (Satterthwaite)

Why: I - H inside a cluster is I - 11'/N, whose inverse square root takes the sum of the residuals times (1 - w_g)^(-1/2); p_g'p_h of Pustejovsky &
Tipton is then n_g/N^2 on the diagonal and -sqrt(u_g u_h)/N off it, within one arm, and 0 between arms.
Clusters of one unit give HC2 (MacKinnon & White 1985), which for two groups is Welch's s1^2/n1 + s0^2/n0, with Bell-McCaffrey df, which depend
on the numbers alone, not as Welch's on the variances seen. One arm of differences gives the paired t. Tests compare all of this with matrices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TIE = 1e-12  # means closer than this part of the largest value are one: sums of floats differ in their last digits


@dataclass(frozen=True)
class Side:
    """One arm: its mean, the variance of that mean, and what it adds to the degrees of freedom."""

    mean: float
    variance: float
    inverse: float  # 1/N
    squared: float  # q above
    varies: bool


@dataclass(frozen=True)
class Difference:
    value: float
    se: float
    df: float
    mean_treated: float
    mean_control: float
    still: str  # which arms never vary: "", treated, control, both

    def interval(self, level: float) -> tuple[float, float] | tuple[None, None]:
        """Open where nothing varied: that nothing was seen to vary does not make the difference certain."""
        if self.still == "both":
            return None, None
        half = quantile(self.df, (1 + level) / 2) * self.se
        return self.value - half, self.value + half


def by_units(values: Sequence[float], largest: float = 0.0) -> Side:
    """`largest`: of the numbers the values were computed from, where they are differences."""
    means = np.asarray(values, dtype=np.float64)
    return _side(means, np.ones_like(means), max(largest, float(np.abs(means).max())))


def by_clusters(values: Mapping[str, Sequence[float]], *, alike: bool = False) -> Side:
    """`alike`: each cluster counts as one value, its mean, whatever its size."""
    means = np.array([np.mean(one) for one in values.values()])
    sizes = np.ones_like(means) if alike else np.array([float(len(one)) for one in values.values()])
    return _side(means, sizes, max(abs(value) for one in values.values() for value in one))


def _side(means: Floats, sizes: Floats, largest: float) -> Side:
    total = float(sizes.sum())
    part = sizes / total
    mean = float((part * means).sum())
    lever = part**2 / (1 - part)
    variance = float((lever * (means - mean) ** 2).sum())
    varies = bool(np.ptp(means) > TIE * largest) and variance > 0  # squares of numbers under 1e-150 are nought
    variance = variance if varies else 0.0
    squared = float((part**2).sum() + lever.sum() ** 2 - (lever**2).sum()) / total**2
    return Side(mean, variance, 1 / total, squared, varies)


def between(treated: Side, control: Side) -> Difference:
    se = float(np.sqrt(treated.variance + control.variance))
    df = (treated.inverse + control.inverse) ** 2 / (treated.squared + control.squared)
    still = {(True, True): "", (False, True): "treated", (True, False): "control", (False, False): "both"}[treated.varies, control.varies]
    return Difference(treated.mean - control.mean, se, df, treated.mean, control.mean, still)


def paired(after: Sequence[float], before: Sequence[float]) -> Difference:
    change = by_units([late - early for late, early in zip(after, before, strict=True)], max(map(abs, (*after, *before))))
    df = change.inverse**2 / change.squared
    still = "" if change.varies else "both"
    return Difference(change.mean, float(np.sqrt(change.variance)), df, float(np.mean(after)), float(np.mean(before)), still)


def quantile(df: float, part: float) -> float:
    from scipy import special

    return _float(special.stdtrit(df, part))


def _float(value: Any) -> float:
    return float(value)
