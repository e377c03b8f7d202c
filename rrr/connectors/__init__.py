"""Register files: what one is, its rows, and its rows in our fields. One folder per format, found by its object FORMAT.

found = inspect(path)                                    # columns with guesses, notes, how many rows
mapping = {one.name: one.guess for one in found.columns}   # a person corrects it
for row in read(path, options):
    draft = row if isinstance(row, Rejected) else convert(row, mapping)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from rrr.records.register import GUESS, Account, Box, Column, Draft, Inspection, Note, NoteCode, Options, RawRow, Rejected

__all__ = ["convert", "guess_mapping", "inspect", "read"]


def inspect(path: Path, name: str = "", options: Options = GUESS, country: str = "", near: Box | None = None) -> Inspection:
    """What the file is, its columns with samples and guesses, how many rows it has, and what was noticed.

    `name` is the name the file had on the person's machine (the path may be a store's). `country` (alpha-2) and `near` (a box in degrees
    where the places are expected) help to tell encodings apart and to notice swapped axes. Every row is counted, in constant
    memory. Columns about persons come without samples. Raises FileFault.
    """
    from rrr.connectors._front import conversion, found, mapping, places
    from rrr.text.columns import SURVEYED

    format_ = found.format_of(path, name)
    if options.crs:
        conversion.transformer(options.crs)  # raises for one nobody knows
    seen = format_.inspect(path, options, country, near)
    guesses = mapping.guess_mapping(seen.columns)
    columns = tuple(replace(column, guess=guesses[column.name]) for column in seen.columns)
    rows = islice(format_.read(path, options, country, near, Account()), SURVEYED)
    columns, notes = places.look(rows, columns, near=near, crs=options.crs, decimal_comma=options.decimal_comma)
    people = mapping.person_columns(columns)
    columns = tuple(replace(column, samples=()) if column.name in people else column for column in columns)
    told = (Note(NoteCode.PERSON_COLUMN, {"name": person}) for person in people)
    return replace(seen, columns=columns, notes=(*seen.notes, *notes, *told))


def read(
    path: Path,
    options: Options = GUESS,
    name: str = "",
    country: str = "",
    near: Box | None = None,
    account: Account | None = None,
) -> Iterator[RawRow | Rejected]:
    """Every row of the file, accepted or rejected, in order and in constant memory.

    Give the same arguments as to `inspect`, which then guesses the same. `account`, when given, is filled as rows are taken, so that
    `account.closes` proves after the last row that no line was lost. Raises FileFault, at the first row or where the file breaks off.
    """
    from rrr.connectors._front import found

    format_ = found.format_of(path, name)
    yield from format_.read(path, options, country, near, Account() if account is None else account)


def convert(
    row: RawRow, mapping: Mapping[str, str], *, decimal_comma: bool | None = None, country: str = "", crs: str = ""
) -> Draft | Rejected:
    """The row in our fields. `mapping`: name of a column -> field; columns not in it are left out.

    An optional value that cannot be read is left out and told in `problems`. A row is rejected when it has no name, or when it says
    nothing beside its name but half or an unreadable place. `country` (alpha-2) stands where a row has none. `crs` (such as EPSG:25830)
    is the system of numbers that are metres of a grid; FileFault when nobody knows it.
    """
    from rrr.connectors._front import conversion

    return conversion.convert(row, mapping, decimal_comma=decimal_comma, country=country, crs=crs)


def guess_mapping(columns: Sequence[Column]) -> dict[str, str]:
    """Name of each column -> our field, "" where none fits or the column is about a person. Goes by names, then by samples."""
    from rrr.connectors._front import mapping

    return mapping.guess_mapping(columns)
