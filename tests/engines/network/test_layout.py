"""The picture of ties: right counts, inside the sheet, the same every time."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rrr.engines.network import Settings, draw

NAMES = st.sampled_from("abcdefghij")


def test_a_star_has_its_centre_first() -> None:
    drawn = draw([("hub", f"leaf{n}") for n in range(6)])
    assert drawn.nodes[0] == "hub"
    assert drawn.degree == (6, 1, 1, 1, 1, 1, 1)
    centre = (drawn.x[0], drawn.y[0])
    rest = [(sum(drawn.x[1:]) / 6), (sum(drawn.y[1:]) / 6)]
    assert math.dist(centre, rest) < 60  # the middle of the leaves


def test_ties_pull_together_what_they_join() -> None:
    """Two groups of four, all tied inside, one tie between: members lie nearer to their own group."""
    pairs = [(f"{g}{a}", f"{g}{b}") for g in "ab" for a in range(4) for b in range(a)] + [("a0", "b0")]
    drawn = draw(pairs)
    spot = {n: (x, y) for n, x, y in zip(drawn.nodes, drawn.x, drawn.y, strict=True)}
    inside = math.dist(spot["a1"], spot["a2"])
    assert inside < math.dist(spot["a1"], spot["b2"])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES), max_size=25))
def test_everything_lies_on_the_sheet_and_comes_out_the_same_again(ties: list[tuple[str, str]]) -> None:
    sheet = Settings(rounds=40)
    drawn = draw(ties, sheet)
    assert drawn == draw(list(reversed(ties)), sheet)
    assert all(0 <= x <= sheet.width for x in drawn.x)
    assert all(0 <= y <= sheet.height for y in drawn.y)
    assert sum(drawn.degree) == 2 * len({frozenset(t) for t in ties if t[0] != t[1]})


def test_too_many_and_none() -> None:
    assert draw([]).nodes == ()
    with pytest.raises(ValueError, match="holds 3"):
        draw([("a", "b"), ("c", "d")], Settings(most=3))
