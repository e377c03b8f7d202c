"""What the columns of the place hold, looked at over the first rows: decimal commas, metres of a grid, latitude and longitude confused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rrr.records.register import Box, Column, Note, NoteCode, RawRow, Rejected
from rrr.text import numbers
from rrr.text.axes import Axes


def look(
    rows: Iterable[RawRow | Rejected], columns: tuple[Column, ...], *, near: Box | None, crs: str, decimal_comma: bool | None
) -> tuple[tuple[Column, ...], tuple[Note, ...]]:
    """The columns, lon and lat exchanged where the file confuses them, and the notes that belong to it."""
    names = {column.guess: column.name for column in columns if column.guess in ("lon", "lat")}
    if len(names) < 2:
        return columns, ()
    axes, commas = Axes(near), 0
    for row in rows:
        if isinstance(row, Rejected):
            continue
        point = _point(row.values, names, decimal_comma)
        if point:
            axes.add(*point)
            commas += "," in row.values[names["lon"]] or "," in row.values[names["lat"]]
    notes = [Note(NoteCode.DECIMAL_COMMA)] if commas * 2 > axes.count and decimal_comma is None else []
    if not axes.degrees:
        if not crs:
            notes.append(Note(NoteCode.PROJECTED, {"value": f"{axes.largest:.0f}"}))
    elif axes.swapped:
        notes.append(Note(NoteCode.AXES_SWAPPED))
        other = {"lon": "lat", "lat": "lon"}
        columns = tuple(replace(column, guess=other.get(column.guess, column.guess)) for column in columns)
    return columns, tuple(notes)


def _point(values: Mapping[str, str], names: Mapping[str, str], decimal_comma: bool | None) -> tuple[float, float] | None:
    lon = numbers.degrees(values.get(names["lon"], ""), decimal_comma)
    lat = numbers.degrees(values.get(names["lat"], ""), decimal_comma)
    return None if lon is None or lat is None else (lon, lat)
