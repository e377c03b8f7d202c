"""The subcommand link on small files: groups, pairs, decisions, samples, and sentences for what is wrong."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from rrr.cli.__main__ import main

pytestmark = pytest.mark.slow  # each run starts DuckDB and Splink

REGISTER = (
    "record_id,source,name,street,number,postcode,city,country,tax_id,territory\n"
    "1,register,Cooperativa Sole Nascente,Via Roma,1,10121,Torino,it,02430520018,turin\n"
    "2,register,=Arcobaleno Teatro,Via Po,9,10124,Torino,IT,,turin\n"
)
MEMBERS = (
    "record_id,source,name,street,postcode,city,country,tax_id,territory\n"
    "1,members,Sole Nascente soc. coop.,Via Roma 1,10121,Torino,IT,,turin\n"
    "2,members,Sole Nascente,Corso Francia 200,10146,Torino,IT,02430520018,turin\n"
)


@pytest.fixture
def lists(tmp_path: Path) -> list[str]:
    for name, text in (("register.csv", REGISTER), ("members.csv", MEMBERS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / "register.csv"), str(tmp_path / "members.csv")]


def written(tmp_path: Path, name: str, text: str) -> str:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return str(tmp_path / name)


def document(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main([*words, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_groups_and_pairs_of_two_lists(tmp_path: Path, capsys: pytest.CaptureFixture[str], lists: list[str]) -> None:
    out, pairs = tmp_path / "clusters.csv", tmp_path / "pairs.csv"
    found = document(capsys, "link", *lists, "--out", str(out), "--pairs", str(pairs))
    assert (found["records"], found["organisations"], found["sites"], found["calibrated"]) == (4, 2, 3, False)
    assert found["model"] == {"reason": "too_few_decisions", "facts": {"decided": 0, "needed": 300}}
    clusters = rows(out)
    assert list(clusters[0]) == ["record_id", "source", "organisation_id", "site_id"]
    assert [(row["record_id"], row["source"]) for row in clusters] == [
        ("1", "register"),
        ("2", "register"),
        ("1", "members"),
        ("2", "members"),
    ]
    organisation, other, first, second = (row["organisation_id"] for row in clusters)
    assert organisation == first == second != other
    best = max(rows(pairs), key=lambda row: float(row["weight"]))
    assert (best["linked"], best["probability"], best["name_level"]) == ("yes", "", "same_words")
    assert {best["left_source"], best["right_source"]} == {"register", "members"}


def test_without_files_to_write_the_document_has_the_groups(capsys: pytest.CaptureFixture[str], lists: list[str]) -> None:
    found = document(capsys, "link", *lists)
    assert {row["source"] for row in found["clusters"]} == {"register", "members"}
    assert main(["link", *lists]) == 0
    assert "4 records are 2 organisations at 3 sites." in capsys.readouterr().out


def test_decisions_and_an_earlier_run(tmp_path: Path, capsys: pytest.CaptureFixture[str], lists: list[str]) -> None:
    out, later = tmp_path / "clusters.csv", tmp_path / "later.csv"
    document(capsys, "link", *lists, "--out", str(out))
    told = written(tmp_path, "told.csv", "left,left_source,right,right_source,verdict\n1,register,2,members,different\n")
    found = document(capsys, "link", *lists, "--decisions", told, "--before", str(out), "--only-new", "--out", str(later))
    assert found["organisations"] == 3
    ids = [[row["organisation_id"] for row in rows(path)] for path in (out, later)]
    assert ids[0][:3] == ids[1][:3]
    assert ids[1][3] not in ids[0]


def test_a_sample_to_judge_is_what_coverage_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    some = "".join(f"{n},Casa Orto {'abcdefghijklmnop'[n]}{'xyz'[n % 3]},Via Po {n},10121,Torino,IT,s{n % 2}\n" for n in range(16))
    given = written(tmp_path, "some.csv", "record_id,name,street,postcode,city,country,source\n" + some)
    sample = tmp_path / "sample.csv"
    document(capsys, "link", given, "--sample", str(sample), "--size", "60")
    drawn = rows(sample)
    assert 0 < len(drawn) <= 60
    assert {"same", "linked", "weight"} <= set(drawn[0])
    assert sum(float(row["weight"]) for row in drawn) == pytest.approx(16 * 15 / 2, rel=0.01)  # all pairs of one postcode, all alike


def test_compare_with_a_known_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = written(tmp_path, "new.csv", "nome;via\nIl Margine S.C.S.;Via Eritrea, 20\nAltra;Via Po 1\n")
    known = written(tmp_path, "known.csv", "nome;via\nIl Margine società cooperativa sociale;via Eritrea 20\n")
    found = document(capsys, "link", new, "--known", known, "--map", "name=nome", "--map", "street=via", "--country", "it")
    assert found["bands"] == {"same": 1, "doubtful": 0, "new": 1}


WRONG = {
    "map": (["--map", "nonsense"], "", "FIELD=COLUMN"),
    "only new": (["--only-new"], "", "--before"),
    "verdict": (["--decisions", "told.csv"], "left,right,verdict\n2,1,perhaps\n", "is no verdict"),
    "unknown record": (["--decisions", "told.csv"], "left,right,verdict\n9,1,same\n", "no record 9"),
    "ambiguous record": (["--decisions", "told.csv"], "left,right,verdict\n2,1,same\n", "several sources"),
    "one record": (["--decisions", "told.csv"], "left,right,verdict,left_source,right_source\n2,2,same,members,members\n", "one record"),
    "no place to write": (["--out", "/nowhere/clusters.csv"], "", "cannot be written"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], lists: list[str]) -> None:
    words, text, sentence = WRONG[case]
    if text:
        written(tmp_path, "told.csv", text)
    assert main(["link", *lists, *(str(tmp_path / word) if word == "told.csv" else word for word in words)]) == 2
    assert sentence in capsys.readouterr().err


def test_two_records_of_one_source_and_id_are_refused(capsys: pytest.CaptureFixture[str], lists: list[str]) -> None:
    assert main(["link", lists[0], lists[0]]) == 2
    assert "have the id 1" in capsys.readouterr().err
