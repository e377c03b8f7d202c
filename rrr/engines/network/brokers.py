"""Who stands between others: betweenness, brokerage between groups, constraint.

Betweenness: Brandes 2001, "A faster algorithm for betweenness centrality", Journal of Mathematical Sociology 25(2); by igraph. Given as a share of
all pairs of others, 0 to 1. Constraint: Burt 1992, "Structural holes"; by igraph. Roles: Gould & Fernandez 1989, "Structures of mediation",
Sociological Methodology 19. They count directed steps a -> b -> c with no step a -> c; stated ties have no one direction here, so an open triad counts once
and their gatekeeper and representative are one role.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

from rrr.engines.network.ties import Pair, Web, graph


@dataclass(frozen=True)
class Roles:
    """Pairs of neighbours without a tie of their own, by the groups of the three."""

    coordinator: int  # all three of one group
    consultant: int  # both neighbours of one group, the broker of another
    gatekeeper: int  # the broker shares its group with one neighbour
    liaison: int  # three groups
    unknown: int  # the group of one of the three is not known

    @property
    def between(self) -> int:
        """Pairs of two different groups that it joins."""
        return self.gatekeeper + self.liaison


def betweenness(size: int, pairs: Sequence[Pair]) -> list[float]:
    if size < 3:
        return [0.0] * size
    most = (size - 1) * (size - 2) / 2
    return [value / most for value in graph(size, pairs).betweenness(directed=False)]


def constraint(size: int, pairs: Sequence[Pair]) -> list[float]:
    """About 1 where all neighbours know each other (two of them: 1.125), near 0 where many do not; 1 with one neighbour."""
    return [float(value) for value in graph(size, pairs).constraint()]


def roles(found: Web) -> list[Roles]:
    near = found.neighbours
    return [_roles(found.groups, near, broker) for broker in range(len(found.names))]


def _roles(groups: Sequence[str], near: Sequence[set[int]], broker: int) -> Roles:
    """All pairs of neighbours by group, less those that are tied themselves."""
    sizes = Counter(groups[one] for one in near[broker])
    open_pairs: Counter[str] = Counter()
    for a, b in combinations_with_replacement(sorted(sizes), 2):
        open_pairs[_role(groups[broker], a, b)] += sizes[a] * (sizes[a] - 1) // 2 if a == b else sizes[a] * sizes[b]
    for one in near[broker]:
        for other in near[one] & near[broker]:
            if one < other:
                open_pairs[_role(groups[broker], groups[one], groups[other])] -= 1
    return Roles(**{role: open_pairs[role] for role in Roles.__dataclass_fields__})


def _role(broker: str, a: str, b: str) -> str:
    if not (broker and a and b):
        return "unknown"
    if a == b:
        return "coordinator" if broker == a else "consultant"
    return "gatekeeper" if broker in (a, b) else "liaison"
