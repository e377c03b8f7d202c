"""What the difference could be whatever the missing outcomes were.

Manski 1990 (AER 80(2)); Horowitz & Manski 2000 (JASA 95): with an outcome that must lie in [L, U], the difference is lowest if every missing
outcome is L among the treated and U in the control arm, and highest the other way round. Both ends are estimated by the same estimator on the data
so completed, standard errors included. The interval around them is that of Imbens & Manski 2004 (Econometrica 72(6), eq. 6-7), with t for the normal:

    [lower - c se_lower, upper + c se_upper],   T(c + (upper - lower) / max(se)) - T(-c) = level

It covers the true difference, not the whole range, hence c lies between the one-sided and the two-sided quantile.
"""

from __future__ import annotations

from rrr.engines.trial.difference import Difference, quantile


def around(lower: Difference, upper: Difference, level: float) -> tuple[float, float]:
    critical = _critical(upper.value - lower.value, max(lower.se, upper.se), min(lower.df, upper.df), level)
    return lower.value - critical * lower.se, upper.value + critical * upper.se


def _critical(width: float, se: float, df: float, level: float) -> float:
    """c, by halving: the left side rises with it."""
    from scipy import special

    low, high = quantile(df, level), quantile(df, (1 + level) / 2)
    if se == 0:
        return low
    for _ in range(50):
        middle = (low + high) / 2
        covered = special.stdtr(df, middle + width / se) - special.stdtr(df, -middle)
        low, high = (middle, high) if covered < level else (low, middle)
    return high
