"""Which of our ten languages a text is written in, from its commonest words and its letters.

A word that is common in one language only says more than one common in five: each hit counts 1 / (languages that have the word).
Letters and endings that few of the languages write add a little, so that a title of three words often still tells. Undecided
("" as the code) when nothing speaks, or when the first is not clearly ahead of the second.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("en", "fr", "es", "pt", "it", "nl", "pl", "de", "ca", "eu")
_WORD = re.compile(r"[^\W\d_]+")
_LEAD = 1.15  # the first must be this many times the second
_LEAST = 0.5  # one ending alone says too little: "young" ends like a German noun
_MOST_LETTERS = 5_000
# (pattern, languages that write so, what a hit counts)
_SIGNS = (
    (r"[łąęśźżćń]", "pl", 0.6), (r"(?:sz|cz|rz|dz)", "pl", 0.25), (r"(?:ość|ych|ego|nie|owy|owa|ów)\b", "pl", 0.25),
    (r"ß", "de", 0.8), (r"[äöü]", "de", 0.4), (r"\w(?:ung|ungen|keit|heit|lich|isch|schaft)\b", "de", 0.4), (r"sch", "de", 0.2),
    (r"ñ", "es", 0.6), (r"[¿¡]", "es", 1.0), (r"(?:ción|ciones|dad|dades)\b", "es", 0.4),
    (r"[ãõ]", "pt", 0.6), (r"(?:ção|ções|dade|agem|nh)\b|lh[oa]", "pt", 0.4),
    (r"[êûîôë]", "fr", 0.25), (r"œ", "fr", 0.5), (r"\w(?:eux|eaux|ement|aux|tion|té|ée|ées|és)\b", "fr", 0.25), (r"ç", "fr pt ca", 0.15),
    (r"ij|oe|aa|ee|uu", "nl", 0.15), (r"\w(?:heid|elijk|lijke|schap|ingen|tie)\b", "nl", 0.35),
    (r"\w(?:zione|zioni|ità|aggio|mente|ismo|cce|gli\w)\b", "it", 0.35), (r"(?<=[bcdfglmnprstvz])[ieao]\b", "it", 0.03),
    (r"l·l|ny\b", "ca", 0.7), (r"\w(?:ció|cions|tat|tats|itzar|atge)\b", "ca", 0.45), (r"[àèò]", "ca it fr", 0.12),
    (r"tx|tz|ts", "eu", 0.3), (r"\w{2}(?:ak|ek|aren|etan|etako|ren|rekin|tzea|tzen|tako|ko)\b", "eu", 0.3),
    (r"\bth|\w(?:ing|ness|ship|ity|ty|ies)\b|wh", "en", 0.3),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), tuple(codes.split()), weight) for pattern, codes, weight in _SIGNS)


@dataclass(frozen=True)
class Guess:
    """The code ("" when undecided) and the share of all evidence that speaks for it."""

    code: str
    share: float


def detect(text: str) -> str:
    """The code of the language, "" when undecided."""
    return guess(text).code


def guess(text: str) -> Guess:
    plain = unicodedata.normalize("NFC", text[:_MOST_LETTERS].casefold())
    found: dict[str, float] = defaultdict(float)
    known = _languages_of()
    for word in _WORD.findall(plain):
        codes = known.get(word, ())
        for code in codes:
            found[code] += 1 / len(codes)
    for pattern, codes, weight in _COMPILED:
        hits = sum(1 for _ in pattern.finditer(plain))
        for code in codes:
            found[code] += weight * hits
    ranked = sorted(((score, code) for code, score in found.items() if score > 0), reverse=True)
    if not ranked:
        return Guess("", 0.0)
    share = ranked[0][0] / sum(score for score, _ in ranked)
    clear = len(ranked) == 1 or ranked[0][0] >= _LEAD * ranked[1][0]
    return Guess(ranked[0][1] if clear and ranked[0][0] >= _LEAST else "", share)


def stopwords(language: str) -> frozenset[str]:
    """The commonest words of a language; none for a language we keep no list of."""
    return _lists().get(language, frozenset())


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    lines = Path(__file__).with_name("stopwords.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {row[0]: frozenset(row[1:]) for row in rows}


@lru_cache(maxsize=1)
def _languages_of() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, listed in _lists().items():
        for word in listed:
            found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}
