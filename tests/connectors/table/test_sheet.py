"""XLSX as people save it: formulas, dates, several sheets, and files made to harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import MAC_EPOCH

from rrr.connectors import inspect
from rrr.records.register import Draft, FileFault, NoteCode, Options, Reason
from tests.connectors.reading import whole, written

ROWS = [
    ["Denominazione", "Comune", "Data costituzione"],
    ["La Rosa", "Torino", date(1998, 3, 1)],
    ["Il Sole", "Asti", datetime(2004, 5, 6)],
]


def book(folder: Path, change: Callable[[Workbook], Any] | None = None, name: str = "register.xlsx") -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Albo"
    for row in ROWS:
        sheet.append(row)
    if change:
        change(made)
    path = folder / name
    made.save(path)
    return path


def replaced(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


def test_a_sheet_with_dates(tmp_path: Path) -> None:
    found = whole(book(tmp_path))
    assert (found.inspection.format, found.inspection.sheet, found.inspection.sheets) == ("xlsx", "Albo", ("Albo",))
    assert found.rows[0].values == {"Denominazione": "La Rosa", "Comune": "Torino", "Data costituzione": "1998-03-01"}
    second = found.drafts()[1]
    assert isinstance(second, Draft)
    assert second.values == {"name": "Il Sole", "city": "Asti", "founded": 2004}
    assert found.codes == set()


def test_content_counts_not_the_name(tmp_path: Path) -> None:
    assert inspect(book(tmp_path, name="register.csv")).format == "xlsx"


def test_formulas_are_read_by_their_stored_value(tmp_path: Path) -> None:
    def formulas(made: Workbook) -> None:
        made["Albo"].append(['=A2&" bis"', '=HYPERLINK("x","y")', None])

    path = book(tmp_path, formulas)
    stored = b"<f>A2&amp;&quot; bis&quot;</f><v>La Rosa bis</v>"
    replaced(path, "xl/worksheets/sheet1.xml", lambda xml: _with_value(xml, stored))
    found = whole(path)
    assert found.rows[2].values == {"Denominazione": "La Rosa bis", "Comune": "", "Data costituzione": ""}
    assert found.note(NoteCode.FORMULAS).facts == {"count": 1}
    assert found.note(NoteCode.FORMULAS_WITHOUT_VALUE).facts == {"count": 1}


def _with_value(xml: bytes, stored: bytes) -> bytes:
    start = xml.index(b"<f>A2")
    end = xml.index(b"</c>", start)
    cell = xml.rindex(b"<c ", 0, start)
    return xml[:cell] + xml[cell:start].replace(b">", b' t="str">', 1) + stored + xml[end:]


def test_sheets_titles_merged_cells_and_errors(tmp_path: Path) -> None:
    def more(made: Workbook) -> None:
        sheet = made["Albo"]
        sheet.insert_rows(1, 2)
        sheet["A1"] = "Albo delle cooperative"
        sheet.merge_cells("A1:C1")
        sheet["B4"] = "#N/A"
        made.create_sheet("Note")
        made.create_sheet("Segreto").sheet_state = "hidden"

    found = whole(book(tmp_path, more))
    assert found.inspection.header_line == 3
    assert found.rows[0].line == 4
    assert found.rows[0].values["Comune"] == ""
    assert found.inspection.sheets == ("Albo", "Note", "Segreto")
    wanted = {NoteCode.FIRST_SHEET, NoteCode.HIDDEN_SHEETS, NoteCode.MERGED_CELLS, NoteCode.CELL_ERRORS, NoteCode.HEADER_BELOW_TITLE}
    assert wanted <= found.codes


def test_another_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    def more(made: Workbook) -> None:
        other = made.create_sheet("Enti")
        other.append(["nome", "cap"])
        other.append(["Terzo", "00100"])

    path = book(tmp_path, more)
    assert whole(path, Options(sheet="Enti")).rows[0].values == {"nome": "Terzo", "cap": "00100"}
    with pytest.raises(FileFault) as fault:
        inspect(path, options=Options(sheet="Nessuno"))
    assert fault.value.facts == {"sheet": "Nessuno", "sheets": "Albo, Enti"}


def test_a_cell_outside_the_table_is_told(tmp_path: Path) -> None:
    def more(made: Workbook) -> None:
        for number in range(400):
            made["Albo"].append([f"Coop {number}", "Asti", None])
        made["Albo"]["H350"] = "note"

    found = whole(book(tmp_path, more))
    assert [(row.line, row.reason, row.facts) for row in found.rejected] == [(350, Reason.TOO_MANY_COLUMNS, {"found": 8, "expected": 3})]


@pytest.mark.slow
def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = replaced(book(tmp_path), "xl/worksheets/sheet1.xml", lambda xml: xml[:-20] + b" " * (80 * 2**20) + xml[-20:])
    with pytest.raises(FileFault) as fault:
        inspect(path)
    assert fault.value.reason == Reason.ZIP_BOMB
    assert fault.value.facts["megabytes"] == 80


def test_a_bomb_of_many_entries(tmp_path: Path) -> None:
    path = book(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(5_001):
            archive.writestr(f"xl/media/{number}", b"")
    with pytest.raises(FileFault, match="zip_bomb"):
        inspect(path)


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    path = replaced(book(tmp_path), "xl/worksheets/sheet1.xml", lambda xml: bomb + xml[xml.index(b"<worksheet") :])
    with pytest.raises(FileFault) as fault:
        inspect(path)
    assert (fault.value.reason, fault.value.facts) == (Reason.BROKEN_FILE, {"what": "xml"})


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_file_cut_off(tmp_path: Path, keep: float) -> None:
    data = book(tmp_path).read_bytes()
    with pytest.raises(FileFault) as fault:
        inspect(written(tmp_path, data[: int(len(data) * keep)], "cut.xlsx"))
    assert (fault.value.reason, fault.value.facts) == (Reason.BROKEN_FILE, {"what": "xlsx"})


@pytest.mark.parametrize(
    ("names", "what"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "ods"),
        ({"register.csv": "name\na\n"}, "zip"),
        ({"[Content_Types].xml": "", "word/document.xml": ""}, "doc"),
        ({"[Content_Types].xml": "", "xl/workbook.bin": ""}, "xlsb"),
    ],
)
def test_other_archives_say_what_they_are(tmp_path: Path, names: dict[str, str], what: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    with pytest.raises(FileFault) as fault:
        inspect(written(tmp_path, stream.getvalue(), "register.xlsx"))
    assert (fault.value.reason, fault.value.facts) == (Reason.NOT_A_TABLE, {"what": what})


def test_a_password_is_told(tmp_path: Path) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    with pytest.raises(FileFault, match="encrypted"):
        inspect(written(tmp_path, content, "register.xlsx"))


def test_an_empty_book(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    Workbook().save(path)
    with pytest.raises(FileFault, match="empty_file"):
        inspect(path)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(part=st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]), data=st.data())
def test_damaged_xml_is_a_fault_and_never_a_crash(tmp_path: Path, part: str, data: st.DataObject) -> None:
    def damaged(xml: bytes) -> bytes:
        start = data.draw(st.integers(0, len(xml)))
        return (
            xml[:start]
            + data.draw(st.sampled_from([b"", b"<", b"9", b"\xff", b"</c>", b'"', b"<v>x</v>"]))
            + xml[start + data.draw(st.integers(0, 9)) :]
        )

    path = replaced(book(tmp_path), part, damaged)
    try:
        found = inspect(path)
    except FileFault:
        return
    assert found.rows >= 1
    assert found.account.closes


def test_texts_of_every_kind(tmp_path: Path) -> None:
    """Rich text, inline text, numbers, booleans, a date before 1904's calendar is switched on."""

    def more(made: Workbook) -> None:
        made["Albo"].append([CellRichText("La ", TextBlock(InlineFont(b=True), "Rosa")), True, 1e-7])
        made["Albo"].append([" spaced  ", 12345678.5, 3.0])
        made.epoch = MAC_EPOCH

    rows = whole(book(tmp_path, more)).rows
    assert list(rows[0].values.values()) == ["La Rosa", "Torino", "1998-03-01"]
    assert list(rows[2].values.values()) == ["La Rosa", "true", "1e-07"]
    assert list(rows[3].values.values()) == ["spaced", "12345678.5", "3"]


