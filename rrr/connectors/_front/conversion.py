"""A row of a file into our fields: what cannot be read is left out and told, the row kept."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from rrr.records.register import FIELDS, LIMIT, LIMITS, TEXT_CUT, Draft, Fact, FileFault, Note, NoteCode, RawRow, Reason, Rejected
from rrr.text import clean, numbers

PLACE = ("lon", "lat", "lonlat")
YEARS = ("founded", "closed", "last_seen")
_JOINS = {"address": ", ", "activity": "; ", "local_names": "; ", "street": " "}
_FIRST = {"website": clean.website, "email": clean.email, "country": clean.country}
_WRONG = {"website": NoteCode.BAD_WEBSITE, "email": NoteCode.BAD_EMAIL, "country": NoteCode.BAD_COUNTRY}
_WKT = re.compile(r"(?:SRID=4326;)?\s*POINT\s*Z?\s*\(\s*(\S+)\s+(\S+)[^)]*\)", re.IGNORECASE)
_SHOWN = 80
_WORLD = 180.0 + 1e-9


class _Misplaced(Exception):
    """A place that cannot be used."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def convert(
    row: RawRow, mapping: Mapping[str, str], *, decimal_comma: bool | None = None, country: str = "", crs: str = ""
) -> Draft | Rejected:
    """See rrr.connectors.convert."""
    given = _given(row, mapping)
    problems: list[Note] = []
    values: dict[str, Any] = {}
    for field, texts in given.items():
        if field not in PLACE:
            value = _value(field, texts, problems)
            if value not in ("", None):
                values[field] = value
    if "name" not in values:
        return Rejected(row.line, shown(row, mapping), Reason.NO_NAME)
    try:
        place = _place(given, decimal_comma, crs)
    except _Misplaced as error:
        if values.keys() <= {"name", "key"} and error.code in list(Reason):
            return Rejected(row.line, shown(row, mapping), Reason(error.code), error.facts)
        problems.append(Note(NoteCode(error.code), error.facts))
        place = None
    if place:
        values["lon"], values["lat"] = place
    if country and "country" not in given:
        values["country"] = country.upper()
    return Draft(row.line, values, tuple(problems))


def shown(row: RawRow, mapping: Mapping[str, str]) -> str:
    """What the row says in the columns that are kept: those left out may be about a person."""
    return clean.text("; ".join(value for name, value in row.values.items() if value and mapping.get(name))[: 2 * TEXT_CUT])[:TEXT_CUT]


def _given(row: RawRow, mapping: Mapping[str, str]) -> dict[str, list[str]]:
    """The clean texts of each mapped field, in the order of the columns; empty ones are left out."""
    given: dict[str, list[str]] = {}
    for column, field in mapping.items():
        if not field:
            continue
        if field not in FIELDS:
            raise ValueError(f"{field} is no field of a register")
        raw = row.values.get(column)
        value = clean.text(raw) if raw else ""
        if value:
            given.setdefault(field, []).append(value)
    return given


def _value(field: str, texts: list[str], problems: list[Note]) -> str | int | None:
    if field in YEARS:
        return _year(field, texts, problems)
    if field in _FIRST:
        return _first(field, texts, problems, _FIRST[field])
    joined = _JOINS[field].join(dict.fromkeys(texts)) if field in _JOINS and len(texts) > 1 else texts[0]
    limit = LIMITS.get(field, LIMIT)
    if len(joined) > limit:
        problems.append(Note(NoteCode.TEXT_CUT, {"field": field, "limit": limit}))
        joined = joined[:limit].rstrip()
    return joined


def _first(field: str, texts: list[str], problems: list[Note], read: Callable[[str], str]) -> str:
    found = next((value for value in map(read, texts) if value), "")
    if len(found) > LIMITS.get(field, LIMIT):
        found = ""
    if not found:
        problems.append(Note(_WRONG[field], {"value": texts[0][:_SHOWN]}))
    return found


