"""Boundaries as people have them: each fault is mended and said, or refused with one sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pyproj import Transformer

from rrr.places import geojson
from rrr.places.geography import countries, distance_km, zones

SQUARE = [[7.6, 45.0], [7.8, 45.0], [7.8, 45.1], [7.6, 45.1], [7.6, 45.0]]
BOW_TIE = [[7.6, 45.0], [7.8, 45.1], [7.8, 45.0], [7.6, 45.1], [7.6, 45.0]]


def polygon(ring: Any, **more: Any) -> bytes:
    return json.dumps({"type": "Polygon", "coordinates": [ring], **more}).encode()


def collection(*features: Any, **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def feature(ring: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_a_plain_polygon_is_read_as_it_stands() -> None:
    reading = geojson.read(polygon(SQUARE), country="IT")
    assert reading.notes == ()
    assert reading.union.bounds == (7.6, 45.0, 7.8, 45.1)


def test_swapped_axes_are_turned_and_said() -> None:
    """Both readings are possible degrees; only one lies in Italy."""
    reading = geojson.read(polygon([[y, x] for x, y in SQUARE]), country="IT")
    assert reading.union.bounds == pytest.approx((7.6, 45.0, 7.8, 45.1))
    assert "latitude before longitude" in reading.notes[0]


def test_swapped_axes_beyond_ninety_degrees_need_no_country() -> None:
    ring = [[37.7, -122.5], [37.8, -122.5], [37.8, -122.4], [37.7, -122.4], [37.7, -122.5]]
    reading = geojson.read(polygon(ring))
    assert reading.union.bounds == pytest.approx((-122.5, 37.7, -122.4, 37.8))


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:EPSG::25830", "EPSG:25830"])
def test_a_named_national_grid_is_converted(name: str) -> None:
    into = Transformer.from_crs("EPSG:4326", "EPSG:25830", always_xy=True)
    degrees = [(-2.98, 43.24), (-2.88, 43.24), (-2.88, 43.29), (-2.98, 43.29), (-2.98, 43.24)]
    ring = [list(into.transform(*point)) for point in degrees]
    reading = geojson.read(polygon(ring, crs={"type": "name", "properties": {"name": name}}), country="ES")
    assert reading.union.bounds == pytest.approx((-2.98, 43.24, -2.88, 43.29), abs=1e-6)
    assert "converted" in reading.notes[0]


def test_an_unnamed_grid_is_refused_until_it_is_named() -> None:
    ring = [[92000, 436000], [93000, 436000], [93000, 437000], [92000, 437000], [92000, 436000]]
    with pytest.raises(geojson.GeoJSONError, match="national grid"):
        geojson.read(polygon(ring), country="NL")
    reading = geojson.read(polygon(ring), country="NL", crs="28992")
    assert reading.union.bounds == pytest.approx((4.47, 51.91, 4.49, 51.92), abs=0.02)


def test_an_outline_that_crosses_itself_is_mended_and_said() -> None:
    reading = geojson.read(polygon(BOW_TIE), country="IT")
    assert reading.union.is_valid
    assert reading.union.area > 0
    assert "crossed itself" in reading.notes[0]


def test_names_and_codes_of_districts_come_from_likely_properties() -> None:
    data = collection(feature(SQUARE, NOME="Mirafiori", codice=2, name_en="ignored"), feature(SQUARE, Name="  San \n Paolo ", id="x1"))
    shapes = geojson.read(data, country="IT").shapes
    assert [(one.name, one.code) for one in shapes] == [("Mirafiori", "2"), ("San Paolo", "x1")]


def test_heights_are_dropped_and_points_passed_over() -> None:
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [7.7, 45.05]}}
    reading = geojson.read(collection(point, feature([[x, y, 240.0] for x, y in SQUARE])), country="IT")
    assert len(reading.shapes) == 1
    assert not reading.union.has_z


@pytest.mark.slow
def test_a_heavy_outline_is_simplified_and_said() -> None:
    steps = 30_000
    top = [[7.6 + 0.2 * n / steps, 45.1 + (n % 2) * 1e-6] for n in range(steps)]
    reading = geojson.read(polygon([[7.6, 45.0], *top, [7.8, 45.0], [7.6, 45.0]]), country="IT")
    assert "simplified" in reading.notes[0]
    assert reading.union.bounds == pytest.approx((7.6, 45.0, 7.8, 45.1), abs=1e-4)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"PK\x03\x04....", "compressed", id="zip"),
        pytest.param(b"{\n{", "line 2", id="broken"),
        pytest.param(b'{"type": "\xe9"}', "UTF-8", id="latin-1"),
        pytest.param(b"[1, 2]", "not GeoJSON", id="other-json"),
        pytest.param(b'{"type": "Topology", "objects": {}}', "TopoJSON", id="topojson"),
        pytest.param(b"[" * 200_000, "nested", id="deep"),
        pytest.param(collection(), "no area", id="nothing"),
        pytest.param(b'{"type": "Point", "coordinates": [7, 45]}', "no area", id="point"),
        pytest.param(b'{"type": "Polygon", "coordinates": "here"}', "cannot be read", id="words"),
        pytest.param(b'{"type": "Polygon", "coordinates": [[[7, 45], [8, 45]]]}', "cannot be read", id="two-points"),
        pytest.param(b'{"type": "Polygon", "coordinates": [[[7, NaN], [8, 45], [8, 46], [7, NaN]]]}', "coordinates that", id="nan"),
        pytest.param(polygon([[7.6, 45.0], [7.8, 45.0], [7.7, 45.0], [7.6, 45.0]]), "enclose nothing", id="flat"),
        pytest.param(polygon([[x - 80, y] for x, y in SQUARE]), "km from the country", id="elsewhere"),
        pytest.param(polygon(SQUARE, crs={"properties": {"name": "my grid"}}), "not known", id="unknown-system"),
        pytest.param(polygon([[x * 17, y * 3] for x, y in SQUARE]), "both directions", id="not-earth"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(geojson.GeoJSONError, match=words) as caught:
        geojson.read(data, country="IT")
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_utf_16_is_read() -> None:
    assert geojson.read(polygon(SQUARE).decode().encode("utf-16"), country="IT").shapes


@pytest.mark.slow
def test_too_many_points_are_refused() -> None:
    ring = [[7.6 + n * 1e-6, 45.0] for n in range(geojson.MAX_VERTICES)]
    with pytest.raises(geojson.GeoJSONError, match="simplify"):
        geojson.read(polygon([*ring, [7.6, 45.1], [7.6, 45.0]]), country="IT")


def test_countries_and_zones_come_from_the_time_zone_database() -> None:
    assert ("NL", "Netherlands") in countries()
    assert "Europe/Vienna" in zones("AT")
    away = distance_km("AT", 11.4, 47.27)
    assert away is not None
    assert 300 < away < 450  # Innsbruck to Vienna
    assert distance_km("XX", 0, 0) is None


def test_a_name_holds_only_what_can_be_stored() -> None:
    data = collection(feature(SQUARE, name="A\u0000\ud800 b", code=True))
    (shape,) = geojson.read(data, country="IT").shapes
    assert (shape.name, shape.code) == ("A b", "")
