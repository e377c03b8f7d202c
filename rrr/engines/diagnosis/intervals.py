"""Intervals for a mean on a bounded scale, for a share, and for the difference of two means."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import NormalDist

import numpy as np

from rrr.engines.diagnosis.records import SCALE, Counts
from rrr.records.estimate import Estimate

_NODES = 160
_X, _W = np.polynomial.legendre.leggauss(_NODES)
_X, _W = (_X + 1) / 2, _W / 2  # on (0, 1), mapped to (0, infinity) by x / (1 - x)


def mean_interval(values: Sequence[int], level: float) -> tuple[float, float]:
    """Both ends for the mean score of everybody like those who answered. `values`: how many gave 0, 1, ... 10; at least one did.

    Gaffke 2005: the lower end is the quantile of the Bayesian bootstrap (Rubin 1981) of the scores with one more at the lower end of the scale, the
    upper end that with one more at the upper end. No shape is assumed. With scores 0 and 10 only it is the interval of Clopper & Pearson 1934.
    """
    tail = (1 - level) / 2
    return _end(tuple(values), tail), SCALE[-1] - _end(tuple(reversed(values)), tail)


@lru_cache(maxsize=4096)
def _end(values: tuple[int, ...], tail: float) -> float:
    """The lower end. The quantile lies between mean and mean less sqrt(1 / tail) deviations (Cantelli), so the search cannot miss it."""
    from scipy.optimize import brentq

    scores = np.asarray(SCALE, dtype=float)
    weights = np.asarray(values, dtype=float)
    weights[0] += 1
    scores, weights = scores[weights > 0], weights[weights > 0]
    if len(scores) == 1:
        return float(scores[0])
    total = weights.sum()
    mean = float((weights * scores).sum() / total)
    deviation = math.sqrt(float((weights * (scores - mean) ** 2).sum()) / total / (total + 1))
    low = max(0.0, mean - deviation * math.sqrt(1 / tail))
    if low <= 0 and _below(1e-6, scores, weights) >= tail:
        return 0.0
    return float(brentq(lambda at: _below(at, scores, weights) - tail, max(low, 1e-6), mean + deviation, xtol=1e-7))


def _below(at: float, scores: np.ndarray, weights: np.ndarray) -> float:
    """Chance that the mean of the scores with Dirichlet weights lies below `at`: that a sum of gamma variables times (score - at) is negative.

    Imhof 1961, with chi-squared variables of 2 x weight degrees of freedom; integrated by Gauss and Legendre.
    """
    away = scores - at
    scale = 2 / math.sqrt(float((weights * away**2).sum()))
    u = scale * _X / (1 - _X)
    along = np.outer(away, u)
    angle = weights @ np.arctan(along)
    size = np.exp(-0.5 * (weights @ np.log1p(along**2)))
    return float(0.5 - (np.sin(angle) * size / u * scale * _W / (1 - _X) ** 2).sum() / math.pi)


def share_interval(part: int, whole: int, level: float) -> tuple[float, float]:
    """Wilson 1927."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z / (1 + z * z / whole) * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return (0.0 if part == 0 else max(0.0, middle - half)), (1.0 if part == whole else min(1.0, middle + half))


def mean(counts: Counts) -> float:
    return sum(score * number for score, number in enumerate(counts.values)) / sum(counts.values)


def difference(first: Counts, second: Counts, level: float) -> Estimate:
    """Mean of the first less that of the second. MOVER (Zou & Donner 2008): the ends follow from the intervals of the two means, taken as independent."""
    one, other = mean(first), mean(second)
    (low, high), (other_low, other_high) = mean_interval(first.values, level), mean_interval(second.values, level)
    value = one - other
    return Estimate(
        value,
        value - math.hypot(one - low, other_high - other),
        value + math.hypot(high - one, other - other_low),
        level,
    )
