"""Tables: CSV, TSV, text with any separator, and XLSX."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rrr.connectors.table import sheet, text
from rrr.records.register import Account, Box, Format, Inspection, Options, RawRow, Rejected
from rrr.text import encoding

_CONTROLS = bytes(range(1, 9)) + bytes(range(14, 27)) + bytes(range(28, 32))


def _is_book(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def _recognise(path: Path, head: bytes, name: str) -> int:
    if head.startswith(b"PK"):
        return 90
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or encoding.without_mark(head[:4096]):
        return 50
    strange = len(head) - len(head.translate(None, _CONTROLS))
    return 0 if strange * 50 > len(head) or head.count(0) * 100 > len(head) else 50


def _inspect(path: Path, options: Options, country: str, near: Box | None) -> Inspection:
    if _is_book(path):
        return sheet.inspect(path, options, country, near)
    return text.inspect(path, options, country, near)


def _read(path: Path, options: Options, country: str, near: Box | None, account: Account) -> Iterator[RawRow | Rejected]:
    if _is_book(path):
        return sheet.read(path, options, country, near, account)
    return text.read(path, options, country, near, account)


FORMAT = Format("table", _recognise, _inspect, _read)
