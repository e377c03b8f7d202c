"""Reads boundaries and districts from GeoJSON as people have it: swapped axes, national grids, outlines that cross themselves.

What can be mended is mended and said in `notes`; what cannot raises GeoJSONError with one sentence.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from shapely import MultiPolygon, Polygon, force_2d, get_num_coordinates, make_valid, transform, unary_union
from shapely.errors import GEOSException
from shapely.geometry import shape

from rrr.places.geography import distance_km

MAX_BYTES = 30 * 2**20
MAX_VERTICES = 100_000
KEEP_VERTICES = 20_000  # enough for a map of one territory; a page of more is slow on a phone
FAR_KM = 3_000  # farther from every chief place of the country than any part of it should lie
NAMES = ("name", "nome", "nombre", "naam", "nazwa", "nom", "label", "district", "barrio", "bairro", "wijknaam", "title", "localname")
CODES = ("code", "id", "cod", "codigo", "codice", "kod", "nummer", "number", "gml_id", "objectid", "fid")


class GeoJSONError(ValueError):
    """One sentence: what is wrong with the file and how to mend it."""


@dataclass(frozen=True)
class Shape:
    geometry: MultiPolygon
    name: str = ""
    code: str = ""


@dataclass(frozen=True)
class Reading:
    shapes: Sequence[Shape]
    notes: Sequence[str] = field(default=())

    @property
    def union(self) -> MultiPolygon:
        return _polygons(unary_union([one.geometry for one in self.shapes]))


def read(data: bytes, *, country: str = "", crs: str = "") -> Reading:
    """The polygons of a file in degrees, longitude first. `crs` (such as EPSG:25830) for a file that names none."""
    document = _document(data)
    try:
        shapes = list(_shapes(document))
    except RecursionError:
        raise GeoJSONError(_("The file is nested too deeply to be GeoJSON; export it again.")) from None
    if not shapes:
        raise GeoJSONError(_("The file holds no area; export polygons, not points or lines."))
    vertices = sum(int(get_num_coordinates(one.geometry)) for one in shapes)
    if vertices > MAX_VERTICES:
        text = _("The outline has %(count)s points, more than %(most)s; simplify it before you upload it.")
        raise GeoJSONError(text % {"count": f"{vertices:,}", "most": f"{MAX_VERTICES:,}"})
    notes: list[str] = []
    shapes = _in_degrees(shapes, _named_crs(document) or crs.strip(), notes)
    shapes = _turned(shapes, country, notes)
    shapes = _mended(shapes, notes)
    shapes = _lighter(shapes, notes)
    return Reading(tuple(shapes), tuple(notes))


def _document(data: bytes) -> Mapping[str, Any]:
    if not data.strip():
        raise GeoJSONError(_("The file is empty; export it again."))
    if len(data) > MAX_BYTES:
        text = _("The file has %(size)s MB, more than %(most)s MB; simplify the outline before you upload it.")
        raise GeoJSONError(text % {"size": len(data) // 2**20, "most": MAX_BYTES // 2**20})
    if data[:2] in (b"PK", b"\x1f\x8b"):
        raise GeoJSONError(_("The file is compressed; unpack it and upload the GeoJSON inside (a shapefile must be exported as GeoJSON)."))
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        document = json.loads(data.decode(encoding))
    except UnicodeDecodeError:
        raise GeoJSONError(_("The file is not UTF-8 text; export it as GeoJSON in UTF-8.")) from None
    except json.JSONDecodeError as error:
        text = _("The file is not GeoJSON: line %(line)s cannot be read; export it again as GeoJSON.")
        raise GeoJSONError(text % {"line": error.lineno}) from None
    except RecursionError:
        raise GeoJSONError(_("The file is nested too deeply to be GeoJSON; export it again.")) from None
    except ValueError:  # a number of thousands of digits
        raise GeoJSONError(_("The file is TopoJSON or other JSON, not GeoJSON; export it as GeoJSON.")) from None
    if not isinstance(document, dict) or "type" not in document:
        known = _("The file is TopoJSON or other JSON, not GeoJSON; export it as GeoJSON.")
        raise GeoJSONError(known)
    return document


def _shapes(node: Mapping[str, Any], properties: Mapping[str, Any] | None = None) -> Iterator[Shape]:
    """Every polygon of a collection, feature or geometry; what else is drawn (points, lines) is passed over."""
    kind = node.get("type")
    if kind == "Topology":
        raise GeoJSONError(_("The file is TopoJSON or other JSON, not GeoJSON; export it as GeoJSON."))
    if kind in ("FeatureCollection", "GeometryCollection"):
        for part in _list(node.get("features" if kind == "FeatureCollection" else "geometries")):
            if isinstance(part, dict):
                yield from _shapes(part, properties)
    elif kind == "Feature":
        geometry = node.get("geometry")
        if isinstance(geometry, dict):
            found = node.get("properties")
            given = dict(found) if isinstance(found, dict) else {}
            if "id" in node:
                given.setdefault("id", node["id"])
            yield from _shapes(geometry, given)
    elif kind in ("Polygon", "MultiPolygon"):
        yield _shape(node, properties or {})


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _shape(node: Mapping[str, Any], properties: Mapping[str, Any]) -> Shape:
    try:
        geometry = force_2d(shape(dict(node)))
        finite = all(math.isfinite(value) for value in geometry.bounds)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, GEOSException):
        raise GeoJSONError(_("An area has coordinates that cannot be read; export the file again as GeoJSON.")) from None
    if geometry.is_empty or not finite:
        raise GeoJSONError(_("An area is empty or has coordinates that are not numbers; export the file again."))
    return Shape(_polygons(geometry), _property(properties, NAMES), _property(properties, CODES))


def _property(properties: Mapping[str, Any], wanted: Sequence[str]) -> str:
    """The value under the first likely key: an exact one before one that only begins so (`name` before `name_en`)."""
    lower = {str(key).lower(): value for key, value in properties.items() if isinstance(value, str | int) and not isinstance(value, bool)}
    keys = [key for want in wanted for key in lower if key == want]
    keys += [
        key for want in wanted for key in lower if key.startswith(f"{want}_") or key.endswith(f"_{want}") or key.endswith(f"_{want[:3]}")
    ]
    found = (" ".join(str(lower[key]).split()) for key in keys)
    # Control characters and lone surrogates are legal in JSON, but not in the database.
    printable = ("".join(character for character in text if character.isprintable())[:160] for text in found)
    return next((text for text in printable if text), "")


def _polygons(geometry: Any) -> MultiPolygon:
    """The areas of a geometry; lines and points that mending leaves over have no place in a map of areas."""
    if isinstance(geometry, Polygon):
        return MultiPolygon([geometry]) if not geometry.is_empty else MultiPolygon()
    if isinstance(geometry, MultiPolygon):
        return geometry
    parts = [polygon for part in getattr(geometry, "geoms", ()) for polygon in _polygons(part).geoms]
    return MultiPolygon(parts)


def _named_crs(document: Mapping[str, Any]) -> str:
    """The old `crs` member (GeoJSON 2008). Longitude and latitude on WGS 84 need no conversion."""
    member = document.get("crs")
    if not isinstance(member, dict):
        return ""
    properties = member.get("properties")
    name = properties.get("name", "") if isinstance(properties, dict) else ""
    match = re.search(r"EPSG:(?:[\d.]*:)?(\d{4,6})$", str(name))
    return f"EPSG:{match.group(1)}" if match else "" if "CRS84" in str(name) else str(name)


def _in_degrees(shapes: list[Shape], crs: str, notes: list[str]) -> list[Shape]:
    west, south, east, north = _bounds(shapes)
    degrees = max(abs(west), abs(east), abs(south), abs(north)) <= 180
    if not crs:
        if not degrees:
            text = _(
                "The coordinates (up to %(x)s) are not degrees but metres of a national grid; "
                "export the file in WGS 84 (EPSG:4326) or name its system, for example EPSG:25830."
            )
            raise GeoJSONError(text % {"x": f"{max(abs(west), abs(east)):,.0f}"})
        return shapes
    try:
        system = CRS.from_user_input(f"EPSG:{crs}" if crs.isdigit() else crs)
    except CRSError:
        text = _("The coordinate system “%(crs)s” is not known; name it as a number, for example EPSG:25830.")
        raise GeoJSONError(text % {"crs": crs[:60]}) from None
    if system.is_geographic and degrees:
        return shapes
    if degrees:
        notes.append(_("The file names %(crs)s, but its coordinates are degrees; they were taken as degrees.") % {"crs": system.name})
        return shapes
    convert = Transformer.from_crs(system, "EPSG:4326", always_xy=True)
    try:
        moved = [replace(one, geometry=_polygons(transform(one.geometry, _array(convert)))) for one in shapes]
    except (ProjError, GEOSException, ValueError):
        moved = []
    if not moved or not all(math.isfinite(value) for value in _bounds(moved)):
        text = _("The coordinates do not fit %(crs)s; check which system the file is in and name it.")
        raise GeoJSONError(text % {"crs": system.name})
    notes.append(_("The coordinates were converted from %(crs)s to degrees.") % {"crs": system.name})
    return moved


def _array(convert: Transformer) -> Callable[[Any], Any]:
    def points(xy: Any) -> Any:
        out = xy.copy()
        out[:, 0], out[:, 1] = convert.transform(xy[:, 0], xy[:, 1])
        return out

    return points


def _bounds(shapes: Sequence[Shape]) -> tuple[float, float, float, float]:
    boxes = [one.geometry.bounds for one in shapes]
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def _turned(shapes: list[Shape], country: str, notes: list[str]) -> list[Shape]:
    """Latitude before longitude: sure where a latitude passes 90 degrees, else judged by which reading lies in the country."""
    west, south, east, north = _bounds(shapes)
    lon, lat = (west + east) / 2, (south + north) / 2
    swapped = max(abs(south), abs(north)) > 90
    if not swapped and country:
        here = distance_km(country, lon, lat)
        there = distance_km(country, lat, lon) if max(abs(west), abs(east)) <= 90 else None
        swapped = here is not None and there is not None and there < FAR_KM and there * 3 < here
    if swapped and max(abs(west), abs(east)) > 90:
        text = _(
            "The coordinates reach %(degrees)s degrees in both directions, where latitude ends at 90; check the coordinate system of the file."
        )
        raise GeoJSONError(text % {"degrees": round(max(abs(south), abs(north)))})
    if swapped:
        shapes = [replace(one, geometry=_polygons(transform(one.geometry, lambda xy: xy[:, ::-1]))) for one in shapes]
        notes.append(_("The file had latitude before longitude; the two were swapped. Check the map."))
        lon, lat = lat, lon
    away = distance_km(country, lon, lat) if country else None
    if away is not None and away > FAR_KM:
        text = _("The area lies about %(km)s km from the country chosen; check the country and the coordinate system of the file.")
        raise GeoJSONError(text % {"km": f"{away:,.0f}"})
    return shapes


def _mended(shapes: list[Shape], notes: list[str]) -> list[Shape]:
    broken = [index for index, one in enumerate(shapes) if not one.geometry.is_valid]
    for index in broken:
        shapes[index] = replace(shapes[index], geometry=_polygons(make_valid(shapes[index].geometry)))
    if broken:
        text = ngettext(
            "%(count)s outline crossed itself and was mended.", "%(count)s outlines crossed themselves and were mended.", len(broken)
        )
        notes.append(text % {"count": len(broken)})
    whole = [one for one in shapes if one.geometry.area > 0]
    if not whole:
        raise GeoJSONError(_("The file holds no area: its outlines enclose nothing; check that they are closed polygons."))
    if len(whole) < len(shapes):
        text = ngettext(
            "%(count)s area without extent was left out.", "%(count)s areas without extent were left out.", len(shapes) - len(whole)
        )
        notes.append(text % {"count": len(shapes) - len(whole)})
    return whole


def _lighter(shapes: list[Shape], notes: list[str]) -> list[Shape]:
    """Drop points nobody sees, from about five metres on, until the whole is light enough for a page."""
    tolerance = 0.00005
    count = sum(int(get_num_coordinates(one.geometry)) for one in shapes)
    before = count
    while count > KEEP_VERTICES and tolerance < 0.01:
        thinner = [replace(one, geometry=_polygons(one.geometry.simplify(tolerance))) for one in shapes]
        shapes = [new if not new.geometry.is_empty else old for new, old in zip(thinner, shapes, strict=True)]
        count = sum(int(get_num_coordinates(one.geometry)) for one in shapes)
        tolerance *= 2
    if count < before:
        text = _("The outline was simplified from %(before)s to %(after)s points so that maps stay quick.")
        notes.append(text % {"before": f"{before:,}", "after": f"{count:,}"})
    return shapes
