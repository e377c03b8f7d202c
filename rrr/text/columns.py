"""The columns of a table: names made unique, and a survey of what stands in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rrr.records.register import Column, Note, NoteCode, Reason, Rejected
from rrr.text.clean import text

SURVEYED = 5_000  # rows looked at
_SAMPLES = 8
_SHOWN = 120
_NAME = 120


def unique(names: Sequence[str]) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """Each name once: the second "name" becomes "name (2)", the empty fifth "#5". What was changed is noted."""
    made: list[str] = []
    notes: list[Note] = []
    plain = [text(name)[:_NAME] for name in names]
    for place, name in enumerate(plain, 1):
        shown = name or f"#{place}"
        number = 1
        while shown in made or (number > 1 and shown in plain):
            number += 1
            shown = f"{name or f'#{place}'} ({number})"
        if not name:
            notes.append(Note(NoteCode.UNNAMED_COLUMN, {"as": shown}))
        elif shown != name:
            notes.append(Note(NoteCode.DUPLICATE_HEADER, {"name": name, "as": shown}))
        made.append(shown)
    return tuple(made), tuple(notes)


class Survey:
    """Distinct samples and a count of filled cells over the first rows; columns are kept in the order they are met."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        self._samples: dict[str, dict[str, None]] = {name: {} for name in names}
        self._filled: dict[str, int] = dict.fromkeys(names, 0)
        self._repeats: set[str] = set()
        self.rows = 0

    def add(self, values: Mapping[str, str]) -> None:
        if self.rows >= SURVEYED:
            return
        self.rows += 1
        for name, value in values.items():
            if name not in self._filled:
                self._samples[name], self._filled[name] = {}, 0
            if value and not value.isspace():
                self._filled[name] += 1
                kept = self._samples[name]
                if value[:_SHOWN] in kept:
                    self._repeats.add(name)
                elif len(kept) < _SAMPLES:
                    kept[value[:_SHOWN]] = None

    def columns(self) -> tuple[Column, ...]:
        return tuple(
            Column(name, tuple(filter(None, map(text, self._samples[name]))), filled, distinct=name not in self._repeats)
            for name, filled in self._filled.items()
        )


class RefusedRows:
    """Counts refused rows by reason, and keeps the first of each as the example that is shown."""

    def __init__(self) -> None:
        self._counts: Counter[Reason] = Counter()
        self._first: dict[Reason, Rejected] = {}

    def add(self, row: Rejected) -> None:
        self._counts[row.reason] += 1
        self._first.setdefault(row.reason, row)

    def notes(self) -> list[Note]:
        found = []
        for reason, count in self._counts.most_common():
            first = self._first[reason]
            found.append(Note(NoteCode.ROWS_REFUSED, {**first.facts, "count": count, "reason": str(reason), "line": first.line}))
        return found
