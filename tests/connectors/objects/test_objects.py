"""Lists of objects wherever they stand; every element is accounted for."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrr.connectors import inspect
from rrr.connectors.objects.flat import flat
from rrr.connectors.objects.lists import elements
from rrr.records.register import FileFault, Reason
from rrr.text import json_pieces
from tests.connectors.reading import whole, written


def test_the_longest_list_is_read(tmp_path: Path) -> None:
    text = {"fields": [{"id": "x"}], "result": {"note": [1, 2], "records": [{"name": "La Rosa", "city": "Torino"}, {"name": "B"}]}}
    found = whole(written(tmp_path, json.dumps(text), "r.json"))
    assert found.inspection.format == "json"
    assert [row.values["name"] for row in found.rows] == ["La Rosa", "B"]


def test_a_bare_list_with_something_else_in_it(tmp_path: Path) -> None:
    found = whole(written(tmp_path, '[{"name": "La Rosa"}, 17, null, {"name": "B"}]', "r.geojson"))
    assert [(row.line, row.values["name"]) for row in found.rows] == [(1, "La Rosa"), (4, "B")]
    assert [(row.line, row.reason, row.facts) for row in found.rejected] == [
        (2, Reason.NOT_A_FEATURE, {"what": "int"}), (3, Reason.NOT_A_FEATURE, {"what": "NoneType"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "row"),
    [
        ({"a": {"b": {"c": 1}}, "d": [1, "x"], "e": None, "f": True}, {"a.b.c": "1", "d": "1; x", "e": "", "f": "true"}),
        ({"k": [{"name": "A", "n": {"x": 1}}, {"name": "B", "id": 2}]}, {"k.name": "A; B", "k.id": "2"}),
        ({"id": 1, "center": {"lat": 45.0, "lon": 7.0}}, {"id": "1", "lat": "45.0", "lon": "7.0"}),
        ({"id": 1, "lat": 1.0, "center": {"lat": 45.0}}, {"id": "1", "lat": "1.0", "center.lat": "45.0"}),
    ],
    ids=["nested", "list of objects", "overpass way", "node keeps its own"],
)
def test_flat(value: dict[str, Any], row: dict[str, str]) -> None:
    assert flat(value) == row


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"data": [{"name": "A"}, {"name": "B"', Reason.BAD_JSON),
        ('{"data": [{"name": "A"}]} x', Reason.BAD_JSON),
        ('{"data": [{"name": ' + "[" * 100_000, Reason.BAD_JSON),
        ('{"type": "Topology", "objects": {}}', Reason.NOT_GEOJSON),
    ],
    ids=["cut off", "more after the end", "nested deeply", "topojson"],
)
def test_what_cannot_be_read(tmp_path: Path, text: str, reason: Reason) -> None:
    with pytest.raises(FileFault) as fault:
        inspect(written(tmp_path, text, "r.json"))
    assert fault.value.reason == reason


@pytest.mark.parametrize("chunk", [1, 3, 64])
def test_pieces_of_any_size_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    value = {"n": -12.5e3, "s": 'a "b" \\ é', "data": [{"x": [1, {"y": None}]}, {"x": "é"}, 17]}
    path = written(tmp_path, json.dumps(value, indent=1), "r.json")
    monkeypatch.setattr(json_pieces, "_CHUNK", chunk)
    assert [one for _at, one in elements(path, "utf-8")] == value["data"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.slow
@given(st.lists(st.dictionaries(st.text(min_size=1, max_size=5), json_values, min_size=1, max_size=4), min_size=1, max_size=6))
def test_every_object_of_a_list_becomes_a_row(rows: list[dict[str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r.json"
        path.write_text(json.dumps(rows))
        found = [one for at, one in elements(path, "utf-8") if at == ()]
    assert found == rows
