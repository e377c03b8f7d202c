"""Power and the smallest effect a trial can see, before it begins.

Two arms, two-sided test at `alpha`. The estimate over its standard error follows a noncentral t distribution:

    se = sd sqrt(1/n1 + 1/n0)                                      units drawn one by one
    se = sd sqrt((1 + (m - 1) icc) / m) sqrt(1/G1 + 1/G0)          clusters of m units (Donner & Klar 2000, ch. 5)
    se = sd sqrt(2 (1 - r) / n)                                    n units before and after, their two values correlated by r
    power = P(|T| > t_df(1 - alpha/2)),  T noncentral t with df degrees of freedom and noncentrality effect / se   (Cohen 1988)

df are those of the estimator that will be used (Bell-McCaffrey, of units or of clusters; n - 1 for pairs):
    df = (1/n1 + 1/n0)^2 / (1/(n1^2 (n1-1)) + 1/(n0^2 (n0-1)))
which for arms of one size is the usual n1 + n0 - 2, and G - 2 for clusters. The normal formula has no df: with 6 clusters it promises .71
where the truth is .48.
"""

from __future__ import annotations

import math
from collections.abc import Callable

LARGEST = 10_000_000


def degrees(n_treated: int, n_control: int) -> float:
    """Bell-McCaffrey degrees of freedom of a difference of two means (Imbens & Kolesar 2016, eq. 14)."""
    if min(n_treated, n_control) < 2:
        raise ValueError(f"Each arm needs at least two; there are {n_treated} treated and {n_control} in control.")
    return (1 / n_treated + 1 / n_control) ** 2 / (1 / (n_treated**2 * (n_treated - 1)) + 1 / (n_control**2 * (n_control - 1)))


def power_individual(n_treated: int, n_control: int, sd: float, effect: float, alpha: float = 0.05) -> float:
    """The chance that the interval excludes 0 when the true difference is `effect`; `sd` is the spread within an arm."""
    return _power(effect / _individual_se(n_treated, n_control, sd), degrees(n_treated, n_control), alpha)


def mde_individual(n_treated: int, n_control: int, sd: float, power: float = 0.80, alpha: float = 0.05) -> float:
    """The smallest difference seen with this power."""
    return _individual_se(n_treated, n_control, sd) * _noncentrality(degrees(n_treated, n_control), power, alpha)


def power_cluster(
    clusters_treated: int, clusters_control: int, size: float, icc: float, sd: float, effect: float, alpha: float = 0.05
) -> float:
    """`size` is the mean number of units in a cluster; `icc` the part of the variance that lies between clusters."""
    return _power(
        effect / _cluster_se(clusters_treated, clusters_control, size, icc, sd), degrees(clusters_treated, clusters_control), alpha
    )


def mde_cluster(
    clusters_treated: int, clusters_control: int, size: float, icc: float, sd: float, power: float = 0.80, alpha: float = 0.05
) -> float:
    df = degrees(clusters_treated, clusters_control)
    return _cluster_se(clusters_treated, clusters_control, size, icc, sd) * _noncentrality(df, power, alpha)


def power_paired(n: int, sd: float, correlation: float, effect: float, alpha: float = 0.05) -> float:
    """n units measured before and after; a chance of seeing a change, whatever brought it about."""
    return _power(effect / _paired_se(n, sd, correlation), n - 1, alpha)


def mde_paired(n: int, sd: float, correlation: float, power: float = 0.80, alpha: float = 0.05) -> float:
    return _paired_se(n, sd, correlation) * _noncentrality(n - 1, power, alpha)


def individuals_needed(sd: float, effect: float, power: float = 0.80, alpha: float = 0.05) -> int:
    """Units in each arm, the fewest with this power."""
    return _fewest(lambda n: power_individual(n, n, sd, effect, alpha), power)


