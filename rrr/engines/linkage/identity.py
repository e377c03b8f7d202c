"""Ids that last: a group inherits the id most of its members had, ids that are given up point to where their members went."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence


def inherit(
    groups: Sequence[Sequence[str]], before: Mapping[str, str], spent: Collection[str], kind: str
) -> tuple[dict[str, str], dict[str, str]]:
    """Id by key, and for each id no group keeps the id that most of its members have now.

    `before`: id by key, of an earlier run. `spent`: ids given up earlier, never given again. New ids are made of the smallest key of
    the group, so two runs on the same records agree.
    """
    wishes = sorted(
        (-count, old, place)
        for place, members in enumerate(groups)
        for old, count in Counter(before[one] for one in members if one in before).items()
    )
    ids: dict[int, str] = {}
    used: set[str] = set()
    for _, old, place in wishes:
        if place not in ids and old not in used:
            ids[place] = old
            used.add(old)
    taken = {*before.values(), *spent}
    for place in sorted(set(range(len(groups))) - ids.keys(), key=lambda place: min(groups[place])):
        ids[place] = _minted(min(groups[place]), kind, taken)
        taken.add(ids[place])
    given = {one: ids[place] for place, members in enumerate(groups) for one in members}
    return given, _retired(given, before, used)


def _retired(given: Mapping[str, str], before: Mapping[str, str], used: Collection[str]) -> dict[str, str]:
    went: dict[str, Counter[str]] = {}
    for one, old in before.items():
        if old not in used and one in given:
            went.setdefault(old, Counter())[given[one]] += 1
    return {old: min(counts, key=lambda new: (-counts[new], new)) for old, counts in sorted(went.items())}


def _minted(key: str, kind: str, taken: Collection[str]) -> str:
    turn = 0
    while True:
        made = kind + hashlib.sha256(f"{kind}\x00{key}\x00{turn}".encode()).hexdigest()[:14]
        if made not in taken:
            return made
        turn += 1
