"""From pairs to groups: strongest first, people's decisions before everything, "not the same" holding whole groups apart.

Agglomerative linkage with constraints that cannot be broken (Wagstaff et al. 2001). A merge needs more than one good pair: the pairs between two
groups must on average speak for it, as in average linkage (Sokal & Michener 1958), so that one wrong pair does not chain two groups together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PairKey = tuple[str, str]  # the smaller key first


def key(left: str, right: str) -> PairKey:
    return (left, right) if left < right else (right, left)


@dataclass(frozen=True)
class Edge:
    """`strength` orders the merges."""

    left: str
    right: str
    strength: float


class Groups:
    """Disjoint groups of keys that can be held apart."""

    def __init__(self, keys: Iterable[str], apart: Iterable[PairKey] = ()) -> None:
        self._of = {one: one for one in keys}
        self._members = {one: [one] for one in self._of}
        self._foes: dict[str, set[str]] = {}
        self._anchored: set[str] = set()
        for left, right in apart:
            if left in self._of and right in self._of:
                self._foes.setdefault(left, set()).add(right)
                self._foes.setdefault(right, set()).add(left)

    def anchor(self, keys: Iterable[str]) -> None:
        """The groups of these keys may still grow, but never join each other."""
        self._anchored = {self._of[one] for one in keys}

    def same(self, left: str, right: str) -> bool:
        return self._of[left] == self._of[right]

    def members(self, one: str) -> list[str]:
        return self._members[self._of[one]]

    def held_apart(self, left: str, right: str) -> bool:
        """Whether both are anchored, or any member of the one group was said not to be any member of the other."""
        a, b = self._of[left], self._of[right]
        if a in self._anchored and b in self._anchored:
            return True
        if not self._foes.get(a) or not self._foes.get(b):
            return False
        return not self._foes[a].isdisjoint(self._members[b])

    def merge(self, left: str, right: str) -> bool:
        """False where they are held apart."""
        if self.same(left, right):
            return True
        if self.held_apart(left, right):
            return False
        keep, drop = sorted((self._of[left], self._of[right]), key=lambda one: (-len(self._members[one]), one))
        for one in self._members[drop]:
            self._of[one] = keep
        self._members[keep] += self._members.pop(drop)
        if drop in self._anchored:
            self._anchored.add(keep)
        if drop in self._foes:
            self._foes.setdefault(keep, set()).update(self._foes.pop(drop))
        return True

    def listed(self) -> list[list[str]]:
        return sorted(sorted(members) for members in self._members.values())


def merge(groups: Groups, edges: Iterable[Edge], weights: Mapping[PairKey, float], *, unseen: float, least: float) -> None:
    """Merge along `edges`, strongest first, where the mean weight between the two groups is at least `least`.

    A pair that is not in `weights` counts as `unseen`.
    """
    for edge in sorted(edges, key=lambda one: (-one.strength, one.left, one.right)):
        if groups.same(edge.left, edge.right):
            continue
        left, right = groups.members(edge.left), groups.members(edge.right)
        if len(left) * len(right) > 1 and _mean(left, right, weights, unseen) < least:
            continue
        groups.merge(edge.left, edge.right)


def _mean(left: list[str], right: list[str], weights: Mapping[PairKey, float], unseen: float) -> float:
    total = sum(weights.get(key(one, other), unseen) for one in left for other in right)
    return total / (len(left) * len(right))
