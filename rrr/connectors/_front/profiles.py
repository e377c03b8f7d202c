"""The registers we know: read from their folders, and recognised by the names of columns."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from rrr.records.profile import Code, Profile, ProfileColumn, Use
from rrr.records.register import FIELDS, SEVERAL, FileFault, Reason
from rrr.text.fold import words
from rrr.text.identifiers import CHECKS

SHARED = SEVERAL | {"website", "email", "phone"}  # fields that several columns may fill
NONE = "none"  # what a person chooses who wants no register recognised
HERE = Path(__file__).parents[1]
_TEXTS = ("name", "english", "country", "keeper", "page", "licence", "licence_note", "note", "dated_by")


class ProfileFault(ValueError):
    """A folder of a register that cannot be used; the message says which file and why."""


def folded(name: str) -> str:
    """A header as it is compared: without case, accents and punctuation."""
    return " ".join(words(name)) or name


@lru_cache(maxsize=1)
def registers() -> tuple[Profile, ...]:
    """Every register, by the name of its folder."""
    return tuple(load(path.parent) for path in sorted(HERE.glob("*/profile.toml")))


@lru_cache(maxsize=64)
def named(slug: str) -> Profile | None:
    return next((one for one in registers() if one.slug == slug), None)


def chosen(wanted: str, names: Iterable[str]) -> tuple[Profile | None, int]:
    """The register asked for, else the one recognised, with the percentage of its columns that the file has. Raises FileFault."""
    present = frozenset(map(folded, names))
    if wanted == NONE:
        return None, 0
    if wanted:
        one = named(wanted)
        if one is None:
            raise FileFault(Reason.BAD_OPTION, option="register", value=wanted[:60])
        return one, _fit(one, present)
    fitting = [one for one in registers() if _has_required(one, present)]
    best = max(fitting, key=lambda one: (_required(one), _fit(one, present)), default=None)
    return (best, _fit(best, present)) if best else (None, 0)


def found(one: Profile, names: Iterable[str]) -> dict[str, ProfileColumn]:
    """Name of a column in the file -> what the register calls so. Of two headers for one column the first of the file counts."""
    known = {folded(name): column for column in one.columns for name in column.names}
    matched = {name: known[folded(name)] for name in names if folded(name) in known}
    return {name: column for name, column in matched.items() if _first(matched, name, column)}


def _first(matched: Mapping[str, ProfileColumn], name: str, column: ProfileColumn) -> bool:
    return next(other for other, its in matched.items() if its is column) == name


def _has_required(one: Profile, present: frozenset[str]) -> bool:
    return all(present & set(map(folded, column.names)) for column in one.columns if column.use == Use.REQUIRED)


def _required(one: Profile) -> int:
    return sum(column.use == Use.REQUIRED for column in one.columns)


def _fit(one: Profile, present: frozenset[str]) -> int:
    return 100 * sum(bool(present & set(map(folded, column.names))) for column in one.columns) // len(one.columns)


def load(folder: Path) -> Profile:
    """A register from the files of its folder. Raises ProfileFault."""
    given = tomllib.loads((folder / "profile.toml").read_text(encoding="utf-8"))
    wrong = set(given) - {*_TEXTS, "verified", "kinds", "forms", "checks", "empty", "endings", "only"}
    missing = [name for name in (*_TEXTS, "verified", "kinds") if name not in given]
    if wrong or missing:
        raise ProfileFault(f"{folder.name}/profile.toml: unknown {sorted(wrong)}, missing {missing}")
    columns = tuple(_column(folder, row) for row in _rows(folder / "columns.csv"))
    codes = tuple(Code(row["column"], row["code"], row["label"], row["kind"]) for row in _rows(folder / "codes.csv"))
    made = Profile(
        slug=folder.name, **{name: str(given[name]) for name in _TEXTS}, verified=bool(given["verified"]), kinds=tuple(given["kinds"]),
        forms=tuple(given.get("forms", ())), columns=columns, codes=codes, checks=dict(given.get("checks", {})),
        empty=frozenset(map(str, given.get("empty", ()))), endings={name: tuple(ends) for name, ends in given.get("endings", {}).items()},
        only={name: tuple(values) for name, values in given.get("only", {}).items()},
    )  # fmt: skip
    _hold_together(made)
    return made


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _column(folder: Path, row: Mapping[str, Any]) -> ProfileColumn:
    try:
        column = ProfileColumn(tuple(row["column"].split("|")), row["field"], Use(row["use"]), row["meaning"].strip())
    except (KeyError, ValueError, AttributeError) as error:
        raise ProfileFault(f"{folder.name}/columns.csv: {row} ({error})") from None
    if column.field not in FIELDS or not column.meaning or (column.use == Use.PERSON and column.field):
        raise ProfileFault(f"{folder.name}/columns.csv: {row}")
    return column


def _hold_together(one: Profile) -> None:
    """Codes, checks and filters name columns of the register, and a word means one kind."""
    columns = {name for column in one.columns for name in column.names}
    used = {code.column for code in one.codes} | {*one.checks, *one.only, *one.endings}
    fields = [column.field for column in one.columns if column.field and column.field not in SHARED]
    if len(fields) > len(set(fields)):
        raise ProfileFault(f"{one.slug}/columns.csv: a field is given twice")
    words_: dict[str, str] = {}
    for code in one.codes:
        if code.kind and words_.setdefault(code.label, code.kind) != code.kind:
            raise ProfileFault(f"{one.slug}/codes.csv: “{code.label}” means two kinds")
    if used - columns or set(one.checks.values()) - set(CHECKS) or not any(column.use == Use.REQUIRED for column in one.columns):
        raise ProfileFault(f"{one.slug}: unknown {sorted(used - columns)}, {sorted(set(one.checks.values()) - set(CHECKS))}")
