"""Who loses touch with the others if one organisation closes, as far as ties are written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rrr.engines.network.ties import Pair, Web, parts


@dataclass(frozen=True)
class Cut:
    """Organisations that stay tied to each other and lose all others. `kept`: share of runs without a tenth of the ties with the same cut."""

    names: tuple[str, ...]
    kept: float | None


@dataclass(frozen=True)
class Closing:
    name: str
    neighbours: tuple[str, ...]
    rest: int  # organisations that stay together, the largest part of what it was joined with; 0 where everybody is left alone
    cut: tuple[Cut, ...]


def close(found: Web, name: str, thinned: Sequence[Sequence[Pair]] = ()) -> Closing:
    """Raises KeyError where nobody wrote down a tie of this name."""
    if name not in found.names:
        raise KeyError(name)
    one = found.names.index(name)
    rest, gone = _without(found, one, found.pairs)
    runs = [{tuple(part) for part in _without(found, one, pairs)[1]} for pairs in thinned]
    cut = [
        Cut(tuple(sorted(found.names[n] for n in part)), sum(tuple(part) in run for run in runs) / len(runs) if runs else None)
        for part in gone
    ]
    near = tuple(sorted(found.names[n] for n in found.neighbours[one]))
    return Closing(name, near, rest, tuple(cut))


def _without(found: Web, one: int, pairs: Sequence[Pair]) -> tuple[int, list[list[int]]]:
    """Size of the largest part of what `one` was joined with, and the other parts; single organisations are no part that stays."""
    size = len(found.names)
    mine = next(set(part) for part in parts(size, pairs) if one in part)
    left = [part for part in parts(size, [pair for pair in pairs if one not in pair]) if part[0] in mine and part != [one]]
    return (len(left[0]), left[1:]) if left and len(left[0]) > 1 else (0, left)
