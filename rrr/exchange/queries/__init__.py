"""Reads of step 5. Everything public starts from `Case.objects.public()`."""

from rrr.exchange.queries.cases import (
    case,
    cases,
    counts,
    empty_sections,
    filtered,
    history,
    mine,
    newer_result,
    newest,
    of_pilot,
    shared,
    used,
)
from rrr.exchange.queries.figures import assemble, canonical, sha256
from rrr.exchange.queries.knots import ThreadKnot, knots, matching_challenges
from rrr.exchange.queries.pages import public_pages
from rrr.exchange.queries.plans import chain_head, frozen_plans

__all__ = [
    "ThreadKnot", "assemble", "canonical", "case", "cases", "chain_head", "counts", "empty_sections", "filtered", "frozen_plans", "history",
    "knots", "matching_challenges", "mine", "newer_result", "newest", "of_pilot", "public_pages", "sha256", "shared", "used",
]  # fmt: skip
