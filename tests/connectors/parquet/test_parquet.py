"""Parquet as portals publish it: types as texts, geometry as a place, damage told, nothing but the file opened."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
import shapely

from rrr.connectors import convert, inspect
from rrr.connectors import parquet as format_folder
from rrr.connectors.parquet.cells import text
from rrr.records.register import FileFault, NoteCode, Reason
from tests.connectors.reading import whole

GEO = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB", "geometry_types": []}}}


def made(folder: Path, query: str, values: list[Any] | None = None, geo: Any = None, name: str = "r.parquet") -> Path:
    path = folder / name
    extra = f", kv_metadata {{geo: '{json.dumps(geo)}'}}" if geo else ""
    quoted = str(path).replace("'", "''")
    duckdb.connect().execute(f"COPY ({query}) TO '{quoted}' (FORMAT parquet{extra})", values or [])
    return path


def test_each_type_as_a_text(tmp_path: Path) -> None:
    path = made(
        tmp_path,
        "SELECT 'La Rosa' AS name, ['a', 'b'] AS tags, {'city': 'Torino', 'geo': {'lat': 45.5}} AS address, true AS open, 12::UBIGINT AS n,"
        " NULL AS nothing, DATE '2020-01-02' AS day, TIMESTAMP '2020-01-02 03:04:05' AS at, 1.10::DECIMAL(5,2) AS price, 'ab'::BLOB AS raw,"
        " [{'k': 'x'}, {'k': 'y'}] AS many, '0012' AS code",
    )
    found = whole(path)
    assert found.inspection.format == "parquet"
    assert found.rows[0].values == {
        "name": "La Rosa", "tags": "a; b", "address.city": "Torino", "address.geo.lat": "45.5", "open": "true", "n": "12", "nothing": "",
        "day": "2020-01-02", "at": "2020-01-02 03:04:05", "price": "1.10", "raw": "(2 bytes)", "many.k": "x; y", "code": "0012",
    }  # fmt: skip
    assert found.account.closes


def test_rows_are_all_there_and_counted_as_another_reader_counts(tmp_path: Path) -> None:
    path = made(tmp_path, "SELECT range AS id, 'Organisation ' || range AS name FROM range(2500)")
    found = whole(path)
    assert [row.values["id"] for row in found.rows] == [str(number) for number in range(2500)]
    assert (found.inspection.rows, found.account.rows) == (2500, 2500)


def test_a_geometry_becomes_a_place(tmp_path: Path) -> None:
    area = shapely.box(7.0, 45.0, 7.2, 45.2)
    path = made(
        tmp_path,
        "SELECT * FROM (VALUES ('A', ?::BLOB), ('B', ?::BLOB), ('C', NULL), ('D', 'broken'::BLOB)) AS t(name, geometry)",
        [shapely.Point(7.6, 45.1).wkb, area.wkb],
        {**GEO, "columns": {"geometry": {"encoding": "WKB", "geometry_types": [], "crs": {"id": {"authority": "EPSG", "code": 4326}}}}},
    )
    found = whole(path)
    rows = {row.values["name"]: row.values for row in found.rows}
    assert (float(rows["A"]["lon"]), float(rows["A"]["lat"])) == (7.6, 45.1)
    assert area.contains(shapely.Point(float(rows["B"]["lon"]), float(rows["B"]["lat"])))
    assert rows["C"]["lon"] == rows["D"]["lon"] == ""
    assert {note.code for note in found.inspection.notes} >= {NoteCode.AREAS_AS_POINTS, NoteCode.WITHOUT_GEOMETRY}


def test_a_place_is_mapped_by_itself(tmp_path: Path) -> None:
    path = made(tmp_path, "SELECT 'A' AS name, ?::BLOB AS geometry", [shapely.Point(7.6, 45.1).wkb], GEO)
    found = whole(path)
    mapping = {column.name: column.guess for column in found.inspection.columns}
    draft = convert(found.rows[0], mapping)
    assert draft.values == {"name": "A", "lon": 7.6, "lat": 45.1}  # type: ignore[union-attr] # a Draft, or the test fails


def test_a_grid_in_metres_is_left_out_and_said(tmp_path: Path) -> None:
    columns = {"geometry": {"encoding": "WKB", "geometry_types": [], "crs": {"id": {"authority": "EPSG", "code": 25832}}}}
    path = made(tmp_path, "SELECT 'A' AS name, ?::BLOB AS geometry", [shapely.Point(400000, 5000000).wkb], {**GEO, "columns": columns})
    found = whole(path)
    assert "lon" not in found.rows[0].values
    assert [(note.code, note.facts) for note in found.inspection.notes] == [(NoteCode.PROJECTED, {"value": "EPSG:25832"})]


@pytest.mark.parametrize("kept", [4, 40, 200])
def test_a_cut_file_is_called_damaged(tmp_path: Path, kept: int) -> None:
    path = made(tmp_path, "SELECT range AS id, 'Organisation ' || range AS name FROM range(500)")
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(FileFault) as told:
        inspect(path)
    assert told.value.reason == Reason.BROKEN_FILE


def test_no_rows_are_said(tmp_path: Path) -> None:
    path = made(tmp_path, "SELECT 'A' AS name WHERE false")
    with pytest.raises(FileFault) as told:
        inspect(path)
    assert told.value.reason == Reason.NO_ROWS


def test_too_many_columns_are_said(tmp_path: Path) -> None:
    path = made(tmp_path, "SELECT " + ", ".join(f"1 AS c{n}" for n in range(1001)))
    with pytest.raises(FileFault) as told:
        inspect(path)
    assert told.value.reason == Reason.TOO_MANY_COLUMNS


@pytest.mark.parametrize("geo", ["[]", '{"primary_column": 5}', '{"columns": null, "primary_column": "geometry"}', "{"])
def test_nonsense_about_the_geometry_breaks_nothing(tmp_path: Path, geo: str) -> None:
    path = tmp_path / "r.parquet"
    duckdb.connect().execute(f"COPY (SELECT 'A' AS name, 'x' AS geometry) TO '{path}' (FORMAT parquet, kv_metadata {{geo: '{geo}'}})")
    assert whole(path).rows[0].values["name"] == "A"


def test_the_reader_opens_nothing_else(tmp_path: Path) -> None:
    path = made(tmp_path, "SELECT 'A' AS name", name="it's.parquet")
    with pytest.raises(FileFault), format_folder._opened(path) as connection:
        connection.execute("SELECT * FROM read_text('/etc/passwd')").fetchall()
    with pytest.raises(FileFault), format_folder._opened(path) as connection:
        connection.execute("SET enable_external_access=true")
    assert inspect(path).rows == 1


def test_a_text_of_each_thing() -> None:
    assert [text(one) for one in (None, True, [1, None, "x"], 0)] == ["", "true", "1; ; x", "0"]
