"""The stated effects of a solution, grouped for whisker tables: one outcome on one measure in one unit at a time, and never pooled here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from rrr.explore.models import Effect, Solution
from rrr.explore.vocabulary import RATIOS, WEAK, Design, Measure
from rrr.records.estimate import Estimate, WhiskerRow

PILOT = "pilot:"  # how the key of an effect of this platform begins


@dataclass(frozen=True)
class EffectGroup:
    """Rows that share outcome, measure and unit, and so one scale."""

    outcome: str
    measure: str
    unit: str
    rows: Sequence[WhiskerRow]
    log: bool
    reference: float | None

    @property
    def several(self) -> bool:
        return sum(1 for row in self.rows if row.estimate) > 1

    @property
    def reviews(self) -> bool:
        return any(row.pooled for row in self.rows)


def effects(of: Solution) -> list[Effect]:
    return list(of.effects.prefetch_related("sources"))


def effect_groups(found: Sequence[Effect]) -> list[EffectGroup]:
    """By outcome, the outcomes with most intervals first. Reviews stand last in their group, as the sums they are."""
    grouped: dict[tuple[str, str, str], list[Effect]] = {}
    for one in found:
        grouped.setdefault((one.outcome, one.measure, one.unit), []).append(one)
    made = [_group(key, rows) for key, rows in grouped.items()]
    return sorted(made, key=lambda group: (-sum(1 for row in group.rows if row.estimate), group.outcome.casefold()))


def _group(key: tuple[str, str, str], found: Sequence[Effect]) -> EffectGroup:
    outcome, measure, unit = key
    ratio = measure in RATIOS
    rows = [_row(one) for one in sorted(found, key=lambda one: (_pools(one), -(one.year or 0), one.key))]
    label = str(Measure(measure).label) if measure else ""
    usable = [row.estimate for row in rows if row.estimate]
    log = ratio and all(end > 0 for estimate in usable for end in estimate.ends)
    return EffectGroup(outcome, label, unit, rows, log, (1.0 if ratio else 0.0) if measure else None)


def _pools(one: Effect) -> bool:
    return one.pools_others or one.design == Design.REVIEW


def _row(one: Effect) -> WhiskerRow:
    label = ", ".join(str(part) for part in (one.study, one.place, one.year) if part)
    whole = one.value is not None and one.low is not None and one.high is not None
    estimate = Estimate(one.value, one.low, one.high) if whole and one.value is not None else None
    return WhiskerRow(label, estimate, one.url if one.key.startswith(PILOT) else "", _note(one), _missing(one), _pools(one) and whole)


def _missing(one: Effect) -> str:
    """What stands in the hatch of a row without an interval: the effect as the source gives it, which says nothing of how sure it is."""
    if one.value is not None:
        value = f"{number_format(_short(one.value), use_l10n=True)} {one.unit}".strip().replace("-", "−", 1)
        return _("%(value)s, interval not stated") % {"value": value}
    return _("%(words)s; no interval stated") % {"words": one.value_text} if one.value_text else _("Not stated as a number")


def _note(one: Effect) -> str:
    """Design, numbers and every warning a reader needs beside the figure."""
    parts = [str(Design(one.design).label)]
    if _pools(one):
        parts.append(_("already pools other studies, so it is never pooled again"))
    if one.key.startswith(PILOT):
        parts.append(_("a pilot of this platform, unreviewed") if not one.reviewed else _("a pilot of this platform, reviewed"))
    if one.design in WEAK:
        parts.append(_("weak design"))
    if one.share_treated is not None and one.share_control is not None:
        parts.append(
            _("%(with)s%% with, %(without)s%% without") % {"with": _short(one.share_treated), "without": _short(one.share_control)}
        )
    if one.derived:
        parts.append(_("computed from printed numbers"))
    return "; ".join(parts) + (f". {one.note}" if one.note else "")


def _short(value: float) -> str:
    return f"{value:g}"
