"""A collection held in memory: what a database does with the same weights, for files, tests and small catalogues."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rrr.engines.search.fusion import Candidate, Match, fuse
from rrr.engines.search.settings import Settings
from rrr.engines.search.weights import Query, Statistics, measure, query, weigh
from rrr.text import language as languages
from rrr.text.tokens import lexemes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Encode = Callable[[Sequence[str]], "NDArray[np.float32]"]


@dataclass(frozen=True)
class Document:
    key: str
    text: str
    language: str | None = None  # None: guessed; "" where nobody knows


@dataclass(frozen=True)
class Index:
    settings: Settings
    statistics: Statistics
    keys: tuple[str, ...]
    languages: tuple[str, ...]
    weights: tuple[Mapping[str, float], ...]
    postings: Mapping[str, tuple[tuple[int, float], ...]]
    vectors: NDArray[np.float32] | None

    def at(self, key: str) -> int:
        return self.keys.index(key)


def build(documents: Sequence[Document], settings: Settings = Settings(), encode: Encode | None = None) -> Index:  # noqa: B008 - frozen
    """Weights of every document; with `encode` (rrr.text.vectors.encode) sentence vectors as well."""
    seen: set[str] = set()
    for one in documents:
        if one.key in seen:
            raise ValueError(f"Two documents have the key {one.key}; each needs its own.")
        seen.add(one.key)
    codes = tuple(languages.detect(one.text) if one.language is None else one.language for one in documents)
    terms = [lexemes(one.text, code) for one, code in zip(documents, codes, strict=True)]
    statistics = measure(zip(terms, codes, strict=True))
    weights = tuple(weigh(found, statistics.average_length, settings) for found in terms)
    postings: dict[str, list[tuple[int, float]]] = {}
    for place, row in enumerate(weights):
        for lexeme, weight in row.items():
            postings.setdefault(lexeme, []).append((place, weight))
    vectors = encode([one.text for one in documents]) if encode else None
    keys = tuple(one.key for one in documents)
    return Index(settings, statistics, keys, codes, weights, {lexeme: tuple(rows) for lexeme, rows in postings.items()}, vectors)


def search(
    index: Index,
    asked: Query | str,
    *,
    vector: NDArray[np.float32] | None = None,
    among: Collection[str] | None = None,
    limit: int = 10,
) -> list[Match]:
    """The best `limit` documents. `vector` is the encoded question; without one (or without vectors in the index) words alone rank."""
    question = query(asked, index.statistics) if isinstance(asked, str) else asked
    kept = [among is None or key in among for key in index.keys]
    lexical = _lexical(index, question, kept)
    cosine = index.vectors @ vector if index.vectors is not None and vector is not None else None
    places = set(_top(lexical, index.settings.top))
    if cosine is not None:
        places.update(_top({place: float(cosine[place]) for place, keep in enumerate(kept) if keep}, index.settings.top))
    found = [
        Candidate(index.keys[place], index.languages[place], lexical.get(place, 0.0), None if cosine is None else float(cosine[place]))
        for place in sorted(places)
    ]
    return fuse(found, question, index.settings)[:limit]


def _lexical(index: Index, asked: Query, kept: Sequence[bool]) -> dict[int, float]:
    found: dict[int, float] = {}
    for lexeme, idf in asked.weights.items():
        for place, weight in index.postings.get(lexeme, ()):
            if kept[place] and asked.gate(index.languages[place]):
                found[place] = found.get(place, 0.0) + idf * weight
    return found


def _top(scores: Mapping[int, float], count: int) -> list[int]:
    return sorted(scores, key=lambda place: (-scores[place], place))[:count]
