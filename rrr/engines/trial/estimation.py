"""From observations to an estimate with its interval, or to a refusal that says why.

Everybody counts in the arm they were drawn into (intention to treat). Formulas: `difference` and `bounds`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rrr.engines.trial import advice, bounds, difference
from rrr.engines.trial.design import VERSION, Advice, Code, Design, Observation, Refusal, RefusalCode, Settings
from rrr.engines.trial.difference import Difference
from rrr.engines.trial.intake import Rows, completed, enough, read
from rrr.records.estimate import Estimate

MISSING_WORRY = "missing_outcomes"
DEFAULTS = Settings()


class Method(StrEnum):
    HC2 = "hc2_bell_mccaffrey"
    CR2 = "cr2_satterthwaite"
    CLUSTER_MEANS = "cluster_means_hc2_bell_mccaffrey"
    PAIRED = "paired_t"
    TWO_PERIODS = "two_periods_hc2_bell_mccaffrey"


@dataclass(frozen=True)
class Estimation:
    """`estimate.wide_low`/`wide_high` with `worry` "missing_outcomes" are bounds whatever the missing outcomes were.

    Both ends None: nothing varied, so that no interval can be told. For before/after, "treated" is after and "control" before.
    """

    estimate: Estimate
    se: float
    df: float
    method: Method
    design: Design
    n_treated: int  # known outcomes that were used
    n_control: int
    clusters_treated: int  # with a known outcome; 0 unless the design is by cluster
    clusters_control: int
    mean_treated: float
    mean_control: float
    missing: Mapping[str, int]  # "treated", "control" -> outcomes not known
    weak: bool
    warnings: tuple[Advice, ...]
    settings: Settings
    version: str = VERSION


def estimate(design: Design | str, observations: Sequence[Observation], settings: Settings = DEFAULTS) -> Estimation | Refusal:
    """The effect of what was tried (treated minus control, after minus before), with the interval of `settings.level`."""
    design = Design(design)
    rows = read(design, observations, settings)
    if isinstance(rows, Refusal):
        return rows
    method = _method(design, rows, settings)
    if method is Method.PAIRED:
        rows = _both_periods(rows)
    refusal = enough(design, rows)
    if refusal:
        return refusal
    used = _complete_pairs(rows) if method is Method.PAIRED else rows
    pairs = len(used.treated)
    if method is Method.PAIRED and pairs < 2:
        return Refusal(RefusalCode.TOO_FEW_UNITS, {"before": pairs, "after": pairs})
    found = _compare(method, *used.known)
    return _told(design, method, rows, used, found, settings)


def _method(design: Design, rows: Rows, settings: Settings) -> Method:
    if design is Design.INDIVIDUAL:
        return Method.HC2
    if design is Design.CLUSTER:
        return Method.CLUSTER_MEANS if settings.cluster_means else Method.CR2
    twice, once = rows.treated.keys() & rows.control.keys(), rows.treated.keys() | rows.control.keys()
    pair = 2 * len(twice) >= len(once) if settings.paired is None else settings.paired
    return Method.PAIRED if pair else Method.TWO_PERIODS


def _both_periods(rows: Rows) -> Rows:
    """A unit listed in one period only is missing in the other."""
    units = sorted(rows.treated.keys() | rows.control.keys())
    return Rows(*({unit: side.get(unit, (None,)) for unit in units} for side in (rows.treated, rows.control)))


def _complete_pairs(rows: Rows) -> Rows:
    whole = [unit for unit in rows.treated if rows.treated[unit][0] is not None and rows.control[unit][0] is not None]
    return Rows(*({unit: side[unit] for unit in whole} for side in (rows.treated, rows.control)))


def _compare(method: Method, treated: Mapping[str, list[float]], control: Mapping[str, list[float]]) -> Difference:
    if method in (Method.CR2, Method.CLUSTER_MEANS):
        alike = method is Method.CLUSTER_MEANS
        return difference.between(difference.by_clusters(treated, alike=alike), difference.by_clusters(control, alike=alike))
    late, early = ([value for values in side.values() for value in values] for side in (treated, control))
    if method is Method.PAIRED:
        return difference.paired(late, early)
    return difference.between(difference.by_units(late), difference.by_units(early))


def _told(design: Design, method: Method, rows: Rows, used: Rows, found: Difference, settings: Settings) -> Estimation:
    low, high = found.interval(settings.level)
    plain = Estimate(found.value, low, high, settings.level, settings.unit)
    treated, control = used.known
    by_cluster = design is Design.CLUSTER
    return Estimation(
        estimate=_widened(plain, method, rows, settings),
        se=found.se,
        df=found.df,
        method=method,
        design=design,
        n_treated=sum(map(len, treated.values())),
        n_control=sum(map(len, control.values())),
        clusters_treated=len(treated) if by_cluster else 0,
        clusters_control=len(control) if by_cluster else 0,
        mean_treated=found.mean_treated,
        mean_control=found.mean_control,
        missing=rows.missing(),
        weak=design is Design.BEFORE_AFTER,
        warnings=tuple(_warnings(design, method, rows, used, found, settings)),
        settings=settings,
    )


def _widened(plain: Estimate, method: Method, rows: Rows, settings: Settings) -> Estimate:
    """Never narrower than the plain interval, nor wider than the range of the outcome allows."""
    least, most = settings.range_low, settings.range_high
    if least is None or most is None or not any(rows.missing().values()):
        return plain
    lower = _compare(method, completed(rows.treated, least), completed(rows.control, most))
    upper = _compare(method, completed(rows.treated, most), completed(rows.control, least))
    low, high = bounds.around(lower, upper, settings.level)
    low, high = max(low, least - most), min(high, most - least)
    ends = [low, high, *(end for end in (plain.low, plain.high) if end is not None)]
    return replace(plain, wide_low=min(ends), wide_high=max(ends), worry=MISSING_WORRY)


def _warnings(design: Design, method: Method, rows: Rows, used: Rows, found: Difference, settings: Settings) -> Iterator[Advice]:
    treated, control = used.known
    if design is Design.BEFORE_AFTER:
        yield Advice(Code.BEFORE_AFTER_IS_WEAK)
        yield Advice(Code.NO_COMPARISON)
    if method is Method.TWO_PERIODS:
        yield Advice(Code.OTHER_UNITS)
    if method is Method.PAIRED and len(used.treated) < len(rows.treated):
        yield Advice(Code.UNITS_LEFT_OUT, {"left_out": len(rows.treated) - len(used.treated)})
    yield from advice.few(len(treated), len(control), design)
    if design is Design.CLUSTER:
        yield from advice.uneven([len(values) for values in (*treated.values(), *control.values())])
    if found.df < advice.LOW_DEGREES:
        yield Advice(Code.LOW_DEGREES, {"df": found.df})
    if found.still:
        yield Advice(Code.NO_VARIATION, {"arms": found.still})
    yield from _missing(rows, settings)


def _missing(rows: Rows, settings: Settings) -> Iterator[Advice]:
    missing, listed = rows.missing(), rows.listed()
    if not any(missing.values()):
        return
    yield Advice(Code.MISSING, {**missing, "share": sum(missing.values()) / sum(listed.values())})
    shares = {name: missing[name] / listed[name] for name in missing}
    if abs(shares["treated"] - shares["control"]) >= advice.UNEVEN_MISSING:
        yield Advice(Code.MISSING_UNEVEN, shares)
    if settings.range_low is None:
        yield Advice(Code.NO_RANGE)
