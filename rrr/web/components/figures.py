"""Figures, tables and charts: everything that shows numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rrr.core.charts import Chart
from rrr.records.estimate import Estimate, Figure, WhiskerRow
from rrr.web.components import signs

register = template.Library()


@register.inclusion_tag("_components/figure.html")
def figure(
    label: str,
    value: Any = None,
    unit: str = "",
    source: str = "",
    missing: str = "",
    estimate: Estimate | None = None,
    low: float | None = None,
    high: float | None = None,
    reference: float | None = None,
) -> dict[str, Any]:
    """`{% figure "People" 2211114 unit="in 2021" source="One source" %}` inside `<dl class="figs">`.

    A counted or stated value names its source; an `estimate` brings its whisker (scale `low` to `high`, dashed `reference`);
    neither shows the hatch with `missing`.
    """
    return _shown(Figure(label, value, unit, source, missing, estimate, low, high, reference))


@register.inclusion_tag("_components/figs.html")
def figs(figures: Sequence[Figure]) -> dict[str, Any]:
    """`{% figs figures %}`: three or four figures at the head of a page, each with whisker, hatch or source (rrr.records.estimate.Figure)."""
    return {"figures": [_shown(one) for one in figures]}


def _shown(given: Figure) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "label": given.label,
        "value": given.value if given.estimate is None else signs.number(given.estimate.value),
        "unit": given.unit or (given.estimate.unit if given.estimate else ""),
        "source": given.source,
        "missing": given.missing or _("Not known"),
        "whisker": None,
    }
    if given.estimate is not None:
        around = signs.Scale.around([given.estimate], reference=given.reference)
        low, high = (around.low if given.low is None else given.low), (around.high if given.high is None else given.high)
        shown["whisker"] = signs.picture(given.estimate, signs.Scale(low, high), given.reference)
        shown["between"] = signs.interval_words(given.estimate)
    return shown


@register.inclusion_tag("_components/whisker_table.html")
def whisker_table(
    rows: Sequence[WhiskerRow],
    caption: str,
    value_label: str = "",
    low: float | None = None,
    high: float | None = None,
    reference: float | None = None,
    reference_label: str = "",
    log: bool = False,
) -> dict[str, Any]:
    """`{% whisker_table rows "Effect on jobs" reference=0 %}`: forest plot, consensus, balance; plot and table in one.

    Rows are rrr.records.estimate.WhiskerRow. The scale has room for all of them unless `low` and `high` are given; `log=True` for ratios.
    """
    around = signs.Scale.around([row.estimate for row in rows if row.estimate], reference=reference, log=log)
    scale = signs.Scale(around.low if low is None else low, around.high if high is None else high, log, 320)
    drawn = [(row, signs.picture(row.estimate, scale, reference, pooled=row.pooled) if row.estimate else None) for row in rows]
    levels = {row.estimate.level for row in rows if row.estimate}
    level = signs.number(round(100 * min(levels, default=0.95), 1))
    return {
        "rows": drawn,
        "caption": caption,
        "value_label": value_label or _("Estimate"),
        "interval_label": _("%(level)s%% interval") % {"level": level},
        "reference_label": reference_label,
        "scale": (signs.number(scale.low), signs.number(scale.high)),
    }


@register.inclusion_tag("_components/stack_table.html")
def stack_table(
    columns: Sequence[str | tuple[str, str]], rows: Sequence[Sequence[Any]], caption: str = "", heading: str = ""
) -> dict[str, Any]:
    """`{% stack_table columns rows caption="Territories" %}`: a table whose rows become blocks with their labels below 768 px.

    A column is a label or a pair (label, "num") for numbers. The first cell heads its row. None shows the hatch, a pair (text, url) a link.
    A table without a caption is named by the element whose id is `heading`.
    """
    heads = [(one, "") if isinstance(one, str) else (one[0], one[1]) for one in columns]
    cells = [[_cell(value, *head) for value, head in zip(row, heads, strict=True)] for row in rows]
    return {"columns": heads, "rows": cells, "caption": caption, "heading": heading}


def _cell(value: Any, label: str, kind: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"label": label, "kind": kind, "missing": value is None, "text": value}
    if isinstance(value, tuple) and len(value) == 2:
        cell["text"], cell["url"] = value
    elif isinstance(value, Estimate):
        cell["text"] = signs.interval_words(value)
    elif isinstance(value, int | float) and not isinstance(value, bool) and kind == "num":
        cell["text"] = signs.number(value)
    return cell


@register.inclusion_tag("_components/chart.html")
def chart(shown: Chart, sentence: str = "") -> dict[str, Any]:
    """`{% chart chart sentence="…" %}`: title = the finding, the line under it what, where, unit, years; the table twin follows, closed.

    `chart` is a rrr.core.charts.Chart (drawn with `rrr.core.charts.both`); `sentence` says in plain words what it means.
    """
    return {"chart": shown, "sentence": sentence}


@register.inclusion_tag("_components/score.html")
def score(parts: Sequence[tuple[str, float]], total: float = 100) -> dict[str, Any]:
    """`{% score parts total=100 %}`: parts of a sum, always with the sum in figures. A part is (words, size)."""
    at, drawn = 0.0, []
    for place, (words, size) in enumerate(parts):
        drawn.append(
            {
                "words": words,
                "size": signs.number(round(float(size), 1)),
                "x": round(at, 2),
                "width": round(300 * size / total, 2),
                "colour": place + 1,
            }
        )
        at += 300 * size / total
    return {"parts": drawn, "sum": signs.number(float(sum(size for _words, size in parts))), "total": signs.number(float(total))}


@register.inclusion_tag("_components/weight.html")
def weight(value: float, most: float) -> dict[str, Any]:
    """`{% weight 5.2 10 %}`: evidence for (to the end) or against (to the start), from a middle line. Beside it stand number and reason."""
    long = round(90 * min(1.0, abs(value) / (abs(most) or 1.0)), 1)
    words = _("for %(size)s") if value > 0 else _("against %(size)s") if value < 0 else _("neither for nor against")
    return {"positive": value > 0, "width": long, "x": 90 if value > 0 else 90 - long, "words": words % {"size": signs.number(abs(value))}}


@register.inclusion_tag("_components/rows.html")
def rows(items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """`{% rows items %}`: a list of things with a rule between, never boxes in boxes.

    An item has `title` and may have `url`, `text`, `lang` (of title and text), `tags` (as in `tag_list`), `horizon`, `evidence`, `aside`.
    """
    return {"items": items}


@register.filter
def is_markup(value: Any) -> bool:
    """Whether a text is already safe markup."""
    return isinstance(value, SafeString)
