"""Typed cells as texts: members of a structure by their names with points between, lists as texts, a geometry as its point."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from rrr.records.register import Note, NoteCode

_DEEPEST = 4
_MOST = 400  # columns of one row


class Cells:
    """Keeps count of what was read otherwise than it stands."""

    def __init__(self) -> None:
        self._areas = 0
        self._without = 0

    def add(self, made: dict[str, str], name: str, value: Any, depth: int = 0) -> None:
        if len(made) >= _MOST:
            return
        if isinstance(value, Mapping) and depth < _DEEPEST:
            for inner, one in value.items():
                self.add(made, f"{name}.{inner}", one, depth + 1)
        elif isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
            for inner in dict.fromkeys(key for one in value for key in one):
                made[f"{name}.{inner}"] = "; ".join(filter(None, (text(one.get(inner)) for one in value)))
        else:
            made[name] = text(value)

    def place(self, value: Any) -> dict[str, str]:
        """Longitude and latitude of a geometry in WKB; of an area the point on its surface."""
        import shapely

        if not isinstance(value, bytes | bytearray | memoryview):
            self._without += 1
            return {"lon": "", "lat": ""}
        try:
            shape = shapely.from_wkb(bytes(value))
            point = shape if shape.geom_type == "Point" else shape.point_on_surface()
            lon, lat = shapely.get_x(point), shapely.get_y(point)
            if point.is_empty:
                raise ValueError("empty")
        except (shapely.errors.GEOSException, ValueError, TypeError, AttributeError):
            self._without += 1
            return {"lon": "", "lat": ""}
        self._areas += shape.geom_type != "Point"
        return {"lon": repr(float(lon)), "lat": repr(float(lat))}

    def notes(self) -> tuple[Note, ...]:
        counted = ((NoteCode.AREAS_AS_POINTS, self._areas), (NoteCode.WITHOUT_GEOMETRY, self._without))
        return tuple(Note(code, {"count": count}) for code, count in counted if count)


def text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return f"({len(value)} bytes)"
    if isinstance(value, list):
        return "; ".join(text(one) for one in value)
    return str(value)