PARTS = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": '<R><r Id="a" Type="x/officeDocument" Target="/xl/book.xml"/></R>',
    "xl/book.xml": '<x:workbook xmlns:x="m" xmlns:q="r"><x:sheets><x:sheet name="Uno" q:id="s1"/></x:sheets></x:workbook>',
    "xl/_rels/book.xml.rels": '<R><r Id="s1" Type="y/worksheet" Target="s/1.xml"/><r Id="t" Type="y/sharedStrings" Target="t.xml"/></R>',
    "xl/t.xml": "<sst><si><t>name</t></si><si><r><t>La </t></r><r><t>Rosa</t></r><rPh><t>yomi</t></rPh></si><si><t>Ñandú &amp; co</t></si></sst>",
    "xl/s/1.xml": (
        '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="2"><x:c r="A2" t="s"><x:v>0</x:v></x:c><x:c r="C2" t="str"><x:v>city</x:v></x:c></x:row>'
        '<x:row r="5"><x:c r="A5" t="s"><x:v>1</x:v></x:c></x:row><x:row><x:c t="s"><x:v>2</x:v></x:c><x:c/></x:row></x:sheetData></x:worksheet>'
    ),
}


def test_shared_texts_prefixes_and_lines_left_out(tmp_path: Path) -> None:
    """As other programs than openpyxl write it."""
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
    found = whole(path)
    assert found.inspection.header_line == 2
    assert [(row.line, list(row.values.values())) for row in found.rows] == [(5, ["La Rosa", "", ""]), (6, ["Ñandú & co", "", ""])]
    assert found.account.blank == 2
