"""The subcommand shock on small files and on the starter indicators."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rrr.cli.__main__ import main

STARTER = str(Path(__file__).resolve().parents[2] / "starter" / "indicators.csv")


def table(folder: Path, rows: list[str], header: str = "time,value") -> str:
    file = folder / "series.csv"
    file.write_text("\n".join([header, *rows]), encoding="utf-8")
    return str(file)


def test_starter_series_says_level_gap_and_recession(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["shock", STARTER, "--where", "indicator=unemployment", "--where", "country=US", "--country", "us", "--worse", "higher"]
    assert main(words) == 0
    shown = capsys.readouterr().out
    assert "80% interval" in shown
    assert "too short to check 95%" in shown
    assert "gap +4.386" in shown  # 8.055 in 2020 - 3.669 in 2019
    assert "2008–2009" in shown
    assert main([*words, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["gap"]["rows"][0]["gap"] == pytest.approx(4.386)
    assert document["gap"]["within_recession"] is True


@pytest.mark.parametrize("form", ["{year}-{month:02}", "{year}-{month:02}-01"], ids=["month", "day"])
def test_months_as_people_write_them(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    rows = [f"{form.format(year=year, month=month)};{(year * 12 + month) % 7},5" for year in range(2012, 2021) for month in range(1, 13)]
    file = table(tmp_path, rows, "time;value")
    assert main(["shock", file, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["gap"]
    assert (found["frequency"], found["level"], len(found["path"])) == (12, 0.95, 96)


def test_refusal_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["shock", STARTER, "--where", "indicator=gini", "--where", "country=PL"]) == 0
    assert "No figure: at 8 earlier dates the 0.8 interval held the value in 0.625" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("rows", "options", "words"),
    [
        (["2019,1", "2019,2", "2021,3"], [], "two values for 2019"),
        (["2019,1", "2019.4,2"], [], "neither years, quarters nor months"),
        (["2021,1"], [], "no value before 2020"),
        (["2019-13,1"], [], "no month 13"),
        (["2019,many"], [], "'many' is not a number"),
        (["2019,1"], ["--where", "country=CA"], "has no column country"),
        (["2019,1"], ["--where", "country"], "is not COLUMN=VALUE"),
        (["2019,1"], ["--where", "value=7"], "no row has value=7"),
        (["2019,1"], ["--level", "2"], "between 0.5 and 1"),
    ],
    ids=["repeated", "irregular", "nothing-before", "month", "number", "column", "condition", "no-row", "level"],
)
def test_bad_input_ends_with_2_and_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[str], options: list[str], words: str
) -> None:
    assert main(["shock", table(tmp_path, rows), *options]) == 2
    shown = capsys.readouterr()
    assert words in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""
