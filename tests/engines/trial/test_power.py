"""Power by formula: Cohen's table, statsmodels, and simulation with the very estimator."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from rrr.engines.trial import (
    Observation,
    clusters_needed,
    estimate,
    individuals_needed,
    mde_cluster,
    mde_individual,
    mde_paired,
    power_cluster,
    power_individual,
    power_paired,
)
from rrr.engines.trial.power import degrees, smallest_p
from tests.engines.trial.samples import clusters, ends, individual, periods


@pytest.mark.parametrize(("effect", "n"), [(0.2, 393), (0.5, 64), (0.8, 26)])
def test_cohens_table(effect: float, n: int) -> None:
    """Cohen 1988, table 2.4.1: units per arm for power .80 at alpha .05, two-sided (he rounds 394 to 393)."""
    assert individuals_needed(1, effect) == pytest.approx(n, abs=1)
    assert power_individual(64, 64, 1, 0.5) == pytest.approx(0.80, abs=0.005)


@pytest.mark.parametrize(("n", "effect", "alpha"), [(64, 0.5, 0.05), (10, 1.0, 0.01), (400, 0.1, 0.1), (3, 2.0, 0.05)])
def test_arms_of_one_size_equal_statsmodels(n: int, effect: float, alpha: float) -> None:
    from statsmodels.stats.power import TTestIndPower, TTestPower

    assert power_individual(n, n, 2, 2 * effect, alpha) == pytest.approx(TTestIndPower().power(effect, n, alpha), abs=1e-8)
    assert mde_individual(n, n, 1, 0.8, alpha) == pytest.approx(abs(TTestIndPower().solve_power(nobs1=n, alpha=alpha, power=0.8)), rel=1e-5)
    assert power_paired(n, 1, 0.5, effect, alpha) == pytest.approx(TTestPower().power(effect, n, alpha), abs=1e-8)


def test_six_clusters_see_less_than_the_normal_formula_says() -> None:
    effect = 2.51 * np.sqrt((1 + 19 * 0.05) / 20) * np.sqrt(2 / 3)
    assert power_cluster(3, 3, 20, 0.05, 1, effect) == pytest.approx(0.48, abs=0.005)
    assert stats.norm.cdf(2.51 - 1.96) == pytest.approx(0.71, abs=0.005)


def test_clusters_that_are_all_alike_inside_count_as_one_unit_each() -> None:
    assert power_cluster(8, 8, 30, 1.0, 1, 0.9) == pytest.approx(power_individual(8, 8, 1, 0.9))
    assert power_cluster(8, 8, 1, 0.3, 1, 0.9) == pytest.approx(power_individual(8, 8, 1, 0.9))


@pytest.mark.slow
@settings(deadline=None)  # some hundred integrals each
@given(st.integers(2, 200), st.integers(2, 200), st.floats(0.1, 50), st.floats(0.2, 0.99))
def test_the_detectable_effect_has_the_power_asked_for(treated: int, control: int, sd: float, power: float) -> None:
    assert power_individual(treated, control, sd, mde_individual(treated, control, sd, power)) == pytest.approx(power, abs=1e-6)
    assert power_cluster(treated, control, 12, 0.1, sd, mde_cluster(treated, control, 12, 0.1, sd, power)) == pytest.approx(power, abs=1e-6)
    assert power_paired(treated, sd, 0.4, mde_paired(treated, sd, 0.4, power)) == pytest.approx(power, abs=1e-6)


@given(st.integers(2, 60), st.floats(0, 0.5), st.floats(0, 3))
def test_power_rises_with_units_and_effect_and_falls_with_likeness(n: int, icc: float, effect: float) -> None:
    steps = [power_cluster(count, count, 10, icc, 1, effect) for count in (n, n + 1, n + 10)]
    steps += [power_cluster(n + 10, n + 10, 10, icc, 1, effect + more) for more in (0.1, 1, 10)]
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(steps))
    assert power_cluster(n, n, 10, icc + 0.1, 1, effect) <= power_cluster(n, n, 10, icc, 1, effect) + 1e-9
    assert power_cluster(n, n, 10, icc, 1, -effect) == power_cluster(n, n, 10, icc, 1, effect)
    assert power_individual(n, n, 1, 0) == pytest.approx(0.05)


def test_what_is_needed_is_the_fewest_that_do() -> None:
    n = clusters_needed(25, 0.05, 10, 4)
    assert power_cluster(n, n, 25, 0.05, 10, 4) >= 0.8 > power_cluster(n - 1, n - 1, 25, 0.05, 10, 4)
    assert individuals_needed(1, 100) == 2


def test_the_smallest_p_of_a_draw() -> None:
    assert smallest_p(3, 3) == pytest.approx(0.1)
    assert smallest_p(2, 4) == pytest.approx(1 / 15)
    assert smallest_p(1, 1) == 1
    assert degrees(6, 14) == pytest.approx(9.53, abs=0.01), "less than n - 2 = 18: the small arm decides"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: power_individual(1, 9, 1, 1), "at least two"),
        (lambda: power_individual(9, 9, 0, 1), "standard deviation"),
        (lambda: power_individual(9, 9, 1, 1, 2), "alpha"),
        (lambda: power_cluster(9, 9, 0.5, 0.1, 1, 1), "at least one unit"),
        (lambda: power_cluster(9, 9, 5, 1.1, 1, 1), "ICC"),
        (lambda: power_paired(1, 1, 0.5, 1), "At least two"),
        (lambda: power_paired(9, 1, 1, 1), "correlation"),
        (lambda: mde_individual(9, 9, 1, 0.01), "between alpha"),
        (lambda: individuals_needed(1, 0.00001), "too small to be seen"),
        (lambda: individuals_needed(1, 1, 1), "Power lies"),
    ],
)
def test_impossible_plans_are_said(wrong: object, sentence: str) -> None:
    assert callable(wrong)
    with pytest.raises(ValueError, match=sentence):
        wrong()


def seen(make: object, runs: int) -> float:
    assert callable(make)
    lows = [ends(estimate(*make()))[0] for _ in range(runs)]
    return sum(low > 0 for low in lows) / runs


@pytest.mark.slow
def test_power_is_what_the_estimator_attains() -> None:
    """Within 3.5 standard errors of 2,000 runs (the side of the wrong sign is left out, it is below .001)."""
    draw, runs = np.random.default_rng(5), 2000

    def group(effect: float) -> dict[str, list[float]]:
        middles = draw.normal(effect, np.sqrt(0.1), 5)
        return {f"{effect}{n}": list(draw.normal(middle, np.sqrt(0.9), 15)) for n, middle in enumerate(middles)}

    def pairs() -> tuple[str, list[Observation]]:
        shared = draw.normal(0, np.sqrt(0.6), 25)
        return "before_after", periods(list(shared + draw.normal(0, np.sqrt(0.4), 25)), list(shared + draw.normal(0.5, np.sqrt(0.4), 25)))

    cases = [
        (power_individual(12, 24, 1, 0.9), lambda: ("individual", individual(list(draw.normal(0.9, 1, 12)), list(draw.normal(0, 1, 24))))),
        (power_cluster(5, 5, 15, 0.1, 1, 0.7), lambda: ("cluster", clusters(group(0.7), group(0.0)))),
        (power_paired(25, 1, 0.6, 0.5), pairs),
    ]
    for power, make in cases:
        assert seen(make, runs) == pytest.approx(power, abs=3.5 * np.sqrt(power * (1 - power) / runs))
