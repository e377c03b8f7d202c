"""JSON that holds a list of objects: what the interfaces of maps and databases answer. One object is one row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rrr.connectors.objects.flat import flat, shown
from rrr.connectors.objects.lists import elements
from rrr.records.register import Account, Box, FileFault, Format, Inspection, Note, NoteCode, Options, RawRow, Reason, Rejected
from rrr.text import encoding
from rrr.text.columns import Survey

MOST_COLUMNS = 1000  # of tags there can be thousands; the most filled are offered
_GEO = re.compile(rb'"type"\s*:\s*"(?:Feature|FeatureCollection|Topology)"|"features"\s*:')
_LIST = re.compile(rb"^\[\s*\{|:\s*\[\s*\{")


@dataclass(frozen=True)
class _Plan:
    encoding: str
    path: tuple[str, ...]  # names of the members that lead to the longest list
    notes: tuple[Note, ...]


def _recognise(path: Path, head: bytes, name: str) -> int:
    start = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip()
    return 85 if start[:1] in (b"{", b"[") and not _GEO.search(start) and _LIST.search(start) else 0


def _plan(path: Path, options: Options, country: str) -> _Plan:
    name, notes = _encoding(path, options, country)
    counted = Counter(at for at, _element in elements(path, name))
    if not counted:
        raise FileFault(Reason.NO_ROWS, columns=0)
    return _Plan(name, max(counted, key=lambda at: counted[at]), notes)


def _encoding(path: Path, options: Options, country: str) -> tuple[str, tuple[Note, ...]]:
    notes: tuple[Note, ...] = ()
    if options.encoding:
        try:
            name = encoding.named(options.encoding)
        except ValueError:
            raise FileFault(Reason.BAD_OPTION, option="encoding", value=options.encoding[:60]) from None
    else:
        guess = encoding.guess(path, country)
        name = guess.name
        notes = () if guess.certain and name == "utf-8" else (Note(NoteCode.ENCODING_GUESSED, {"encoding": name}),)
    # Python's "utf-16" reads a byte-order mark away, its "utf-16-le" does not.
    return {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}.get(name, name), notes


def _rows(path: Path, plan: _Plan, account: Account) -> Iterator[RawRow | Rejected]:
    number = 0
    for at, element in elements(path, plan.encoding):
        if at != plan.path:
            continue
        number += 1
        account.lines += 1
        if isinstance(element, dict):
            account.accepted += 1
            yield RawRow(number, flat(element))
        else:
            account.rejected += 1
            yield Rejected(number, shown(element), Reason.NOT_A_FEATURE, {"what": type(element).__name__})


def _inspect(path: Path, options: Options, country: str, near: Box | None) -> Inspection:
    plan = _plan(path, options, country)
    survey, account, refused = Survey(), Account(), Counter[Reason]()
    for row in _rows(path, plan, account):
        if isinstance(row, Rejected):
            refused[row.reason] += 1
        else:
            survey.add(row.values)
    columns = survey.columns()
    if len(columns) > MOST_COLUMNS:
        least = sorted((column.filled for column in columns), reverse=True)[MOST_COLUMNS]
        columns = tuple(column for column in columns if column.filled > least)
    told: list[Any] = [Note(NoteCode.ROWS_REFUSED, {"count": count, "reason": str(reason)}) for reason, count in refused.most_common()]
    return Inspection(
        format="json",
        encoding="utf-8" if plan.encoding == "utf-8-sig" else plan.encoding,
        columns=columns,
        rows=account.rows,
        notes=(*plan.notes, *told),
        account=account,
    )


def _read(path: Path, options: Options, country: str, near: Box | None, account: Account) -> Iterator[RawRow | Rejected]:
    yield from _rows(path, _plan(path, options, country), account)


FORMAT = Format("objects", _recognise, _inspect, _read)
