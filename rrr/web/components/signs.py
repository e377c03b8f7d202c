"""The three signs: thread (where it comes from), whisker (how sure), hatch (we do not know)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rrr.core.thread import Knot
from rrr.records.estimate import Estimate

register = template.Library()
WIDTH, EDGE = 200.0, 8.0


@register.inclusion_tag("_components/thread_bar.html")
def thread_bar_nav(knots: Sequence[Knot], label: str = "") -> dict[str, Any]:
    """`{% thread_bar_nav thread_bar %}`: what came before, where you are, what comes next. `label` names a second one on a page."""
    return {"knots": knots, "label": label or _("Thread: what came before and what comes next")}


@register.inclusion_tag("_components/unknown.html")
def unknown(text: str = "") -> dict[str, Any]:
    """`{% unknown "Not enough data" %}`: the hatch stands wherever a value is missing. Never a dash, a zero or an empty cell."""
    return {"text": text or _("Not known"), "language": get_language() or "en"}  # it may stand in a text of another language


@dataclass(frozen=True)
class Scale:
    """Numbers from `low` to `high` -> places on a picture `width` wide, on a logarithmic scale where `log`."""

    low: float
    high: float
    log: bool = False
    width: float = WIDTH

    def x(self, value: float) -> float:
        low, high, at = self.low, self.high, value
        if self.log:
            low, high, at = math.log(low), math.log(high), math.log(max(value, low))
        share = (at - low) / ((high - low) or 1.0)
        return round(EDGE + (self.width - 2 * EDGE) * min(1.0, max(0.0, share)), 1)

    @classmethod
    def around(cls, estimates: Iterable[Estimate], *, reference: float | None = None, log: bool = False) -> Scale:
        """A scale with room for every end of the estimates and for the reference."""
        ends = [end for estimate in estimates for end in estimate.ends] + ([] if reference is None else [reference])
        if log:
            ends = [end for end in ends if end > 0]
        return cls(min(ends, default=0.0), max(ends, default=1.0), log)


@register.inclusion_tag("_components/whisker.html")
def whisker(
    estimate: Estimate, low: float, high: float, reference: float | None = None, label: str = "", log: bool = False, pooled: bool = False
) -> dict[str, Any]:
    """`{% whisker estimate 0 10 reference=5 %}`: dot and interval on a scale from `low` to `high`.

    Open ends get an arrow, the bounds under a worry a pale band, `reference` a dashed line. `log=True` for ratios. `pooled=True` draws a
    diamond. `label` replaces the words for screen readers (the estimate with its interval).
    """
    return picture(estimate, Scale(low, high, log), reference, label, pooled)


def picture(estimate: Estimate, scale: Scale, reference: float | None = None, label: str = "", pooled: bool = False) -> dict[str, Any]:
    """What `_components/whisker.html` draws."""
    shown: dict[str, Any] = {
        "dot": scale.x(estimate.value),
        "start": EDGE if estimate.low is None else scale.x(estimate.low),
        "end": scale.width - EDGE if estimate.high is None else scale.x(estimate.high),
        "open_start": estimate.low is None,
        "open_end": estimate.high is None,
        "reference": None if reference is None else scale.x(reference),
        "words": label or interval_words(estimate),
        "pooled": pooled,
        "width": round(scale.width),
    }
    if estimate.wide_low is not None and estimate.wide_high is not None:
        shown["wide"] = {"start": scale.x(estimate.wide_low), "end": scale.x(estimate.wide_high)}
    return shown


@register.filter
def interval(estimate: Estimate) -> str:
    """`{{ estimate|interval }}`: the two ends alone ("1.91 to 18.19"), for a table column."""
    if estimate.low is None and estimate.high is None:
        return _("not known")
    if estimate.high is None:
        return _("%(low)s or more") % {"low": number(estimate.low)}
    if estimate.low is None:
        return _("%(high)s or less") % {"high": number(estimate.high)}
    return _("%(low)s to %(high)s") % {"low": number(estimate.low), "high": number(estimate.high)}


@register.filter
def interval_words(estimate: Estimate) -> str:
    """`{{ estimate|interval_words }}`: the estimate as text, for tables and screen readers."""
    value = with_unit(estimate.value, estimate.unit)
    level = number(round(100 * estimate.level, 1))
    words = _("%(value)s, %(level)s%% interval %(interval)s") % {"value": value, "level": level, "interval": interval(estimate)}
    if estimate.wide_low is None or estimate.wide_high is None:
        return words
    wide = {"words": words, "low": number(estimate.wide_low), "high": number(estimate.wide_high)}
    return _("%(words)s; wider bounds %(low)s to %(high)s") % wide


def with_unit(value: Any, unit: str) -> str:
    if unit == "%":
        return _("%(value)s%%") % {"value": number(value)}  # some languages put a space before the sign
    return f"{number(value)} {unit}".strip()


@register.filter
def number(value: Any) -> str:
    """`{{ value|number }}`: digits as the reader's language writes them, a true minus sign, three significant ones where there are more.

    A text is left as it is.
    """
    if isinstance(value, str) or value is None:
        return str(value or "")
    if isinstance(value, float):
        places = max(0, 2 - math.floor(math.log10(abs(value)))) if value else 0
        rounded = round(value, places)
        value = int(rounded) if rounded == int(rounded) else rounded
    return number_format(value, use_l10n=True, force_grouping=True).replace("-", "−")


@register.filter
def signed(value: Any) -> str:
    """`{{ weight|signed }}`: one decimal with its sign, as weights of evidence are written: +5.2, −4.1, 0.0."""
    rounded = round(float(value), 1)
    text = number_format(abs(rounded), decimal_pos=1, use_l10n=True)
    return f"+{text}" if rounded > 0 else f"−{text}" if rounded < 0 else text
