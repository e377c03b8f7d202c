"""Answers -> counts, and counts without those that would give a small group away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from rrr.engines.diagnosis.records import DEFAULT, SCALE, Answer, BlockCounts, Counts, Reason, Rejected, Settings, Tally


def count(answers: Iterable[Answer]) -> Tally:
    """The last valid answer of each person to each block counts. A person speaks for one sector: the first that was named."""
    given: dict[str, dict[str, int | None]] = {}
    sectors: dict[str, str] = {}
    rejected: list[Rejected] = []
    people: set[str] = set()
    replaced = 0
    for place, one in enumerate(answers):
        try:
            value = _score(one.value)
        except ValueError:
            rejected.append(Rejected(place, Reason.NOT_ON_THE_SCALE))
            continue
        if sectors.setdefault(one.person, one.sector) != one.sector:
            rejected.append(Rejected(place, Reason.ANOTHER_SECTOR))
            continue
        mine = given.setdefault(one.block, {})
        replaced += one.person in mine
        mine[one.person] = value
        people.add(one.person)
    return Tally({key: _block(mine, sectors) for key, mine in given.items()}, len(people), replaced, tuple(rejected))


def _score(value: int | float | str | None) -> int | None:
    """Raises ValueError for what is no whole number from 0 to 10."""
    if value is None:
        return None
    score = float(value)
    if score not in SCALE:
        raise ValueError(value)
    return int(score)


def _block(mine: Mapping[str, int | None], sectors: Mapping[str, str]) -> BlockCounts:
    named = sorted({sectors[person] for person in mine} - {""})
    return BlockCounts(
        _counts(mine.values()), {code: _counts(value for person, value in mine.items() if sectors[person] == code) for code in named}
    )


def _counts(values: Iterable[int | None]) -> Counts:
    found = Counter(values)
    return Counts(tuple(found[score] for score in SCALE), found[None])


def guarded(tally: Tally, settings: Settings = DEFAULT) -> Tally:
    """Only what may be shown: blocks at least `least` people answered, scores at least `least` gave, and sectors nobody is found by.

    Complementary suppression (Willenborg & de Waal 2001, ch. 1): what is left when the shown sectors are taken from everybody must be nobody or at
    least `least` people, for those who rated the block and for those who answered it; else the smallest shown sector is left out too.
    """
    shown = {key: _guard(one, settings.least) for key, one in tally.blocks.items() if one.all.answered >= settings.least}
    return replace(tally, blocks=shown)


def _guard(one: BlockCounts, least: int) -> BlockCounts:
    if one.all.rated < least:  # how many know is said, what the few think is not
        return BlockCounts(Counts(unknown=one.all.unknown, withheld=one.all.rated))
    large = sorted(
        (code for code, counts in one.sectors.items() if counts.rated >= least), key=lambda code: (-one.sectors[code].rated, code)
    )
    while large and not _safe(one, large, least):
        large.pop()
    return BlockCounts(one.all, {code: one.sectors[code] for code in sorted(large)})


def _safe(one: BlockCounts, shown: Iterable[str], least: int) -> bool:
    rated = one.all.rated - sum(one.sectors[code].rated for code in shown)
    answered = one.all.answered - sum(one.sectors[code].answered for code in shown)
    return (rated == 0 or rated >= least) and (answered == 0 or answered >= least)
