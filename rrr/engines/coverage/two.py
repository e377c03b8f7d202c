"""Two registers: Chapman's estimate with the log-normal interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, hypot, log, sqrt
from statistics import NormalDist

from rrr.engines.coverage.links import Audit


@dataclass(frozen=True)
class Count:
    """Organisations shown after correction, in none of the registers, and the interval of their sum."""

    distinct: float
    none: float
    low: float
    high: float

    @property
    def total(self) -> float:
        return self.distinct + self.none


def count(first: float, second: float, linked: float, audit: Audit, level: float) -> Count:
    """`first`, `second`: organisations in each register; `linked`: in both, as the linkage has them.

    Chapman 1951, variance Seber 1970, interval Chao 1987 (log-normal on those in no register; Sadinle 2009). That missed links are a draw adds
    (1 - recall) / (recall x shared) to the variance of log shared; that recall and precision are measured on a sample enters by joining their
    interval with the other by MOVER (Zou & Donner 2008).
    """
    shared = _shared(first, second, linked, audit.recall, audit.precision)
    found = _count(first, second, shared, audit.recall, level)
    if not audit.pairs:
        return found
    recalls = [_shared(first, second, linked, end, audit.precision) for end in audit.ends(level)]
    precisions = [_shared(first, second, linked, audit.recall, end) for end in audit.precision_ends(level)]
    low, high = found.low, found.high
    for moved in (recalls, precisions):
        totals = [_total(first, second, one) for one in moved]
        low = found.total - hypot(found.total - low, max(0.0, found.total - min(totals)))
        high = found.total + hypot(high - found.total, max(0.0, max(totals) - found.total))
    return Count(found.distinct, found.none, max(low, first, second), high)


def _shared(first: float, second: float, linked: float, recall: float, precision: float) -> float:
    """Ding & Fienberg 1994."""
    return min(linked * precision / recall, first, second)


def _total(first: float, second: float, shared: float) -> float:
    return (first + 1) * (second + 1) / (shared + 1) - 1


def _count(first: float, second: float, shared: float, recall: float, level: float) -> Count:
    total = _total(first, second, shared)
    distinct = first + second - shared
    none = total - distinct
    only_first, only_second = first - shared, second - shared
    variance = (first + 1) * (second + 1) * only_first * only_second / ((shared + 1) ** 2 * (shared + 2))
    variance += total**2 * (1 - recall) / (recall * shared)
    if none <= 1e-9:
        return Count(distinct, 0.0, distinct, distinct)
    factor = exp(NormalDist().inv_cdf((1 + level) / 2) * sqrt(log(1 + variance / none**2)))
    return Count(distinct, none, distinct + none / factor, distinct + none * factor)
