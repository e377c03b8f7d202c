"""Gap of an indicator against its path before a crisis: which method, which level, which horizons, and the rows.

Order of decisions, none of which looks at values from the cut on:
1. Level: the highest of the allowed ones at which both methods have `least_origins` placebo checks one step ahead (else: at which one has). It
   hangs on the number of values only, so it is not shopped for.
2. Method: the lower mean Winkler score over the checks both methods have (same origins, same horizons, same training window).
3. Horizons: shown as long as the placebo coverage reaches the level minus the shortfall. A horizon with fewer than `least_origins`
   origins is judged together with the next shorter ones until there are that many distinct origins; without them it is not shown. The
   first horizon that fails ends the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rrr.engines.shock import recession
from rrr.engines.shock.forecast import Continuation
from rrr.engines.shock.grid import Grid, lay
from rrr.engines.shock.placebo import Check, Trial, attempt, first_checks
from rrr.engines.shock.records import DEFAULT, Gap, Method, Placebo, Reason, Refusal, Row, Settings, Unjudged


@dataclass(frozen=True)
class Chosen:
    method: Method
    level: float
    path: Continuation
    trial: Trial


def gap(series: Sequence[tuple[float, float | None]], *, cut: float = 2020, settings: Settings = DEFAULT) -> Gap | Refusal:
    """`series`: (time, value), in any order; None where nothing was measured. Values from `cut` on never touch the expected path."""
    grid = lay(series, cut, settings)
    if isinstance(grid, Refusal):
        return grid
    chosen = choose(grid, settings)
    if isinstance(chosen, Refusal):
        return chosen
    placebos, failed = _judged(grid, chosen, settings)
    rows = _rows(grid, chosen, placebos, settings)
    unjudged = _unjudged(grid, placebos, failed)
    if all(row.actual is None for row in rows):
        return _refused(unjudged[0], failed, chosen, settings)
    return _gap(grid, chosen, placebos, rows, unjudged, settings, cut)


def choose(grid: Grid, settings: Settings) -> Chosen | Refusal:
    """Level and method, from values before the cut only."""
    every = {method: Continuation(grid.before, grid.frequency, method, settings) for method in Method}
    paths = {method: path for method, path in every.items() if path.at(grid.last, 1) is not None}
    horizons = settings.years * grid.frequency
    counts = {(level, method): first_checks(path, level) for level in settings.levels for method, path in paths.items()}
    for needed in sorted({len(paths), 1}, reverse=True):
        for level in settings.levels:
            ready = [method for method in paths if counts[level, method] >= settings.least_origins]
            if len(ready) >= needed:
                trials = {method: attempt(paths[method], horizons, level) for method in ready}
                method = _better(trials, level)
                return Chosen(method, level, paths[method], trials[method])
    return Refusal(Reason.TOO_FEW_ORIGINS, {"origins": max(counts.values()), "needed": settings.least_origins})


def _better(trials: dict[Method, Trial], level: float) -> Method:
    """Last value unless drift scores lower: a tie goes to the plainer one."""
    if len(trials) == 1:
        return next(iter(trials))
    keyed = {
        method: {(c.origin, c.horizon): c.score(level) for checks in trial.checks.values() for c in checks}
        for method, trial in trials.items()
    }
    last, drift = keyed[Method.LAST_VALUE], keyed[Method.DAMPED_DRIFT]
    both = last.keys() & drift.keys()
    return Method.DAMPED_DRIFT if sum(drift[c] for c in both) < (1 - 1e-9) * sum(last[c] for c in both) else Method.LAST_VALUE


def _judged(grid: Grid, chosen: Chosen, settings: Settings) -> tuple[dict[int, Placebo], tuple[Reason, Placebo | None]]:
    """Placebos of the horizons that hold, and why the first other one does not."""
    found: dict[int, Placebo] = {}
    for horizon in chosen.trial.checks:
        placebo = _placebo(grid, chosen, horizon, settings)
        if placebo is None or chosen.trial.halves[horizon] is None:
            return found, (Reason.TOO_FEW_ORIGINS, placebo)
        if placebo.coverage < chosen.level - settings.shortfall - 1e-9:
            return found, (Reason.COVERAGE_TOO_LOW, placebo)
        found[horizon] = placebo
    return found, (Reason.TOO_FEW_ORIGINS, None)


def _placebo(grid: Grid, chosen: Chosen, horizon: int, settings: Settings) -> Placebo | None:
    checks: list[Check] = []
    origins: set[int] = set()
    for shorter in range(horizon, 0, -1):
        checks += chosen.trial.checks[shorter]
        origins.update(check.origin for check in chosen.trial.checks[shorter])
        if len(origins) >= settings.least_origins:
            known = recession.dated(settings.country)
            rough = [check for check in checks if recession.begins(grid, check.origin, check.origin + check.horizon, known)]
            return Placebo(
                horizon=horizon,
                pooled_from=shorter,
                origins=len(origins),
                checks=len(checks),
                covered=sum(check.covered for check in checks),
                width=sum(2 * check.half for check in checks) / len(checks),
                score=sum(check.score(chosen.level) for check in checks) / len(checks),
                recession_checks=len(rough),
                recession_covered=sum(check.covered for check in rough),
            )
    return None


def _rows(grid: Grid, chosen: Chosen, placebos: dict[int, Placebo], settings: Settings) -> tuple[Row, ...]:
    rows = []
    for step in range(grid.cut, len(grid.times)):
        horizon = step - grid.last
        half, expected = chosen.trial.halves.get(horizon), chosen.path.at(grid.last, horizon) if horizon in placebos else None
        if half is None or expected is None:
            break
        rows.append(_row(grid, step, expected, half, settings))
    return tuple(rows)


def _row(grid: Grid, step: int, expected: float, half: float, settings: Settings) -> Row:
    low, high, actual = expected - half, expected + half, grid.values[step]
    if settings.floor is not None:
        low = max(low, settings.floor)
    if settings.ceiling is not None:
        high = min(high, settings.ceiling)
    if actual is None:
        return Row(grid.times[step], step - grid.last, None, expected, low, high, None, None, None)
    return Row(grid.times[step], step - grid.last, actual, expected, low, high, actual - expected, actual - high, actual - low)


def _unjudged(grid: Grid, placebos: dict[int, Placebo], failed: tuple[Reason, Placebo | None]) -> tuple[Unjudged, ...]:
    reason, placebo = failed
    return tuple(
        Unjudged(grid.times[step], step - grid.last, value, reason, placebo.coverage if placebo else None)
        for step, value in enumerate(grid.values)
        if value is not None and step >= grid.cut and step - grid.last not in placebos
    )


def _refused(first: Unjudged, failed: tuple[Reason, Placebo | None], chosen: Chosen, settings: Settings) -> Refusal:
    _, placebo = failed
    if first.reason is Reason.COVERAGE_TOO_LOW and placebo is not None:
        needed = chosen.level - settings.shortfall
        return Refusal(first.reason, {"coverage": placebo.coverage, "needed": needed, "origins": placebo.origins, "level": chosen.level})
    return Refusal(Reason.TOO_FEW_ORIGINS, {"origins": placebo.origins if placebo else 0, "needed": settings.least_origins})


def _gap(
    grid: Grid,
    chosen: Chosen,
    placebos: dict[int, Placebo],
    rows: tuple[Row, ...],
    unjudged: tuple[Unjudged, ...],
    settings: Settings,
    cut: float,
) -> Gap:
    shown = tuple(placebos[row.horizon] for row in rows)
    horizons = rows[-1].horizon
    recessions = recession.gaps(grid, chosen.path, recession.dated(settings.country), horizons, settings.worse)
    hardest = max(recessions, key=lambda one: recession.badness(one.gap, settings.worse), default=None)
    own, _ = recession.worst([(row.gap, row.horizon) for row in rows if row.gap is not None], settings.worse)
    return Gap(
        method=chosen.method,
        frequency=grid.frequency,
        cut=cut,
        level=chosen.level,
        rows=rows,
        unjudged=unjudged,
        path=tuple((time, value) for time, value in zip(grid.times, grid.before, strict=False) if value is not None),
        placebos=shown,
        placebo_coverage={one.horizon: one.coverage for one in shown},
        mean_width=sum(row.high - row.low for row in rows) / len(rows),
        origins=min(one.origins for one in shown),
        recessions=recessions,
        worst_recession=hardest,
        within_recession=None
        if hardest is None
        else recession.badness(own, settings.worse) <= recession.badness(hardest.gap, settings.worse),
        ever_outside=any(_outside(row) for row in rows),
        reentry=_reentry(rows),
        settings=settings,
    )


def _outside(row: Row) -> bool:
    return row.actual is not None and not row.low <= row.actual <= row.high


def _reentry(rows: tuple[Row, ...]) -> float | None:
    """After the last measured value outside, the next measured one."""
    measured = [row for row in rows if row.actual is not None]
    outside = [place for place, row in enumerate(measured) if _outside(row)]
    if not outside or outside[-1] == len(measured) - 1:
        return None
    return measured[outside[-1] + 1].time