def _year(field: str, texts: list[str], problems: list[Note]) -> int | None:
    found = numbers.year(texts[0])
    if found is None:
        code = NoteCode.BAD_YEAR if texts[0].isdigit() else NoteCode.BAD_DATE
        problems.append(Note(code, {"field": field, "value": texts[0][:_SHOWN]}))
    return found


def _place(given: Mapping[str, list[str]], decimal_comma: bool | None, crs: str) -> tuple[float, float] | None:
    """Longitude and latitude in degrees, None where the row gives neither. Raises _Misplaced."""
    halves = {field: given[field][0] for field in ("lon", "lat") if field in given}
    if not halves and "lonlat" in given:
        halves = _halves(given["lonlat"][0])
    if not halves:
        return None
    if len(halves) == 1:
        raise _Misplaced("half_place", missing="lat" if "lon" in halves else "lon")
    point = {}
    for field, text in halves.items():
        value = numbers.degrees(text, decimal_comma)
        if value is None or not math.isfinite(value):
            raise _Misplaced("bad_number", field=field, value=text[:_SHOWN])
        point[field] = value
    lon, lat = point["lon"], point["lat"]
    if crs and max(abs(lon), abs(lat)) > 360:  # smaller numbers are degrees already, whatever was said of the file
        lon, lat = _degrees(lon, lat, crs)
    return _checked(lon, lat)


def _halves(text: str) -> dict[str, str]:
    """One cell with both: latitude first, as maps write it; WKT states longitude first."""
    wkt = _WKT.fullmatch(text)
    if wkt:
        return {"lon": wkt[1], "lat": wkt[2]}
    plain = text.strip("()[]{} ")
    for separator in (";", ", ", "|", "/", ","):
        parts = [part.strip() for part in plain.split(separator)]
        if len(parts) == 2 and all(parts):
            return {"lat": parts[0], "lon": parts[1]}
    parts = plain.split(",")
    if len(parts) == 4:  # 45,07,7,68 with decimal commas
        return {"lat": ",".join(parts[:2]), "lon": ",".join(parts[2:])}
    parts = plain.split()
    if len(parts) == 2:
        return {"lat": parts[0], "lon": parts[1]}
    raise _Misplaced("bad_number", field="lonlat", value=text[:_SHOWN])


def _checked(lon: float, lat: float) -> tuple[float, float]:
    facts: dict[str, Fact] = {"lon": f"{lon:.6g}", "lat": f"{lat:.6g}"}
    if max(abs(lon), abs(lat)) > 1000:
        raise _Misplaced("not_degrees", value=f"{max(abs(lon), abs(lat)):.0f}")
    if abs(lat) > 90 and abs(lat) <= _WORLD and abs(lon) <= 90:
        raise _Misplaced("swapped_axes", **facts)
    if abs(lon) > _WORLD or abs(lat) > 90 + 1e-9 or (lon == 0 and lat == 0):
        raise _Misplaced("outside_world", **facts)
    return max(-180.0, min(180.0, lon)), max(-90.0, min(90.0, lat))


def _degrees(x: float, y: float, crs: str) -> tuple[float, float]:
    convert = transformer(crs)
    try:
        lon, lat = convert.transform(x, y) if convert else (x, y)
    except ProjError:
        lon = lat = math.inf
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise _Misplaced("outside_world", lon=f"{x:.6g}", lat=f"{y:.6g}")
    return lon, lat


@lru_cache(maxsize=8)
def transformer(crs: str) -> Transformer | None:
    """None for a system whose numbers are degrees of WGS 84 already."""
    try:
        system = CRS.from_user_input(f"EPSG:{crs}" if crs.isdigit() else crs)
    except CRSError:
        raise FileFault(Reason.UNKNOWN_CRS, crs=crs[:60]) from None
    return None if system.to_epsg() == 4326 else Transformer.from_crs(system, "EPSG:4326", always_xy=True)
