"""`rrr diagnose` on files of answers and of counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rrr.cli.__main__ import main

ANSWERS = "person,block,value,sector\n" + "".join(f"p{n},finance,{n % 4 + 2},{'authority' if n < 6 else 'sse'}\n" for n in range(14))


def document(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["diagnose", *words, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def written(folder: Path, name: str, content: str) -> str:
    (folder / name).write_text(content, encoding="utf-8")
    return str(folder / name)


def test_answers_and_counts_give_the_same_mean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = document(capsys, written(tmp_path, "answers.csv", ANSWERS + "q,finance,unknown,sse\n"))
    counts = "block;value;count\nfinance;2;4\nfinance;3;4\nfinance;4;3\nfinance;5;3\nfinance;unknown;1\n"
    other = document(capsys, written(tmp_path, "counts.csv", counts))
    first, second = (found["diagnosis"]["blocks"][0]["everybody"] for found in (one, other))
    assert first == second
    assert (first["rated"], first["unknown"], first["median"]) == (14, 1, 3)
    assert [group["key"] for group in one["diagnosis"]["blocks"][0]["sectors"]] == ["authority", "sse"]


def test_an_earlier_round_gives_the_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = written(tmp_path, "now.csv", ANSWERS)
    before = written(tmp_path, "before.csv", "block,value,count\nfinance,1,20\n")
    [change] = document(capsys, now, "--before", before)["changes"]
    assert change["estimate"]["value"] == pytest.approx(47 / 14 - 1)
    assert change["estimate"]["low"] > 0


def test_it_reads_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diagnose", written(tmp_path, "answers.csv", ANSWERS + "x,finance,12,sse\ny,data,3,sse\n")]) == 0
    said = capsys.readouterr().out
    assert "finance: 3.36 (" in said
    assert "finance, authority:" in said
    assert "not told apart" in said
    assert "data: too few answered" in said
    assert "row 16: rejected, not on the scale" in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("block,value\nfinance,3\n", "neither a column person nor a column count"),
        ("block,value,count\nfinance,13,2\n", "row 2: a value is a whole number from 0 to 10"),
        ("block,value,count\nfinance,3,some\n", "row 2, count: 'some' is not a number"),
        ("person,value\na,3\n", "has no column block"),
    ],
)
def test_bad_files_are_answered_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, words: str) -> None:
    assert main(["diagnose", written(tmp_path, "bad.csv", content)]) == 2
    assert words in capsys.readouterr().err
