"""Reads of step 3. Everything public starts from `Solution.objects.public()`."""

from rrr.explore.queries.catalogue import (
    FACETS,
    Bucket,
    Facts,
    facets,
    facts,
    narrowed,
    options,
    ordered,
    published_count,
    solution,
    solutions,
)
from rrr.explore.queries.effects import EffectGroup, effect_groups, effects
from rrr.explore.queries.index import candidates, documents, frequencies, statistics, vectors
from rrr.explore.queries.lists import (
    added_by,
    challenge,
    challenges_for,
    counts,
    counts_by_challenge,
    item,
    notes_by,
    shortlist,
    shortlisted_for,
)

__all__ = [
    "FACETS", "Bucket", "EffectGroup", "Facts", "added_by", "candidates", "challenge", "challenges_for", "counts", "counts_by_challenge", "documents",
    "effect_groups", "effects", "facets", "facts", "frequencies", "item", "narrowed", "notes_by", "options", "ordered", "published_count",
    "shortlist", "shortlisted_for", "solution", "solutions", "statistics", "vectors",
]  # fmt: skip
