"""A small line for a table row: how a yearly series went, with its gaps as gaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from rrr.web.components import signs

register = template.Library()
WIDTH, HEIGHT, EDGE = 160.0, 36.0, 4.0


@register.inclusion_tag("_components/sparkline.html")
def sparkline(points: Sequence[tuple[float, float | None]], mark: float | None = None) -> dict[str, Any]:
    """`{% sparkline points mark=2020 %}`: one line of (time, value); None breaks it. `mark` is a time to draw a dashed line at.

    Beside it stand first and last value in figures: the line shows the course, never the size.
    """
    known = [(time, value) for time, value in points if value is not None]
    if not known:
        return {"parts": []}
    times, values = [time for time, _value in points], [value for _time, value in known]
    left, right, low, high = min(times), max(times), min(values), max(values)

    def place(time: float, value: float) -> tuple[float, float]:
        across = (time - left) / ((right - left) or 1.0)
        up = (value - low) / ((high - low) or 1.0)
        return round(EDGE + across * (WIDTH - 2 * EDGE), 1), round(HEIGHT - EDGE - up * (HEIGHT - 2 * EDGE), 1)

    parts: list[list[tuple[float, float]]] = [[]]
    for time, value in points:
        if value is None:
            parts.append([])
        else:
            parts[-1].append(place(time, value))
    lowest, highest = min(known, key=lambda one: one[1]), max(known, key=lambda one: one[1])
    words = _("From %(first)s in %(start)s to %(last)s in %(end)s; lowest %(low)s in %(low_at)s, highest %(high)s in %(high_at)s") % {
        "first": signs.number(float(known[0][1])),
        "start": f"{known[0][0]:g}",
        "last": signs.number(float(known[-1][1])),
        "end": f"{known[-1][0]:g}",
        "low": signs.number(float(lowest[1])),
        "low_at": f"{lowest[0]:g}",
        "high": signs.number(float(highest[1])),
        "high_at": f"{highest[0]:g}",
    }
    drawn = [" ".join(f"{x},{y}" for x, y in part) for part in parts if len(part) > 1]
    alone = [part[0] for part in parts if len(part) == 1]
    marked = place(mark, low)[0] if mark is not None and left <= mark <= right else None
    return {"parts": drawn, "alone": alone, "end": place(*known[-1]), "mark": marked, "words": words, "width": WIDTH, "height": HEIGHT}
