"""The vocabularies of step 1 as data: what a code means, where the list comes from, and how other classifications fit in.

One CSV file each, with `sources.csv` for all; explained in docs/reference/vocabularies.md. Types, roles and goals take their labels from
the translated strings of `rrr.understand.vocabulary`; activities bring theirs; a legal form keeps the name its law gives it.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("en", "fr", "es", "pt", "it", "nl", "pl")
SAME, WITHIN, PARTLY = "same", "within", "partly"
_ISIC = re.compile(r"(\d{2})[.\s]?(\d)?(\d)?[.\-/\dA-Z]*\Z")  # ISIC 9491, NACE 94.91, NAF 94.91Z, CNAE 94.91-0 and 9491-0/00
_NTEE = re.compile(r"([A-Z])\d{2}[0-9A-Z]?\Z")


@dataclass(frozen=True)
class Source:
    """`short` stands in a table; `title` and `url` once below it. A law has its name only."""

    short: str
    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class Activity:
    """A section of the classification; `labels` by language, "" where nobody has translated it."""

    code: str
    labels: tuple[tuple[str, str], ...]
    note: str  # what belongs there, in English
    source: str

    def label(self, language: str) -> tuple[str, str]:
        """The label and the language it is in: the reader's, else English."""
        known = dict(self.labels)
        own = known.get(language, "")
        return (own, language) if own else (known["en"], "en")


@dataclass(frozen=True)
class LegalForm:
    """A legal form: `country` alpha-2 or QC, the code of rrr.text.legal_forms where a name is known to show it, the kind it makes."""

    country: str
    code: str
    type: str
    name: str
    language: str
    law: str


@dataclass(frozen=True)
class Correspondence:
    """A code of another classification and the section it lies in: the same, wholly within it, or partly (then it has several rows)."""

    system: str  # isic (NACE Rev. 2 and CNAE 2.0 share its sections and divisions), ntee, icnpo
    code: str
    title: str
    activity: str
    match: str
    source: str


def rows(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=1)
def sources() -> dict[str, Source]:
    return {row["key"]: Source(row["short"], row["title"], row["url"]) for row in rows("sources")}


@lru_cache(maxsize=1)
def activities() -> tuple[Activity, ...]:
    return tuple(
        Activity(row["code"], tuple((language, row[language]) for language in LANGUAGES), row["note"], row["source"])
        for row in rows("activities")
    )


@lru_cache(maxsize=1)
def legal_forms() -> tuple[LegalForm, ...]:
    return tuple(LegalForm(**row) for row in rows("legal_forms"))


@lru_cache(maxsize=1)
def crosswalks() -> tuple[Correspondence, ...]:
    return tuple(Correspondence(**row) for row in rows("crosswalks"))


@lru_cache(maxsize=1)
def _sections() -> dict[tuple[str, str], str]:
    """(system, code) -> section, for codes that lie in one section only."""
    return {(one.system, one.code): one.activity for one in crosswalks() if one.match != PARTLY}


def own(form_country: str, country: str) -> bool:
    """Whether a legal form is one of this country's; a word that only foreign forms share says nothing here."""
    return form_country == country or (form_country, country) == ("QC", "CA")


# Divisions of each section of ISIC Rev. 4 that has no finer row above: first and last.
_DIVISIONS = (
    ("A", 1, 3), ("B", 5, 9), ("C", 10, 33), ("D", 35, 35), ("F", 41, 43), ("G", 45, 47), ("H", 49, 53), ("I", 55, 56), ("J", 58, 63),
    ("L", 68, 68), ("P", 85, 85), ("R", 90, 93), ("T", 97, 98),
)  # fmt: skip


def section(activity: str, country: str = "") -> str:
    """The section a register's own activity code lies in, "" for words and for codes that several sections share.

    Only the shape of a code is read: NTEE in the United States, elsewhere ISIC or what is built on it (NACE, NAF, CNAE).
    """
    text = activity.strip()
    if country == "US":
        found = _NTEE.match(text)
        return _sections().get(("ntee", found[1]), "") if found else ""
    coded = _ISIC.match(text)
    if coded is None:
        return ""
    division, group, subclass = coded[1], coded[2] or "", coded[3] or ""
    letter = next((letter for letter, first, last in _DIVISIONS if first <= int(division) <= last), "")
    finest = (division + group + subclass, division + group, division, letter)
    return next((section for code in finest if code and (section := _sections().get(("isic", code)))), "")
