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
_NEVER = 10**6  # after every code


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
class _Laid:
    """A register laid over one column of a file: its codes with their place in codes.csv, its check, its endings."""

    codes: tuple[tuple[int, Code], ...]
    check: str
    endings: tuple[str, ...]


@lru_cache(maxsize=4096)
def _laid(slug: str, name: str) -> _Laid | None:
    """None for a column about which the register says nothing beside its field."""
    one = profiles.named(slug)
    column = profiles.found(one, (name,)).get(name) if one else None
    if one is None or column is None:
        return None
    codes = tuple((place, code) for place, code in enumerate(one.codes) if code.column in column.names)
    check = next((one.checks[its] for its in column.names if its in one.checks), "")
    endings = next((one.endings[its] for its in column.names if its in one.endings), ())
    return _Laid(codes, check, endings) if codes or check or endings else None


@lru_cache(maxsize=8192)
def _said(slug: str, name: str, cell: str) -> tuple[str, tuple[int, str]]:
    """The word for a cell, and the place and word of the first code in it that tells a kind."""
    laid = _laid(slug, name)
    fitting = [(place, code) for place, code in laid.codes if _says(code, cell)] if laid else []
    telling = next(((place, code.label) for place, code in fitting if code.kind), (_NEVER, ""))
    return (fitting[0][1].label if fitting else cell), telling


def translated(slug: str, row: RawRow, mapping: Mapping[str, str]) -> tuple[RawRow, dict[str, str], tuple[Note, ...]]:
    """The row with words for codes, the mapping with the kind that they tell, and notes about numbers that cannot be right."""
    one = profiles.named(slug)
    if one is None:
        return row, dict(mapping), ()
    values, notes, kind = dict(row.values), [], (_NEVER, "")
    stated = [name for name, field in mapping.items() if field == "kind" and name in values]
    for name, value in row.values.items():
        laid = _laid(slug, name)
        cell = "" if value.strip() in one.empty else value
        if laid:
            cell = _ended(cell, laid.endings)
            if laid.codes:
                word, telling = _said(slug, name, cell)
                kind, cell = min(kind, telling), word if mapping.get(name) else cell
            elif laid.check and mapping.get(name) and (number := text(cell)):
                cell = restored(laid.check, number)
                if not fits(laid.check, cell):
                    notes.append(Note(NoteCode.BAD_IDENTIFIER, {"column": name, "value": number[:_SHOWN], "check": laid.check}))
        values[name] = cell
    own = kind[1] and all((laid := _laid(slug, name)) and laid.codes for name in stated)
    return RawRow(row.line, {**values, KIND: kind[1]}), ({KIND: "kind", **mapping} if own else dict(mapping)), tuple(notes)


def _ended(cell: str, endings: tuple[str, ...]) -> str:
    for end in endings:
        cell = cell.rstrip().removesuffix(end)
    return cell


def _says(code: Code, cell: str) -> bool:
    """Whether a cell is this code; letters count alike in either case, and leading zeros of a number do not count."""
    given, wanted = cell.strip().casefold(), code.code.casefold()
    if wanted.endswith("*"):
        return given.startswith(wanted[:-1])
    return given == wanted or (given.isdecimal() and wanted.isdecimal() and given.lstrip("0") == wanted.lstrip("0"))


def with_notes(done: Draft | Rejected, notes: tuple[Note, ...]) -> Draft | Rejected:
    return replace(done, problems=(*done.problems, *notes)) if notes and isinstance(done, Draft) else done
