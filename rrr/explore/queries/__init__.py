"""Reads of step 3. Everything public starts from `Solution.objects.public()`."""

from rrr.explore.queries.catalogue import (
    FACETS,
    Bucket,
    Facts,
    drafts,
    facets,
    facts,
    history,
    label,
    matching,
    narrowed,
    options,
    ordered,
    published_count,
    solution,
    solutions,
)
from rrr.explore.queries.effects import EffectGroup, Evidence, effects, evidence
from rrr.explore.queries.index import candidates, documents, frequencies, statistics, vectors
from rrr.explore.queries.lists import (
    added_by,
    challenge,
    challenges_for,
    counts,
    counts_by_challenge,
    item,
    notes_by,
    place,
    shortlist,
    shortlist_history,
    shortlisted_for,
)

__all__ = [
    "FACETS", "Bucket", "EffectGroup", "Evidence", "Facts", "added_by", "candidates", "challenge", "challenges_for", "counts",
    "counts_by_challenge", "documents", "drafts", "effects", "evidence", "facets", "facts", "frequencies", "history", "item", "label", "matching",
    "narrowed", "notes_by", "options", "ordered", "place", "published_count", "shortlist", "shortlist_history", "shortlisted_for",
    "solution", "solutions", "statistics", "vectors",
]  # fmt: skip
