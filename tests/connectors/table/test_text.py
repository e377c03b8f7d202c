"""Text tables: every line accounted for, whatever is wrong with it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rrr.connectors import inspect, read
from rrr.records.register import Account, FileFault, NoteCode, Options, RawRow, Reason, Rejected
from tests.connectors.reading import whole, written

HEADER = "id,name,city,founded\n"


def test_a_plain_table(tmp_path: Path) -> None:
    found = whole(written(tmp_path, HEADER + "1,La Rosa,Torino,1998\n2,El Sol,Sevilla,2004\n"))
    assert found.inspection.format == "csv"
    assert found.rows[1] == RawRow(3, {"id": "2", "name": "El Sol", "city": "Sevilla", "founded": "2004"})
    assert found.guesses == {"id": "key", "name": "name", "city": "city", "founded": "founded"}


@pytest.mark.parametrize("separator", list(",;\t|"), ids=["comma", "semicolon", "tab", "bar"])
def test_separators(tmp_path: Path, separator: str) -> None:
    lines = ["name,lat,lon", "La Rosa,45.1,7.6", "El Sol,37.4,-5.9"]
    found = whole(written(tmp_path, "\n".join(line.replace(",", separator) for line in lines)))
    assert found.inspection.delimiter == separator
    assert [row.values["lon"] for row in found.rows] == ["7.6", "-5.9"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    found = whole(written(tmp_path, end.join(["name,city", "La Rosa,Torino", '"El\nSol",Sevilla'.replace("\n", end)])))
    assert [row.values["name"] for row in found.rows] == ["La Rosa", "El\nSol"]
    assert found.account.continued == 1


def test_a_comma_in_numbers_is_not_the_separator(tmp_path: Path) -> None:
    found = whole(written(tmp_path, "nome;lat;lon\nLa Rosa;45,0703;7,6869\nIl Sole;45,1;7,7\n"))
    assert found.inspection.delimiter == ";"
    assert NoteCode.DECIMAL_COMMA in found.codes
    assert found.drafts()[0].values == {"name": "La Rosa", "lat": 45.0703, "lon": 7.6869}  # type: ignore[union-attr]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso-8859-1"])
def test_encodings_of_the_west(tmp_path: Path, encoding: str) -> None:
    text = "nombre;dirección\nCompañía Ñandú;Málaga\nAsociación «Niños»;Cádiz\nÉcole coopérative;Orléans\n"
    found = whole(written(tmp_path, text.encode(encoding)))
    assert [row.values["nombre"] for row in found.rows] == ["Compañía Ñandú", "Asociación «Niños»", "École coopérative"]
    assert (NoteCode.ENCODING_GUESSED in found.codes) == (encoding not in ("utf-8", "utf-8-sig"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1250", "iso-8859-2"])
def test_encodings_of_poland(tmp_path: Path, encoding: str) -> None:
    text = "nazwa;miejscowość\nSpółdzielnia Socjalna „Źródło”;Łódź\nTowarzystwo Przyjaciół Żar;Gdańsk\nPiękny Świat;Wąchock\n"
    if encoding == "iso-8859-2":
        text = text.replace("„", '"').replace("”", '"').replace('"Źródło"', "Źródło")
    found = whole(written(tmp_path, text.encode(encoding)))
    assert [row.values["miejscowość"] for row in found.rows] == ["Łódź", "Gdańsk", "Wąchock"]
    assert found.guesses == {"nazwa": "name", "miejscowość": "city"}


def test_a_wrong_guess_is_put_right(tmp_path: Path) -> None:
    path = written(tmp_path, "nazwa;miasto\nGdańsk;Toruń\n".encode("cp1250"))
    assert inspect(path, country="PL").encoding == "cp1250"
    assert whole(path, Options(encoding="windows-1250")).rows[0].values["miasto"] == "Toruń"
    with pytest.raises(FileFault) as fault:
        inspect(path, options=Options(encoding="klingon"))
    assert fault.value.reason == Reason.BAD_OPTION


def test_one_line_in_another_encoding_is_refused_alone(tmp_path: Path) -> None:
    good = "".join(f"{n},Compañía {n},Málaga,2001\n" for n in range(50))
    found = whole(written(tmp_path, HEADER.encode() + good.encode() + "99,Señor,Cádiz,1990\n".encode("latin-1") + b"100,Last,Vic,1999\n"))
    assert [(row.line, row.reason) for row in found.rejected] == [(52, Reason.WRONG_ENCODING)]
    assert len(found.rows) == 51


def test_an_unclosed_quote_swallows_nothing(tmp_path: Path) -> None:
    found = whole(written(tmp_path, HEADER + '1,"La Rosa,Torino,1998\n2,El Sol,Sevilla,2004\n3,"Il ""Sole""",Torino,1999\n4,Lo,Vic,2000\n'))
    assert [(row.line, row.reason) for row in found.rejected] == [(2, Reason.UNCLOSED_QUOTE)]
    assert [row.values["name"] for row in found.rows] == ["El Sol", 'Il "Sole"', "Lo"]


