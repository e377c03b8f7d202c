"""Whether points are written latitude first. Sure where a latitude passes 90 degrees; else by which reading lies where it is expected."""

from __future__ import annotations

from collections.abc import Iterable

Box = tuple[float, float, float, float]
_MARGIN = 2.0  # degrees around the expected box: registers reach over the border


class Axes:
    """Counts points as they pass; constant memory."""

    def __init__(self, near: Box | None = None) -> None:
        self._near = near
        self.count = self.here = self.there = self.beyond = self.grid = 0
        self.largest = 0.0

    def add(self, lon: float, lat: float) -> None:
        self.count += 1
        self.largest = max(self.largest, abs(lon), abs(lat))
        self.grid += max(abs(lon), abs(lat)) > 360
        self.beyond += abs(lat) > 90 and abs(lon) <= 90 and abs(lat) <= 180
        if self._near:
            self.here += _inside(lon, lat, self._near)
            self.there += _inside(lat, lon, self._near)

    def extend(self, points: Iterable[tuple[float, float]]) -> None:
        for lon, lat in points:
            self.add(lon, lat)

    @property
    def swapped(self) -> bool:
        if self.beyond * 2 > self.count:
            return True
        return self.there * 2 > self.count and self.there > 3 * self.here

    @property
    def degrees(self) -> bool:
        """False when most numbers can only be metres of a grid."""
        return self.grid * 2 <= self.count


def _inside(lon: float, lat: float, near: Box) -> bool:
    west, south, east, north = near
    return west - _MARGIN <= lon <= east + _MARGIN and south - _MARGIN <= lat <= north + _MARGIN
