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

Sampling on top: the lower end is taken at the lower Wilson limit of p, the upper end at the upper one, both with the two-sided critical value
(1.96 at 95%). So the interval holds every share the worry allows, not only each one of them, with the stated probability (Horowitz & Manski
2000, JASA 95(449)); that is up to a tenth wider than the smaller critical value of Imbens & Manski 2004 would give, whose ends are not
monotone in G: there a greater worry can give a tighter bound. Here p / (p + G(1-p)) falls and Gp / (Gp + 1 - p) rises with G at fixed limits
of p, and G = 1 gives Wilson's own limits: so a greater worry never gives a tighter bound, and none is inside the plain interval.
"""

from __future__ import annotations

import math
from statistics import NormalDist


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
    # min: rounding must not lift a share above 1
    return voted * share + (1 - voted) * low, min(1.0, voted * share + (1 - voted) * high)


def missing_bounds(hits: int, trials: int, people: int, gamma: float = 2.0, level: float = 0.95) -> tuple[float, float]:
    """Interval of the share among all `people` under the worry, sampling error included."""
    if people < trials:
        raise ValueError(f"No more can vote than there are people; these are {trials} votes of {people} people.")
    voted = trials / people
    low, high = wilson(hits, trials, NormalDist().inv_cdf((1 + level) / 2))
    return sharp_bounds(low, voted, gamma)[0], sharp_bounds(high, voted, gamma)[1]
