"""Communities: groups with more ties among themselves than their numbers of ties would give.

Source: Traag, Waltman & van Eck 2019, "From Louvain to Leiden", Scientific Reports 9:5233, by leidenalg, on modularity (Newman & Girvan 2004); the best
of several seeded starts. Agreement: adjusted Rand index, Hubert & Arabie 1985. How far one community holds: mean of its best Jaccard overlap,
Hennig 2007, Computational Statistics & Data Analysis 52(1).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rrr.engines.network.ties import Pair, graph


def leiden(size: int, pairs: Sequence[Pair], *, seed: int, starts: int) -> tuple[list[int], float]:
    """Community of each node, numbered from the largest, and the modularity."""
    import leidenalg

    if not pairs:
        return list(range(size)), 0.0
    drawn = graph(size, pairs)
    best = max(
        (leidenalg.find_partition(drawn, leidenalg.ModularityVertexPartition, seed=seed + n) for n in range(starts)),
        key=lambda partition: round(partition.modularity, 9),  # of equals the first
    )
    return numbered(best.membership), float(best.modularity)


def numbered(membership: Sequence[int]) -> list[int]:
    sizes = Counter(membership)
    order = sorted(sizes, key=lambda label: (-sizes[label], membership.index(label)))
    return [order.index(label) for label in membership]


def rand_index(one: Sequence[int], other: Sequence[int]) -> float:
    """1: the same groups; 0: no more alike than by chance."""

    def pairs(counts: Counter[object]) -> float:
        return sum(n * (n - 1) / 2 for n in counts.values())

    both = pairs(Counter(zip(one, other, strict=True)))
    a, b = pairs(Counter(one)), pairs(Counter(other))
    total = len(one) * (len(one) - 1) / 2
    expected = a * b / total if total else 0.0
    return 1.0 if (a + b) / 2 == expected else (both - expected) / ((a + b) / 2 - expected)


def overlaps(base: Sequence[int], other: Sequence[int]) -> list[float]:
    """For each community of `base`, its best Jaccard overlap with one of `other`."""
    mine, theirs = Counter(base), Counter(other)
    best = [0.0] * len(mine)
    for (a, b), shared in Counter(zip(base, other, strict=True)).items():
        best[a] = max(best[a], shared / (mine[a] + theirs[b] - shared))
    return best
