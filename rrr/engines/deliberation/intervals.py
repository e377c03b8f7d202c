"""A share, its interval, and how far votes that are missing for a reason could move it.

Interval: Wilson 1927, "Probable inference, the law of succession, and statistical inference", JASA 22(158).

Sharp bounds. Of n people r voted, a share p of them "agree"; m = n - r did not vote. Let q be the share of "agree" that the silent
would have given. The worry: the odds of voting differ between those who agree and those who do not by a factor of at most G.
The odds of voting among those who agree are pr / qm, among the others (1-p)r / (1-q)m; their ratio is [p/(1-p)] / [q/(1-q)], the r/m cancels.
So the worry says exactly that the odds q/(1-q) lie between p/(1-p)/G and G p/(1-p), that is
    p / (p + G(1-p)) <= q <= G p / (G p + 1 - p).
The share among all, pr/n + q m/n, rises with q, and every q in that range meets the worry: so both ends are attained, and the bounds are
sharp. G = 1 gives back p; G without limit gives Manski's bounds pr/n and (pr + m)/n, wherever both answers were heard.
Source of the worry: Rosenbaum 2002, "Observational studies", ch. 4, for odds bounded by G; here for answering instead of treatment.

Sampling on top: both ends are taken at the Wilson limits of p, with the critical value of Imbens & Manski 2004 (Econometrica 72(6)), between 1.645
where the bounds are wide against the sampling error and 1.96 where they shrink to a point. Never narrower than the plain interval.
"""

from __future__ import annotations

import math
from collections.abc import Callable


def wilson(hits: int, trials: int, z: float = 1.959963984540054) -> tuple[float, float]:
    if not 0 <= hits <= trials or trials < 1:
        raise ValueError(f"Hits lie between 0 and the trials, of which there is at least one; these are {hits} of {trials}.")
    share = hits / trials
    middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z / (1 + z * z / trials) * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    return low, 1.0 if hits == trials else min(1.0, middle + half)


def sharp_bounds(share: float, voted: float, gamma: float = 2.0) -> tuple[float, float]:
    """Bounds of the share among all, given the share among those who voted and which part of all (0 to 1) voted."""
    if gamma < 1:
        raise ValueError(f"Gamma is 1 (no bias) or more; it is {gamma}.")
    if not (0 <= share <= 1 and 0 <= voted <= 1):
        raise ValueError("A share and the part that voted lie between 0 and 1.")
    low = share / (share + gamma * (1 - share))
    high = gamma * share / (gamma * share + 1 - share)
    return voted * share + (1 - voted) * low, voted * share + (1 - voted) * high


def missing_bounds(hits: int, trials: int, people: int, gamma: float = 2.0, level: float = 0.95) -> tuple[float, float]:
    """Interval of the share among all `people` under the worry, sampling error included."""
    if people < trials:
        raise ValueError(f"No more can vote than there are people; these are {trials} votes of {people} people.")
    low = _reach(lambda worry: _ends(hits, trials, people, worry, level)[0], gamma)
    high = _reach(lambda worry: -_ends(hits, trials, people, worry, level)[1], gamma)
    return low, -high


def _ends(hits: int, trials: int, people: int, gamma: float, level: float) -> tuple[float, float]:
    """Both ends for a factor of exactly `gamma`, never inside the plain interval."""
    voted = trials / people
    share = hits / trials if trials else 0.5
    low, high = sharp_bounds(share, voted, gamma)
    z = _critical(high - low, _error(hits, trials, voted, gamma), level)
    p_low, p_high = wilson(hits, trials, z)
    plain_low, plain_high = wilson(hits, trials, _quantile((1 + level) / 2))
    return min(plain_low, sharp_bounds(p_low, voted, gamma)[0]), max(plain_high, sharp_bounds(p_high, voted, gamma)[1])


def _reach(end: Callable[[float], float], gamma: float) -> float:
    """The lowest value of `end` over all factors from 1 to `gamma`: a factor of at most 3 is also one of at most 4.

    The critical value falls as the bounds widen, so a larger factor alone may give a higher end. The end falls, then rises towards
    Manski's: while it still falls at `gamma` it is lowest there; otherwise golden section finds where it turned.
    """
    here = end(gamma)
    if gamma == 1 or end(1 + 0.999 * (gamma - 1)) >= here:
        return here
    left, right = 0.0, math.log(gamma)
    section = (math.sqrt(5) - 1) / 2
    for _ in range(40):
        inner, outer = right - section * (right - left), left + section * (right - left)
        if end(math.exp(inner)) <= end(math.exp(outer)):
            right = outer
        else:
            left = inner
    return min(here, end(math.exp((left + right) / 2)))


def _error(hits: int, trials: int, voted: float, gamma: float) -> float:
    """The larger standard error of the two ends, by their slopes in p; p held off 0 and 1 as Agresti and Coull do."""
    share = (hits + 2) / (trials + 4)
    slopes = (gamma / (share + gamma * (1 - share)) ** 2, gamma / (1 - share + gamma * share) ** 2)
    return (voted + (1 - voted) * max(slopes)) * math.sqrt(share * (1 - share) / trials)


def _critical(width: float, error: float, level: float) -> float:
    """c with Phi(c + width/error) - Phi(-c) = level, by halving."""
    low, high = _quantile(level), _quantile((1 + level) / 2)
    for _ in range(50):
        middle = (low + high) / 2
        if _phi(middle + width / error) - _phi(-middle) < level:
            low = middle
        else:
            high = middle
    return high


def _phi(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2))


def _quantile(part: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(part)