def test_an_unclosed_quote_in_the_last_line(tmp_path: Path) -> None:
    found = whole(written(tmp_path, HEADER + '1,La Rosa,Torino,1998\n2,"El Sol,Sevilla,2004'))
    assert [(row.line, row.text) for row in found.rejected] == [(3, '2,"El Sol,Sevilla,2004')]


def test_two_unclosed_quotes_do_not_close_each_other(tmp_path: Path) -> None:
    found = whole(written(tmp_path, HEADER + '1,"La Rosa,Torino,1998\n2,El Sol,Sevilla,2004\n3,Due",Torino,1999\n4,Lo,Vic,2000\n'))
    assert 2 in [row.line for row in found.rejected]
    assert {"El Sol", "Lo"} <= {row.values["name"] for row in found.rows}


def test_stray_quotes_swallow_no_row_of_a_narrow_table(tmp_path: Path) -> None:
    found = whole(written(tmp_path, 'id,name,city\n1,A,x\n2,"B,y\n3,C,z\n4,D,w\n5,E",v\n6,F,"l1, l2\nl3, l4"\n'))
    assert [row.line for row in found.rejected] == [3]
    assert [row.values["name"] for row in found.rows] == ["A", "C", "D", 'E"', "F"]


def test_a_cell_of_several_lines_is_one_row(tmp_path: Path) -> None:
    found = whole(written(tmp_path, HEADER + '1,"La\n\nRosa, coop",Torino,1998\n\n2,El Sol,Sevilla,2004\n'))
    assert [(row.line, row.values["name"]) for row in found.rows] == [(2, "La\n\nRosa, coop"), (4, "El Sol")]
    assert (found.account.lines, found.account.continued, found.account.blank) == (6, 2, 1)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('1,"La Rosa" coop,Torino,1998', "La Rosa coop"),
        ('1,coop "La Rosa",Torino,1998', 'coop "La Rosa"'),
        ('1,"La \\"Rosa\\", Torino",Torino,1998', 'La "Rosa", Torino'),
    ],
    ids=["closes too early", "inside", "backslash"],
)
def test_quotes_as_people_write_them(tmp_path: Path, line: str, name: str) -> None:
    assert whole(written(tmp_path, f"{HEADER}{line}\n2,x,y,2000\n")).rows[0].values["name"] == name


def test_rows_of_another_width(tmp_path: Path) -> None:
    found = whole(written(tmp_path, HEADER + "1,a,b,2000\n2,a,b\n3,a,b,2000,c\n4,a,b,2000,,\n5,a,b,2001\n6,a,b,2002\n"))
    told = [(row.line, row.reason, row.facts["found"]) for row in found.rejected]
    assert told == [(3, Reason.TOO_FEW_COLUMNS, 3), (4, Reason.TOO_MANY_COLUMNS, 5)]


def test_doubled_and_empty_headers(tmp_path: Path) -> None:
    found = whole(written(tmp_path, "name,name,,city,name (2)\na,b,c,d,e\nf,g,h,i,j\n"))
    assert [column.name for column in found.inspection.columns] == ["name", "name (3)", "#3", "city", "name (2)"]
    assert found.note(NoteCode.DUPLICATE_HEADER).facts == {"name": "name", "as": "name (3)"}
    assert found.note(NoteCode.UNNAMED_COLUMN).facts == {"as": "#3"}


def test_titles_above_the_header(tmp_path: Path) -> None:
    text = 'Albo delle cooperative;;;\nAggiornato al 1/3/2024;;;\n;;;\n"Denominazione";Comune;Indirizzo;Sito\nLa Rosa;Torino;Via Po 1;www.rosa.it\n'
    found = whole(written(tmp_path, text + "Il Sole;Torino;Via Po 2;\n"))
    assert found.inspection.header_line == 4
    assert [row.line for row in found.rows] == [5, 6]
    assert found.note(NoteCode.HEADER_BELOW_TITLE).facts == {"line": 4, "lines": 3}
    assert found.account.above == 4


def test_the_header_a_person_names(tmp_path: Path) -> None:
    path = written(tmp_path, "eins;zwei\n1;2\nfoo;bar\nx;y\n")
    assert [column.name for column in inspect(path, options=Options(header_line=3)).columns] == ["foo", "bar"]
    with pytest.raises(FileFault, match="bad_option"):
        inspect(path, options=Options(header_line=9))


def test_years_may_head_columns(tmp_path: Path) -> None:
    found = whole(written(tmp_path, "name,2019,2020,2021\nLa Rosa,1,2,3\nEl Sol,4,5,6\n"))
    assert [column.name for column in found.inspection.columns] == ["name", "2019", "2020", "2021"]


