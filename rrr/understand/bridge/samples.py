"""Draw the audit sample: small, seeded, apart from the database; and find what comes nearest to a record that was taken for new."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rrr.engines import linkage
from rrr.text.fold import words
from rrr.understand.bridge.links import SETTINGS, as_record, listed
from rrr.understand.facts import pattern_of
from rrr.understand.models import RegisterRecord
from rrr.understand.models.audits import part_of
from rrr.understand.queries.imports import KnownOrganisation

FAR = replace(SETTINGS, new=-1000.0, most=1)  # whatever a blocking rule brings together, however little it weighs


@dataclass(frozen=True)
class Drawn:
    stratum: str
    key: int
    probability: float


@dataclass(frozen=True)
class Nearest:
    organisation: int
    weight: float | None  # None: no blocking rule brought the two together; the names share most
    pattern: str


def shares(sizes: Mapping[str, int], most: int) -> dict[str, int]:
    """How many to draw of each stratum: equal parts, and what a small one cannot fill goes to the others."""
    left, found = most, dict.fromkeys(sizes, 0)
    open_ones = [name for name, size in sizes.items() if size]
    while left and open_ones:
        part = max(1, left // len(open_ones))
        for name in open_ones:
            more = min(part, sizes[name] - found[name], left)
            found[name] += more
            left -= more
        open_ones = [name for name in open_ones if found[name] < sizes[name]]
    return found


def allocation(sizes: Mapping[str, int], most: int) -> dict[str, int]:
    """A third each to what was linked, left to people and taken for new; within it equal parts to each band of weight."""
    parts: dict[str, dict[str, int]] = {}
    for name, size in sorted(sizes.items()):
        parts.setdefault(part_of(name), {})[name] = size
    thirds = shares({part: sum(bands.values()) for part, bands in parts.items()}, most)
    return {name: number for part, bands in parts.items() for name, number in shares(bands, thirds[part]).items()}


def draw(strata: Mapping[str, Sequence[int]], most: int, seed: int) -> list[Drawn]:
    """A random sample of each stratum without replacement, in random order: the order tells nobody the stratum."""
    rng = random.Random(seed)  # noqa: S311 - a sample, not a secret
    parts = allocation({name: len(keys) for name, keys in strata.items()}, most)
    drawn = [
        Drawn(name, key, parts[name] / len(strata[name]))
        for name in sorted(strata)
        for key in rng.sample(sorted(strata[name]), parts[name])
    ]
    rng.shuffle(drawn)
    return drawn


def nearest(new: Sequence[RegisterRecord], known: Sequence[KnownOrganisation], *, source: str, country: str) -> dict[int, Nearest]:
    """Record -> the known organisation that comes nearest: by weight, else by the letters of the name. Empty where nothing is known."""
    if not known:
        return {}
    left = [as_record(str(one.pk), one.values, source, country) for one in new]
    right = [as_record(str(one.pk), one.values, one.source, country) for one in known]
    found: dict[int, Nearest] = {}
    for candidate in linkage.compare(left, right, FAR):
        if candidate.known_key is not None:
            given = listed(candidate)
            found[int(candidate.new_key)] = Nearest(given["organisation"], given["weight"], pattern_of(given))
    return found | _by_letters([one for one in new if one.pk not in found], known)


def _by_letters(new: Sequence[RegisterRecord], known: Sequence[KnownOrganisation]) -> dict[int, Nearest]:
    """The greatest share of common triples of letters (Jaccard); of equals the one we have known longest."""
    if not new:
        return {}
    triples = {one.pk: _triples(one.values) for one in known}
    having: dict[str, list[int]] = defaultdict(list)
    for pk, own in triples.items():
        for triple in own:
            having[triple].append(pk)
    found = {}
    for record in new:
        own = _triples(record.values)
        shared = Counter(pk for triple in own for pk in having.get(triple, ()))
        best = max(shared or {min(triples): 0}, key=lambda pk: (shared[pk] / (len(own) + len(triples[pk]) - shared[pk] or 1), -pk))
        found[record.pk] = Nearest(best, None, "")
    return found


def _triples(values: Mapping[str, Any]) -> set[str]:
    text = f" {' '.join(words(str(values.get('name', ''))))} "
    return {text[at : at + 3] for at in range(len(text) - 2)}