def clusters_needed(size: float, icc: float, sd: float, effect: float, power: float = 0.80, alpha: float = 0.05) -> int:
    """Clusters in each arm, the fewest with this power."""
    return _fewest(lambda n: power_cluster(n, n, size, icc, sd, effect, alpha), power)


def smallest_p(treated: int, control: int) -> float:
    """The smallest two-sided p a test over all possible draws can give: 1 of C(n, k), or 2 of them where the arms can be swapped."""
    draws = math.comb(treated + control, treated)
    return min(1.0, (2 if treated == control else 1) / draws)


def _individual_se(n_treated: int, n_control: int, sd: float) -> float:
    degrees(n_treated, n_control)
    return _spread(sd) * math.sqrt(1 / n_treated + 1 / n_control)


def _cluster_se(clusters_treated: int, clusters_control: int, size: float, icc: float, sd: float) -> float:
    degrees(clusters_treated, clusters_control)
    if not size >= 1:
        raise ValueError(f"A cluster has at least one unit; its size is {size}.")
    if not 0 <= icc <= 1:
        raise ValueError(f"The likeness within clusters (ICC) lies between 0 and 1; it is {icc}.")
    return _spread(sd) * math.sqrt((1 + (size - 1) * icc) / size) * math.sqrt(1 / clusters_treated + 1 / clusters_control)


def _paired_se(n: int, sd: float, correlation: float) -> float:
    if n < 2:
        raise ValueError(f"At least two units are measured before and after; there are {n}.")
    if not -1 <= correlation < 1:
        raise ValueError(f"A correlation lies between -1 and 1; it is {correlation}.")
    return _spread(sd) * math.sqrt(2 * (1 - correlation) / n)


def _spread(sd: float) -> float:
    if not (sd > 0 and math.isfinite(sd)):
        raise ValueError(f"A standard deviation is above 0; it is {sd}.")
    return sd


def _power(noncentrality: float, df: float, alpha: float) -> float:
    return _curve(df, alpha)(noncentrality)


def _curve(df: float, alpha: float) -> Callable[[float], float]:
    """P(|Z + nc| > c S) by nc, S the root of chi-square over df, by the trapezoid rule over x = log S, which converges at once for such a bell.

    scipy's nctdtr gives no number from about nc = 8 on, for some df.
    """
    import numpy as np
    from scipy import special

    if not 0 < alpha < 1:
        raise ValueError(f"alpha lies between 0 and 1; it is {alpha}.")
    x = np.linspace(-40 / df - math.sqrt(40 / df), math.log1p(120 / df) / 2 + math.sqrt(40 / df), 4001)
    weight = np.exp(df * x - df * np.expm1(2 * x) / 2)
    weight /= weight.sum()
    critical = special.stdtrit(df, 1 - alpha / 2) * np.exp(x)

    def power(noncentrality: float) -> float:
        hit = special.ndtr(abs(noncentrality) - critical) + special.ndtr(-abs(noncentrality) - critical)
        return min(1.0, float(weight @ hit))

    return power


def _noncentrality(df: float, power: float, alpha: float) -> float:
    """The noncentrality with this power, by halving: power rises with it."""
    if not alpha < power < 1:
        raise ValueError(f"Power lies between alpha ({alpha}) and 1; it is {power}.")
    power_at = _curve(df, alpha)
    low, high = 0.0, 1.0
    while power_at(high) < power and high < 1e6:  # a power of 1 - 1e-16 may never be reached in floating numbers
        low, high = high, 2 * high
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if power_at(middle) < power else (low, middle)
    return high


def _fewest(power_with: Callable[[int], float], power: float) -> int:
    if not 0 < power < 1:
        raise ValueError(f"Power lies between 0 and 1; it is {power}.")
    high = 2
    while power_with(high) < power:
        high *= 2
        if high > LARGEST:
            raise ValueError(f"Not even {LARGEST} in each arm would do; the effect is too small to be seen.")
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if power_with(middle) < power else (low, middle)
    return high
