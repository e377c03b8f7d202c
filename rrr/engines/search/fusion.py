"""One ranking out of two: words (BM25) and meaning (cosine of sentence vectors).

Min-max over the top of each list, then a convex sum (Bruch, Gai & Ingber 2023, "An analysis of fusion functions for hybrid
retrieval", ACM TOIS 42(1)). What differs here: a language gate. Words are compared only within the language of the query
(.7 words + .3 meaning); a document in another language is ranked by meaning alone. Where fewer than `top` documents share a word
the lower end is 0, the score of a document that shares none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rrr.engines.search.settings import Settings
from rrr.engines.search.weights import Query


@dataclass(frozen=True)
class Candidate:
    """Both raw scores of a document; `cosine` None where there are no vectors."""

    key: str
    language: str
    lexical: float
    cosine: float | None


@dataclass(frozen=True)
class Match:
    key: str
    score: float  # between 0 and 1, comparable within one query only
    words: float  # part of the score that comes from words
    meaning: float  # part that comes from meaning
    lexical: float  # raw BM25
    cosine: float | None  # raw cosine
    language: str


def fuse(candidates: Sequence[Candidate], asked: Query, settings: Settings = Settings()) -> list[Match]:  # noqa: B008 - frozen
    """Best first, ties by key. Hand in the union of the `top` documents of either list, each with both scores.

    A document that no shared word and no positive cosine speaks for is left out.
    """
    gated = [one.lexical if asked.gate(one.language) else 0.0 for one in candidates]
    lexical = _scaled(gated, settings.top, floor=0.0)
    vectors = any(one.cosine is not None for one in candidates)
    meaning = _scaled([one.cosine if one.cosine is not None else -1.0 for one in candidates], settings.top, floor=None)
    found = []
    for one, raw, by_words, by_meaning in zip(candidates, gated, lexical, meaning, strict=True):
        share = settings.lexical if asked.gate(one.language) else 0.0
        share = share if vectors else 1.0
        words, sense = share * by_words, (1 - share) * by_meaning
        if raw > 0 or (one.cosine or 0.0) > 0:
            found.append(Match(one.key, words + sense, words, sense, raw, one.cosine, one.language))
    return sorted(found, key=lambda match: (-match.score, match.key))


def _scaled(values: Sequence[float], top: int, floor: float | None) -> list[float]:
    """Each value between the lowest and highest of the `top` highest as 0 to 1; `floor` stands in where the list is shorter."""
    best = sorted((value for value in values if floor is None or value > floor), reverse=True)[:top]
    if not best:
        return [0.0] * len(values)
    high, low = best[0], best[-1] if floor is None or len(best) == top else floor
    if high == low:
        return [1.0 if value >= high else 0.0 for value in values]
    return [max(0.0, (value - low) / (high - low)) for value in values]
