"""The rrr command: quick to start, one document with --json, one sentence on bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from rrr.cli.__main__ import main, modules
from rrr.cli.output import CommandError
from rrr.cli.tables import number, read

ROOT = Path(__file__).resolve().parents[2]


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom rrr.cli.__main__ import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted({'numpy','scipy','pandas','django','duckdb','sklearn','statsmodels'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("name", sorted(modules()))
def test_every_subcommand_has_help_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([name, "--help"])
    assert f"Example: rrr {name}" in capsys.readouterr().out


def test_json_is_one_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ties.csv"
    file.write_text("source;target\nA;B\nA;C\nB;A\n", encoding="utf-8")
    assert main(["network", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(n["name"], n["ties"]) for n in found["nodes"]] == [("A", 2), ("B", 1), ("C", 1)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"source,other\nA,B\n", "has no column target"),
        (b"source,target\n", "has a header and no rows"),
        (b'source,target\n"A,B\nC,D\n', "quote that is not closed"),
        (b"source,target\nA,B,C\n", "3 cells where the header has 2"),
        (b"source,target,source\nA,B,C\n", "stands twice in the header"),
    ],
    ids=["empty", "missing column", "no rows", "unclosed quote", "too many cells", "doubled header"],
)
def test_bad_input_ends_with_two_and_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, sentence: str
) -> None:
    file = tmp_path / "ties.csv"
    file.write_bytes(content)
    assert main(["network", str(file)]) == 2
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_encodings_of_polish(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("source,target\nŁódź,Żółw\n".encode(encoding))
    assert read(str(file)) == [{"source": "Łódź", "target": "Żółw"}]


def test_latin_1(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("source,target\nCórdoba,Málaga y Peñíscola\n".encode("latin-1"))
    assert read(str(file))[0]["source"] == "Córdoba"


@pytest.mark.parametrize(
    ("text", "value"), [("1234.5", 1234.5), ("1.234,5", 1234.5), ("1 234,5", 1234.5), ("1,234.5", 1234.5), ("-3,5", -3.5)]
)
def test_numbers_as_people_write_them(text: str, value: float) -> None:
    assert number(text, where="row 2") == value


def test_a_word_is_no_number() -> None:
    with pytest.raises(CommandError, match="row 2: 'many' is not a number"):
        number("many", where="row 2")
