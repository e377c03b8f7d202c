"""Why a document was found: the words that matched with what each added, the cosine, and reasons as codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rrr.engines.search.fusion import Match
from rrr.engines.search.weights import Query


class Reason(StrEnum):
    WORDS = "words"  # words of the question stand in the document
    ALL_WORDS = "all_words"  # every word of the question that the collection knows does
    MEANING = "meaning"  # the sentence vectors are near
    OTHER_LANGUAGE = "other_language"  # written in another language: meaning alone counted
    LANGUAGE_UNKNOWN = "language_unknown"  # of the question or the document: words of every language were tried


@dataclass(frozen=True)
class Term:
    lexeme: str
    word: str  # as asked
    weight: float  # its part of the raw BM25 score


@dataclass(frozen=True)
class Explanation:
    key: str
    terms: tuple[Term, ...]  # heaviest first; the weights sum to the raw lexical score
    cosine: float | None
    words_share: float  # of the score, 0 to 1
    reasons: tuple[Reason, ...]


NEAR = 0.4  # cosines of unrelated sentences rarely reach this: see docs/methods/search.md


def explain(match: Match, asked: Query, weights: Mapping[str, float]) -> Explanation:
    """`weights` are the index values of the matched document (`weigh`, or `index.weights[index.at(key)]`)."""
    shared = asked.gate(match.language)
    terms = tuple(
        sorted(
            (
                Term(lexeme, asked.words[lexeme], idf * weights[lexeme])
                for lexeme, idf in asked.weights.items()
                if shared and lexeme in weights
            ),
            key=lambda term: (-term.weight, term.lexeme),
        )
    )
    reasons = []
    if terms:
        reasons.append(Reason.ALL_WORDS if len({term.word for term in terms}) == len(set(asked.words.values())) else Reason.WORDS)
    if match.cosine is not None and match.cosine >= NEAR:
        reasons.append(Reason.MEANING)
    if not shared:
        reasons.append(Reason.OTHER_LANGUAGE)
    if not asked.language or not match.language:
        reasons.append(Reason.LANGUAGE_UNKNOWN)
    return Explanation(match.key, terms, match.cosine, match.words / match.score if match.score else 0.0, tuple(reasons))
