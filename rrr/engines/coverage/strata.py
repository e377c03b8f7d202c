"""One figure or one refusal a stratum."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from rrr.engines.coverage import links, several, two
from rrr.engines.coverage.records import (
    DEFAULT,
    Capture,
    Caution,
    Facts,
    Figure,
    Method,
    Model,
    Reason,
    Recall,
    Refusal,
    Register,
    Settings,
    Stratum,
    Warned,
)
from rrr.records.estimate import Estimate

MOST_REGISTERS = 4
_DAYS = 365.25


def coverage(
    captures: Sequence[Capture], registers: Sequence[Register], recall: Recall | None, settings: Settings = DEFAULT
) -> tuple[Stratum, ...]:
    """Strata in order of type and legal form. Raises ValueError for an organisation or register named twice, or a source that is no register."""
    known = {one.name: one for one in registers}
    _check(captures, registers, known)
    grouped: dict[tuple[str, str], list[Capture]] = defaultdict(list)
    for one in captures:
        grouped[one.type, one.legal_form if settings.by_legal_form else ""].append(one)
    return tuple(_stratum(key, grouped[key], registers, recall, settings) for key in sorted(grouped))


def _check(captures: Sequence[Capture], registers: Sequence[Register], known: dict[str, Register]) -> None:
    if len(known) < len(registers):
        raise ValueError("Two registers have the same name.")
    seen: set[str] = set()
    for one in captures:
        if one.organisation in seen:
            raise ValueError(f"The organisation {one.organisation} stands twice.")
        seen.add(one.organisation)
        strange = sorted(one.sources - known.keys())
        if strange or not one.sources:
            raise ValueError(
                f"The organisation {one.organisation} stands in {strange[0] if strange else 'no register'}, which is not known."
            )


class _Refused(Exception):
    def __init__(self, reason: Reason, **facts: str | float) -> None:
        self.refusal = Refusal(reason, facts)


def _stratum(
    key: tuple[str, str], captures: list[Capture], registers: Sequence[Register], recall: Recall | None, settings: Settings
) -> Stratum:
    used, warnings = _usable(captures, registers)
    names = tuple(one.name for one in used)
    try:
        result: Figure | Refusal = _figure(captures, used, recall, settings, warnings)
    except _Refused as refused:
        result = refused.refusal
    return Stratum(*key, len(captures), names, result)


def _usable(captures: list[Capture], registers: Sequence[Register]) -> tuple[list[Register], list[Warned]]:
    """Registers that can contain the stratum and list one, the four largest, by name; and what to say about the others."""
    kinds = {captures[0].type}
    forms = {one.legal_form for one in captures}
    able = [one for one in registers if kinds <= one.forms or forms <= one.forms]
    sizes = Counter(source for one in captures for source in one.sources)
    filled = sorted((one for one in able if sizes[one.name]), key=lambda one: (-sizes[one.name], one.name))
    used = sorted(filled[:MOST_REGISTERS], key=lambda one: one.name)
    left = sorted(one.name for one in able if one not in used)
    warnings = [_warned(Caution.REGISTERS_LEFT_OUT, registers=", ".join(left))] if left else []
    names = {one.name for one in able}
    odd = [one.sources - names for one in captures if one.sources - names]
    if odd:
        where = ", ".join(sorted(frozenset().union(*odd)))
        warnings.append(_warned(Caution.LISTED_WHERE_IMPOSSIBLE, organisations=len(odd), registers=where))
    return used, warnings


def _warned(code: Caution, **facts: str | float) -> Warned:
    return Warned(code, facts)


def _figure(captures: list[Capture], used: list[Register], recall: Recall | None, settings: Settings, warnings: list[Warned]) -> Figure:
    if len(used) < 2:
        raise _Refused(Reason.TOO_FEW_REGISTERS, registers=len(used), needed=2)
    audit = _audited(recall, settings)
    names = [one.name for one in used]
    linked = _histories(captures, names)
    _enough(linked, names, settings)
    warnings = [*warnings, *_dates(used, settings)]
    if not audit.links:
        warnings.append(_warned(Caution.WRONG_LINKS_NOT_MEASURED))
    models: tuple[Model, ...] = ()
    if len(used) == 2:
        found = two.count(linked[0] + linked[2], linked[1] + linked[2], linked[2], audit, settings.level)
        warnings.append(_warned(Caution.DEPENDENCE_NOT_TESTABLE))
    else:
        averaged = several.count(linked, len(used), audit, settings.level, settings.draws, settings.seed)
        found = averaged.count
        models = tuple(Model(_named(terms, names), weight, value) for terms, weight, value in averaged.models if weight >= 0.01)
        if averaged.uneven:
            warnings.append(_warned(Caution.LIKELY_UNDERCOUNT))
    outside = sum(not one.sources & set(names) for one in captures)
    return _made(found, outside, audit.recall, models, settings, tuple(warnings))


def _named(terms: Iterable[int], names: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(name for place, name in enumerate(names) if term >> place & 1) for term in terms)


def _audited(recall: Recall | None, settings: Settings) -> links.Audit:
    if recall is None:
        raise _Refused(Reason.NO_RECALL)
    audit = links.audit(recall)
    low, high = audit.ends(settings.level)
    if audit.pairs < settings.least_pairs or high - low > settings.widest_recall:
        facts: Facts = {"pairs": round(audit.pairs), "needed": settings.least_pairs}
        raise _Refused(Reason.RECALL_TOO_THIN, **facts, low=low, high=high, widest=settings.widest_recall)
    if audit.recall < settings.least_recall:
        raise _Refused(Reason.RECALL_TOO_LOW, recall=audit.recall, needed=settings.least_recall)
    return audit


def _histories(captures: list[Capture], names: list[str]) -> links.Floats:
    bits = {name: 1 << place for place, name in enumerate(names)}
    counts = np.zeros(2 ** len(names))
    for one in captures:
        counts[sum(bits.get(source, 0) for source in one.sources)] += 1
    return counts[1:]


def _enough(linked: links.Floats, names: list[str], settings: Settings) -> None:
    shared = 0.0
    met = [0.0] * len(names)
    for history in range(1, len(linked) + 1):
        if history.bit_count() > 1:
            shared += linked[history - 1]
            met = [one + (linked[history - 1] if history >> place & 1 else 0.0) for place, one in enumerate(met)]
    if 0.0 in met:
        raise _Refused(Reason.NO_OVERLAP, register=names[met.index(0.0)])
    if shared < settings.least_shared:
        raise _Refused(Reason.TOO_FEW_SHARED, shared=shared, needed=settings.least_shared)


def _dates(used: list[Register], settings: Settings) -> list[Warned]:
    dated: list[tuple[date, str]] = sorted((one.date, one.name) for one in used if one.date)
    found = []
    if len(dated) < len(used):
        found.append(_warned(Caution.DATE_UNKNOWN, registers=", ".join(one.name for one in used if not one.date)))
    if dated and (dated[-1][0] - dated[0][0]).days > settings.years_apart * _DAYS:
        years = round((dated[-1][0] - dated[0][0]).days / _DAYS, 1)
        found.append(_warned(Caution.DATES_APART, years=years, first=dated[0][1], last=dated[-1][1]))
    return found


def _made(
    found: two.Count, outside: int, recall: float, models: tuple[Model, ...], settings: Settings, warnings: tuple[Warned, ...]
) -> Figure:
    """`outside`: organisations of the stratum that only registers not used list; the total is never less than these and those shown."""
    shown, level = found.distinct, settings.level
    least = shown + outside
    total, low, high = max(found.total, least), max(found.low, min(least, found.total)), max(found.high, least)
    if high > settings.widest * shown:
        raise _Refused(Reason.TOO_UNCERTAIN, low=low, high=high)
    wide_low = shown + max(0.0, low - shown) / settings.odds
    wide_high = shown + max(0.0, high - shown) * settings.odds
    worry = f"dependence_odds_{settings.odds:g}"
    totals = Estimate(total, low, high, level, "organisations", min(wide_low, low), wide_high, worry)
    ends = [max(0.0, one - shown) for one in (total, low, high, wide_low, wide_high)]
    missing = Estimate(ends[0], ends[1], ends[2], level, "organisations", ends[3], ends[4], worry)
    shares = [min(1.0, shown / one) for one in (total, low, high, wide_low, wide_high)]
    covered = Estimate(shares[0], shares[2], shares[1], level, "share", shares[4], max(shares[3], shares[1]), worry)
    return Figure(totals, missing, covered, shown, Method.LOG_LINEAR if models else Method.CHAPMAN, recall, models, warnings)
