"""Ties as an undirected graph whose order depends on its form before its names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Pair = tuple[int, int]


@dataclass(frozen=True)
class Node:
    """`group` is the sector or kind; "" where it is not known."""

    name: str
    group: str = ""


@dataclass(frozen=True)
class Web:
    """Nodes with at least one tie, in an order that new names change only between nodes nothing else tells apart; pairs of places in it."""

    names: tuple[str, ...]
    groups: tuple[str, ...]
    pairs: tuple[Pair, ...]
    alone: tuple[str, ...]  # nodes without a stated tie

    @property
    def neighbours(self) -> list[set[int]]:
        found: list[set[int]] = [set() for _ in self.names]
        for a, b in self.pairs:
            found[a].add(b)
            found[b].add(a)
        return found


def web(ties: Iterable[tuple[str, str]], nodes: Sequence[Node] = ()) -> Web:
    """Direction, repeats and ties to oneself do not count. Nodes that only ties name are added with an unknown group."""
    known = {node.name: node.group for node in nodes}
    if len(known) < len(nodes):
        raise ValueError("A node is listed twice.")
    named = {(min(a, b), max(a, b)) for a, b in ties if a != b}
    tied = {name for pair in named for name in pair}
    groups = {name: known.get(name, "") for name in tied}
    names = _ordered(named, groups)
    place = {name: number for number, name in enumerate(names)}
    pairs = sorted((min(place[a], place[b]), max(place[a], place[b])) for a, b in named)
    return Web(tuple(names), tuple(groups[n] for n in names), tuple(pairs), tuple(sorted(known.keys() - tied)))


def _ordered(pairs: set[tuple[str, str]], groups: dict[str, str]) -> list[str]:
    """Colour refinement (Weisfeiler & Leman 1968): nodes are told apart by their neighbours' neighbours, and by name only at the end.

    Methods that depend on the order (Leiden, draws) then give the same after renaming, but for nodes that refinement cannot tell apart.
    """
    near: dict[str, list[str]] = {name: [] for name in groups}
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    colour = _ranked({name: (-len(near[name]), groups[name]) for name in groups})
    for _turn in range(len(groups)):
        finer = _ranked({name: (colour[name], tuple(sorted(colour[one] for one in near[name]))) for name in groups})
        if finer == colour:
            break
        colour = finer
    return sorted(groups, key=lambda name: (colour[name], name))


def _ranked(keys: dict[str, Any]) -> dict[str, int]:
    rank = {key: number for number, key in enumerate(sorted(set(keys.values())))}
    return {name: rank[key] for name, key in keys.items()}


def graph(size: int, pairs: Sequence[Pair]) -> Any:
    import igraph

    return igraph.Graph(n=size, edges=list(pairs))


def parts(size: int, pairs: Iterable[Pair]) -> list[list[int]]:
    """Components, largest first; union-find."""
    above = list(range(size))

    def top(one: int) -> int:
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for a, b in pairs:
        above[top(a)] = top(b)
    gathered: dict[int, list[int]] = {}
    for one in range(size):
        gathered.setdefault(top(one), []).append(one)
    return sorted(gathered.values(), key=lambda part: (-len(part), part))
