"""rrr register: what a file is, what is refused, one sentence on bad input."""

from __future__ import annotations

import csv
import json
import string
from pathlib import Path

import pytest

from rrr.cli import sentences
from rrr.cli.__main__ import main
from rrr.records.register import FileFault, Reason

TABLE = (
    'Denominazione;Comune;lat;lon;Presidente\nLa Rosa;Torino;45,07;7,68;M. R.\n"Il Sole;Asti;44,9;8,2;A. B.\n;Vic;41,9;2,2;-\nSolo;;45;;\n'
)


def written(folder: Path, content: bytes) -> str:
    (folder / "albo.csv").write_bytes(content)
    return str(folder / "albo.csv")


def test_one_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["register", written(tmp_path, TABLE.encode("cp1252")), "--json", "--country", "it"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["rows"], found["accepted"], found["rejected"]) == (4, 1, 3)
    assert found["mapping"] == {"Denominazione": "name", "Comune": "city", "lat": "lat", "lon": "lon", "Presidente": ""}
    assert [(one["line"], one["reason"]) for one in found["rejects"]] == [(3, "unclosed_quote"), (4, "no_name"), (5, "half_place")]


def test_lines_and_rejects(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "refused.csv"
    assert main(["register", written(tmp_path, TABLE.encode()), "--rejects", str(out), "--map", "activity=Comune", "--map", "=lat"]) == 0
    said = capsys.readouterr().out
    assert "4 rows" in said
    assert "activity     Comune" in said
    assert "person_column name Presidente" in said
    assert "line 3: a quote that is not closed: " in said
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["line", "reason", "text"]
    assert all(row[2].startswith("'") for row in rows[1:])


@pytest.mark.parametrize(
    ("content", "more", "sentence"),
    [
        (b"", [], "The file is empty"),
        (b"%PDF-1", [], "The file is a PDF, not a table"),
        (b'{"type": "Topology"}', [], "no GeoJSON collection of features (Topology)"),
        (b"name,city\na,b\n", ["--encoding", "klingon"], "The encoding “klingon” does not fit"),
        (b"name,city\na,b\n", ["--map", "nome=city"], "write FIELD=COLUMN"),
        (b"name,city\na,b\n", ["--map", "name=nome"], "there is no column nome; there are name, city"),
        (b"name,city\na,b\n", ["--near", "1,2"], "write four numbers"),
        (b"name,lat,lon\na,1,2\n", ["--crs", "moon"], "coordinate system moon is not known"),
    ],
)
def test_bad_input_ends_with_two_and_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, more: list[str], sentence: str
) -> None:
    assert main(["register", written(tmp_path, content), *more]) == 2
    said = capsys.readouterr()
    assert sentence in said.err
    assert (said.err.count("\n"), said.out) == (1, "")


def test_a_missing_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["register", "nowhere.csv"]) == 2
    assert "There is no file nowhere.csv" in capsys.readouterr().err


def test_every_reason_has_a_sentence() -> None:
    assert sentences.SENTENCES.keys() | sentences.ROWS.keys() == {str(reason) for reason in Reason}
    for reason, sentence in sentences.SENTENCES.items():
        told = sentences.fault(FileFault(Reason(reason)))
        assert told[0] in string.ascii_uppercase + "{?"
        assert sentence.endswith(".")
