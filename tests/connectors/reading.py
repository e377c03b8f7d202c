"""Reads a file whole and proves the account."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rrr.connectors
from rrr.connectors import convert, inspect, read, register
from rrr.records.register import GUESS, Account, Draft, Inspection, Note, NoteCode, Options, RawRow, Rejected


@dataclass
class Whole:
    inspection: Inspection
    rows: list[RawRow]
    rejected: list[Rejected]
    account: Account

    def note(self, code: NoteCode) -> Note:
        return next(note for note in self.inspection.notes if note.code == code)

    @property
    def codes(self) -> set[NoteCode]:
        return {note.code for note in self.inspection.notes}

    @property
    def guesses(self) -> dict[str, str]:
        return {column.name: column.guess for column in self.inspection.columns}

    def drafts(self, **given: Any) -> list[Draft | Rejected]:
        return [convert(row, self.guesses, register=self.inspection.register, **given) for row in self.rows]


def whole(path: Path, options: Options = GUESS, **given: Any) -> Whole:
    found = inspect(path, options=options, **given)
    account = Account()
    everything = list(read(path, options, account=account, **given))
    rows = [row for row in everything if isinstance(row, RawRow)]
    rejected = [row for row in everything if isinstance(row, Rejected)]
    assert account.closes
    assert account == found.account
    assert (account.accepted, account.rejected) == (len(rows), len(rejected))
    assert found.rows == len(everything)
    lines = [row.line for row in everything]
    assert lines == sorted(set(lines))
    return Whole(found, rows, rejected, account)


def written(folder: Path, content: bytes | str, name: str = "register.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


@dataclass
class Sample:
    """The made sample of a register, read and converted; in `values` the kind is ours, not the register's word."""

    path: Path
    whole: Whole
    values: list[dict[str, Any]]
    problems: list[Note]

    def only(self, *fields: str) -> list[tuple[Any, ...]]:
        """These fields of each row, None where it says nothing."""
        return [tuple(one.get(field) for field in fields) for one in self.values]


def sample(slug: str) -> Sample:
    path = next((Path(rrr.connectors.__path__[0]) / slug).glob("sample.*"))
    found, one = whole(path), register(slug)
    assert one is not None
    assert found.inspection.register == slug
    drafts = [draft for draft in found.drafts() if isinstance(draft, Draft)]
    assert len(drafts) == len(found.rows)
    values = [{**draft.values, "kind": one.words.get(draft.values.get("kind", ""), "")} for draft in drafts]
    return Sample(path, found, values, [note for draft in drafts for note in draft.problems])


def spoiled(folder: Path, slug: str, old: str, new: str, encoding: str = "utf-8") -> list[tuple[str, str]]:
    """Checks that fail, with the value, when a text of the sample is exchanged; every row is kept."""
    given = sample(slug)
    text = given.path.read_bytes().decode(encoding)
    assert old in text
    found = whole(written(folder, text.replace(old, new).encode(encoding), given.path.name))
    drafts = [draft for draft in found.drafts() if isinstance(draft, Draft)]
    assert len(drafts) == len(given.values)
    return [(str(note.facts["check"]), str(note.facts["value"])) for one in drafts for note in one.problems if "check" in note.facts]
