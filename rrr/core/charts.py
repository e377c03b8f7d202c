"""Charts drawn on the server: a Vega-Lite specification becomes an SVG whose colours are the tokens of the style sheet.

One drawing serves light, dark and print, needs no script and asks no other host for anything. `vl_convert` takes a second to load,
so it is imported with the first chart.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any
from xml.etree.ElementTree import Element, tostring

from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

WIDE, NARROW = 760, 322
SVG = "{http://www.w3.org/2000/svg}"
# Hex in a specification (light mode) -> token of static/css/tokens.css.
TOKENS = {
    "#ffffff": "bg", "#f2f5f3": "wash", "#17262b": "ink", "#4d5c61": "muted", "#0b5561": "petrol", "#c9d2d0": "line",
    "#6b7b80": "edge", "#1f86cc": "d1", "#b57200": "d2", "#542e6d": "d3", "#1d4e2b": "d4", "#7a898f": "d5", "#dbe4e6": "band",
    "#e6ebe6": "land", "#f7f9f8": "sea", "#2b6a2f": "ok", "#7a5200": "warn", "#a2360b": "bad",
}  # fmt: skip
NAMED = {"white": "#ffffff", "black": "#17262b", "#fff": "#ffffff", "#000": "#17262b"}
ELEMENTS = {"svg", "g", "path", "line", "rect", "circle", "text", "tspan", "defs", "clipPath", "linearGradient", "stop"}
ATTRIBUTES = {
    "id", "clip-path", "clip-rule", "clipPathUnits", "d", "transform", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "cx", "cy", "r",
    "rx", "ry", "width", "height", "viewBox", "offset", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray",
    "stroke-dashoffset", "stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "opacity", "font-size",
    "font-weight", "font-style", "text-anchor", "display", "stop-color", "stop-opacity",
}  # fmt: skip


@dataclass(frozen=True)
class Chart:
    """A drawn chart with its table twin, as the `chart` component shows it. `title` is the finding, `subtitle` what, where, unit, years."""

    title: str
    subtitle: str
    wide: SafeString
    narrow: SafeString
    columns: Sequence[str | tuple[str, str]] = ()
    rows: Sequence[Sequence[Any]] = field(default_factory=list)


@lru_cache(maxsize=1)
def theme() -> dict[str, Any]:
    """The chart theme, also for browser Vega: static/vega-theme.json."""
    return dict(json.loads((settings.ROOT / "static" / "vega-theme.json").read_text(encoding="utf-8")))


def draw(spec: Mapping[str, Any], width: int = WIDE) -> SafeString:
    """Draw a Vega-Lite specification as an SVG string at most about `width` pixels wide.

    The specification brings its data inside (`data.values`): files and addresses are refused. `width` is the whole picture; what axes and
    labels need is taken from it. Colours of the theme become `var(--token)`; there is no style attribute, no link, no script in
    the result. The SVG is hidden from screen readers: a table with the same figures follows it (component `chart`).

    >>> draw({"mark": "bar", "data": {"values": [{"a": 1, "b": "x"}]}, "encoding": {"x": {"field": "a"}, "y": {"field": "b"}}}, NARROW)
    """
    picture = _render(spec, width)
    outer = float(picture.get("width", width))
    if outer > width + 1 and "width" not in spec:  # labels took more room than guessed: once more with the rest
        inner = max(80, round(2 * width - outer - _room(spec)))
        picture = _render({**spec, "width": inner}, width)
    _clean(picture)
    _rename(picture, sha256(tostring(picture)).hexdigest()[:8])
    picture.attrib.update({"aria-hidden": "true", "focusable": "false"})
    return mark_safe(_text(picture))  # noqa: S308  every element and attribute passed the list above


def both(spec: Mapping[str, Any], narrow: Mapping[str, Any] | None = None) -> tuple[SafeString, SafeString]:
    """The wide and the narrow drawing; `narrow` replaces parts of the specification on small screens (fewer ticks, shorter titles)."""
    return draw(spec, WIDE), draw({**spec, **(narrow or {})}, NARROW)


def _room(spec: Mapping[str, Any]) -> int:
    return 60 if "encoding" in spec or "layer" in spec else 0


def _render(spec: Mapping[str, Any], width: int) -> Element:
    import vl_convert

    whole = deepcopy(dict(spec))
    _refuse_addresses(whole)
    whole.setdefault("width", width - _room(spec))
    drawn = vl_convert.vegalite_to_svg(whole, config=theme(), allowed_base_urls=[])
    return fromstring(drawn)


def _refuse_addresses(part: Any) -> None:
    """Neither data nor links from elsewhere: no page asks another host for anything, and a chart is not a menu."""
    if isinstance(part, Mapping):
        if {"href", "url"} & set(part):
            raise ValueError("A chart brings its data along (data.values) and has no links; take url and href out of the specification.")
        for name, inner in part.items():
            if name != "values":  # rows of data may call a column as they like
                _refuse_addresses(inner)
    elif isinstance(part, list):
        for inner in part:
            _refuse_addresses(inner)


def _clean(element: Element) -> None:
    """Keep known elements and attributes only; style declarations become attributes, colours become tokens."""
    for name, value in _declarations(element.attrib.pop("style", "")):
        element.attrib.setdefault(name, value)
    for name in list(element.attrib):
        if name not in ATTRIBUTES:
            del element.attrib[name]
    for name in ("fill", "stroke", "stop-color"):
        if name in element.attrib:
            element.attrib[name] = token(element.attrib[name])
    for child in list(element):
        if not isinstance(child.tag, str) or child.tag.removeprefix(SVG) not in ELEMENTS:
            element.remove(child)
        else:
            _clean(child)


def _rename(picture: Element, mark: str) -> None:
    """Names of clip paths and gradients must not meet those of another drawing on the page: a hidden one would clip this one away."""
    for element in picture.iter():
        if "id" in element.attrib:
            element.attrib["id"] = f"{mark}-{element.attrib['id']}"
        for name, value in element.attrib.items():
            if "url(#" in value:
                element.attrib[name] = value.replace("url(#", f"url(#{mark}-")


def _declarations(style: str) -> list[tuple[str, str]]:
    pairs = (part.split(":", 1) for part in style.split(";") if ":" in part)
    return [(name.strip(), value.strip()) for name, value in pairs]


def token(colour: str) -> str:
    """`#1F86CC` or `rgb(31, 134, 204)` -> `var(--d1)`; a colour that is no token stays as it is."""
    given = re.fullmatch(r"rgb\((\d+), ?(\d+), ?(\d+)\)", colour)
    plain = "#{:02x}{:02x}{:02x}".format(*map(int, given.groups())) if given else colour.lower()
    plain = NAMED.get(plain, plain)
    return f"var(--{TOKENS[plain]})" if plain in TOKENS else colour


def _text(picture: Element) -> str:
    """Serialise without name space prefixes: inside an HTML page the parser knows what an svg element is."""
    for element in picture.iter():
        element.tag = element.tag.removeprefix(SVG)
    return tostring(picture, encoding="unicode")
