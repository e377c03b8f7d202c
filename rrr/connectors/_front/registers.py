"""What a recognised register changes: which columns are proposed, which rows count, what its codes say, whether its numbers can be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rrr.connectors._front import profiles
from rrr.records.profile import Code, Profile, Use
from rrr.records.register import Account, Column, Draft, Note, NoteCode, RawRow, Rejected
from rrr.text.clean import text
from rrr.text.identifiers import fits, restored

KIND = "\0kind"  # stands for the column of the kind that several codes decide
_SHOWN = 80


def guesses(one: Profile, columns: Sequence[Column], guessed: Mapping[str, str]) -> dict[str, str]:
    """The register's own mapping; a column it does not know keeps its guess where the field is still free."""
    known = profiles.found(one, (column.name for column in columns))
    mapping = {name: column.field for name, column in known.items()}
    taken = set(mapping.values()) - profiles.SHARED
    return {column.name: mapping.get(column.name, "" if guessed[column.name] in taken else guessed[column.name]) for column in columns}


def persons(one: Profile, columns: Sequence[Column], guessed: Sequence[str]) -> list[str]:
    """Columns about persons: what the register says goes before what a name sounds like."""
    known = profiles.found(one, (column.name for column in columns))
    return [column.name for column in columns if (known[column.name].use == Use.PERSON if column.name in known else column.name in guessed)]


def within(rows: Iterator[RawRow | Rejected], wanted: str, account: Account) -> Iterator[RawRow | Rejected]:
    """The rows without those that the register of the file says are of no interest here; they are counted in `account.left_out`."""
    known = False
    columns: dict[str, frozenset[str]] = {}
    for row in rows:
        if isinstance(row, RawRow):
            if not known:
                columns, known = _only(wanted, tuple(row.values)), True
            if any(row.values.get(name, "").strip() not in values for name, values in columns.items()):
                account.accepted -= 1
                account.left_out += 1
                continue
        yield row


def _only(wanted: str, names: tuple[str, ...]) -> dict[str, frozenset[str]]:
    one, _fit = profiles.chosen(wanted, names)
    if one is None or not one.only:
        return {}
    known = profiles.found(one, names)
    return {name: frozenset(one.only[its]) for name, column in known.items() for its in column.names if its in one.only}


@dataclass(frozen=True)
class _Ready:
    """A register laid over the columns of one file."""

    checks: Mapping[str, str]
    codes: Mapping[str, tuple[Code, ...]]
    order: tuple[tuple[str, Code], ...]  # codes that tell the kind, the first that fits wins
    empty: frozenset[str]
    endings: tuple[tuple[str, str], ...]


@lru_cache(maxsize=64)
def _ready(slug: str, names: tuple[str, ...]) -> _Ready | None:
    one = profiles.named(slug)
    if one is None:
        return None
    at = {its: name for name, column in profiles.found(one, names).items() for its in column.names}
    codes: dict[str, tuple[Code, ...]] = {}
    for code in one.codes:
        if code.column in at:
            codes[at[code.column]] = (*codes.get(at[code.column], ()), code)
    endings = tuple((at[name], end) for name, ends in one.endings.items() if name in at for end in ends)
    order = tuple((at[code.column], code) for code in one.codes if code.kind and code.column in at)
    return _Ready({at[name]: check for name, check in one.checks.items() if name in at}, codes, order, one.empty, endings)


@lru_cache(maxsize=4096)
def _counts(slug: str, name: str) -> bool:
    """Whether codes, checks or endings belong to a column. Rows of one JSON file have many sets of columns, but few of these."""
    one = profiles.named(slug)
    if one is None:
        return False
    used = {*(code.column for code in one.codes), *one.checks, *one.endings}
    return any(used & set(column.names) for column in profiles.found(one, (name,)).values())


def translated(slug: str, row: RawRow, mapping: Mapping[str, str]) -> tuple[RawRow, dict[str, str], tuple[Note, ...]]:
    """The row with words for codes, the mapping with the kind that they tell, and notes about numbers that cannot be right."""
    ready = _ready(slug, tuple(name for name in row.values if _counts(slug, name)))
    if ready is None:
        return row, dict(mapping), ()
    values, notes = dict(row.values), []
    if ready.empty:
        values = {name: "" if value.strip() in ready.empty else value for name, value in values.items()}
    for name, end in ready.endings:
        values[name] = values[name].rstrip().removesuffix(end)
    word = next((code.label for name, code in ready.order if _says(code, values[name])), "")
    for name, codes in ready.codes.items():
        if mapping.get(name):
            values[name] = next((code.label for code in codes if _says(code, values[name])), values[name])
    for name, check in ready.checks.items():
        value = text(values[name]) if mapping.get(name) else ""
        if value:
            values[name] = restored(check, value)
            if not fits(check, values[name]):
                notes.append(Note(NoteCode.BAD_IDENTIFIER, {"column": name, "value": value[:_SHOWN], "check": check}))
    stated = [name for name, field in mapping.items() if field == "kind" and name in row.values]
    own = word and all(name in ready.codes for name in stated)
    return RawRow(row.line, {**values, KIND: word}), ({KIND: "kind", **mapping} if own else dict(mapping)), tuple(notes)


def _says(code: Code, cell: str) -> bool:
    """Whether a cell is this code; letters count alike in either case, and leading zeros of a number do not count."""
    given, wanted = cell.strip().casefold(), code.code.casefold()
    if wanted.endswith("*"):
        return given.startswith(wanted[:-1])
    return given == wanted or (given.isdecimal() and wanted.isdecimal() and given.lstrip("0") == wanted.lstrip("0"))


def with_notes(done: Draft | Rejected, notes: tuple[Note, ...]) -> Draft | Rejected:
    return replace(done, problems=(*done.problems, *notes)) if notes and isinstance(done, Draft) else done
