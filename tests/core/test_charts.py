"""Charts: safe under the content security policy, coloured by tokens, as wide as asked."""

from __future__ import annotations

import re

import pytest

from rrr.core import charts

BARS = {
    "data": {"values": [{"name": "Food aid", "n": 7}, {"name": "A rather long label for a bar", "n": 3}]},
    "mark": "bar",
    "encoding": {
        "x": {"field": "n", "type": "quantitative", "title": "organisations"},
        "y": {"field": "name", "type": "nominal", "title": None},
        "color": {"field": "name", "type": "nominal"},
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])
def test_a_chart_is_as_wide_as_asked(width: int) -> None:
    drawn = charts.draw(BARS, width)
    found = re.search(r'<svg[^>]* width="([\d.]+)"', drawn)
    assert found is not None
    assert 0.8 * width <= float(found[1]) <= width + 1


@pytest.mark.slow
def test_colours_are_tokens_and_nothing_is_inline() -> None:
    drawn = charts.draw(BARS)
    assert "var(--d1)" in drawn
    assert "var(--d2)" in drawn
    assert not re.search(r"#[0-9a-fA-F]{6}|style=|class=|font-family|xlink|href|aria-label|role=", drawn)
    assert 'aria-hidden="true"' in drawn


@pytest.mark.slow
def test_text_from_data_stays_text() -> None:
    spec = {**BARS, "data": {"values": [{"name": '<script>alert("x")</script>', "n": 1}]}}
    drawn = charts.draw(spec)
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


@pytest.mark.parametrize(
    "part", [{"layer": [{"data": {"url": "file:///etc/passwd"}}]}, {"encoding": {"href": {"value": "javascript:alert(1)"}}}]
)
def test_addresses_and_links_are_refused(part: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"data\.values"):
        charts.draw({**BARS, **part})


@pytest.mark.slow
def test_the_narrow_drawing_may_differ() -> None:
    wide, narrow = charts.both(BARS, {"height": 300})
    assert wide != narrow


@pytest.mark.slow
def test_names_of_two_drawings_do_not_meet() -> None:
    line = {**BARS, "mark": {"type": "line", "clip": True}}
    wide, narrow = charts.both(line)
    names = [set(re.findall(r' id="([^"]+)"', drawn)) for drawn in (wide, narrow)]
    assert names[0]
    assert not names[0] & names[1]
    assert set(re.findall(r"url\(#([^)]+)\)", wide)) <= names[0]


def test_style_declarations_become_attributes() -> None:
    element = charts.fromstring(
        '<svg xmlns="http://www.w3.org/2000/svg"><path style="fill: #1F86CC; stroke-width: 2" onclick="x()"/></svg>'
    )
    charts._clean(element)
    assert charts._text(element) == '<svg><path fill="var(--d1)" stroke-width="2" /></svg>'


@pytest.mark.parametrize(
    ("colour", "expected"),
    [("#1F86CC", "var(--d1)"), ("rgb(31, 134, 204)", "var(--d1)"), ("white", "var(--bg)"), ("none", "none"), ("#123456", "#123456")],
)
def test_colour_becomes_token(colour: str, expected: str) -> None:
    assert charts.token(colour) == expected


def test_every_colour_of_the_theme_is_a_token() -> None:
    """The two ramps are the exception: they run between tokens and are for maps and heat tables."""
    ranges = charts.theme()["range"]
    ramps = {*ranges["ramp"], *ranges["diverging"]}
    hexes = set(re.findall(r"#[0-9A-Fa-f]{6}", str(charts.theme()))) - ramps
    assert all(charts.token(colour).startswith("var(") for colour in hexes)
