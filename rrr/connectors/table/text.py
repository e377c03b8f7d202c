"""CSV, TSV and text with any separator: every physical line is accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rrr.connectors.table.lines import Lines
from rrr.connectors.table.records import Refused, Splitter, shown
from rrr.connectors.table.sniff import Layout, layout
from rrr.records.register import Account, Box, FileFault, Inspection, Note, NoteCode, Options, RawRow, Reason, Rejected
from rrr.text.columns import RefusedRows, Survey


def inspect(path: Path, options: Options, country: str, near: Box | None) -> Inspection:
    found = layout(path, options, country)
    survey, account, refused = Survey(found.names), Account(), RefusedRows()
    for row in _rows(path, found, account):
        if isinstance(row, Rejected):
            refused.add(row)
        else:
            survey.add(row.values)
    if not account.rows:
        raise FileFault(Reason.NO_ROWS, columns=len(found.names))
    counted = [Note(NoteCode.BLANK_LINES, {"count": account.blank})] if account.blank else []
    return Inspection(
        format={",": "csv", "\t": "tsv"}.get(found.delimiter, "csv" if found.delimiter == ";" else "text"),
        encoding=found.encoding,
        delimiter=found.delimiter,
        header_line=found.header_line,
        columns=survey.columns(),
        rows=account.rows,
        notes=(*found.notes, *counted, *refused.notes()),
        account=account,
        crs=options.crs,
    )


def read(path: Path, options: Options, country: str, near: Box | None, account: Account) -> Iterator[RawRow | Rejected]:
    yield from _rows(path, layout(path, options, country), account)


def _rows(path: Path, found: Layout, account: Account) -> Iterator[RawRow | Rejected]:
    names, width = found.names, len(found.names)
    with Lines(path, found.encoding) as lines:
        splitter = Splitter(lines, found.delimiter, account, skip_space=found.skip_space)
        for line, record in enumerate(splitter, 1):
            if line <= found.header_line:
                account.above, account.continued = account.lines, 0
                splitter.width = width if line == found.header_line else 0
            elif record is None:
                account.blank += 1
            elif isinstance(record, Refused):
                account.rejected += 1
                yield Rejected(line, record.text, record.reason, {**record.facts, **_facts(record, found)})
            elif len(record) == width or _trimmed(record, width):
                account.accepted += 1
                yield RawRow(line, dict(zip(names, record, strict=True)))
            else:
                account.rejected += 1
                reason = Reason.TOO_MANY_COLUMNS if len(record) > width else Reason.TOO_FEW_COLUMNS
                text = shown(found.delimiter.join(record))
                yield Rejected(line, text, reason, {"found": len(record), "expected": width})


def _facts(record: Refused, found: Layout) -> dict[str, str | int]:
    return {"encoding": found.encoding} if record.reason == Reason.WRONG_ENCODING else {}


def _trimmed(record: list[str], width: int) -> bool:
    """Empty cells after the last column are cut off."""
    if len(record) > width and not any(cell.strip() for cell in record[width:]):
        del record[width:]
        return True
    return False
