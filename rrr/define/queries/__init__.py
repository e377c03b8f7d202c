"""Reads of step 2. Everything public starts from `Challenge.objects.public()`."""

from rrr.define.queries.challenges import (
    Facet,
    Seat,
    card,
    challenge,
    challenges,
    counts,
    filtered,
    library_challenge,
    of_organisation,
    search,
    seat,
    seats,
    territories_with_challenges,
)
from rrr.define.queries.polls import (
    answers,
    busiest_minute,
    every_answer,
    moderation_log,
    open_polls,
    participant,
    people,
    poll,
    polls,
    progress,
    statement,
    statements,
)

__all__ = [
    "Facet", "Seat", "answers", "busiest_minute", "card", "challenge", "challenges", "counts", "every_answer", "filtered",
    "library_challenge", "moderation_log", "of_organisation", "open_polls", "participant", "people", "poll", "polls", "progress",
    "search", "seat", "seats", "statement", "statements", "territories_with_challenges",
]  # fmt: skip
