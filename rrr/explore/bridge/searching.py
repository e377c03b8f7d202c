"""A question put to the index, and why each text was found."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from rrr.engines import search
from rrr.explore import queries
from rrr.explore.bridge.indexing import KIND, passages, vectors, weigh
from rrr.text import fold, language, tokens

NEAR_ENOUGH = 0.22  # a text that shares no word is shown from this cosine on; measured by benchmarks/catalogue.py
LONGEST = 2_000  # letters of a question that are read
_PHRASE = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")
_WORD = re.compile(r"[^\W_]+(?:['’·][^\W_]+)*")


@dataclass(frozen=True)
class Asked:
    """A question, read: its phrases, its weights and its meaning."""

    text: str
    query: search.Query
    statistics: search.Statistics
    average: float
    phrases: tuple[str, ...] = ()
    vector: list[float] | None = None

    @property
    def empty(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True)
class Found:
    key: str
    score: float  # 0 to 1, comparable within this question only
    match: search.Match


@dataclass(frozen=True)
class Piece:
    text: str
    marked: bool = False


@dataclass(frozen=True)
class Shown:
    """Why one text was found, ready for a page."""

    words: tuple[str, ...]  # of the question, heaviest first
    reasons: tuple[str, ...]  # codes: words, all_words, meaning, other_language, language_unknown
    cosine: float | None
    passage: tuple[Piece, ...] = field(default=())

    @property
    def text(self) -> str:
        """The passage without its marks."""
        return "".join(piece.text for piece in self.passage)

    @property
    def by_words(self) -> bool:
        return bool(self.words)

    @property
    def by_meaning(self) -> bool:
        return self.cosine is not None and self.cosine >= NEAR_ENOUGH


def ask(text: str, *, spoken: str | None = None, kind: str = KIND, meaning: bool = True) -> Asked:
    """Read a question. `spoken` is its language where it is known; else it is guessed."""
    plain = text[:LONGEST]
    state = queries.statistics(kind)
    code = language.detect(plain) if spoken is None else spoken
    tried = {code} if code else {"", *state.languages}
    wanted = {lexeme for each in tried for lexeme in tokens.lexemes(plain, each)}
    statistics = search.Statistics(state.documents, state.average, queries.frequencies(kind, wanted), state.languages)
    phrases = tuple(found for found in (" ".join(fold.words(part)) for part in _PHRASE.findall(plain)) if found)
    vector = vectors([plain])[0] if meaning and plain.strip() and state.documents else None
    return Asked(plain, search.query(plain, statistics, code), statistics, state.weighed_with, phrases, vector)


def find(asked: Asked, *, kind: str = KIND, among: Collection[str] | None = None, everything: bool = False) -> list[Found]:
    """Best first. What shares no word and is not near enough in meaning is left out, unless `everything` is wanted."""
    if asked.empty:
        return []
    rows = queries.candidates(
        kind,
        sparse=search.sparsevec(asked.query.weights),
        lexemes=asked.query.weights,
        language=asked.query.language,
        vector=asked.vector,
        phrases=asked.phrases,
        among=among,
    )
    candidates = [search.Candidate(row.key, row.language, row.lexical, row.cosine) for row in rows]
    matches = search.fuse(candidates, asked.query)
    kept = [one for one in matches if everything or one.lexical > 0 or (one.cosine or 0.0) >= NEAR_ENOUGH]
    return [Found(one.key, one.score, one) for one in kept]


def show(asked: Asked, found: Sequence[Found], *, kind: str = KIND) -> dict[str, Shown]:
    """The reasons of the given matches, by key."""
    documents = queries.documents(kind, [one.key for one in found])
    return {one.key: _shown(asked, one, *documents[one.key]) for one in found if one.key in documents}


def _shown(asked: Asked, found: Found, text: str, terms: Mapping[str, int]) -> Shown:
    told = search.explain(found.match, asked.query, weigh(terms, asked.average))
    words = tuple(dict.fromkeys(term.word for term in told.terms))
    heavy = {term.lexeme: term.weight for term in told.terms}
    return Shown(words, tuple(reason.value for reason in told.reasons), told.cosine, _passage(text, heavy, found.match.language))


def _passage(text: str, heavy: Mapping[str, float], spoken: str) -> tuple[Piece, ...]:
    """The sentence (not the name, which stands above it) with the heaviest words, these marked; nothing where no word is shared."""
    best, score = "", 0.0
    for part in passages(text)[1:]:
        here = sum(heavy.get(lexeme, 0.0) for lexeme in set(tokens.lexemes(part, spoken)))
        if here > score:
            best, score = part, here
    return _marked(best, heavy, spoken) if best else ()


def _marked(text: str, heavy: Mapping[str, float], spoken: str) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for word in _WORD.finditer(text):
        if any(lexeme in heavy for lexeme in tokens.lexemes(word.group(), spoken)):
            pieces += [Piece(text[at : word.start()]), Piece(word.group(), True)]
            at = word.end()
    return tuple(piece for piece in (*pieces, Piece(text[at:])) if piece.text)
