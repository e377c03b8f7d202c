"""From an interval and the smallest effect worth having to one of nine words. The word is fixed before the data are seen, so that
nobody can choose it afterwards.

Source of reading intervals against a smallest worthwhile effect: Schuirmann 1987 (two one-sided tests) for "no worthwhile difference";
Armitage, Berry & Matthews 2002, "Statistical methods in medical research", sec. 18.5.
With the interval turned so that more is better, [l, h], and the smallest worthwhile effect m:

    l >= m > 0       clearly_better                    h <= -m          clearly_worse
    0 < l < m <= h   probably_better_maybe_too_small   l <= -m < h < 0  probably_worse_maybe_little
    0 < l, h < m     better_but_too_small              -m < l, h < 0    worse_but_little
    -m < l <= 0 <= h < m  no_worthwhile_difference
    l <= -m, 0 <= h < m   not_worthwhile_maybe_worse: a worthwhile gain is excluded, a harm is not
    else                  undecided
"""

from __future__ import annotations

import math
from enum import StrEnum

from rrr.records.estimate import Estimate


class Direction(StrEnum):
    HIGHER = "higher"  # more of the outcome is better
    LOWER = "lower"  # less of it is better


class Verdict(StrEnum):
    CLEARLY_BETTER = "clearly_better"
    PROBABLY_BETTER_MAYBE_TOO_SMALL = "probably_better_maybe_too_small"
    BETTER_BUT_TOO_SMALL = "better_but_too_small"
    NO_WORTHWHILE_DIFFERENCE = "no_worthwhile_difference"
    NOT_WORTHWHILE_MAYBE_WORSE = "not_worthwhile_maybe_worse"
    UNDECIDED = "undecided"
    WORSE_BUT_LITTLE = "worse_but_little"
    PROBABLY_WORSE_MAYBE_LITTLE = "probably_worse_maybe_little"
    CLEARLY_WORSE = "clearly_worse"


def verdict_code(estimate: Estimate, smallest_worthwhile: float, direction: Direction | str, *, wide: bool = False) -> Verdict:
    """`wide` reads the bounds under the worry (missing outcomes) instead of the plain interval. An open end is infinitely far."""
    if not smallest_worthwhile > 0:
        raise ValueError(f"The smallest worthwhile effect is above 0; it is {smallest_worthwhile}.")
    given = (estimate.wide_low, estimate.wide_high) if wide else (estimate.low, estimate.high)
    low, high = (-math.inf if given[0] is None else given[0]), (math.inf if given[1] is None else given[1])
    if Direction(direction) is Direction.LOWER:
        low, high = -high, -low
    return _read(low, high, smallest_worthwhile)


def _read(low: float, high: float, worthwhile: float) -> Verdict:
    if low > 0:
        if low >= worthwhile:
            return Verdict.CLEARLY_BETTER
        return Verdict.PROBABLY_BETTER_MAYBE_TOO_SMALL if high >= worthwhile else Verdict.BETTER_BUT_TOO_SMALL
    if high < 0:
        if high <= -worthwhile:
            return Verdict.CLEARLY_WORSE
        return Verdict.PROBABLY_WORSE_MAYBE_LITTLE if low <= -worthwhile else Verdict.WORSE_BUT_LITTLE
    if high < worthwhile:
        return Verdict.NO_WORTHWHILE_DIFFERENCE if low > -worthwhile else Verdict.NOT_WORTHWHILE_MAYBE_WORSE
    return Verdict.UNDECIDED
