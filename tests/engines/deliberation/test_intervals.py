"""Intervals and bounds against published figures, enumeration and simulation."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrr.engines.deliberation import missing_bounds, sharp_bounds, wilson

# Newcombe 1998, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, table I, method 3 (score).
NEWCOMBE = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]


@pytest.mark.parametrize(("hits", "trials", "low", "high"), NEWCOMBE)
def test_published_wilson_intervals(hits: int, trials: int, low: float, high: float) -> None:
    assert wilson(hits, trials) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@pytest.mark.parametrize("gamma", [1.0, 1.5, 2.0, 5.0])
@pytest.mark.parametrize(("agree", "other", "silent"), [(6, 4, 40), (30, 3, 60), (7, 7, 1), (1, 12, 30)])
def test_sharp_bounds_against_every_way_the_silent_could_answer(agree: int, other: int, silent: int, gamma: float) -> None:
    """Each silent group is cut in 200 so that the enumeration comes near the continuous ends."""
    people = agree + other + silent
    allowed = []
    for step in range(1, silent * 200):
        would = step / 200
        odds = (agree / would) / (other / (silent - would))
        if 1 / gamma - 1e-12 <= odds <= gamma + 1e-12:
            allowed.append((agree + would) / people)
    low, high = sharp_bounds(agree / (agree + other), (agree + other) / people, gamma)
    step_size = 1 / 200 / people
    if gamma > 1:
        assert min(allowed) == pytest.approx(low, abs=step_size)
        assert max(allowed) == pytest.approx(high, abs=step_size)
        assert min(allowed) >= low - 1e-12
        assert max(allowed) <= high + 1e-12
    else:
        assert low == pytest.approx(high)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 200), st.floats(1, 20))
def test_bounds_hold_what_they_must(agree: int, other: int, silent: int, gamma: float) -> None:
    trials = agree + other
    if not trials:
        return
    low, high = missing_bounds(agree, trials, trials + silent, gamma)
    plain = wilson(agree, trials)
    sharp = sharp_bounds(agree / trials, trials / (trials + silent), gamma)
    assert 0 <= low <= min(plain[0], sharp[0]) + 1e-12
    assert max(plain[1], sharp[1]) - 1e-12 <= high <= 1
    wider = missing_bounds(agree, trials, trials + silent, gamma + 1)
    assert wider[0] <= low + 1e-9
    assert wider[1] >= high - 1e-9


def test_nothing_missing_gives_the_plain_interval() -> None:
    assert missing_bounds(30, 50, 50) == pytest.approx(wilson(30, 50))


@pytest.mark.slow
@pytest.mark.parametrize("favour", [2.0, 0.5])
def test_coverage_under_a_two_to_one_response_bias(favour: float) -> None:
    """Odds of voting twice (half) as high for those who agree: the plain interval fails, the bounds hold."""
    draw = np.random.default_rng(7)
    people, share, odds = 300, 0.6, 0.5
    plain = wide = 0
    for _ in range(400):
        agrees = draw.random(people) < share
        chance = np.where(agrees, odds * favour, odds) / (1 + np.where(agrees, odds * favour, odds))
        voted = draw.random(people) < chance
        hits, trials = int((agrees & voted).sum()), int(voted.sum())
        truth = agrees.mean()
        plain += wilson(hits, trials)[0] <= truth <= wilson(hits, trials)[1]
        low, high = missing_bounds(hits, trials, people)
        wide += low <= truth <= high
    assert wide / 400 >= 0.95
    assert plain / 400 < 0.6


@pytest.mark.parametrize(("hits", "trials"), [(3, 2), (-1, 5), (0, 0)])
def test_impossible_counts_are_refused(hits: int, trials: int) -> None:
    with pytest.raises(ValueError, match="Hits"):
        wilson(hits, trials)


def test_a_greater_worry_never_gives_a_tighter_bound() -> None:
    """The case in which the critical value alone would have done so: 1 of 4 agree, one of 5 is silent."""
    lows = [missing_bounds(1, 4, 5, gamma)[0] for gamma in (1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 8, 20, 1000)]
    assert all(later <= earlier + 1e-12 for earlier, later in itertools.pairwise(lows))
