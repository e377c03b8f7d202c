"""What a file is: its format says how it is laid out, its columns say which register it is and what each is for."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

from rrr.connectors._front import conversion, found, mapping, places, profiles, registers
from rrr.records.profile import Profile
from rrr.records.register import Account, Box, Format, Inspection, Note, NoteCode, Options
from rrr.text.columns import SURVEYED


def inspect(path: Path, name: str, options: Options, country: str, near: Box | None) -> Inspection:
    """See rrr.connectors.inspect."""
    format_ = found.format_of(path, name)
    if options.crs:
        conversion.transformer(options.crs)  # raises for one nobody knows
    seen = format_.inspect(path, options, country, near)
    guesses, people = mapping.guess_mapping(seen.columns), mapping.person_columns(seen.columns)
    one, fit = profiles.chosen(options.register, (column.name for column in seen.columns))
    if one:
        guesses, people = registers.guesses(one, seen.columns, guesses), registers.persons(one, seen.columns, people)
        seen = _counted(replace(seen, register=one.slug, register_fit=fit), one, format_, path, options, country, near)
    columns = tuple(replace(column, guess=guesses[column.name]) for column in seen.columns)
    rows = islice(format_.read(path, options, country, near, Account()), SURVEYED)
    columns, notes = places.look(rows, columns, near=near, crs=options.crs, decimal_comma=options.decimal_comma)
    columns = tuple(replace(column, samples=()) if column.name in people else column for column in columns)
    told = (Note(NoteCode.PERSON_COLUMN, {"name": person}) for person in people)
    return replace(seen, columns=columns, notes=(*seen.notes, *notes, *told))


def _counted(seen: Inspection, one: Profile, format_: Format, path: Path, options: Options, country: str, near: Box | None) -> Inspection:
    """Where the register marks rows that are none of ours, the file is read once more to count those that stay."""
    if not one.only:
        return seen
    account = Account()
    for _row in registers.within(format_.read(path, options, country, near, account), options.register, account):
        pass
    left = (Note(NoteCode.LEFT_OUT, {"count": account.left_out}),) if account.left_out else ()
    return replace(seen, rows=account.rows, account=account, notes=(*seen.notes, *left))
