"""The interval of a mean: against Clopper & Pearson, against a drawn Bayesian bootstrap, against truth, and by properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rrr.engines.diagnosis import SCALE, Counts, difference, mean_interval, share_interval

counted = st.lists(st.integers(0, 40), min_size=11, max_size=11).filter(lambda values: sum(values) >= 5)


@pytest.mark.parametrize(("ones", "people"), [(0, 5), (5, 5), (2, 5), (3, 12), (1, 50), (40, 300), (2500, 5000)])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.999])
def test_scores_of_0_and_10_give_the_interval_of_clopper_and_pearson(ones: int, people: int, level: float) -> None:
    low, high = mean_interval([people - ones, *[0] * 9, ones], level)
    exact = stats.binomtest(ones, people).proportion_ci(level, method="exact")
    assert (low, high) == pytest.approx((10 * exact.low, 10 * exact.high), abs=2e-3)


def test_the_end_is_a_quantile_of_the_bayesian_bootstrap() -> None:
    values = [3, 0, 1, 4, 0, 5, 6, 2, 0, 0, 1]
    weights = np.random.default_rng(1).gamma(np.array(values) + np.eye(11)[0], size=(400_000, 11))
    drawn = (weights @ np.array(SCALE)) / weights.sum(1)
    assert mean_interval(values, 0.95)[0] == pytest.approx(np.quantile(drawn, 0.025), abs=0.01)


def test_with_many_answers_it_is_the_interval_of_the_normal() -> None:
    values = [0, 0, 0, 0, 0, 0, 300, 3000, 2000, 0, 0]
    scores = np.repeat(SCALE, values)
    half = 1.96 * scores.std(ddof=1) / np.sqrt(len(scores))
    assert mean_interval(values, 0.95) == pytest.approx((scores.mean() - half, scores.mean() + half), abs=0.006)


@given(counted)
def test_it_holds_the_mean_and_stays_on_the_scale(values: list[int]) -> None:
    low, high = mean_interval(values, 0.95)
    assert 0 <= low <= np.average(SCALE, weights=values) <= high <= 10
    assert high - low > 0.01


@given(counted)
def test_turning_the_scale_round_turns_the_interval_round(values: list[int]) -> None:
    low, high = mean_interval(values, 0.95)
    assert mean_interval(values[::-1], 0.95) == pytest.approx((10 - high, 10 - low), abs=1e-5)


@given(counted, st.floats(0.5, 0.99), st.floats(0.5, 0.99))
def test_a_higher_level_is_never_narrower(values: list[int], one: float, other: float) -> None:
    inner, outer = mean_interval(values, min(one, other)), mean_interval(values, max(one, other))
    assert outer[0] <= inner[0] + 1e-5
    assert inner[1] <= outer[1] + 1e-5


@given(counted, st.integers(0, 9))
def test_a_higher_score_never_lowers_an_end(values: list[int], score: int) -> None:
    if values[score]:
        raised = list(values)
        raised[score] -= 1
        raised[score + 1] += 1
        low, high = mean_interval(values, 0.95)
        assert mean_interval(raised, 0.95)[0] >= low - 1e-5
        assert mean_interval(raised, 0.95)[1] >= high - 1e-5


@pytest.mark.parametrize(
    ("chances", "people"),
    [
        ([0.02] + [0] * 8 + [0.08, 0.9], 8),  # nearly all at the top: where the t interval fails
        ([0.5] + [0] * 9 + [0.5], 6),
        ([1 / 11] * 11, 12),
    ],
    ids=["at the top", "torn", "even"],
)
def test_it_holds_the_truth_at_least_as_often_as_it_says(chances: list[float], people: int) -> None:
    truth = float(np.dot(SCALE, chances))
    draws = np.random.default_rng(7).multinomial(people, chances, size=400)
    ends = [mean_interval(tuple(int(n) for n in one), 0.95) for one in draws]
    held = np.mean([low <= truth <= high for low, high in ends])
    assert held >= 0.93  # 400 draws of 0.95: two standard errors below


def test_the_difference_of_equal_groups_is_centred_and_that_of_opposite_ones_is_apart() -> None:
    low, high = Counts((5, 4, 3, *[0] * 8)), Counts((*[0] * 8, 3, 4, 5))
    none = difference(low, low, 0.95)
    assert none.value == 0
    assert none.low == pytest.approx(-(none.high or 0))
    apart = difference(high, low, 0.95)
    assert apart.value == pytest.approx(25 / 3)
    assert (apart.low or 0) > 4


def test_shares_have_wilsons_interval() -> None:
    exact = stats.binomtest(3, 17).proportion_ci(0.95, method="wilson")
    assert share_interval(3, 17, 0.95) == pytest.approx((exact.low, exact.high))
    assert share_interval(0, 9, 0.95)[0] == 0
    assert share_interval(9, 9, 0.95)[1] == 1
