"""The chart of an indicator card: observed line, expected path dashed, interval as band; table twin beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rrr.core import charts
from rrr.define.numbers import number, signed, years

Figures = Mapping[str, Any]
D1, MUTED, BAND, INK, EDGE = "#1f86cc", "#4d5c61", "#dbe4e6", "#17262b", "#6b7b80"


@lru_cache(maxsize=128)
def _drawn(spec: str) -> tuple[SafeString, SafeString]:
    """Drawing takes a tenth of a second; figures of a card never change."""
    whole = json.loads(spec)
    return charts.both(whole, {"height": 220})


def _both(spec: Figures) -> tuple[SafeString, SafeString]:
    return _drawn(json.dumps(spec, sort_keys=True))


def _points(figures: Figures) -> list[dict[str, float]]:
    return [{"year": year, "value": value} for year, value in figures["series"]]


def _x(figures: Figures) -> dict[str, Any]:
    first, last = figures["series"][0][0], figures["series"][-1][0]
    ticks = sorted({*range(first, last + 1, 5), last} - ({last - 1, last - 2} if last - first > 5 else set()))
    axis = {"format": "d", "values": ticks, "title": None, "grid": False, "labelOverlap": "greedy", "labelSeparation": 8}
    return {"field": "year", "type": "quantitative", "scale": {"domain": [first, last], "nice": False}, "axis": axis}


def _y(name: str) -> dict[str, Any]:
    axis = {"title": None, "tickCount": 5}
    return {"field": name, "type": "quantitative", "scale": {"zero": False}, "axis": axis}


def _observed(figures: Figures) -> list[dict[str, Any]]:
    """A year without a value breaks the line: a gap is shown as a gap."""
    encoding = {"x": _x(figures), "y": _y("value")}
    line = {"mark": {"type": "line", "stroke": D1, "strokeWidth": 2.5, "invalid": "break-paths-show-domains"}, "encoding": encoding}
    alone = {"mark": {"type": "point", "filled": True, "fill": D1, "size": 36, "invalid": "filter"}, "encoding": encoding}
    return [line, alone]


def _subtitle(figures: Figures) -> str:
    first, last = figures["series"][0][0], figures["series"][-1][0]
    words = {"country": figures["country"], "unit": figures["unit"], "first": years([first]), "last": years([last])}
    return _("The whole country (%(country)s) · %(unit)s · yearly, %(first)s to %(last)s") % words


def series(figures: Figures) -> charts.Chart:
    """The observed values alone, where no gap can be given."""
    spec = {"height": 260, "data": {"values": _points(figures)}, "layer": _observed(figures)}
    wide, narrow = _both(spec)
    columns: list[str | tuple[str, str]] = [_("Year"), (_("Observed"), "num")]
    rows = [[years([year]), None if value is None else number(value)] for year, value in figures["series"]]
    return charts.Chart(figures["name"], _subtitle(figures), wide, narrow, columns, rows)


def path(figures: Figures, title: str) -> charts.Chart:
    gap = figures["gap"]
    last_year, last_value = gap["path"][-1]
    start = {"year": last_year, "expected": last_value, "low": last_value, "high": last_value}
    rows = [{"year": row["time"], "expected": row["expected"], "low": row["low"], "high": row["high"]} for row in gap["rows"]]
    ahead = {"values": [start, *rows]}
    layers = [
        {"data": ahead, "mark": {"type": "area", "fill": BAND, "opacity": 1}, "encoding": {"x": _x(figures), "y": _y("low"), "y2": {"field": "high"}}},
        {"data": ahead, "mark": {"type": "line", "stroke": MUTED, "strokeWidth": 2, "strokeDash": [5, 4]},
         "encoding": {"x": _x(figures), "y": _y("expected")}},
        {"data": {"values": [{"year": last_year}]}, "mark": {"type": "rule", "stroke": EDGE, "strokeDash": [2, 3]}, "encoding": {"x": _x(figures)}},
        *_observed(figures),
        *_labels(figures),
    ]  # fmt: skip
    wide, narrow = _both({"height": 320, "data": {"values": _points(figures)}, "layer": layers})
    return charts.Chart(title, _subtitle(figures), wide, narrow, _columns(gap), [_row(row) for row in gap["rows"]])


def _labels(figures: Figures) -> list[dict[str, Any]]:
    """The first value after the cut and the last one, in figures beside their points."""
    after = [(year, value) for year, value in figures["series"] if value is not None and year >= figures["cut"]]
    if not after:
        return []
    chosen = [after[0]] if len(after) == 1 else [after[0], after[-1]]
    values = [{"year": year, "value": value, "words": number(value), "last": year == after[-1][0]} for year, value in chosen]
    mark = {"type": "text", "fill": INK, "fontWeight": 700, "fontSize": 14, "dy": -14}
    encoding = {"x": _x(figures), "y": _y("value"), "text": {"field": "words"}}
    return [
        {
            "data": {"values": [row for row in values if row["last"] is last]},
            "mark": {**mark, "align": "right" if last else "center"},
            "encoding": encoding,
        }
        for last in (False, True)
        if any(row["last"] is last for row in values)
    ]


def _columns(gap: Figures) -> list[str | tuple[str, str]]:
    interval = _("%(level)s%% interval of the gap") % {"level": number(100 * gap["level"])}
    return [_("Year"), (_("Observed"), "num"), (_("Expected"), "num"), (_("Gap"), "num"), (interval, "num")]


def _row(row: Figures) -> list[str | None]:
    measured = row["gap"] is not None
    between = _("%(low)s to %(high)s") % {"low": signed(row["gap_low"]), "high": signed(row["gap_high"])} if measured else None
    actual = None if row["actual"] is None else number(row["actual"])
    return [years([row["time"]]), actual, number(row["expected"]), signed(row["gap"]) if measured else None, between]
