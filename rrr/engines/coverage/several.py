"""Three or four registers: log-linear models averaged by AIC (Burnham & Anderson 2002), interval by parametric bootstrap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rrr.engines.coverage import links, loglinear
from rrr.engines.coverage.links import Audit
from rrr.engines.coverage.two import Count

Floats = NDArray[np.float64]
_WORST = 7.0  # AIC above the best beyond which a model is left out (Burnham & Anderson 2002)


@dataclass(frozen=True)
class Averaged:
    """`uneven`: some organisations are easier to list than others, and the registers show it."""

    count: Count
    models: tuple[tuple[loglinear.Terms, float, float], ...]  # terms, weight, total; heaviest first
    uneven: bool


def count(linked: Floats, registers: int, audit: Audit, level: float, draws: int, seed: int) -> Averaged:
    """`linked`: organisations by history (bit sets from 1), as the linkage has them."""
    counts = links.mend(linked, audit.recall, audit.precision, registers)[None, :]
    distinct = float(counts.sum())
    kept = loglinear.models(registers)
    none, aic = _fits(kept, counts, registers)
    near = aic[:, 0] <= aic[:, 0].min() + _WORST
    kept = tuple(model for model, one in zip(kept, near, strict=True) if one)
    none, aic = none[near], aic[near]
    weights = _weights(aic)[:, 0]
    middle = float(weights @ none[:, 0])
    expected = [loglinear.fit(loglinear.design(terms, registers), counts).expected[0] for terms in kept]
    totals = _bootstrap(kept, np.append(weights @ np.array(expected), middle), registers, audit, draws, seed)
    low, high = (float(one) for one in np.quantile(totals, [(1 - level) / 2, (1 + level) / 2]))
    total = distinct + middle
    order = np.argsort(-weights)
    listed = tuple((kept[place], float(weights[place]), distinct + float(none[place, 0])) for place in order)
    return Averaged(Count(distinct, middle, min(low, total), max(high, total)), listed, _uneven(counts, registers))


def _fits(kept: tuple[loglinear.Terms, ...], counts: Floats, registers: int) -> tuple[Floats, Floats]:
    """Organisations in none and AIC, models by tables. A model the table does not determine gets an infinite AIC, but not independence: its limit is taken."""
    none, aic = np.empty((len(kept), len(counts))), np.empty((len(kept), len(counts)))
    for place, terms in enumerate(kept):
        made = loglinear.fit(loglinear.design(terms, registers), counts)
        none[place] = made.none
        aic[place] = made.aic if not terms else np.where(made.determined, made.aic, np.inf)
    return none, aic


def _weights(aic: Floats) -> Floats:
    best = aic.min(axis=0)
    raw: Floats = np.exp(-(aic - np.where(np.isfinite(best), best, 0.0)) / 2)
    total = raw.sum(axis=0)
    return np.where(total > 0, raw / np.where(total > 0, total, 1.0), 1.0 / len(aic))


def _bootstrap(kept: tuple[loglinear.Terms, ...], whole: Floats, registers: int, audit: Audit, draws: int, seed: int) -> Floats:
    """Totals of made registers: organisations from the averaged table `whole` (those in none come last), links missed, another audit, the same
    estimate."""
    rng = np.random.default_rng(seed)
    true = rng.multinomial(round(whole.sum()), whole / whole.sum(), size=draws)[:, :-1]
    if audit.recall < 1:
        true = links.split(rng, true, audit.recall**0.5, registers)
    recall, precision = audit.draw(rng, draws) if audit.pairs else (np.ones(draws), np.ones(draws))
    mended = links.mend(true.astype(float), recall, precision / audit.precision, registers)
    made, aic = _fits(kept, mended, registers)
    totals: Floats = mended.sum(axis=1) + (_weights(aic) * np.where(np.isfinite(aic), made, 0.0)).sum(axis=0)
    return totals


def _uneven(counts: Floats, registers: int) -> bool:
    plain = loglinear.fit(loglinear.design((), registers), counts)
    shared = loglinear.fit(loglinear.heterogeneity(registers), counts)
    return bool(shared.determined[0] and shared.aic[0] < plain.aic[0] and shared.none[0] > plain.none[0])
