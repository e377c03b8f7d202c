"""The subcommand coverage on small files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from rrr.cli.__main__ import main

HEADER = "organisation,source,type,legal_form"


def write(folder: Path, name: str, *rows: str) -> str:
    file = folder / name
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return str(file)


def records(counts: Mapping[str, int], kind: str = "cooperative,SCOP") -> list[str]:
    """From {"ab": 3}: three organisations in registers a and b, one row a record."""
    name = kind.replace(",", " ")
    return [
        f"{name} {sources} {number},{source},{kind}" for sources, count in counts.items() for number in range(count) for source in sources
    ]


@pytest.fixture
def captures(tmp_path: Path) -> str:
    return write(tmp_path, "captures.csv", HEADER, *records({"a": 40, "b": 30, "ab": 20}), *records({"a": 9}, "association,1901"))


def test_figure_refusal_and_notes(tmp_path: Path, captures: str, capsys: pytest.CaptureFixture[str]) -> None:
    recall = write(tmp_path, "recall.csv", "found,missed,wrong", "400,0,0")
    assert main(["coverage", captures, "--recall", recall]) == 0
    shown = capsys.readouterr().out
    assert "cooperative, SCOP: 90 listed in a, b" in shown
    assert "about 147 in all (" in shown  # 61 x 51 / 21 - 1
    assert "61% of them shown" in shown
    assert "two registers cannot show" in shown
    assert "association, 1901: 9 listed in a\n  No figure: 1 of the registers" in shown
    assert "taken to contain the legal forms it lists" in shown
    assert main(["coverage", captures, "--recall", recall, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    association, cooperative = document["strata"]
    assert cooperative["result"]["total"]["value"] == pytest.approx(61 * 51 / 21 - 1)
    assert association["result"] == {"reason": "too_few_registers", "facts": {"registers": 1, "needed": 2}}
    assert document["forms_assumed"] is True


def test_without_recall_the_answer_is_a_refusal(captures: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", captures]) == 0
    assert "nobody judged pairs of records" in capsys.readouterr().out


def test_audit_of_pairs_and_registers(tmp_path: Path, captures: str, capsys: pytest.CaptureFixture[str]) -> None:
    """90 of 100 pairs found: 20 linked are 22.2 shared, so 61 x 51 / 23.2 - 1 = 133."""
    audit = write(tmp_path, "audit.csv", "same,linked,weight", *["yes,yes,1"] * 180, *["1,0,1"] * 20, *["no,no,50"] * 30)
    books = write(tmp_path, "registers.csv", "name,forms,date", "a,SCOP;SCIC;1901,2024-01-01", "b,cooperative,2019-01-01")
    assert main(["coverage", captures, "--recall", audit, "--registers", books, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    found = document["strata"][1]["result"]
    assert found["total"]["value"] == pytest.approx(61 * 51 / (20 / 0.9 + 1) - 1)
    assert document["recall"]["found"] == 180
    apart = next(one for one in found["warnings"] if one["code"] == "dates_apart")
    assert apart["facts"] == {"years": 5.0, "first": "b", "last": "a"}


@pytest.mark.parametrize(
    ("rows", "recall", "registers", "options", "words"),
    [
        (["x,a,t"], None, None, [], "has no column legal_form"),
        ([HEADER, ",a,t,f"], None, None, [], "row 2: the organisation or its source is empty"),
        ([HEADER, "x,a,t,f", "x,b,t,g"], None, None, [], "row 3: x has another type or legal form above"),
        ([HEADER, "x,a,t,f"], ["found,missed", "many,2"], None, [], "'many' is not a number"),
        ([HEADER, "x,a,t,f"], ["found,missed", "0,0"], None, [], "at least one was judged"),
        ([HEADER, "x,a,t,f"], ["found", "3"], None, [], "neither the columns same and linked"),
        ([HEADER, "x,a,t,f"], ["same,linked", "yes,perhaps"], None, [], "row 2, linked: 'perhaps' is neither yes nor no"),
        ([HEADER, "x,a,t,f"], ["same,linked,weight", "yes,yes,0"], None, [], "a weight is more than 0"),
        ([HEADER, "x,a,t,f"], None, ["name,forms,date", "a,f,2024"], [], "'2024' is no date"),
        ([HEADER, "x,a,t,f"], None, ["name,forms", "b,f"], [], "organisation x stands in a, which is not known"),
        ([HEADER, "x,a,t,f"], None, None, ["--level", "2"], "level lies between 0.5 and 1"),
        ([HEADER, "x,a,t,f"], None, None, ["--draws", "5"], "100 draws"),
    ],
    ids=[
        "column",
        "empty",
        "two-forms",
        "number",
        "none-judged",
        "no-recall-columns",
        "yes-no",
        "weight",
        "date",
        "register",
        "level",
        "draws",
    ],
)
def test_bad_input_ends_with_2_and_a_sentence(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    rows: list[str],
    recall: list[str] | None,
    registers: list[str] | None,
    options: list[str],
    words: str,
) -> None:
    if rows[0] != HEADER:
        rows = ["organisation,source,type", *rows]
    given = ["coverage", write(tmp_path, "captures.csv", *rows), *options]
    given += ["--recall", write(tmp_path, "recall.csv", *recall)] if recall else []
    given += ["--registers", write(tmp_path, "registers.csv", *registers)] if registers else []
    assert main(given) == 2
    shown = capsys.readouterr()
    assert words in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""


def test_every_code_has_a_sentence() -> None:
    from rrr.cli.coverage_sentences import REFUSALS, WARNINGS
    from rrr.engines.coverage import Caution, Reason

    assert set(REFUSALS) == {one.value for one in Reason}
    assert set(WARNINGS) == {one.value for one in Caution}
