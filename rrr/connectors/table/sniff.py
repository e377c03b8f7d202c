"""How a text is laid out: its encoding, its separator, and the line that names its columns."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rrr.connectors.table import header
from rrr.connectors.table.lines import LIMIT, Cut, Lines
from rrr.connectors.table.records import Refused, Splitter, shown
from rrr.records.register import Account, FileFault, Note, NoteCode, Options, Reason
from rrr.text import columns, encoding

_SEPARATORS = "\t;|,"
_NAMES = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "space": " "}
_SAMPLE_LINES = 300
_SAMPLE_LENGTH = 2**19
_SEP_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)  # Excel's own hint


@dataclass(frozen=True)
class Layout:
    encoding: str
    delimiter: str
    skip_space: bool
    header_line: int  # counted in records from 1
    names: tuple[str, ...]
    notes: tuple[Note, ...]


def layout(path: Path, options: Options, country: str) -> Layout:
    notes: list[Note] = []
    encoded = _encoding(path, options, country, notes)
    sample = _sample(path, encoded)
    delimiter = _delimiter(sample, options, notes)
    skip_space = any(f'{delimiter} "' in line for line in sample)
    first = _records(path, encoded, delimiter, skip_space)
    at = _header(first, options)
    if at:
        notes.append(Note(NoteCode.HEADER_BELOW_TITLE, {"line": at + 1, "lines": at}))
    below = [record for record in first[at + 1 :] if record]
    named = list(first[at] or ())
    while len(named) > 1 and not named[-1].strip() and not any(len(row) >= len(named) and row[len(named) - 1].strip() for row in below):
        named.pop()
    usual = header.usual_width(below)
    if sum(len(row) == usual for row in below) * 2 > len(below) > 2:  # most rows are wider than the header: its last names are missing
        named += [""] * (usual - len(named))
    if len(named) > header.MOST_COLUMNS:
        raise FileFault(Reason.TOO_MANY_COLUMNS, found=len(named), limit=header.MOST_COLUMNS)
    names, changed = columns.unique(named)
    return Layout(encoded, delimiter, skip_space, at + 1, names, (*notes, *changed))


def _encoding(path: Path, options: Options, country: str, notes: list[Note]) -> str:
    if options.encoding:
        try:
            return encoding.named(options.encoding)
        except ValueError:
            raise FileFault(Reason.BAD_OPTION, option="encoding", value=options.encoding[:60]) from None
    guessed = encoding.guess(path, country)
    if guessed.name != "utf-8" or not guessed.certain:
        notes.append(Note(NoteCode.ENCODING_GUESSED, {"encoding": guessed.name}))
    return guessed.name


def _sample(path: Path, encoded: str) -> list[str]:
    found: list[str] = []
    with Lines(path, encoded) as lines:
        while len(found) < _SAMPLE_LINES and sum(map(len, found)) < _SAMPLE_LENGTH and (line := lines.next()) is not None:
            if isinstance(line, Cut) and not any(one.strip() for one in found):
                raise FileFault(Reason.LINE_TOO_LONG, line=len(found) + 1, limit=LIMIT)
            found.append(line)
    if not any(line.strip() for line in found):
        raise FileFault(Reason.EMPTY_FILE)
    if sum(line.count("\0") for line in found[:20]) > 10:
        wrong = options_hint(encoded)
        raise FileFault(Reason.WRONG_ENCODING, encoding=encoded) if wrong else FileFault(Reason.NOT_A_TABLE, what="binary")
    return found


def options_hint(encoded: str) -> bool:
    return encoded not in ("utf-8", "cp1252")


def _delimiter(sample: list[str], options: Options, notes: list[Note]) -> str:
    if options.delimiter:
        given = _NAMES.get(options.delimiter.lower(), options.delimiter)
        if len(given) != 1 or given in '"\r\n':
            raise FileFault(Reason.BAD_OPTION, option="delimiter", value=options.delimiter[:20])
        return given
    hint = _SEP_LINE.fullmatch(sample[0])
    if hint:
        return hint[1]
    scores = {separator: _score(sample, separator) for separator in _SEPARATORS}
    best = max(scores, key=lambda separator: scores[separator])
    if scores[best] <= 0:
        return ","
    if best != ",":
        notes.append(Note(NoteCode.DELIMITER_GUESSED, {"delimiter": best}))
    return best


def _score(sample: list[str], separator: str) -> float:
    """Wide and even is likely. Each line is looked at alone too: a quote that is never closed makes one row of all that follow."""
    whole = csv.reader(sample, delimiter=separator)
    alone = (row for line in sample for row in csv.reader([line], delimiter=separator))
    return max(_even(whole), _even(alone))


def _even(read: Iterable[list[str]]) -> float:
    """The share of rows with the commonest width, squared, times the logarithm of that width."""
    try:
        rows = [row for row in read if row]
    except csv.Error:
        return 0.0
    width = header.usual_width([row for row in rows if len(row) > 1])
    even = sum(len(row) == width for row in rows) / max(len(rows), 1)
    return even**2 * math.log2(width) if width > 1 else 0.0


def _records(path: Path, encoded: str, delimiter: str, skip_space: bool) -> list[list[str] | None]:
    """The first records; what is refused among them counts as blank here."""
    found: list[list[str] | None] = []
    with Lines(path, encoded) as lines:
        for record in Splitter(lines, delimiter, Account(), skip_space=skip_space):
            found.append(None if isinstance(record, Refused) else record)
            if len(found) >= _SAMPLE_LINES:
                break
    return found


def _header(records: list[list[str] | None], options: Options) -> int:
    if options.header_line:
        at = options.header_line - 1
        if not 0 <= at < len(records) or not records[at]:
            raise FileFault(Reason.BAD_OPTION, option="header_line", value=options.header_line)
        return at
    start = 1 if records and records[0] and _SEP_LINE.fullmatch("".join(records[0]) + " ") else 0
    place = header.find(records[start:])
    first = next((record for record in records if record), None)
    if place is None and all(len(record or ()) < 2 for record in records):
        raise FileFault(Reason.NOT_A_TABLE, what="text")
    if place is None:
        raise FileFault(Reason.NO_HEADER, text=shown("; ".join(first or ())))
    at = place + start
    if len(records[at] or ()) == 1 and not header.known(records[at] or ()):
        raise FileFault(Reason.NOT_A_TABLE, what="text")
    return at
