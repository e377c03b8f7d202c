"""What is known of one public register: its columns and codes in our terms, its licence, what it can contain. Filled from the files of
a folder in rrr/connectors (profile.toml, columns.csv, codes.csv)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Use(StrEnum):
    """How a column counts when a file is recognised."""

    REQUIRED = "required"  # a file without it is not this register
    PERSON = "person"  # about a person: left out, without samples
    PLAIN = ""


@dataclass(frozen=True)
class ProfileColumn:
    """One column of the register. `names` are the headers it has had, the newest first; `field` is one of ours, "" leaves it out."""

    names: tuple[str, ...]
    field: str
    use: Use
    meaning: str


@dataclass(frozen=True)
class Code:
    """What a code of a column says: `label` in the register's own language, `kind` one of our kinds or "" where the code alone does not
    tell. A code that ends with * stands for all that begin so."""

    column: str
    code: str
    label: str
    kind: str


@dataclass(frozen=True)
class Profile:
    """One register. `kinds` and `forms` are what it can contain and `dated_by` where its date stands: coverage needs both."""

    slug: str
    name: str
    english: str
    country: str  # alpha-2; "" for a register of many countries
    keeper: str
    page: str  # where its keeper describes it
    licence: str  # a code, "" where nobody knows
    licence_note: str  # in a sentence
    verified: bool  # read against a live file
    note: str  # what was read to write this, and when
    dated_by: str
    kinds: tuple[str, ...]
    forms: tuple[str, ...]
    columns: tuple[ProfileColumn, ...]
    codes: tuple[Code, ...]
    checks: Mapping[str, str]  # column -> a check of rrr.text.identifiers
    empty: frozenset[str]  # cells that say nothing
    endings: Mapping[str, tuple[str, ...]]  # column -> what is cut off the end of its cells
    only: Mapping[str, tuple[str, ...]]  # column -> values: rows with others are of no interest here and left out

    @property
    def words(self) -> dict[str, str]:
        """Word that stands in the field `kind` after conversion -> our kind."""
        return {code.label: code.kind for code in self.codes if code.kind}
