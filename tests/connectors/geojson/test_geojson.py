"""GeoJSON: places in degrees however the file states them, and every feature accounted for."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from pyproj import Transformer

from rrr.connectors import inspect
from rrr.connectors.geojson import document
from rrr.records.register import Draft, FileFault, NoteCode, Options, Reason
from rrr.text import json_pieces
from tests.connectors.reading import whole, written

TORINO = (7.0, 44.9, 7.9, 45.3)


def feature(lon: float, lat: float, name: str = "La Rosa", **more: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": name, **more}, "geometry": {"type": "Point", "coordinates": [lon, lat]}}


def collection(folder: Path, features: list[Any], **members: Any) -> Path:
    return written(folder, json.dumps({"type": "FeatureCollection", **members, "features": features}, ensure_ascii=False), "r.geojson")


def places(found: Any) -> list[tuple[float, float]]:
    return [(draft.values["lon"], draft.values["lat"]) for draft in found.drafts() if isinstance(draft, Draft)]


def test_points_with_flattened_properties(tmp_path: Path) -> None:
    path = collection(tmp_path, [feature(7.68, 45.07, web="rosa.it", open=True, n=3, tags=["a", "b"], more={"x": [1]}, none=None)])
    found = whole(path)
    assert found.rows[0].values == {
        "name": "La Rosa", "web": "rosa.it", "open": "true", "n": "3", "tags": "a; b", "more": '{"x": [1]}', "none": "",
        "geometry.lon": "7.68", "geometry.lat": "45.07",
    }  # fmt: skip
    assert found.drafts()[0].values == {  # type: ignore[union-attr]
        "name": "La Rosa", "website": "https://rosa.it", "activity": "a; b", "lon": 7.68, "lat": 45.07,
    }  # fmt: skip


def test_swapped_axes_are_turned_where_the_place_is_expected(tmp_path: Path) -> None:
    path = collection(tmp_path, [feature(45.07, 7.68), feature(45.1, 7.6), *[feature(45.2, 7.7)] * 3, feature(7.6, 45.1)])
    found = whole(path, near=TORINO)
    assert NoteCode.AXES_SWAPPED in found.codes
    assert places(found)[:2] == [(7.68, 45.07), (7.6, 45.1)]
    assert NoteCode.AXES_SWAPPED not in whole(path).codes


def test_swapped_axes_beyond_ninety_need_no_hint(tmp_path: Path) -> None:
    found = whole(collection(tmp_path, [feature(37.7, -122.4), feature(37.8, -122.3)]))
    assert places(found) == [(-122.4, 37.7), (-122.3, 37.8)]


@pytest.mark.parametrize("stated", ["urn:ogc:def:crs:EPSG::25830", "EPSG:25830", "urn:ogc:def:crs:EPSG:9.8:25830"])
def test_another_system_is_converted(tmp_path: Path, stated: str) -> None:
    x, y = Transformer.from_crs("EPSG:4326", "EPSG:25830", always_xy=True).transform(-2.93, 43.26)
    found = whole(collection(tmp_path, [feature(x, y)], crs={"type": "name", "properties": {"name": stated}}))
    assert NoteCode.CRS_CONVERTED in found.codes
    assert math.dist(places(found)[0], (-2.93, 43.26)) < 1e-7


def test_the_system_a_person_names(tmp_path: Path) -> None:
    x, y = Transformer.from_crs("EPSG:4326", "EPSG:2180", always_xy=True).transform(19.0, 50.26)
    path = collection(tmp_path, [feature(x, y)])
    with pytest.raises(FileFault) as fault:
        inspect(path)
    assert fault.value.reason == Reason.NOT_DEGREES
    assert math.dist(places(whole(path, Options(crs="2180")))[0], (19.0, 50.26)) < 1e-7
    with pytest.raises(FileFault, match="unknown_crs"):
        inspect(path, options=Options(crs="EPSG:1"))


def test_degrees_under_the_name_of_a_grid(tmp_path: Path) -> None:
    found = whole(collection(tmp_path, [feature(7.68, 45.07)], crs={"type": "name", "properties": {"name": "EPSG:25830"}}))
    assert NoteCode.CRS_IGNORED in found.codes
    assert places(found) == [(7.68, 45.07)]


def test_areas_become_a_point_inside_and_lines_are_refused(tmp_path: Path) -> None:
    ring = [[0, 0], [4, 0], [4, 4], [3, 4], [3, 1], [1, 1], [1, 4], [0, 4], [0, 0]]  # a U, whose centre lies outside
    shapes = [
        {"type": "Polygon", "coordinates": [ring]},
        {"type": "LineString", "coordinates": [[0, 0], [1, 1]]},
        {"type": "Point", "coordinates": ["a", 1]},
        {"type": "Polygon", "coordinates": "x"},
        None,
        {"type": "Point", "coordinates": []},
    ]
    features = [{"type": "Feature", "properties": {"name": f"n{n}", "city": "Vic"}, "geometry": one} for n, one in enumerate(shapes)]
    found = whole(collection(tmp_path, [*features, "no feature", {"type": "Point"}]))
    told = [(row.line, row.reason) for row in found.rejected]
    assert told == [
        (2, Reason.NOT_A_POINT), (3, Reason.NO_GEOMETRY), (4, Reason.NO_GEOMETRY), (7, Reason.NOT_A_FEATURE), (8, Reason.NOT_A_FEATURE),
    ]  # fmt: skip
    lon, lat = float(found.rows[0].values["geometry.lon"]), float(found.rows[0].values["geometry.lat"])
    assert 0 < lat < 1 or (1 < lat < 4 and not 1 < lon < 3)
    assert found.note(NoteCode.AREAS_AS_POINTS).facts == {"count": 1}
    assert found.note(NoteCode.WITHOUT_GEOMETRY).facts == {"count": 2}


def test_one_feature_a_line(tmp_path: Path) -> None:
    lines = [json.dumps(feature(7.6, 45.1, "A")), "", "{broken", json.dumps(feature(7.7, 45.2, "B"))]
    found = whole(written(tmp_path, "\n".join(lines), "r.ndjson"))
    assert found.inspection.format == "geojsonl"
    assert [(row.line, row.values["name"]) for row in found.rows] == [(1, "A"), (4, "B")]
    assert [(row.line, row.reason) for row in found.rejected] == [(3, Reason.BAD_JSON)]


def test_a_single_feature_and_utf_16(tmp_path: Path) -> None:
    text = json.dumps(feature(7.6, 45.1, "Ñandú"), ensure_ascii=False)
    assert whole(written(tmp_path, text, "one.json")).rows[0].values["name"] == "Ñandú"
    assert whole(written(tmp_path, text.encode("utf-16"), "two.json")).rows[0].values["name"] == "Ñandú"


@pytest.mark.parametrize(
    ("text", "reason", "facts"),
    [
        ('{"type": "FeatureCollection", "features": []}', Reason.NO_ROWS, {"columns": 0}),
        ('{"type": "Topology", "objects": {}}', Reason.NOT_GEOJSON, {"what": "Topology"}),
        ('{"type": "Point", "coordinates": [1, 2]}', Reason.NOT_GEOJSON, {"what": "Point"}),
        ('{"type": "FeatureCollection",\n"features": [{"type": "Feature",\n}]}', Reason.BAD_JSON, {"line": 3}),
        ('{"type": "FeatureCollection", "features": [{"type": "Feature"}', Reason.BAD_JSON, {"line": 1}),
        ('{"type": "FeatureCollection", "features": ' + "[" * 100_000, Reason.BAD_JSON, {"line": 1}),
        ('{"type": "FeatureCollection", "features": []} x', Reason.BAD_JSON, {"line": 1}),
    ],
    ids=["no feature", "topojson", "bare geometry", "bad json", "cut off", "nested deeply", "more after the end"],
)
def test_what_is_no_geojson(tmp_path: Path, text: str, reason: Reason, facts: dict[str, object]) -> None:
    with pytest.raises(FileFault) as fault:
        inspect(written(tmp_path, text, "r.geojson"))
    assert (fault.value.reason, fault.value.facts) == (reason, facts)


@pytest.mark.parametrize("chunk", [1, 3, 64])
def test_pieces_of_any_size_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    """The document is cut anywhere: inside words, numbers, escapes."""
    value = {"type": "FeatureCollection", "n": -12.5e3, "t": True, "s": 'a "b" \\ é', "features": [feature(7.25, 45.125), 17, None, "x"]}
    path = written(tmp_path, json.dumps(value, indent=1), "r.geojson")
    monkeypatch.setattr(json_pieces, "_CHUNK", chunk)
    found = list(document.members(path, "utf-8"))
    assert [one for name, one in found if name == document.FEATURE] == value["features"]
    assert {name: one for name, one in found if name != document.FEATURE} == {k: v for k, v in value.items() if k != "features"}
