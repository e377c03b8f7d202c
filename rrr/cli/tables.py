"""Tables as people have them: comma, semicolon or tab; UTF-8, UTF-16, CP1250 or Latin-1; decimal comma."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from rrr.cli.output import CommandError

MOST_BYTES = 200 * 2**20
_FORMULA = frozenset("=+-@")
_MARKS = [(b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")]


def decode(data: bytes) -> str:
    """A byte-order mark decides; else UTF-8; else CP1250 or Latin-1, whichever gives more letters of European words."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    central = data.decode("cp1250", errors="replace")
    western = data.decode("latin-1")
    return central if _letters(central, "ąćęłńóśźżĄĆĘŁŃÓŚŹŻčřšžůě") > _letters(western, "áéíóúñçãõàèìòùâêîôûäöüßÁÉÍÓÚÑÇ") else western


def _letters(text: str, wanted: str) -> int:
    return sum(text.count(letter) for letter in wanted)


def read(path: str, *, needed: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """Rows of a table by column name. `-` is standard input. Raises CommandError with the row at fault."""
    if path == "-":
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
    else:
        file = Path(path)
        if not file.is_file():
            raise CommandError(f"There is no file {path}; check the name.")
        if file.stat().st_size > MOST_BYTES:
            raise CommandError(f"{path} is larger than {MOST_BYTES // 2**20} MB; split it.")
        data = file.read_bytes()
    text = decode(data)
    if not text.strip():
        raise CommandError(f"{path} is empty; choose another file.")
    return _rows(path, text, needed)


def _rows(path: str, text: str, needed: tuple[str, ...]) -> list[dict[str, str]]:
    first = text.lstrip("\n").split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    csv.field_size_limit(2**20)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = [name.strip() for name in next(reader)]
        doubled = sorted({name for name in header if header.count(name) > 1})
        if doubled:
            raise CommandError(f"{path}: the column {doubled[0]} stands twice in the header; rename one.")
        missing = [name for name in needed if name not in header]
        if missing:
            raise CommandError(f"{path} has no column {', '.join(missing)}; it has: {', '.join(header)}.")
        rows = []
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise CommandError(
                    f"{path}, line {reader.line_num}: {len(cells)} cells where the header has {len(header)}; look for a quote that is not closed."
                )
            rows.append(dict(zip(header, map(_plain, cells), strict=True)))
    except csv.Error as error:
        raise CommandError(
            f"{path}, line {reader.line_num}: the table cannot be read ({error}); look for a quote that is not closed."
        ) from None
    if not rows:
        raise CommandError(f"{path} has a header and no rows; choose another file.")
    return rows


def _plain(cell: str) -> str:
    """Without the apostrophe that files of the site (and spreadsheets) put before a text that begins like a formula."""
    tidy = cell.strip()
    return tidy[1:] if tidy[:1] == "'" and tidy[1:2] in _FORMULA else tidy


def safe(text: str) -> str:
    """A text no spreadsheet takes for a formula; `read` takes the apostrophe off again."""
    return f"'{text}" if text[:1] in _FORMULA and text else text


def number(text: str, *, where: str) -> float:
    """`1234.5`, `1.234,5` and `1 234,5` -> 1234.5."""
    tidy = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if "," in tidy:
        tidy = tidy.replace(".", "").replace(",", ".") if tidy.rfind(",") > tidy.rfind(".") else tidy.replace(",", "")
    try:
        return float(tidy)
    except ValueError:
        raise CommandError(f"{where}: {text!r} is not a number; correct the cell or leave it empty.") from None
