"""The starter content: counts, schemas, references, no invented values."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from rrr.places import content

ROOT = Path(__file__).resolve().parents[2] / "starter"
COUNTS = {
    "organisations.csv": 311, "relations.csv": 203, "challenges.csv": 64, "country_figures.csv": 64, "solutions.csv": 144, "effects.csv": 231,
    "programme.csv": 30, "indicator_definitions.csv": 6,
}  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT, tmp_path / "starter"))


def change(root: Path, name: str, row: int, column: str, value: str) -> None:
    found = content.rows(root, name)
    found[row][column] = value
    with (root / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]))
        writer.writeheader()
        writer.writerows(found)


@pytest.mark.slow
def test_the_content_is_sound() -> None:
    assert [str(problem) for problem in content.check(ROOT)] == []


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_nothing_was_lost_or_added(name: str) -> None:
    assert len(content.rows(ROOT, name)) == COUNTS[name]


def test_nine_territories_each_with_organisations_and_challenges() -> None:
    slugs = {one["slug"] for one in content.territories(ROOT)}
    assert len(slugs) == 9
    assert {row["territory"] for row in content.rows(ROOT, "organisations.csv")} == slugs
    assert {row["territory"] for row in content.rows(ROOT, "challenges.csv")} == slugs | {""}


def test_places_are_few_and_inside_the_box_of_their_territory() -> None:
    boxes = {one["slug"]: one["box"] for one in content.territories(ROOT)}
    placed = [row for row in content.rows(ROOT, "organisations.csv") if row["lon"]]
    assert len(placed) == 161
    for row in placed:
        west, south, east, north = boxes[row["territory"]]
        assert west <= float(row["lon"]) <= east, row["id"]
        assert south <= float(row["lat"]) <= north, row["id"]


def test_closed_organisations_say_since_when() -> None:
    closed = {row["id"]: row["closed"] for row in content.rows(ROOT, "organisations.csv") if row["closed"] or row["closed_note"]}
    assert closed == {
        "rotterdam/uit-je-eigen-stad": "2018",
        "montreal/cafe-touski": "2020",
        "montreal/cafe-l-artere": "2017",
        "bilbao/erkide": "2020",
    }


def test_series_are_those_of_the_nine_countries_with_their_gaps() -> None:
    rows = content.rows(ROOT, "indicators.csv")
    assert {row["country"] for row in rows} == {one["country"] for one in content.territories(ROOT)}
    assert min(row["year"] for row in rows) == "2005"
    known = {(row["indicator"], row["country"], row["year"]) for row in rows}
    assert ("gini", "MX", "2007") not in known  # a gap of the data set stays a gap
    assert ("unemployment", "BR", "2010") not in known
    last = {row["country"]: row["year"] for row in rows if row["indicator"] == "gini"}
    assert last["NL"] == "2021"
    assert min(row["year"] for row in rows if row["indicator"] == "out-of-school-children" and row["country"] == "NL") == "2017"


def test_series_equal_the_data_set_they_come_from(shared_data: Path) -> None:
    codes = {"NL": "nld", "IT": "ita", "IE": "irl", "US": "usa", "BR": "bra", "PL": "pol", "CA": "can", "ES": "esp", "MX": "mex"}
    rows = content.rows(ROOT, "indicators.csv")
    for definition in content.rows(ROOT, "indicator_definitions.csv"):
        name = definition["series"]
        path = shared_data / "indicators" / f"ddf--datapoints--{name}--by--geo--time.csv"
        with path.open(encoding="utf-8", newline="") as file:
            theirs = {
                (row["geo"], row["time"]): row[name]
                for row in csv.DictReader(file)
                if row["geo"] in codes.values() and row["time"] >= "2005"
            }
        ours = {(codes[row["country"]], row["year"]): row["value"] for row in rows if row["indicator"] == definition["code"]}
        assert ours == theirs


def test_vocabularies_are_the_listed_ones() -> None:
    """A closed list in a schema, not whatever a row happens to say."""
    closed = {
        "organisations": ["kind", "place_precision", "confidence"],
        "relations": ["relation"],
        "challenges": ["horizon", "covid_link"],
        "solutions": ["evidence_level", "language"],
        "effects": ["design", "measure", "is_pooled", "derived"],
        "programme": ["kind"],
    }
    for name, columns in closed.items():
        schema = json.loads((ROOT / "schema" / f"{name}.json").read_text(encoding="utf-8"))
        for column in columns:
            used = {row[column] for row in content.rows(ROOT, f"{name}.csv")}
            assert used <= set(schema["properties"][column]["enum"])


def test_schemas_are_valid_and_ask_for_source_and_date() -> None:
    for path in (ROOT / "schema").glob("*.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        if path.stem not in ("territories", "indicators", "sources"):
            assert {"sources", "read_on"} <= set(schema["required"]), path.name


def test_pooled_effects_are_marked() -> None:
    pooled = Counter(row["is_pooled"] for row in content.rows(ROOT, "effects.csv"))
    assert pooled == {"0": 203, "1": 28}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "column", "value", "words"),
    [
        ("organisations.csv", "kind", "club", "row 2, column kind: “club” is not one of"),
        ("organisations.csv", "lon", "seven", "row 2, column lon"),
        ("organisations.csv", "name", "", "row 2, column name: the cell is empty"),
        ("organisations.csv", "territory", "atlantis", "“atlantis” is not in territories.yaml"),
        ("organisations.csv", "sources", "https://upsocial.org/en/x", "upsocial.org"),
        ("organisations.csv", "activity", "write to someone@example.org", "e-mail"),
        ("organisations.csv", "id", "turin/camera-di-commercio-di-torino", "stands in row 2 already"),
        ("relations.csv", "target", "turin/nobody", "“turin/nobody” is not in organisations.csv"),
        ("effects.csv", "ci_high", "0.1", "does not hold the effect"),
        ("solutions.csv", "evidence_level", "5", "not one of"),
        ("indicators.csv", "indicator", "happiness", "not in indicator_definitions.csv"),
        ("challenges.csv", "read_on", "yesterday", "column read_on"),
    ],
)
def test_a_fault_is_named_with_file_row_and_column(copy: Path, name: str, column: str, value: str, words: str) -> None:
    change(copy, name, 0, column, value)
    found = [str(problem) for problem in content.check(copy)]
    assert any(problem.startswith(name) and words in problem for problem in found), found


@pytest.mark.slow
def test_broken_files_are_named_and_nothing_breaks(copy: Path) -> None:
    (copy / "relations.csv").unlink()
    (copy / "effects.csv").write_bytes("study,\xe9".encode("latin-1"))
    (copy / "programme.csv").write_text("id,territory\n", encoding="utf-8")
    (copy / "territories.yaml").write_text("territories: [", encoding="utf-8")
    found = {problem.file: str(problem) for problem in reversed(content.check(copy))}
    assert "missing" in found["relations.csv"]
    assert "cannot be read" in found["effects.csv"]
    assert "the columns must be" in found["programme.csv"]
    assert "cannot be read" in found["territories.yaml"]
