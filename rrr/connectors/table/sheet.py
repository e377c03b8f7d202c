"""XLSX: one sheet as a table. Formulas are read by the value stored beside them, dates as dates, nothing is computed."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError  # only the error; defusedxml does the parsing

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from rrr.connectors.table import archive, header
from rrr.connectors.table.records import shown
from rrr.records.register import Account, Box, FileFault, Inspection, Note, NoteCode, Options, RawRow, Reason, Rejected
from rrr.text.columns import Survey, unique

_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
_HEAD = 300
_BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
    InvalidFileException,
    ParseError,
)


@dataclass
class Seen:
    errors: int = 0


@dataclass(frozen=True)
class Layout:
    sheet: str
    sheets: tuple[str, ...]
    header_line: int
    names: tuple[str, ...]
    notes: tuple[Note, ...]


def inspect(path: Path, options: Options, country: str, near: Box | None) -> Inspection:
    archive.guard(path)
    found = _layout(path, options)
    survey, account, seen = Survey(found.names), Account(), Seen()
    refused = 0
    for row in _rows(path, found, account, seen):
        if isinstance(row, Rejected):
            refused += 1
        else:
            survey.add(row.values)
    if not account.rows:
        raise FileFault(Reason.NO_ROWS, columns=len(found.names))
    notes = [*found.notes, *_formula_notes(path, found.sheet)]
    if seen.errors:
        notes.append(Note(NoteCode.CELL_ERRORS, {"count": seen.errors}))
    if account.blank:
        notes.append(Note(NoteCode.BLANK_LINES, {"count": account.blank}))
    if refused:
        notes.append(Note(NoteCode.ROWS_REFUSED, {"count": refused, "reason": str(Reason.TOO_MANY_COLUMNS)}))
    return Inspection(
        format="xlsx",
        sheet=found.sheet,
        sheets=found.sheets,
        header_line=found.header_line,
        columns=survey.columns(),
        rows=account.rows,
        notes=tuple(notes),
        account=account,
        crs=options.crs,
    )


def read(path: Path, options: Options, country: str, near: Box | None, account: Account) -> Iterator[RawRow | Rejected]:
    archive.guard(path)
    yield from _rows(path, _layout(path, options), account, Seen())


@contextmanager
def _opened(path: Path, *, values: bool = True) -> Iterator[Any]:
    """The workbook as a stream, whatever its name ends in. openpyxl parses with defusedxml where it is installed, as here."""
    with path.open("rb") as file:
        book = _loaded(file, values)
        try:
            yield book
        finally:
            book.close()


def _loaded(file: BinaryIO, values: bool) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(file, read_only=True, data_only=values, keep_links=False)
    except _BROKEN as error:
        raise _broken(error) from None


def _broken(error: Exception) -> FileFault:
    """Entities inside the XML are told apart: such a file is made to harm. openpyxl wraps the error of the parser."""
    harmful = isinstance(error, DefusedXmlException) or isinstance(error.__cause__, DefusedXmlException)
    return FileFault(Reason.BROKEN_FILE, what="xml" if harmful else "xlsx")


def _cells(sheet: Any, *, values: bool = True) -> Iterator[tuple[Any, ...]]:
    """Rows from the first line on, not trusting the size the sheet states."""
    sheet.reset_dimensions()
    rows = sheet.iter_rows(values_only=values)
    try:
        while True:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                row = next(rows, None)
            if row is None:
                return
            yield row
    except _BROKEN as error:
        raise _broken(error) from None


def _layout(path: Path, options: Options) -> Layout:
    with _opened(path) as book:
        shown_sheets = [one for one in book.worksheets if one.sheet_state == "visible"] or list(book.worksheets)
        hidden = [one.title for one in book.worksheets if one not in shown_sheets]
        sheet, head = _choose(book, shown_sheets, options)
        titles = (*(one.title for one in shown_sheets), *hidden)
    notes: list[Note] = []
    if len(shown_sheets) > 1 and not options.sheet:
        notes.append(Note(NoteCode.FIRST_SHEET, {"sheet": sheet, "sheets": len(shown_sheets)}))
    if hidden:
        notes.append(Note(NoteCode.HIDDEN_SHEETS, {"sheets": ", ".join(hidden)[:200]}))
    at = _header(head, options)
    if at:
        notes.append(Note(NoteCode.HEADER_BELOW_TITLE, {"line": at + 1, "lines": at}))
    width = max((_used(row) for row in head[at:]), default=0)
    if width > header.MOST_COLUMNS:
        raise FileFault(Reason.TOO_MANY_COLUMNS, found=width, limit=header.MOST_COLUMNS)
    names, changed = unique([*head[at], *[""] * width][:width])
    return Layout(sheet, titles, at + 1, names, (*notes, *changed))


def _choose(book: Any, visible: list[Any], options: Options) -> tuple[str, list[list[str]]]:
    """The sheet asked for, else the first that holds anything."""
    if options.sheet:
        visible = [one for one in book.worksheets if one.title == options.sheet]
        if not visible:
            raise FileFault(Reason.NO_SUCH_SHEET, sheet=options.sheet[:60], sheets=", ".join(one.title for one in book.worksheets)[:200])
    for sheet in visible:
        head = [[_text(value, Seen()) for value in row] for row in islice(_cells(sheet), _HEAD)]
        if any(map(any, head)):
            return sheet.title, head
    raise FileFault(Reason.EMPTY_FILE)


def _header(head: list[list[str]], options: Options) -> int:
    if options.header_line:
        if options.header_line > len(head) or not any(head[options.header_line - 1]):
            raise FileFault(Reason.BAD_OPTION, option="header_line", value=options.header_line)
        return options.header_line - 1
    at = header.find([row[: _used(row)] or None for row in head])
    if at is None:
        raise FileFault(Reason.NO_HEADER, text=shown("; ".join(next(row for row in head if any(row)))))
    return at


def _used(row: list[str]) -> int:
    return max((place for place, cell in enumerate(row, 1) if cell), default=0)


def _rows(path: Path, found: Layout, account: Account, seen: Seen) -> Iterator[RawRow | Rejected]:
    width = len(found.names)
    empty = [""] * width
    with _opened(path) as book:
        for line, row in enumerate(_cells(book[found.sheet]), 1):
            account.lines += 1
            if line <= found.header_line:
                account.above += 1
                continue
            cells = [_text(value, seen) for value in row]
            if not any(cells):
                account.blank += 1
            elif any(cells[width:]):
                account.rejected += 1
                yield Rejected(line, shown("; ".join(cells)), Reason.TOO_MANY_COLUMNS, {"found": _used(cells), "expected": width})
            else:
                account.accepted += 1
                yield RawRow(line, dict(zip(found.names, (cells + empty)[:width], strict=True)))


def _text(value: Any, seen: Seen) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        if value in _ERRORS:
            seen.errors += 1
            return ""
        return value.strip()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _formula_notes(path: Path, title: str) -> Iterator[Note]:
    """Two readings side by side, formulas and stored values, only where the sheet has formulas at all."""
    with _opened(path, values=False) as book:
        traits = archive.traits(path, str(book[title]._worksheet_path))
        if traits.formulas:
            with _opened(path) as values:
                yield from _compare(values, book, title)
    if traits.merged:
        yield Note(NoteCode.MERGED_CELLS, {"count": traits.merged})


def _compare(values: Any, formulas: Any, title: str) -> Iterator[Note]:
    stored = missing = 0
    for row, result in zip(_cells(formulas[title], values=False), _cells(values[title]), strict=False):
        for cell, value in zip(row, result, strict=False):
            if cell.data_type == "f":
                stored += value is not None
                missing += value is None
    if stored:
        yield Note(NoteCode.FORMULAS, {"count": stored})
    if missing:
        yield Note(NoteCode.FORMULAS_WITHOUT_VALUE, {"count": missing})
