"""Pairs of groups with fewer ties than their numbers of ties would give.

Null: ties are rewired so that every node keeps its number of ties and no pair is tied twice (Maslov & Sneppen 2002, Science 296:910), 10 tries a tie.
One-sided p = (1 + draws with no more ties than observed) / (1 + draws); several comparisons by Holm 1979. Only groups, never communities: those
are drawn where ties are few, so a test on them would always find a gap.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from rrr.engines.network.ties import Pair, Web, graph

_RANDOM = threading.Lock()  # igraph has one source of random numbers for the whole process


@dataclass(frozen=True)
class Gap:
    """Ties between two groups against the null. `p` is after Holm; None where too few are expected to tell anything."""

    first: str
    second: str
    ties: int
    expected: float
    low: int  # 2.5% and 97.5% of the draws
    high: int
    p: float | None
    found: bool
    undone_by: int  # so many more ties between them would undo the finding; 0 where there is none
    kept: float | None  # share of runs without a tenth of the ties in which it still lies at or under the low end


def rewired(size: int, pairs: Sequence[Pair], *, draws: int, seed: int) -> list[list[Pair]]:
    import igraph

    with _RANDOM:
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 # not for secrets
        try:
            drawn = []
            for _draw in range(draws):
                one = graph(size, pairs)
                one.rewire(n=10 * len(pairs))
                drawn.append(one.get_edgelist())
            return drawn
        finally:
            igraph.set_random_number_generator(random)


def between(groups: Sequence[str], pairs: Sequence[Pair]) -> Counter[tuple[str, str]]:
    """Ties between two known groups, by the pair in order of the alphabet."""
    ends = ((groups[a], groups[b]) for a, b in pairs)
    return Counter((min(a, b), max(a, b)) for a, b in ends if a and b and a != b)


def chance(groups: Sequence[str], pairs: Sequence[Pair]) -> dict[tuple[str, str], float]:
    """Expected ties from the numbers of ties alone: d(a) d(b) / 2m. Used only to carry the null over to fewer ties."""
    ends = Counter(groups[one] for pair in pairs for one in pair)
    return {pair: ends[pair[0]] * ends[pair[1]] / (2 * len(pairs)) for pair in combinations(sorted(ends.keys() - {""}), 2)}


def gaps(found: Web, null: Sequence[Sequence[Pair]], thinned: Sequence[Sequence[Pair]], *, level: float, least: float) -> tuple[Gap, ...]:
    """`least`: expected ties from which a pair is tested, so that the choice does not look at what was observed."""
    observed = between(found.groups, found.pairs)
    counts = [between(found.groups, pairs) for pairs in null]
    base = chance(found.groups, found.pairs)
    runs = [(between(found.groups, pairs), chance(found.groups, pairs)) for pairs in thinned]
    rows, raw = [], {}
    for pair in base:
        drawn = sorted(one[pair] for one in counts)
        mean = sum(drawn) / len(drawn)
        low, high = drawn[int(0.025 * len(drawn))], drawn[min(len(drawn) - 1, int(0.975 * len(drawn)))]
        if mean >= least:
            raw[pair] = (1 + sum(n <= observed[pair] for n in drawn)) / (1 + len(drawn))
        rows.append((pair, mean, low, high, drawn))
    adjusted = holm(raw)
    made = []
    for pair, mean, low, high, drawn in rows:
        p = adjusted.get(pair)
        is_gap = p is not None and p <= level
        kept = (
            sum(ties[pair] <= low * expected.get(pair, 0.0) / base[pair] for ties, expected in runs) / len(runs)
            if is_gap and base[pair] and runs
            else None
        )
        more = _undone(drawn, observed[pair], p / raw[pair], level) if is_gap and p is not None else 0
        made.append(Gap(*pair, observed[pair], mean, low, high, p, is_gap, more, kept))
    return tuple(sorted(made, key=lambda one: (not one.found, 2.0 if one.p is None else one.p, one.first, one.second)))


def _undone(drawn: Sequence[int], ties: int, factor: float, level: float) -> int:
    """The smallest number of further ties with which the adjusted p passes the level; the null is taken as it is."""
    more = 1
    while (1 + sum(n <= ties + more for n in drawn)) / (1 + len(drawn)) * factor <= level:
        more += 1
    return more


def holm(raw: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    adjusted, top = {}, 0.0
    for number, pair in enumerate(sorted(raw, key=lambda one: (raw[one], one))):
        top = max(top, min(1.0, raw[pair] * (len(raw) - number)))
        adjusted[pair] = top
    return adjusted
