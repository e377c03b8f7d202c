"""Solutions ranked for a challenge: rows into the engine's need and options, and its codes into sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rrr.define.models import Challenge
from rrr.engines import search
from rrr.engines.search import Weights
from rrr.explore import queries, reasons
from rrr.explore.bridge.searching import Asked, Found, Shown, ask, find, show
from rrr.explore.queries import Facts
from rrr.explore.vocabulary import LOTS, TOPICS_OF
from rrr.text import tokens

NEIGHBOURS = 40  # how many of the best are compared with each other for likeness
UNLIKE, TWIN = 0.3, 0.7  # cosines from which two solutions count as somewhat alike, and as twins: docs/methods/matching.md


@dataclass(frozen=True)
class Match:
    """One solution with its score in parts and why it stands where it stands."""

    place: int
    facts: Facts
    ranked: search.Ranked
    shown: Shown | None
    why: tuple[str, ...]
    why_not: tuple[str, ...]

    @property
    def parts(self) -> list[tuple[str, float]]:
        return [(reasons.part(part.name), round(part.points, 1)) for part in self.ranked.parts]

    @property
    def score(self) -> int:
        return round(self.ranked.score)

    @property
    def unknown(self) -> int:
        return round(self.ranked.most - self.ranked.score)


@dataclass(frozen=True)
class Matching:
    """Every published solution in order; `rows` gives the reasons of a slice."""

    challenge: Challenge
    weights: Weights
    ranked: Sequence[search.Ranked]
    facts: Mapping[str, Facts]
    asked: Asked
    found: Mapping[str, Found]

    def rows(self, start: int, end: int) -> list[Match]:
        kept = self.ranked[start:end]
        shown = show(self.asked, [self.found[one.key] for one in kept if one.key in self.found])
        return [self._row(place, one, shown.get(one.key)) for place, one in enumerate(kept, start + 1)]

    def row(self, key: str) -> Match | None:
        place = next((at for at, one in enumerate(self.ranked) if one.key == key), None)
        return None if place is None else self.rows(place, place + 1)[0]

    def _row(self, place: int, one: search.Ranked, shown: Shown | None) -> Match:
        facts = self.facts[one.key]
        like = self.facts[one.like].name if one.like else ""
        why = reasons.why(one.reasons, facts, shown, self.challenge)
        why_not = reasons.why_not([(lack.why, lack.points) for lack in one.lacks], facts, self.challenge, like)
        return Match(place, facts, one, shown, tuple(why), tuple(why_not))


def weights_of(given: Mapping[str, Any]) -> Weights:
    """Weights from a form; ones that make no sense fall back to the usual ones."""
    try:
        return Weights(**{name: float(given[name]) for name in ("relevance", "evidence", "fit", "spread") if given.get(name) is not None})
    except ValueError:
        return Weights()


def question(challenge: Challenge) -> str:
    return "\n".join(part for part in (challenge.title, challenge.problem, challenge.question, "; ".join(challenge.groups)) if part)


def matching(challenge: Challenge, weights: Weights = Weights()) -> Matching:  # noqa: B008 - frozen
    """Rank the whole published catalogue for a challenge."""
    facts = {one.slug: one for one in queries.facts()}
    asked = ask(question(challenge), spoken=challenge.language)
    found = {one.key: one for one in find(asked, everything=True)}
    need = _need(challenge)
    options = [_option(one, found.get(key), challenge.language) for key, one in facts.items()]
    plain = search.rank(need, options, weights)
    alike = _likeness([one.key for one in plain[:NEIGHBOURS]]) if weights.spread else None
    ranked = search.rank(need, options, weights, alike) if alike else plain
    return Matching(challenge, weights, ranked, facts, asked, found)


def match(challenge: Challenge, key: str, weights: Weights = Weights()) -> dict[str, Any]:  # noqa: B008 - frozen
    """One match as it is today, in a form that can be kept: score, parts, codes of reasons, settings. Empty where it is not published."""
    made = matching(challenge, weights)
    row = made.row(key)
    if row is None:
        return {}
    return {
        "place": row.place,
        "of": len(made.ranked),
        "score": round(row.ranked.score, 2),
        "most": round(row.ranked.most, 2),
        "parts": [
            {name: value if isinstance(value, str) else round(value, 2) for name, value in asdict(p).items()} for p in row.ranked.parts
        ],
        "reasons": [why.value for why in row.ranked.reasons],
        "lacks": [{"why": lack.why.value, "points": round(lack.points, 2)} for lack in row.ranked.lacks],
        "words": list(row.shown.words[:12]) if row.shown else [],
        "cosine": None if row.shown is None or row.shown.cosine is None else round(row.shown.cosine, 3),
        "settings": asdict(weights),
    }


def _need(challenge: Challenge) -> search.Need:
    topics = frozenset(str(topic) for system in challenge.systems for topic in TOPICS_OF.get(system, ()))
    return search.Need(topics, challenge.horizon, frozenset(_lexemes(challenge.groups, challenge.language)))


def _option(one: Facts, found: Found | None, spoken: str) -> search.Option:
    comparable = one.groups and one.text_language == spoken
    return search.Option(
        key=one.slug,
        relevance=min(1.0, max(0.0, found.score)) if found else 0.0,
        topics=frozenset(one.topics),
        horizons=frozenset(one.horizons),
        groups=frozenset(_lexemes(one.groups, one.text_language)) if comparable else None,
        grade=one.grade,
        lots=bool(LOTS & set(one.designs)),
    )


# Words that name nobody in particular: “people leaving prison” and “older people” are not alike.
ANYBODY = {
    "en": "people person persons living", "fr": "personnes gens vivant", "es": "personas gente que viven", "pt": "pessoas gente que vivem",
    "it": "persone gente che vivono", "nl": "mensen personen die wonen", "pl": "osoby ludzie osób żyjące",
}  # fmt: skip


def _lexemes(groups: Sequence[str], spoken: str) -> list[str]:
    anybody = set(tokens.lexemes(ANYBODY.get(spoken, ""), spoken))
    return [lexeme for group in groups for lexeme in tokens.lexemes(group, spoken) if lexeme not in anybody]


def _likeness(keys: Sequence[str]) -> Callable[[str, str], float]:
    import numpy as np

    kept = {key: np.asarray(vector, dtype=np.float32) for key, vector in queries.vectors("solution", keys).items()}

    def alike(one: str, other: str) -> float:
        if one not in kept or other not in kept:
            return 0.0
        return min(1.0, max(0.0, (float(kept[one] @ kept[other]) - UNLIKE) / (TWIN - UNLIKE)))

    return alike
