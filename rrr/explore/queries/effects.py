"""The stated effects of a solution, as rows of whisker tables: one scale for each measure and unit, and never pooled here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from rrr.explore.models import Effect, Solution
from rrr.explore.vocabulary import RATIOS, WEAK, Design, Measure
from rrr.records.estimate import Estimate, WhiskerRow

PILOT = "pilot:"  # how the key of an effect of this platform begins
# Standardised by what (SD, d, SMD, Glass delta) makes another scale, so it heads its table.
UNITS_MATTER = (Measure.DIFFERENCE, Measure.STANDARDISED_DIFFERENCE, Measure.NOT_STATED)


@dataclass(frozen=True)
class EffectGroup:
    """Rows on one scale, those of one outcome beside each other."""

    measure: str
    unit: str
    rows: Sequence[WhiskerRow]
    log: bool
    reference: float


@dataclass(frozen=True)
class Evidence:
    """Everything stated of a solution: on scales, and without a scale because no interval is known."""

    groups: Sequence[EffectGroup]
    bare: Sequence[WhiskerRow]
    number: int
    intervals: int
    reviews: bool
    pilots: bool


def effects(of: Solution) -> list[Effect]:
    return list(of.effects.select_related("territory"))


def evidence(found: Sequence[Effect]) -> Evidence:
    grouped: dict[tuple[str, str], list[Effect]] = {}
    for one in found:
        if _estimate(one):
            grouped.setdefault((one.measure, one.unit), []).append(one)
    groups = sorted((_group(*key, rows) for key, rows in grouped.items()), key=lambda group: (-len(group.rows), group.measure))
    bare = [_row(one) for one in sorted(found, key=_place) if not _estimate(one)]
    reviews, pilots = any(map(_pools, found)), any(one.key.startswith(PILOT) for one in found)
    return Evidence(groups, bare, len(found), len(found) - len(bare), reviews, pilots)


def _group(measure: str, unit: str, found: Sequence[Effect]) -> EffectGroup:
    ratio = measure in RATIOS
    often = Counter(one.outcome for one in found)
    rows = [_row(one) for one in sorted(found, key=lambda one: (-often[one.outcome], *_place(one)))]
    log = ratio and all(end > 0 for row in rows if row.estimate for end in row.estimate.ends)
    plain = unit if measure in UNITS_MATTER else ""  # the other measures name their unit themselves
    return EffectGroup(str(Measure(measure).label), plain, rows, log, 1.0 if ratio else 0.0)


def _place(one: Effect) -> tuple[str, bool, int, str]:
    """By outcome, reviews after the studies they may hold, the latest first."""
    return one.outcome.casefold(), _pools(one), -(one.year or 0), one.key


def _pools(one: Effect) -> bool:
    return one.pools_others or one.design == Design.REVIEW


def _estimate(one: Effect) -> Estimate | None:
    if one.value is None or one.low is None or one.high is None:
        return None
    return Estimate(one.value, one.low, one.high)


def _row(one: Effect) -> WhiskerRow:
    safe = one.url if one.url.startswith(("http://", "https://", "/")) and not one.url.startswith("//") else ""
    return WhiskerRow(one.outcome, _estimate(one), safe, _note(one), _missing(one))


def _missing(one: Effect) -> str:
    """In the hatch of a row without an interval: the effect as the source gives it, which says nothing of how sure it is."""
    if one.value is not None:
        stated = {"value": f"{_number(one.value)} {one.unit}".strip()}
        if one.standard_error is not None:
            return _("%(value)s, standard error %(error)s, interval not stated") % {**stated, "error": _number(one.standard_error)}
        return _("%(value)s, interval not stated") % stated
    return _("%(words)s; no interval stated") % {"words": one.value_text} if one.value_text else _("Not stated as a number")


def _note(one: Effect) -> str:
    """Study, design, numbers and every warning a reader needs beside the figure."""
    parts = [", ".join(str(part) for part in (one.study, one.place, one.year) if part), str(Design(one.design).label)]
    if _pools(one):
        parts.append(_("already pools other studies, so it is never pooled again"))
    if one.key.startswith(PILOT):
        parts.append(_("a pilot of this platform, reviewed") if one.reviewed else _("a pilot of this platform, unreviewed"))
    if one.design in WEAK:
        parts.append(_("a weak design"))
    if one.share_treated is not None and one.share_control is not None:
        shares = {"with": _number(one.share_treated), "without": _number(one.share_control)}
        parts.append(_("%(with)s%% with it, %(without)s%% without") % shares)
    if one.derived:
        parts.append(_("computed from printed numbers"))
    return ". ".join([*parts, one.note] if one.note else parts)


def _number(value: float) -> str:
    plain = int(value) if value == int(value) else value
    return str(number_format(plain, use_l10n=True, force_grouping=True)).replace("-", "−")
