"""`rrr network`: one document, sentences with what is unknown, one sentence for bad input."""

from __future__ import annotations

import json
from pathlib import Path

import igraph
import pytest

from rrr.cli.__main__ import main

FAST = ["--removals", "5", "--draws", "19"]


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Zachary's karate club with its two sides after the split, and one member without a tie."""
    ties, nodes = tmp_path / "ties.csv", tmp_path / "nodes.csv"
    club = igraph.Graph.Famous("Zachary")
    hi = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 17, 18, 20, 22}
    ties.write_text("source,target\n" + "".join(f"m{a + 1},m{b + 1}\n" for a, b in club.get_edgelist()), encoding="utf-8")
    rows = [f"m{n},{'Hi' if n in hi else 'Officer'}" for n in range(1, 35)]
    nodes.write_text("name,group\n" + "\n".join([*rows, "guest,"]) + "\n", encoding="utf-8")
    return str(ties), str(nodes)


def test_one_document_with_the_unknown(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["network", files[0], "--nodes", files[1], "--close", "m1", "--json", *FAST]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["nodes"][0]["name"] == "m1"
    assert found["nodes"][0]["betweenness"] == pytest.approx(0.4376, abs=5e-5)
    assert found["modularity"] == pytest.approx(0.4198, abs=5e-5)
    assert (found["unknown"]["organisations"], found["unknown"]["without_ties"]) == (35, 1)
    assert found["gaps"][0]["found"] is True
    assert [part["names"] for part in found["closings"][0]["cut"]] == [["m11", "m17", "m5", "m6", "m7"], ["m12"]]
    assert main(["network", files[0], "--nodes", files[1], "--close", "m1", "--json", *FAST]) == 0
    assert json.loads(capsys.readouterr().out) == found


def test_sentences_flag_what_does_not_hold(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["network", files[0], "--nodes", files[1], "--close", "m1", *FAST]) == 0
    said = capsys.readouterr().out
    assert "1 of 35 organisations have no stated tie (3%)." in said
    assert "Hi and Officer: 11, expected" in said
    assert "GAP" in said
    assert "If m1 closed: 6 organisations lose touch with the other 27" in said
    assert "NOT STABLE" in said


@pytest.mark.parametrize(
    ("ties", "nodes", "words", "sentence"),
    [
        ("source,target\nA,A\n", "", [], "There is no tie between two different organisations."),
        ("source,target\nA,B\n", "name,group\nA,x\nA,y\n", [], "row 3: the name is listed twice"),
        ("source,target\nA,B\n", "name,group\n,x\n", [], "row 2: the name is empty"),
        ("source,target\nA,B\n", "name,kind\nA,x\n", [], "has no column group"),
        ("source,target\nA,B\n", "", ["--close", "C"], "no tie of 'C'"),
        ("source,target\nA,B\n", "", ["--draws", "0"], "at least 1"),
    ],
    ids=["only to itself", "listed twice", "no name", "no group", "unknown name", "no draws"],
)
def test_bad_input_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ties: str, nodes: str, words: list[str], sentence: str
) -> None:
    (tmp_path / "t.csv").write_text(ties)
    (tmp_path / "n.csv").write_text(nodes)
    more = ["--nodes", str(tmp_path / "n.csv")] if nodes else []
    assert main(["network", str(tmp_path / "t.csv"), *more, *words]) == 2
    said = capsys.readouterr()
    assert sentence in said.err
    assert (said.err.count("\n"), said.out) == (1, "")
