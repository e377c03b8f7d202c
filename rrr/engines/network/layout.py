"""Force-directed picture of a small network.

Source: Fruchterman & Reingold 1991, "Graph drawing by force-directed placement", Software: Practice and Experience 21(11):
ends of a tie attract with d²/k, all pairs repel with k²/d, the step shrinks with every round. Here the start is a golden-angle
spiral in order of ties (no random numbers: the same data give the same picture), and a weak pull to the middle
keeps parts that share no tie on the sheet. Cost: rounds x n², fine up to about 500 nodes; `Settings.most` refuses more.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    width: float = 760.0
    height: float = 420.0
    rounds: int = 200
    most: int = 500

    def __post_init__(self) -> None:
        if self.width <= 0 or self.height <= 0 or self.rounds < 1:
            raise ValueError("Width and height are above 0 and there is at least one round.")


@dataclass(frozen=True)
class Picture:
    """Per node: x, y in the sheet and its number of distinct neighbours. Nodes without a tie are not drawn."""

    nodes: tuple[str, ...]
    x: tuple[float, ...]
    y: tuple[float, ...]
    degree: tuple[int, ...]


def draw(ties: Sequence[tuple[str, str]], settings: Settings = Settings()) -> Picture:
    """Ties as pairs of node names (direction and repeats do not count). Raises ValueError above `settings.most` nodes."""
    import numpy as np

    pairs = sorted({(min(a, b), max(a, b)) for a, b in ties if a != b})
    degree = Counter(name for pair in pairs for name in pair)
    nodes = sorted(degree, key=lambda name: (-degree[name], name))
    if len(nodes) > settings.most:
        raise ValueError(f"The picture holds {settings.most} organisations; these are {len(nodes)}.")
    if not nodes:
        return Picture((), (), (), ())
    place = {name: number for number, name in enumerate(nodes)}
    count = len(nodes)
    turn = math.pi * (3 - math.sqrt(5))
    radius = np.sqrt(np.arange(count) + 0.5)
    spot = np.stack([radius * np.cos(turn * np.arange(count)), radius * np.sin(turn * np.arange(count))], axis=1)
    ends = np.array([[place[a], place[b]] for a, b in pairs])
    ideal = 1.6
    for turn_number in range(settings.rounds):
        apart = spot[:, None, :] - spot[None, :, :]
        distance = np.maximum(np.sqrt((apart**2).sum(-1)), 0.05)
        push = (apart * (ideal**2 / distance**2)[:, :, None]).sum(1)
        along = spot[ends[:, 0]] - spot[ends[:, 1]]
        pull = along * (np.sqrt((along**2).sum(-1)) / ideal)[:, None]
        np.add.at(push, ends[:, 0], -pull)
        np.add.at(push, ends[:, 1], pull)
        push -= 0.35 * spot
        length = np.maximum(np.sqrt((push**2).sum(-1)), 1e-9)
        limit = 1.5 * math.sqrt(count) * 0.12 * (1 - turn_number / settings.rounds) + 0.01
        spot = spot + push / length[:, None] * np.minimum(length, limit)[:, None]
    low, high = spot.min(0), spot.max(0)
    edge = 40.0
    span = np.where(high - low < 1e-9, 1.0, high - low)
    sheet = (spot - low) / span * (np.array([settings.width, settings.height]) - 2 * edge) + edge
    return Picture(
        tuple(nodes),
        tuple(round(float(v), 1) for v in sheet[:, 0]),
        tuple(round(float(v), 1) for v in sheet[:, 1]),
        tuple(degree[n] for n in nodes),
    )
