"""The parts of an XLSX file, read as a stream: which sheets there are, shared texts, which styles are dates, the rows of one sheet.

openpyxl's own stream parses Python-side under defusedxml and scans a sheet without a stated size twice; this reads the same XML once through
expat, some ten times as fast, and refuses entities as defusedxml does. Formats and dates are openpyxl's.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from xml.parsers import expat

from defusedxml.ElementTree import fromstring
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from rrr.connectors.table.header import MOST_COLUMNS

MOST_ROWS = 1_048_576
_CHUNK = 2**18
_MOST_SMALL = 32 * 2**20  # bytes of a part that is parsed whole
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})


class HarmfulXML(ValueError):
    """The XML declares entities."""


@dataclass
class Seen:
    """What was met while reading a sheet; complete after its last row."""

    errors: int = 0
    formulas: int = 0
    formulas_without_value: int = 0
    merged: int = 0


@dataclass(frozen=True)
class Sheet:
    title: str
    part: str
    visible: bool


@dataclass
class Book:
    archive: zipfile.ZipFile
    sheets: list[Sheet] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)  # by number of cell format
    epoch: datetime = WINDOWS_EPOCH

    def rows(self, sheet: Sheet, seen: Seen) -> Iterator[list[str]]:
        """Cells of each row from the first line on, as texts; lines the file leaves out are empty lists."""
        parser = _Rows(self, seen)
        line = 0
        with self.archive.open(sheet.part) as file:
            while chunk := file.read(_CHUNK):
                parser.feed(chunk)
                for number, cells in parser.taken():
                    if line < number <= MOST_ROWS:
                        yield from ([] for _ in range(number - line - 1))
                    line = number if line < number <= MOST_ROWS else line + 1
                    yield cells
        parser.close()

    def text(self, kind: str, style: str, value: str, seen: Seen) -> str:
        if kind == "s":
            return self.texts[int(value)].strip()
        if kind == "b":
            return "true" if value == "1" else "false"
        if kind == "e" or value in _ERRORS:
            seen.errors += 1
            return ""
        if kind != "n":
            return value.strip()
        number = float(value)
        at = int(style or 0)
        if at < len(self.dates) and self.dates[at]:
            return _date(number, self.epoch)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def opened(archive: zipfile.ZipFile) -> Book:
    book = Book(archive)
    main = next((part for kind, part in _targets(archive, "_rels/.rels", "").values() if kind == "officeDocument"), "xl/workbook.xml")
    folder, name = posixpath.split(main)
    parts = _targets(archive, f"{folder}/_rels/{name}.rels", folder)
    root = _small(archive, main)
    for one in root.iter():
        if _local(one.tag) == "workbookPr" and one.get("date1904") in ("1", "true"):
            book.epoch = MAC_EPOCH
        if _local(one.tag) == "sheet":
            key = next((value for attribute, value in one.attrib.items() if _local(attribute) == "id"), "")
            kind, part = parts[key]
            if kind == "worksheet":
                book.sheets.append(Sheet(one.get("name", ""), part, one.get("state", "visible") == "visible"))
    for kind, part in parts.values():
        if kind == "sharedStrings" and part in archive.namelist():
            book.texts = _shared(archive, part)
        elif kind == "styles" and part in archive.namelist():
            book.dates = _dates(_small(archive, part))
    return book


def _small(archive: zipfile.ZipFile, part: str) -> Any:
    if archive.getinfo(part).file_size > _MOST_SMALL:
        raise ValueError(part)
    return fromstring(archive.read(part))


def _targets(archive: zipfile.ZipFile, part: str, folder: str) -> dict[str, tuple[str, str]]:
    """Id of each relation -> the last word of its type, and the part it points to."""
    return {
        one.get("Id", ""): (
            one.get("Type", "").rpartition("/")[2],
            one.get("Target", "").lstrip("/")
            if one.get("Target", "").startswith("/")
            else posixpath.normpath(f"{folder}/{one.get('Target', '')}").lstrip("/"),
        )
        for one in _small(archive, part)
    }


def _dates(styles: Any) -> list[bool]:
    formats = dict(BUILTIN_FORMATS)
    for one in styles.iter():
        if _local(one.tag) == "numFmt" and str(one.get("numFmtId", "")).isdigit():
            formats[int(one.get("numFmtId"))] = one.get("formatCode", "")
    cells = next((one for one in styles if _local(one.tag) == "cellXfs"), ())
    return [bool(is_date_format(formats.get(int(one.get("numFmtId", 0)), "General"))) for one in cells]


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _date(number: float, epoch: datetime) -> str:
    try:
        value = from_excel(number, epoch)
    except (ValueError, OverflowError):
        return repr(number)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)


@lru_cache(maxsize=2048)
def _column(letters: str) -> int:
    """A is 0. Whatever lies beyond the most columns we read counts as the one after them."""
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter) - 64
    return min(number - 1, MOST_COLUMNS)


class _Expat:
    """A parser that knows the names of elements without their prefix and refuses entities."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.EntityDeclHandler = self._refuse
        self._buffer: list[str] = []
        self._collecting = False

    def _refuse(self, *_given: Any) -> None:
        raise HarmfulXML

    def _data(self, data: str) -> None:
        if self._collecting:
            self._buffer.append(data)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def _end(self, name: str) -> None:
        raise NotImplementedError

    def feed(self, chunk: bytes) -> None:
        self._parser.Parse(chunk, False)

    def close(self) -> None:
        self._parser.Parse(b"", True)

    def _collected(self) -> str:
        found = "".join(self._buffer)
        self._buffer.clear()
        self._collecting = False
        return found


