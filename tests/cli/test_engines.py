"""The subcommands search and votes on small files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rrr.cli.__main__ import main

SOLUTIONS = "slug,name,language\nbank,A food bank gives food to families,en\nbikes,Young people repair bikes,en\nbanco,Un banco de alimentos para familias,es\n"


def written(folder: Path, name: str, content: str) -> str:
    (folder / name).write_text(content, encoding="utf-8")
    return str(folder / name)


def document(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main([*words, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_search_by_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, "solutions.csv", SOLUTIONS)
    words = ["search", file, "food banks", "--key", "slug", "--text", "name", "--language-column", "language", "--language", "en"]
    found = document(capsys, *words, "--words-only")
    assert [one["match"]["key"] for one in found["matches"]] == ["bank"]  # type: ignore[attr-defined]


@pytest.mark.slow
def test_search_by_meaning_crosses_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, "solutions.csv", SOLUTIONS)
    assert main(["search", file, "food bank for families", "--key", "slug", "--text", "name", "--language-column", "language"]) == 0
    shown = capsys.readouterr()
    assert max(shown.out.index("bank  [en]"), shown.out.index("banco  [es]")) < shown.out.index("bikes  [en]")
    assert "3 texts" in shown.err


def test_votes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"p{number},s1,1" for number in range(6)] + ["p1,s1,-1", "p2,s1,maybe"]
    file = written(tmp_path, "votes.csv", "person,statement,vote\n" + "\n".join(rows))
    consensus = document(capsys, "votes", file)["consensus"]
    assert isinstance(consensus, dict)
    assert (consensus["votes"], consensus["replaced"]) == (6, 1)
    assert consensus["rejected"][0]["reason"] == "unknown_value"
    assert consensus["statements"][0]["agree"] == 5
    assert main(["votes", file, "--people", "3"]) == 2
    assert "6 people voted" in capsys.readouterr().err
