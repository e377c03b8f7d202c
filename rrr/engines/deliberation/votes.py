"""Votes as they came in, counted: the last valid vote of a person on a statement is the one that stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

AGREE, PASS, DISAGREE = 1, 0, -1
_VALUES: Mapping[str, int] = {
    "1": 1,
    "+1": 1,
    "1.0": 1,
    "agree": 1,
    "0": 0,
    "0.0": 0,
    "-0.0": 0,
    "pass": 0,
    "-1": -1,
    "-1.0": -1,
    "disagree": -1,
}


class Reason(StrEnum):
    UNKNOWN_VALUE = "unknown_value"  # neither 1, 0, -1 nor agree, pass, disagree
    NO_PERSON = "no_person"
    NO_STATEMENT = "no_statement"


@dataclass(frozen=True)
class Vote:
    """`at` orders votes of one person (any comparable number); without it the order given does."""

    person: str
    statement: str
    value: int | float | str
    at: float | None = None


@dataclass(frozen=True)
class Rejected:
    place: int  # of the vote in what was handed in, from 0
    vote: Vote
    reason: Reason


@dataclass(frozen=True)
class Tally:
    """Who voted what, after re-votes: statement -> person -> 1, 0 or -1."""

    votes: Mapping[str, Mapping[str, int]]
    people: int
    replaced: int  # earlier votes that a later one replaced
    rejected: tuple[Rejected, ...]


def count(votes: Iterable[Vote]) -> Tally:
    """A rejected vote never replaces a valid one. Among votes of the same time the later in order stands."""
    standing: dict[str, dict[str, int]] = {}
    times: dict[tuple[str, str], float] = {}
    rejected: list[Rejected] = []
    replaced = 0
    for place, vote in enumerate(votes):
        value = _VALUES.get(str(vote.value).strip().lower()) if not isinstance(vote.value, bool) else None
        reason = _reason(vote, value)
        if reason or value is None:
            rejected.append(Rejected(place, vote, reason or Reason.UNKNOWN_VALUE))
            continue
        mine = standing.setdefault(vote.statement, {})
        key = (vote.statement, vote.person)
        replaced += vote.person in mine
        if vote.at is not None:
            if key in times and vote.at < times[key]:
                continue
            times[key] = vote.at
        mine[vote.person] = value
    people = {person for mine in standing.values() for person in mine}
    return Tally(standing, len(people), replaced, tuple(rejected))


def _reason(vote: Vote, value: int | None) -> Reason | None:
    if not vote.person.strip():
        return Reason.NO_PERSON
    if not vote.statement.strip():
        return Reason.NO_STATEMENT
    return Reason.UNKNOWN_VALUE if value is None else None