class _Texts(_Expat):
    """Shared texts; readings of Japanese characters (rPh) are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._reading = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        self._reading = self._reading or name == "rPh"
        self._collecting = name == "t" and not self._reading

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "t":
            self._parts.append(self._collected())
        elif name == "rPh":
            self._reading = False
        elif name == "si":
            self.texts.append("".join(self._parts))
            self._parts.clear()


def _shared(archive: zipfile.ZipFile, part: str) -> list[str]:
    parser = _Texts()
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            parser.feed(chunk)
    parser.close()
    return parser.texts


class _Rows(_Expat):
    def __init__(self, book: Book, seen: Seen) -> None:
        super().__init__()
        self._book, self._seen = book, seen
        self._rows: list[tuple[int, list[str]]] = []
        self._number, self._cells = 0, list[str]()
        self._cell: dict[str, str] = {}
        self._value = ""
        self._formula = self._reading = False

    def taken(self) -> list[tuple[int, list[str]]]:
        rows, self._rows = self._rows, []
        return rows

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            self._cell, self._value, self._formula = attributes, "", False
        elif name == "v" or (name == "t" and not self._reading):
            self._collecting = True
        elif name == "f":
            self._formula = True
        elif name == "row":
            number = attributes.get("r", "")
            self._number, self._cells = int(number) if number.isdigit() else self._number + 1, []
        elif name == "rPh":
            self._reading = True
        elif name == "mergeCell":
            self._seen.merged += 1

    def _end(self, name: str) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name in ("v", "t"):
            self._value += self._collected()
        elif name == "c":
            self._place()
        elif name == "row":
            self._rows.append((self._number, self._cells))
        elif name == "rPh":
            self._reading = False

    def _place(self) -> None:
        letters = self._cell.get("r", "").rstrip("0123456789")
        at = _column(letters) if letters.isalpha() and letters.isupper() and letters.isascii() else len(self._cells)
        if self._formula:
            if self._value:
                self._seen.formulas += 1
            else:
                self._seen.formulas_without_value += 1
        text = self._book.text(self._cell.get("t", "n"), self._cell.get("s", ""), self._value, self._seen) if self._value else ""
        if not text:
            return
        while len(self._cells) <= at:
            self._cells.append("")
        self._cells[at] = text
