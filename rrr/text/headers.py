"""What the name of a column means, in ten languages: one of our fields, a person (to be left out), or nothing we know.

The lists are ours (`headers.txt`), made from open registers of the programme's countries. A name is folded and cut into words, at
camelCase too, so that "RagioneSociale", "ragione_sociale" and "RAGIONE SOCIALE" are one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rrr.text.fold import words

PERSON = "person"
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_PATH = re.compile(r"\w{2,}(?:\.[\w:]{2,})+")  # address.city: a member of a member in JSON; the last name says most
_LONGEST = 6  # words; a header longer than twice this is a question, not a name
_FILLERS = frozenset(words("the of de la le les el los las l d del della dello dei di da do dos das van der het een und i y e et en a"))
# Words that turn the field of a name into something else ("name of bank", "number of members").
_COUNTS = frozenset(words("number count numero nombre num n anzahl aantal liczba total totale bank banco banque"))


@dataclass(frozen=True)
class Meaning:
    """`field` is "" for a name we do not know; `strength` is 1 for a name in the list, less when only a part of it is."""

    field: str
    strength: float


UNKNOWN = Meaning("", 0.0)


def header_words(name: str) -> tuple[str, ...]:
    """The words of a name; letters with points between them are one ("C.P.")."""
    full = tuple(words(name))
    return ("".join(full),) if len(full) > 1 and all(len(word) == 1 for word in full) else full


@lru_cache(maxsize=4096)
def meaning(name: str) -> Meaning:
    """The field whose phrase covers most of the name. A phrase about a person wins wherever it stands."""
    plain, apart = (_meaning(header_words(form)) for form in (name, _CAMEL.sub(" ", name)))
    inner = meaning(name.rpartition(".")[2]) if _PATH.fullmatch(name) else UNKNOWN
    if PERSON not in (plain.field, apart.field) and inner.strength > max(plain.strength, apart.strength):
        return Meaning(inner.field, 0.95 * inner.strength)
    return apart if apart.field == PERSON or (apart.strength > plain.strength and plain.field != PERSON) else plain


def _meaning(full: tuple[str, ...]) -> Meaning:
    if not full or len(full) > 2 * _LONGEST:
        return UNKNOWN
    if _is_person(full):
        return Meaning(PERSON, 1.0)
    exact = _phrases().get(full) or _whole().get(full)
    if exact:
        return Meaning(exact, 1.0)
    bare = tuple(word for word in full if word not in _FILLERS) or full
    best = UNKNOWN
    for start in range(len(full)):
        for end in range(start + 1, min(len(full), start + _LONGEST) + 1):
            field = _phrases().get(full[start:end])
            strength = (end - start) / max(len(bare), end - start) * 0.9 if field else 0.0
            if field and strength > best.strength and len("".join(full[start:end])) > 2 and not _COUNTS & set(full[:start]):
                best = Meaning(field, strength)
    return best


def _is_person(full: tuple[str, ...]) -> bool:
    people = _people()
    return any(full[start:end] in people for start in range(len(full)) for end in range(start + 1, min(len(full), start + _LONGEST) + 1))


@lru_cache(maxsize=1)
def _lines() -> dict[str, list[str]]:
    text = Path(__file__).with_name("headers.txt").read_text(encoding="utf-8")
    pairs = (line.split(": ", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return {field: [phrase.strip() for phrase in phrases.split("|")] for field, phrases in pairs}


@lru_cache(maxsize=1)
def _phrases() -> dict[tuple[str, ...], str]:
    """First field wins: the order of the file is the order of precedence."""
    found: dict[tuple[str, ...], str] = {}
    for field, phrases in _lines().items():
        for phrase in phrases:
            if field != PERSON and not phrase.startswith("["):
                found.setdefault(tuple(words(phrase)), field)
    return found


@lru_cache(maxsize=1)
def _whole() -> dict[tuple[str, ...], str]:
    return {tuple(words(phrase)): field for field, phrases in _lines().items() for phrase in phrases if phrase.startswith("[")}


@lru_cache(maxsize=1)
def _people() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words(phrase)) for phrase in _lines()[PERSON])
