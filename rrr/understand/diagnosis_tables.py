"""The result of a diagnosis round as tables: whiskers of blocks, sectors, change, peers, and rows of its file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rrr.core.version import code_version
from rrr.records.estimate import Estimate, WhiskerRow
from rrr.understand.bridge.diagnosis import BlockFigure, Change, Figures, SectorFigure
from rrr.understand.models import DiagnosisRound

Row = list[Any]


def one_place(value: float | None) -> str:
    """A mean or a difference, with one decimal and a true minus sign."""
    return "" if value is None else number_format(value, decimal_pos=1, use_l10n=True).replace("-", "−")


def _score(value: float | None) -> str:
    """A score or a half between two: 4, 4.5."""
    return "" if value is None else number_format(int(value) if value == int(value) else value, use_l10n=True)


def words(estimate: Estimate) -> str:
    between = {"value": one_place(estimate.value), "low": one_place(estimate.low), "high": one_place(estimate.high)}
    return _("%(value)s (%(low)s to %(high)s)") % between


def blocks(found: Figures) -> list[WhiskerRow]:
    return [_block(one) for one in found.blocks]


def _block(one: BlockFigure) -> WhiskerRow:
    if one.unknown_share is None:
        return WhiskerRow(one.label, None, missing=_("Fewer than five people answered"))
    rated = ngettext("%(number)s person rated it.", "%(number)s people rated it.", one.rated) % {"number": one.rated}
    share = {"share": round(one.unknown_share.value), "low": round(one.unknown_share.low or 0), "high": round(one.unknown_share.high or 0)}
    unknown = _("%(share)s%% do not know (%(low)s to %(high)s%%).") % share
    if one.mean is None:
        return WhiskerRow(one.label, None, note=f"{rated} {unknown}", missing=_("Fewer than five people rated it"))
    spread = {"median": _score(one.median), "low": _score(one.lower_quartile), "high": _score(one.upper_quartile)}
    half = _("Median %(median)s; the middle half lies between %(low)s and %(high)s.") % spread
    return WhiskerRow(one.label, one.mean, note=f"{rated} {unknown} {half}")


def sector_columns() -> list[Any]:
    numbers = ((_("Mean (interval)"), "num"), (_("Rated it"), "num"), (_("Do not know"), "num"))
    return [_("Building block"), _("Sector"), *numbers, _("Beside everybody else")]


def sectors(found: Figures, *, apart: bool = False) -> list[Row]:
    """A row a block and shown sector; `apart`: only those surely told apart from everybody else."""
    shown = [(one, group) for one in found.blocks for group in one.sectors if group.apart or not apart]
    return [[one.label, group.label, words(group.mean), group.rated, group.unknown, _beside(group)] for one, group in shown if group.mean]


def _beside(group: SectorFigure) -> str:
    if group.difference is None:
        return _("Nobody else may be shown")
    said = words(group.difference)
    if not group.apart:
        return _("%(difference)s: not told apart") % {"difference": said}
    return (_("%(difference)s: higher") if group.difference.value > 0 else _("%(difference)s: lower")) % {"difference": said}


def changes(found: Sequence[Change]) -> list[WhiskerRow]:
    sure, unsure = _("Changed."), _("Not told apart from no change.")
    return [WhiskerRow(one.label, one.estimate, note=sure if one.apart else unsure) for one in found]


def peers(mine: Figures, others: Sequence[tuple[DiagnosisRound, Figures]]) -> tuple[list[Any], list[Row]]:
    """Columns and rows: a block a row, a territory a column; None where fewer than five rated it."""
    columns: list[Any] = [_("Building block"), (_("Here"), "num"), *((round.territory.name, "num") for round, _figures in others)]
    rows: list[Row] = []
    for place, one in enumerate(mine.blocks):
        beside = [one, *(figures.blocks[place] for _round, figures in others)]
        rows.append([one.label, *(words(each.mean) if each.mean else None for each in beside)])
    return columns, rows


def provenance(round: DiagnosisRound, found: Figures) -> list[tuple[str, Any]]:
    """Where the figures come from, and the line that computes them again from the file of counts."""
    return [
        (_("Data version"), f"SHA-256 {found.version}"),
        (_("Settings"), _("level %(level)s%%, groups of at least %(least)s") % {"level": 95, "least": (round.tally or {}).get("least", 5)}),
        (_("Code version"), code_version()),
        (_("Run it again"), f"rrr diagnose rrr-diagnosis-{round.key}-counts.csv"),
    ]


FILE_COLUMNS = (
    "block", "sector", "rated", "unknown", "mean", "mean_low", "mean_high", "median", "lower_quartile", "upper_quartile", "deviation",
    "difference", "difference_low", "difference_high",
)  # fmt: skip


def file_rows(found: Figures) -> list[Row]:
    rows: list[Row] = []
    for one in found.blocks:
        if one.unknown_share is None:
            continue
        spread = [_plain(value) for value in (one.median, one.lower_quartile, one.upper_quartile, one.deviation)]
        rows.append([one.code, "", one.rated, one.unknown, *_ends(one.mean), *spread, "", "", ""])
        rows += [
            [one.code, group.code, group.rated, group.unknown, *_ends(group.mean), "", "", "", "", *_ends(group.difference)]
            for group in one.sectors
        ]
    return rows


def _ends(estimate: Estimate | None) -> list[str]:
    return ["", "", ""] if estimate is None else [_plain(estimate.value), _plain(estimate.low), _plain(estimate.high)]


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
