"""GeoJSON: a collection of features, a single feature, or one feature a line; points, and areas by a point inside."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from rrr.connectors.geojson.features import LAT, LON, BadFeature, Head, features, is_area, point, properties, shown
from rrr.records.register import Account, Box, FileFault, Format, Inspection, Note, NoteCode, Options, RawRow, Reason, Rejected
from rrr.text import encoding
from rrr.text.axes import Axes
from rrr.text.columns import RefusedRows, Survey

MOST_COLUMNS = 2000
_ENDINGS = (".geojson", ".geojsonl", ".ndjson", ".geojsons")


@dataclass(frozen=True)
class _Plan:
    """What the first reading found: how to turn the numbers of the file into degrees."""

    encoding: str
    swapped: bool
    convert: Transformer | None
    kind: str
    notes: tuple[Note, ...]


def _recognise(path: Path, head: bytes, name: str) -> int:
    start = (
        head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip(b"\x1e \t\r\n")
    )
    if start.startswith(b"{") or (start.startswith(b"[") and start[1:].lstrip()[:1] in (b"{", b"]", b"[")):
        return 80
    return 60 if name.endswith(_ENDINGS) else 0


def _plan(path: Path, options: Options, country: str, near: Box | None) -> _Plan:
    encoded, notes = _encoding(path, options, country)
    head, axes, seen = Head(), Axes(near), Counter[str]()
    for _number, feature in features(path, encoded, head):
        try:
            properties(feature)
            found = point(feature)
        except BadFeature:
            continue
        seen["areas"] += is_area(feature)
        seen["without"] += found is None
        if found:
            axes.add(*found)
    if not head.count:
        raise FileFault(Reason.NO_ROWS, columns=0)
    convert = _system(options.crs or head.crs, axes, notes)
    swapped = convert is None and axes.swapped
    if swapped:
        notes.append(Note(NoteCode.AXES_SWAPPED))
    if seen["areas"]:
        notes.append(Note(NoteCode.AREAS_AS_POINTS, {"count": seen["areas"]}))
    if seen["without"]:
        notes.append(Note(NoteCode.WITHOUT_GEOMETRY, {"count": seen["without"]}))
    return _Plan(encoded, swapped, convert, head.kind, tuple(notes))


def _encoding(path: Path, options: Options, country: str) -> tuple[str, list[Note]]:
    if options.encoding:
        try:
            name = encoding.named(options.encoding)
        except ValueError:
            raise FileFault(Reason.BAD_OPTION, option="encoding", value=options.encoding[:60]) from None
        notes = []
    else:
        guess = encoding.guess(path, country)
        name = guess.name
        notes = [Note(NoteCode.ENCODING_GUESSED, {"encoding": name})] if not (guess.certain and name == "utf-8") else []
    # Python's "utf-16" reads a byte-order mark away, its "utf-16-le" does not.
    return {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}.get(name, name), notes


def _system(crs: str, axes: Axes, notes: list[Note]) -> Transformer | None:
    """How to make degrees of the numbers; None when they are degrees. Raises FileFault where nobody can tell."""
    if not crs:
        if not axes.degrees:
            raise FileFault(Reason.NOT_DEGREES, value=f"{axes.largest:.0f}")
        return None
    try:
        system = CRS.from_user_input(f"EPSG:{crs}" if crs.isdigit() else crs)
    except CRSError:
        raise FileFault(Reason.UNKNOWN_CRS, crs=crs[:60]) from None
    if axes.degrees:
        if not system.is_geographic and axes.count:
            notes.append(Note(NoteCode.CRS_IGNORED, {"crs": system.name}))
        return None
    if system.is_geographic:
        raise FileFault(Reason.NOT_DEGREES, value=f"{axes.largest:.0f}")
    notes.append(Note(NoteCode.CRS_CONVERTED, {"crs": system.name}))
    return Transformer.from_crs(system, "EPSG:4326", always_xy=True)


def _row(number: int, feature: Any, plan: _Plan) -> RawRow | Rejected:
    try:
        values = properties(feature)
        found = point(feature)
        if found:
            values[LON], values[LAT] = map(_plain, _degrees(found, plan))
    except BadFeature as error:
        return Rejected(number, shown(feature), error.reason, error.facts)
    return RawRow(number, values)


def _degrees(found: tuple[float, float], plan: _Plan) -> tuple[float, float]:
    if plan.convert:
        try:
            lon, lat = plan.convert.transform(*found)
        except ProjError:
            lon = lat = math.inf
        if not (math.isfinite(lon) and math.isfinite(lat)):
            raise BadFeature(Reason.OUTSIDE_WORLD, lon=f"{found[0]:.6g}", lat=f"{found[1]:.6g}")
        return lon, lat
    return (found[1], found[0]) if plan.swapped else found


def _plain(value: float) -> str:
    """At a hundred-millionth of a degree (a millimetre), without exponent."""
    return f"{value:.8f}".rstrip("0").rstrip(".")


def _rows(path: Path, plan: _Plan, account: Account) -> Iterator[RawRow | Rejected]:
    for number, feature in features(path, plan.encoding, Head()):
        account.lines += 1
        row = _row(number, feature, plan)
        if isinstance(row, Rejected):
            account.rejected += 1
        else:
            account.accepted += 1
        yield row


def _inspect(path: Path, options: Options, country: str, near: Box | None) -> Inspection:
    plan = _plan(path, options, country, near)
    survey, account, refused = Survey(), Account(), RefusedRows()
    for row in _rows(path, plan, account):
        if isinstance(row, Rejected):
            refused.add(row)
        else:
            survey.add(row.values)
    columns = survey.columns()
    if len(columns) > MOST_COLUMNS:
        raise FileFault(Reason.TOO_MANY_COLUMNS, found=len(columns), limit=MOST_COLUMNS)
    return Inspection(
        format="geojsonl" if plan.kind == "lines" else "geojson",
        encoding="utf-8" if plan.encoding == "utf-8-sig" else plan.encoding,
        columns=columns,
        rows=account.rows,
        notes=(*plan.notes, *refused.notes()),
        account=account,
    )


def _read(path: Path, options: Options, country: str, near: Box | None, account: Account) -> Iterator[RawRow | Rejected]:
    yield from _rows(path, _plan(path, options, country, near), account)


FORMAT = Format("geojson", _recognise, _inspect, _read)
