"""Every pair an audit must be able to draw: compared ones, linked ones that were not compared, and near ones no rule brought together."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from rrr.engines.linkage.audit import AuditPair
from rrr.engines.linkage.clusters import PairKey, key
from rrr.engines.linkage.link import Linked, Placed
from rrr.engines.linkage.prepare import prepare, token_counts
from rrr.records.organisation import OrganisationRecord
from rrr.text.legal_forms import split

NEAR = 50_000  # pairs of one area drawn; what there are more is counted
LEAST_ALIKE = 60  # per cent


def auditable(records: Sequence[OrganisationRecord], linked: Linked, *, near: int = NEAR, seed: int = 20) -> list[AuditPair]:
    """For `sample`. Near: of one territory and one postcode (without one, one cell of about a kilometre), names not wholly unlike, never compared, not linked.

    Pairs that are neither near nor compared stay out: recall is that of pairs with something in common. Among near pairs with unlike names next to none is one
    organisation and no person would see it; yet they are so many that not knowing this of each would drown every interval.
    """
    scored = {(one.left, one.right) for one in linked.pairs}
    pairs = [AuditPair(one.left, one.right, one.strength, one.linked, one.probability) for one in linked.pairs]
    by_chain = {pair for pair in _linked(linked.placed) if pair not in scored}
    pairs += [AuditPair(*pair, None, True) for pair in sorted(by_chain)]
    return pairs + _near(records, scored | by_chain, near, random.Random(seed))  # noqa: S311 - a sample, no secret


def _linked(placed: Sequence[Placed]) -> list[PairKey]:
    groups: dict[str, list[str]] = defaultdict(list)
    for one in placed:
        groups[one.organisation].append(one.key)
    return [key(*pair) for members in groups.values() for pair in combinations(members, 2)]


def _near(records: Sequence[OrganisationRecord], seen: set[PairKey], most: int, rng: random.Random) -> list[AuditPair]:
    """Drawn alike from all near pairs: an area by its number of pairs, then two of it; what was seen is drawn again."""
    areas = _areas(records)
    names = {one.key: split(one.name, one.country).core for one in records}
    of = {one: place for place, members in enumerate(areas) for one in members}
    sizes = [len(members) * (len(members) - 1) // 2 for members in areas]
    population = sum(sizes) - sum(of.get(left, -1) == of.get(right, -2) for left, right in seen)
    if population <= most:
        every = (key(*pair) for members in areas for pair in combinations(members, 2))
        return [AuditPair(*pair, None, False) for pair in every if pair not in seen and _alike(names[pair[0]], names[pair[1]])]
    drawn: set[PairKey] = set()
    while len(drawn) < most:
        for members in rng.choices(areas, sizes, k=most - len(drawn)):
            pair = key(*rng.sample(members, 2))
            if pair not in seen:
                drawn.add(pair)
    share = most / population
    return [AuditPair(*pair, None, False, share=share) for pair in sorted(drawn) if _alike(names[pair[0]], names[pair[1]])]


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Three letters in five agree, or one could be the initials of the other."""
    from rapidfuzz.fuzz import token_sort_ratio

    short, long = sorted((one, other), key=lambda words: (len("".join(words)), words))
    initials = {word[0] for word in long}
    if len(short) == 1 and len(long) > 1 and 2 <= len(short[0]) <= len(long) + 1 and initials.issuperset(short[0]):
        return True
    return token_sort_ratio(" ".join(one), " ".join(other)) >= LEAST_ALIKE


def _areas(records: Sequence[OrganisationRecord]) -> list[list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one, row in zip(records, prepare(records, token_counts(records)), strict=True):
        area = row.postcode or row.cell
        if area:
            found[one.territory, area].append(one.key)
    return [sorted(members) for _, members in sorted(found.items()) if len(members) > 1]
