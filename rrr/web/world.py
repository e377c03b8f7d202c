"""The world map of the home page, drawn on the server from the Natural Earth outline of the `world-atlas` package (public domain).

Projection: Natural Earth (Šavrič, Jenny, Patterson, Petrovič, Hurni 2011, "A polynomial equation for the Natural Earth
projection", Cartography and Geographic Information Science 38(4)), kilometres replaced by a 640-unit wide picture.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

WIDTH = 640.0
_SCALE = WIDTH / (2 * math.pi * 0.8707)


@dataclass(frozen=True)
class Pin:
    """A territory on the picture; `end` puts the label before the pin, so that neighbours do not cover each other."""

    label: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str
    crowded: bool


def project(lon: float, lat: float) -> tuple[float, float]:
    """Longitude and latitude in degrees -> x to the right and y downwards in picture units."""
    phi, lam = math.radians(lat), math.radians(lon)
    p2 = phi * phi
    p4 = p2 * p2
    length = 0.870700 - 0.131979 * p2 - 0.013791 * p4 + p4 * p2 * p2 * p2 * (0.003971 - 0.001529 * p2)
    height = phi * (1.007226 + p2 * (0.015085 - 0.044475 * p2 * p2 + 0.028874 * p4 * p2 - 0.005916 * p4 * p4))
    return _SCALE * lam * length + WIDTH / 2, WIDTH * 0.26 - _SCALE * height


def _arcs(topology: dict[str, object]) -> list[list[tuple[float, float]]]:
    """TopoJSON keeps each line once, as steps on an integer grid: add the steps up and scale them back to degrees."""
    transform = topology["transform"]
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]  # type: ignore[index]
    lines = []
    for arc in topology["arcs"]:  # type: ignore[attr-defined]
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        lines.append(line)
    return lines


def _rings(topology: dict[str, object]) -> Iterator[list[tuple[float, float]]]:
    arcs = _arcs(topology)
    for geometry in topology["objects"]["land"]["geometries"]:  # type: ignore[index]
        for polygon in geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]:
            for ring in polygon:
                yield [point for index in ring for point in (arcs[index] if index >= 0 else arcs[~index][::-1])]


@lru_cache(maxsize=1)
def land() -> str:
    """Outline of the land as one SVG path; empty where the browser libraries are not installed."""
    path: Path = settings.ROOT / "node_modules" / "world-atlas" / "land-110m.json"
    if not path.is_file():
        return ""
    parts = []
    for ring in _rings(json.loads(path.read_text(encoding="utf-8"))):
        if max(lat for _, lat in ring) < -58:  # Antarctica would take a third of the picture
            continue
        points = [project(lon, lat) for lon, lat in ring]
        parts.append("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points) + "Z")
    return "".join(parts)


def pins(places: Iterable[tuple[str, float, float]]) -> list[Pin]:
    """Pins for (label, lon, lat), ordered west to east; each label takes the first place around its pin that is free."""
    spots = sorted(((label, *project(lon, lat)) for label, lon, lat in places), key=lambda spot: spot[1])
    taken = [(x - 7, y - 7, x + 7, y + 7) for _label, x, y in spots]
    made = []
    for label, x, y in spots:
        crowded = sum(math.hypot(ox - x, oy - y) < 45 for _other, ox, oy in spots) > 2
        tried = [_box(label, x, y, side, rise) for rise in (5, -12, 21, -28, 37) for side in ("start", "end")]
        box, label_x, label_y, anchor = next((one for one in tried if not any(_overlap(one[0], other) for other in taken)), tried[0])
        taken.append(box)
        made.append(Pin(label, round(x, 1), round(y, 1), round(label_x, 1), round(label_y, 1), anchor, crowded))
    return made


def _box(label: str, x: float, y: float, side: str, rise: float) -> tuple[tuple[float, float, float, float], float, float, str]:
    """The rectangle a label would cover (8.2 units a letter), where its text begins, and its anchor."""
    wide, begin = 8.2 * len(label), x + 11 if side == "start" else x - 11
    left = begin if side == "start" else begin - wide
    return (left, y + rise - 12, left + wide, y + rise + 3), begin, y + rise, side


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def way(points: list[Pin]) -> str:
    """One smooth line through the pins, west to east (Catmull-Rom spline as cubic Bézier curves)."""
    if len(points) < 2:
        return ""
    xy = [(p.x, p.y) for p in points]
    padded = [xy[0], *xy, xy[-1]]
    path = f"M{xy[0][0]},{xy[0][1]}"
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        path += f"C{bx + (cx - ax) / 6:.1f} {by + (cy - ay) / 6:.1f} {cx - (dx - bx) / 6:.1f} {cy - (dy - by) / 6:.1f} {cx} {cy}"
    return path
