"""Which line names the columns: mostly filled, without values, and reading like names; the first where several do equally."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rrr.text import clean, numbers
from rrr.text.headers import meaning

LOOKED_AT = 60  # records at the head of a file
MOST_COLUMNS = 1000
_LONG = 100
_YEAR = re.compile(r"(?:19|20)\d\d")


def usual_width(records: Sequence[Sequence[str]]) -> int:
    """The commonest number of cells, the wider of equals."""
    counted = Counter(len(record) for record in records)
    return max(counted, key=lambda width: (counted[width], width), default=0)


def find(records: Sequence[Sequence[str] | None]) -> int | None:
    """Place of the header among the first records (0 is the first), None when no line reads like one."""
    full = [record for record in records[:LOOKED_AT] if record]
    width = usual_width(full[-len(full) // 2 :]) if len(full) > 4 else max(map(len, full), default=0)
    candidates = [
        place
        for place, record in enumerate(records[:LOOKED_AT])
        if record and 2 * _filled(record) >= width and _reads_like_names(record, records[place + 1 :])
    ]
    return max(candidates, key=lambda place: min(known(records[place] or ()), 2), default=None)


def _filled(record: Sequence[str]) -> int:
    return sum(1 for cell in record if cell.strip())


def known(record: Sequence[str]) -> int:
    """How many distinct fields the cells name."""
    return len({told.field for cell in record if (told := meaning(cell)).strength >= 0.6})


def _reads_like_names(record: Sequence[str], below: Sequence[Sequence[str] | None]) -> bool:
    cells = [cell.strip() for cell in record if cell.strip()]
    years = sum(bool(_YEAR.fullmatch(cell)) for cell in cells)  # a column for each year
    values = sum(map(_is_value, cells)) - years
    recognised = known(record)
    if years and recognised:
        return not values
    if any(len(cell) > _LONG for cell in cells) or values > len(cells) / 2 or (values and recognised < 2):
        return False
    if recognised >= min(2, len(cells)):
        return True
    rows = [row for row in below if row][:20]
    return any(_contrast(place, cell, rows) for place, cell in enumerate(record)) or all(cell.isidentifier() for cell in cells)


def _contrast(place: int, name: str, rows: Sequence[Sequence[str]]) -> bool:
    """A column of values under a name that is none."""
    under = [row[place].strip() for row in rows if len(row) > place and row[place].strip()]
    return bool(under) and not _is_value(name) and sum(map(_is_value, under)) * 2 > len(under)


def _is_value(cell: str) -> bool:
    return bool(numbers.number(cell) is not None or clean.email(cell) or "://" in cell or cell.startswith("www."))
