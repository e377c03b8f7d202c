"""Compare a new list with what is known: candidates with a weight, a band and every comparison that led there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rrr.engines.linkage.prepare import prepare, token_counts
from rrr.engines.linkage.scoring import Compared, Flag, Pattern, between
from rrr.records.organisation import OrganisationRecord


class Band(StrEnum):
    SAME = "same"
    DOUBTFUL = "doubtful"
    NEW = "new"


@dataclass(frozen=True)
class Settings:
    same: float = 8.0
    new: float = -4.0  # below: not shown
    rival: float = 3.0  # a second known record within this weight of the best makes both doubtful
    most: int = 5  # candidates kept for each new record

    def __post_init__(self) -> None:
        if self.new > self.same:
            raise ValueError(f"The band runs from new to same; this one runs from {self.new} to {self.same}.")
        if self.most < 1:
            raise ValueError(f"most is at least 1; it is {self.most}.")


@dataclass(frozen=True)
class Candidate:
    """A pair, or with `known_key` None a new record that nothing known comes near (weight None)."""

    new_key: str
    known_key: str | None
    weight: float | None
    band: Band
    comparisons: tuple[Compared, ...] = ()
    flags: tuple[Flag, ...] = ()


def compare(
    new: Sequence[OrganisationRecord],
    known: Sequence[OrganisationRecord],
    settings: Settings = Settings(),
) -> list[Candidate]:
    """In the order of `new`, the candidates of each heaviest first; every new record has at least one row.

    The weight is the prior plus the weights of the comparisons.
    """
    for side, records in (("new", new), ("known", known)):
        if len({record.key for record in records}) < len(records):
            raise ValueError(f"Two {side} records have one key; each needs its own.")
    found: dict[str, list[Candidate]] = {record.key: [] for record in new}
    if new and known:
        counts = token_counts([*new, *known])
        for left, right, pattern in between(prepare(new, counts), prepare(known, counts), settings.new):
            found[left].append(_candidate(left, right, pattern, settings))
    return [one for key, candidates in found.items() for one in _decided(key, candidates, settings)]


def _candidate(new: str, known: str, pattern: Pattern, settings: Settings) -> Candidate:
    weight, flags = pattern.weight, pattern.flags
    band = Band.NEW if weight < settings.new else Band.DOUBTFUL if flags or weight < settings.same else Band.SAME
    return Candidate(new, known, weight, band, pattern.comparisons, flags)


def _decided(key: str, candidates: list[Candidate], settings: Settings) -> list[Candidate]:
    kept = [one for one in candidates if one.band is not Band.NEW]
    if not kept:
        return [Candidate(key, None, None, Band.NEW)]
    kept.sort(key=lambda one: (-(one.weight or 0.0), one.known_key or ""))
    best = kept[0].weight or 0.0
    rivals = [one for one in kept if (one.weight or 0.0) >= settings.same and best - (one.weight or 0.0) <= settings.rival]
    decided = []
    for place, one in enumerate(kept[: settings.most]):
        if len(rivals) > 1 and one in rivals:
            decided.append(Candidate(one.new_key, one.known_key, one.weight, Band.DOUBTFUL, one.comparisons, (*one.flags, Flag.SEVERAL)))
        elif place and one.band is Band.SAME:  # only the best of a record links by itself
            decided.append(Candidate(one.new_key, one.known_key, one.weight, Band.DOUBTFUL, one.comparisons, one.flags))
        else:
            decided.append(one)
    return decided
