"""BM25 as two sparse vectors whose inner product is the score, so that memory and database rank alike.

Source: Robertson & Zaragoza 2009, "The probabilistic relevance framework: BM25 and beyond", Foundations and Trends in Information
Retrieval 3(4). Index value of a term: tf(k1+1) / (tf + k1(1 - b + b dl/avgdl)); query value: idf = ln(1 + (N - df + .5)/(df + .5)),
never negative. What differs here: terms sit in one vector under a hash, a word asked twice counts once, and a query whose
language nobody knows is stemmed in every language the collection has.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rrr.engines.search.settings import Settings
from rrr.text import language as languages
from rrr.text.tokens import lexemes, tokens

DIMENSIONS = 2**29  # pgvector allows 10^9; at 100,000 lexemes about ten pairs share a place
MOST_ENTRIES = 16_000  # pgvector's limit on the entries of one sparsevec


@dataclass(frozen=True)
class Statistics:
    """What weights need to know about the whole collection."""

    documents: int
    average_length: float
    frequency: Mapping[str, int]  # in how many documents a lexeme occurs
    languages: tuple[str, ...] = ()

    def idf(self, lexeme: str) -> float:
        """0 for a lexeme no document has: it can match nothing."""
        count = self.frequency.get(lexeme, 0)
        return math.log(1 + (self.documents - count + 0.5) / (count + 0.5)) if count else 0.0


@dataclass(frozen=True)
class Query:
    text: str
    language: str  # "" where nobody knows
    weights: Mapping[str, float]  # lexeme -> idf
    words: Mapping[str, str]  # lexeme -> the word as asked, for explanations

    def gate(self, language: str) -> bool:
        """Do words count for a document in this language? An unknown language on either side cannot rule words out."""
        return not self.language or not language or self.language == language


def measure(documents: Iterable[tuple[Sequence[str], str]]) -> Statistics:
    """Statistics of (lexemes, language) pairs."""
    frequency: Counter[str] = Counter()
    found: Counter[str] = Counter()
    count = length = 0
    for terms, language in documents:
        frequency.update(set(terms))
        found[language] += 1
        count += 1
        length += len(terms)
    spoken = tuple(code for code, _ in sorted(found.items(), key=lambda pair: (-pair[1], pair[0])) if code)
    return Statistics(count, length / count if count else 0.0, dict(frequency), spoken)


def weigh(terms: Sequence[str], average_length: float, settings: Settings = Settings()) -> dict[str, float]:  # noqa: B008 - frozen
    """The index value of each lexeme of one document."""
    if not terms:
        return {}
    damp = settings.k1 * (1 - settings.b + settings.b * len(terms) / (average_length or len(terms)))
    return {lexeme: count * (settings.k1 + 1) / (count + damp) for lexeme, count in Counter(terms).items()}


def query(text: str, statistics: Statistics, language: str | None = None) -> Query:
    """Weights of a question. `language` None: guessed from the text; "" where it stays unknown."""
    code = languages.detect(text) if language is None else language
    weights: dict[str, float] = {}
    words: dict[str, str] = {}
    for spoken in (code,) if code else ("", *statistics.languages):
        common = languages.stopwords(spoken)
        for word in dict.fromkeys(tokens(text)):
            for lexeme in lexemes(word, spoken):
                weight = statistics.idf(lexeme)
                if weight and (word not in common or not _content(text, spoken)):
                    weights[lexeme] = weight
                    words.setdefault(lexeme, word)
    return Query(text, code, weights, words)


def score(asked: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The inner product: what `-(bm <#> q)` is in the database."""
    return sum(weight * weights[lexeme] for lexeme, weight in asked.items() if lexeme in weights)


@lru_cache(maxsize=65_536)
def dimension(lexeme: str) -> int:
    """Where a lexeme sits, from 1 to DIMENSIONS: the same in every process and on every machine."""
    return int.from_bytes(hashlib.blake2b(lexeme.encode(), digest_size=8).digest(), "big") % DIMENSIONS + 1


def dimensions(weights: Mapping[str, float]) -> dict[int, float]:
    """Weights by place (from 1), the heaviest MOST_ENTRIES of them; lexemes that share a place add up."""
    found: dict[int, float] = {}
    for lexeme, weight in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_ENTRIES]:
        place = dimension(lexeme)
        found[place] = found.get(place, 0.0) + weight
    return found


def sparsevec(weights: Mapping[str, float]) -> str:
    """pgvector's text form, places ascending from 1."""
    inside = ",".join(f"{place}:{weight:.7g}" for place, weight in sorted(dimensions(weights).items()))
    return f"{{{inside}}}/{DIMENSIONS}"


def _content(text: str, language: str) -> bool:
    common = languages.stopwords(language)
    return any(word not in common for word in tokens(text))
