"""Features as rows: properties flattened, the place as two columns, areas by a point inside them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely.errors import GEOSException
from shapely.geometry import shape

from rrr.connectors.geojson.document import FEATURE, members, one_a_line
from rrr.records.register import TEXT_CUT, Fact, FileFault, Reason
from rrr.text import clean

LON, LAT = "geometry.lon", "geometry.lat"
_AREAS = frozenset({"Polygon", "MultiPolygon", "MultiPoint", "GeometryCollection"})
_LINES = frozenset({"LineString", "MultiLineString"})


class BadFeature(Exception):
    def __init__(self, reason: Reason, **facts: Fact) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.facts = facts


@dataclass
class Head:
    """What the collection says of itself; complete once all features were taken."""

    kind: str = ""
    crs: str = ""
    count: int = 0


def features(path: Path, encoding: str, head: Head) -> Iterator[tuple[int, Any]]:
    """(number, feature) of a collection, a single feature, or one feature a line. Raises FileFault for what is no GeoJSON."""
    if is_one_a_line(path, encoding):
        head.kind = "lines"
        for line, value in one_a_line(path, encoding):
            head.count += 1
            yield line, value
        return
    single: dict[str, Any] = {}
    for name, value in members(path, encoding):
        if name == FEATURE:
            head.count += 1
            yield head.count, value
        elif name == "crs":
            head.crs = named_crs(value)
        elif name in ("type", "geometry", "properties", "id"):
            single[name] = value
    head.kind = str(single.get("type", ""))[:60]
    if head.kind == "Feature" and not head.count:
        head.count = 1
        yield 1, single
    elif head.kind != "FeatureCollection" and not (head.count and not head.kind):
        raise FileFault(Reason.NOT_GEOJSON, what=head.kind)


def is_one_a_line(path: Path, encoding: str) -> bool:
    """Is the first line a whole feature, and does more follow?"""
    with path.open(encoding=encoding, errors="replace") as file:
        first = file.readline(2**20).strip("\x1e \t\r\n")
        if not (first.startswith("{") and first.endswith("}")) or not file.read(2**16).strip("\x1e \t\r\n"):
            return False
    try:
        found = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("type") == "Feature"


def named_crs(member: Any) -> str:
    """The old `crs` member (GeoJSON 2008): a code such as EPSG:25830, "" for longitude and latitude on WGS 84."""
    properties = member.get("properties") if isinstance(member, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    parts = name.upper().replace("::", ":").split(":")
    if "CRS84" in parts[-1:] or not name:
        return ""
    return f"EPSG:{parts[-1]}" if "EPSG" in parts and parts[-1].isdigit() else name[:60]


def properties(feature: Any) -> dict[str, str]:
    """The properties as texts. Raises BadFeature for what is no feature."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise BadFeature(Reason.BAD_JSON if feature is None else Reason.NOT_A_FEATURE, what=_kind(feature))
    given = feature.get("properties")
    values = {_whole(str(name)): _whole(_text(value)) for name, value in given.items()} if isinstance(given, dict) else {}
    if "id" in feature and "id" not in values:
        values["id"] = _whole(_text(feature["id"]))
    return values


def point(feature: Mapping[str, Any]) -> tuple[float, float] | None:
    """The two numbers of its place as they stand, None without geometry. Raises BadFeature."""
    geometry = feature.get("geometry")
    if not geometry:
        return None
    kind = _kind(geometry)
    if kind == "Point":
        return _numbers(geometry.get("coordinates"))
    if kind in _LINES or kind not in _AREAS:
        raise BadFeature(Reason.NOT_A_POINT, what=kind)
    try:
        inside = shape(geometry).representative_point()
        return None if inside.is_empty else (inside.x, inside.y)
    except (GEOSException, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        raise BadFeature(Reason.NO_GEOMETRY) from None


def is_area(feature: Mapping[str, Any]) -> bool:
    return _kind(feature.get("geometry")) in _AREAS


def shown(feature: Any) -> str:
    try:
        return clean.text(json.dumps(feature, ensure_ascii=False)[: 2 * TEXT_CUT])[:TEXT_CUT]
    except RecursionError:
        return ""


def _kind(value: Any) -> str:
    return str(value.get("type", ""))[:40] if isinstance(value, dict) else type(value).__name__


def _numbers(found: Any) -> tuple[float, float] | None:
    if found == [] or (isinstance(found, list) and len(found) >= 2 and found[0] is None and found[1] is None):
        return None
    try:
        lon, lat = float(found[0]), float(found[1])
    except (TypeError, ValueError, IndexError, KeyError, OverflowError):
        raise BadFeature(Reason.NO_GEOMETRY) from None
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise BadFeature(Reason.NO_GEOMETRY)
    return lon, lat


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(one, str | int | float) for one in value):
        return "; ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _whole(text: str) -> str:
    """Without half characters: JSON may hold them as \\ud800, no encoding and no database does."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode(errors="replace").decode()
    return text
