"""Tables: CSV, TSV, text with any separator, and XLSX."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rrr.connectors.table import sheet, text
from rrr.records.register import Account, Box, Format, Inspection, Options, RawRow, Rejected

_CONTROLS = bytes(range(1, 9)) + bytes(range(14, 27)) + bytes(range(28, 32))


def _is_book(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def _recognise(path: Path, head: bytes, name: str) -> int:
    if head.startswith(b"PK"):
        return 90
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return 50
    strange = len(head) - len(head.translate(None, _CONTROLS))
    zeros = head.count(0)
    if strange * 50 > len(head) or (zeros and not len(head) * 0.3 < zeros < len(head) * 0.6 and zeros * 100 > len(head)):
        return 0
    return 50


def _inspect(path: Path, options: Options, country: str, near: Box | None) -> Inspection:
    if _is_book(path):
        return sheet.inspect(path, options, country, near)
    return text.inspect(path, options, country, near)


def _read(path: Path, options: Options, country: str, near: Box | None, account: Account) -> Iterator[RawRow | Rejected]:
    if _is_book(path):
        return sheet.read(path, options, country, near, account)
    return text.read(path, options, country, near, account)


FORMAT = Format("table", _recognise, _inspect, _read)
