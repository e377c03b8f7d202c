"""Register files: what one is, its rows, and its rows in our fields. One folder per format or register, found by what lies in it.

found = inspect(path)                                    # columns with guesses, notes, how many rows, which register
mapping = {one.name: one.guess for one in found.columns}   # a person corrects it
for row in read(path, options):
    draft = row if isinstance(row, Rejected) else convert(row, mapping, register=found.register)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rrr.records.profile import Profile
from rrr.records.register import GUESS, Account, Box, Column, Draft, Inspection, Options, RawRow, Rejected

__all__ = ["convert", "guess_mapping", "inspect", "read", "register", "registers"]


def inspect(path: Path, name: str = "", options: Options = GUESS, country: str = "", near: Box | None = None) -> Inspection:
    """What the file is, its columns with samples and guesses, how many rows it has, and what was noticed.

    `name` is the name the file had on the person's machine (the path may be a store's). `country` (alpha-2) and `near` (a box in degrees
    where the places are expected) help to tell encodings apart and to notice swapped axes. Every row is counted, in constant
    memory. Columns about persons come without samples. Where the columns are those of a known register, it is named and its own mapping
    proposed. Raises FileFault.
    """
    from rrr.connectors._front import inspection

    return inspection.inspect(path, name, options, country, near)


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
    `account.closes` proves after the last row that no line was lost. Rows that a known register marks as none of ours (SIRENE: not of
    the social economy) are counted there and not given. Raises FileFault, at the first row or where the file breaks off.
    """
    from rrr.connectors._front import found, registers

    account = Account() if account is None else account
    rows = found.format_of(path, name).read(path, options, country, near, account)
    yield from registers.within(rows, options.register, account)


def convert(
    row: RawRow, mapping: Mapping[str, str], *, decimal_comma: bool | None = None, country: str = "", crs: str = "", register: str = ""
) -> Draft | Rejected:
    """The row in our fields. `mapping`: name of a column -> field; columns not in it are left out.

    An optional value that cannot be read is left out and told in `problems`. A row is rejected when it has no name, or when it says
    nothing beside its name but half or an unreadable place. `country` (alpha-2) stands where a row has none. `crs` (such as EPSG:25830)
    is the system of numbers that are metres of a grid; FileFault when nobody knows it. `register` (Inspection.register) turns its codes
    into words, tells the kind by them (Profile.words), and notes numbers that cannot be right; such a number is kept.
    """
    from rrr.connectors._front import conversion, registers

    if not register:
        return conversion.convert(row, mapping, decimal_comma=decimal_comma, country=country, crs=crs)
    plain, fields, notes = registers.translated(register, row, mapping)
    done = conversion.convert(plain, fields, decimal_comma=decimal_comma, country=country, crs=crs)
    return registers.with_notes(done, notes)


def guess_mapping(columns: Sequence[Column]) -> dict[str, str]:
    """Name of each column -> our field, "" where none fits or the column is about a person. Goes by names, then by samples."""
    from rrr.connectors._front import mapping

    return mapping.guess_mapping(columns)


def registers() -> tuple[Profile, ...]:
    """Every register that is recognised, by the name of its folder."""
    from rrr.connectors._front import profiles

    return profiles.registers()


def register(slug: str) -> Profile | None:
    """The register Inspection.register names; None for "" and for one that is no longer there."""
    from rrr.connectors._front import profiles

    return profiles.named(slug)
