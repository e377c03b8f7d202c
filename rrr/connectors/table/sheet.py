"""XLSX: one sheet as a table. Formulas are read by the value stored beside them, dates as dates, nothing is computed."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import ParseError  # only the error; defusedxml does the parsing
from xml.parsers.expat import ExpatError

from defusedxml import DefusedXmlException

from rrr.connectors.table import archive, header
from rrr.connectors.table.records import shown
from rrr.connectors.table.workbook import Book, HarmfulXML, Seen, Sheet, opened
from rrr.records.register import Account, Box, FileFault, Inspection, Note, NoteCode, Options, RawRow, Reason, Rejected
from rrr.text.columns import Survey, unique

_HEAD = 300
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    ExpatError,
    LookupError,
    ValueError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)


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
    for row in _rows(path, found, account, seen):
        if isinstance(row, RawRow):
            survey.add(row.values)
    if not account.rows:
        raise FileFault(Reason.NO_ROWS, columns=len(found.names))
    return Inspection(
        format="xlsx",
        sheet=found.sheet,
        sheets=found.sheets,
        header_line=found.header_line,
        columns=survey.columns(),
        rows=account.rows,
        notes=(*found.notes, *_notes(seen, account)),
        account=account,
        crs=options.crs,
    )


def read(path: Path, options: Options, country: str, near: Box | None, account: Account) -> Iterator[RawRow | Rejected]:
    archive.guard(path)
    yield from _rows(path, _layout(path, options), account, Seen())


@contextmanager
def _opened(path: Path) -> Iterator[Book]:
    """The workbook. Whatever goes wrong while it is open means that the file is broken, or made to harm."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield opened(archive)
    except (DefusedXmlException, HarmfulXML):
        raise FileFault(Reason.BROKEN_FILE, what="xml") from None
    except _BROKEN:
        raise FileFault(Reason.BROKEN_FILE, what="xlsx") from None


def _layout(path: Path, options: Options) -> Layout:
    with _opened(path) as book:
        shown_sheets = [one for one in book.sheets if one.visible] or book.sheets
        hidden = [one.title for one in book.sheets if one not in shown_sheets]
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


def _choose(book: Book, visible: list[Sheet], options: Options) -> tuple[str, list[list[str]]]:
    """The sheet asked for, else the first that holds anything."""
    if options.sheet:
        visible = [one for one in book.sheets if one.title == options.sheet]
        if not visible:
            raise FileFault(Reason.NO_SUCH_SHEET, sheet=options.sheet[:60], sheets=", ".join(one.title for one in book.sheets)[:200])
    for sheet in visible:
        head = list(islice(book.rows(sheet, Seen()), _HEAD))
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
        sheet = next(one for one in book.sheets if one.title == found.sheet)
        for line, cells in enumerate(book.rows(sheet, seen), 1):
            account.lines += 1
            if line <= found.header_line:
                account.above += 1
            elif not any(cells):
                account.blank += 1
            elif any(cells[width:]):
                account.rejected += 1
                yield Rejected(line, shown("; ".join(cells)), Reason.TOO_MANY_COLUMNS, {"found": _used(cells), "expected": width})
            else:
                account.accepted += 1
                yield RawRow(line, dict(zip(found.names, (cells + empty)[:width], strict=True)))


def _notes(seen: Seen, account: Account) -> Iterator[Note]:
    counts = {
        NoteCode.FORMULAS: seen.formulas,
        NoteCode.FORMULAS_WITHOUT_VALUE: seen.formulas_without_value,
        NoteCode.CELL_ERRORS: seen.errors,
        NoteCode.MERGED_CELLS: seen.merged,
        NoteCode.BLANK_LINES: account.blank,
    }
    yield from (Note(code, {"count": count}) for code, count in counts.items() if count)
    if account.rejected:
        yield Note(NoteCode.ROWS_REFUSED, {"count": account.rejected, "reason": str(Reason.TOO_MANY_COLUMNS)})