def test_excel_says_its_separator(tmp_path: Path) -> None:
    found = whole(written(tmp_path, "sep=;\nname;city\nLa, Rosa;Torino\n"))
    assert found.rows[0].values == {"name": "La, Rosa", "city": "Torino"}


@pytest.mark.parametrize(
    ("content", "reason", "facts"),
    [
        (b"", Reason.EMPTY_FILE, {}),
        (b"\xef\xbb\xbf \n\n", Reason.EMPTY_FILE, {}),
        (b"name,city\n", Reason.NO_ROWS, {"columns": 2}),
        (b"1,La Rosa,45.1,7.6\n2,Il Sole,45.2,7.7\n", Reason.NO_HEADER, {"text": "1; La Rosa; 45.1; 7.6"}),
        (b"Dear all\nplease find enclosed the list\n", Reason.NOT_A_TABLE, {"what": "text"}),
        (b"%PDF-1.7 \x00\x01", Reason.NOT_A_TABLE, {"what": "pdf"}),
        (b"<!DOCTYPE html><table><tr><td>name</td></tr></table>", Reason.NOT_A_TABLE, {"what": "html"}),
        (b"<?xml version='1.0'?><kml/>", Reason.NOT_A_TABLE, {"what": "xml"}),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Reason.NOT_A_TABLE, {"what": "xls"}),
        (b"\x1f\x8b\x08\x00", Reason.NOT_A_TABLE, {"what": "gzip"}),
        (b"\x89PNG\r\n\x1a\n\x00\x00", Reason.NOT_A_TABLE, {"what": "image"}),
        (bytes(range(256)) * 8, Reason.NOT_A_TABLE, {"what": "binary"}),
    ],
    ids=["empty", "blank", "no rows", "no header", "prose", "pdf", "html", "xml", "xls", "gzip", "png", "binary"],
)
def test_files_that_cannot_be_read_say_what_they_are(tmp_path: Path, content: bytes, reason: Reason, facts: dict[str, object]) -> None:
    with pytest.raises(FileFault) as fault:
        inspect(written(tmp_path, content))
    assert (fault.value.reason, fault.value.facts) == (reason, facts)


def test_fifty_megabytes_of_one_line(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        for _ in range(50):
            file.write(b"name," * (2**20 // 5))
    with pytest.raises(FileFault) as fault:
        inspect(path)
    assert fault.value.reason == Reason.LINE_TOO_LONG


def test_one_overlong_line_is_refused_alone(tmp_path: Path) -> None:
    found = whole(written(tmp_path, HEADER + "1,a,b,2000\n2," + "x" * 3_000_000 + ",b,2000\n3,a,b,2001\n"))
    assert [(row.line, row.reason) for row in found.rejected] == [(3, Reason.LINE_TOO_LONG)]
    assert len(found.rejected[0].text) <= 200
    assert [row.values["id"] for row in found.rows] == ["1", "3"]


def test_read_without_inspect_raises_at_the_first_row(tmp_path: Path) -> None:
    rows = read(written(tmp_path, b""))
    with pytest.raises(FileFault, match="empty_file"):
        next(rows)


CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n\t", exclude_characters="\ufeff"), max_size=12
)


SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@example(rows=[("", "", "", '"\\')])
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=12))
def test_what_csv_writes_is_read_back(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    """Quoted wholly, every table comes back, unless a cell holds a line that is a row by itself: then it is refused, never swallowed."""
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([("id", "name", "city", "founded"), *rows])
    path = written(tmp_path, stream.getvalue())
    options = Options(encoding="utf-8", delimiter=",", header_line=1)
    account = Account()
    everything = list(read(path, options, account=account))
    assert account.closes
    assert account.lines == len(stream.getvalue().split("\n")) - 1
    if not any(isinstance(row, Rejected) for row in everything):
        expected = [row for row in rows if any(cell.strip() for cell in row)]
        assert [tuple(row.values.values()) for row in everything if isinstance(row, RawRow)] == expected


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=SLOW)
@given(lines=st.lists(st.text('ab", ;\n', max_size=20), max_size=12))
def test_no_line_is_lost_whatever_stands_in_it(tmp_path: Path, lines: list[str]) -> None:
    text = HEADER + "1,La Rosa,Torino,1998\n" + "\n".join(lines)
    account = Account()
    everything = list(read(written(tmp_path, text), Options(delimiter=",", header_line=1), account=account))
    assert account.closes
    assert account.lines == len(text.split("\n")) - (text.endswith("\n"))
    assert account.rows == len(everything)
    # A table whose other rows are mostly wider lacks names of columns, and then it is the good row that is too short.
    wider = sum(line.count(",") > 3 for line in text.split("\n"))
    assert isinstance(everything[0], RawRow) or (wider and everything[0].reason == Reason.TOO_FEW_COLUMNS)
