"""Reads of step 1; those about registers and their imports are in `queries.imports`."""

from rrr.understand.queries.organisations import (
    Coverage,
    Tally,
    bounds,
    by_kind,
    by_role,
    counts,
    coverage,
    features,
    filtered,
    history,
    number_in,
    organisation,
    organisations,
    relations,
    shown_on_map,
    territory,
    tied,
    ties,
)

__all__ = [
    "Coverage", "Tally", "bounds", "by_kind", "by_role", "counts", "coverage", "features", "filtered", "history", "number_in", "organisation",
    "organisations", "relations", "shown_on_map", "territory", "tied", "ties",
]  # fmt: skip
