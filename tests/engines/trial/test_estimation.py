"""Estimates against other implementations and published figures."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rrr.engines.trial import Code, Design, Method, Observation, Settings, estimate
from tests.engines.trial.matrices import cr2
from tests.engines.trial.samples import clusters, ends, individual, periods, told

DATA = Path(os.environ.get("RRR_SHARED_DATA") or "absent")
OUTCOMES = st.lists(st.floats(-1000, 1000).map(lambda x: round(x, 3)), min_size=2, max_size=8)


def needs(path: Path) -> Path:
    if not path.is_file():
        pytest.skip("RRR_SHARED_DATA names no folder with this file")
    return path


@pytest.mark.verification
def test_national_supported_work() -> None:
    """Difference and HC2 error as published for the Dehejia-Wahba sample (Cunningham's nsw_mixtape)."""
    with needs(DATA / "causal/nsw_mixtape.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    seen = [Observation(str(n), float(row["re78"]), "treated" if row["treat"] == "1" else "control") for n, row in enumerate(rows)]
    found = told(estimate(Design.INDIVIDUAL, seen))
    assert found.estimate.value == pytest.approx(1794.34, abs=0.005)
    assert found.se == pytest.approx(670.997, abs=0.0005)
    assert (found.n_treated, found.n_control) == (185, 260)


# Rows of robumeta_correlated_effects.csv of PyMARE (MIT): study, effect, within, between.
STUDIES = """1 -.0073 -1.624 -.882|2 1.3934 -.305 -.934|2 2.0386 1.437 -.934|2 .9493 .593 -.934|2 .7504 -.724 -.934|3 .277 .332 -1.085
3 .0764 -.057 -1.085|4 .8485 .351 -.32|4 -.1053 -.283 -.32|4 .0949 .162 -.32|5 2.1082 .036 -1.797|6 .5885 -.511 -.333|6 1.2319 -.372 -.333
6 -.502 -2.254 -.333|6 .5587 -1.259 -.333|6 .8294 -1.044 -.333|7 3.0638 3.284 -.201|7 -.9789 -.622 -.201|8 -.2288 -.445 -.997|8 -1.0822 -.992 -.997
8 -.5791 -2.323 -.997|9 -1.9666 -.882 1.334|9 -1.2482 .083 1.334|10 .7104 .867 -.882|10 -1.2881 -.993 -.882|10 2.1542 3.247 -.882|10 1.1171 .318 -.882"""
VARIANCES = dict(zip(range(1, 11), [0.19, 0.209, 0.163, 0.193, 0.076, 0.133, 0.282, 0.396, 0.214, 0.352], strict=True))


@pytest.mark.verification
@pytest.mark.parametrize("model", ["intercept", "within", "both"])
@pytest.mark.parametrize("method", ["FE", "DL"])
def test_the_matrices_equal_club_sandwich(model: str, method: str) -> None:
    """So that what the closed forms are compared with below is itself checked against R."""
    reference = json.loads(needs(DATA / "meta/clubsandwich_reference.json").read_text())
    (case,) = (
        one for one in reference["cases"] if (one["model"], one["method"], one["variances"]) == (model, method, "var_constant_within_study")
    )
    rows = np.array([[float(cell) for cell in row.split()] for row in STUDIES.replace("\n", "|").split("|")])
    columns = {"intercept": [], "within": [2], "both": [2, 3]}[model]
    x = np.column_stack([np.ones(len(rows)), rows[:, columns]])
    variance = np.array([VARIANCES[int(study)] for study in rows[:, 0]]) + case["tau2"]
    beta, covariance, df = cr2(x, rows[:, 1], rows[:, 0], 1 / variance, variance)
    assert beta == pytest.approx(case["beta"], rel=1e-6)
    assert np.sqrt(np.diag(covariance)) == pytest.approx(case["se"], rel=1e-6)
    assert df == pytest.approx(case["dof"], rel=1e-6)


GROUPS = st.lists(OUTCOMES, min_size=2, max_size=5)


@pytest.mark.slow
@given(GROUPS, GROUPS)
def test_closed_forms_equal_the_matrices(treated: list[list[float]], control: list[list[float]]) -> None:
    seen = clusters({f"t{n}": one for n, one in enumerate(treated)}, {f"c{n}": one for n, one in enumerate(control)})
    found = told(estimate(Design.CLUSTER, seen))
    y = np.array([one.value for one in seen])
    x = np.column_stack([np.ones(len(seen)), [one.arm == "treated" for one in seen]]).astype(float)
    beta, covariance, df = cr2(x, y, np.array([one.cluster for one in seen]), np.ones(len(seen)), np.ones(len(seen)))
    assert found.estimate.value == pytest.approx(beta[1], abs=1e-8)
    assert found.se == pytest.approx(np.sqrt(covariance[1, 1]), abs=1e-7)
    assert found.df == pytest.approx(df[1], rel=1e-6)


@given(OUTCOMES, OUTCOMES)
def test_individuals_equal_the_matrices_with_a_cluster_each(treated: list[float], control: list[float]) -> None:
    found = told(estimate(Design.INDIVIDUAL, individual(treated, control)))
    n = len(treated) + len(control)
    x = np.column_stack([np.ones(n), [1.0] * len(treated) + [0.0] * len(control)])
    beta, covariance, df = cr2(x, np.array(treated + control), np.arange(n), np.ones(n), np.ones(n))
    assert found.estimate.value == pytest.approx(beta[1], abs=1e-8)
    assert found.se == pytest.approx(np.sqrt(covariance[1, 1]), abs=1e-7)
    assert found.df == pytest.approx(df[1], rel=1e-6)


def test_error_equals_statsmodels_hc2_and_welch_but_not_its_degrees() -> None:
    """For two groups HC2 is Welch's error exactly; Welch's degrees follow the variances seen, ours the numbers only."""
    from statsmodels.api import OLS

    draw = np.random.default_rng(1)
    treated, control = draw.normal(1, 3, 7), draw.normal(0, 1, 15)
    found = told(estimate("individual", individual(list(treated), list(control))))
    x = np.column_stack([np.ones(22), [1.0] * 7 + [0.0] * 15])
    theirs = OLS(np.concatenate([treated, control]), x).fit(cov_type="HC2")
    welch = stats.ttest_ind(treated, control, equal_var=False)
    assert found.se == pytest.approx(theirs.bse[1], rel=1e-10)
    assert found.estimate.value / found.se == pytest.approx(welch.statistic, rel=1e-10)
    assert found.df != pytest.approx(welch.df, rel=0.01)
    same = [*range(5)], [*range(10, 15)]
    equal = told(estimate("individual", individual(*same)))
    assert equal.df == pytest.approx(8) == stats.ttest_ind(*same, equal_var=False).df, "arms of one size and spread: both are n - 2"


def test_arms_of_one_size_have_the_degrees_of_the_student_test() -> None:
    draw = np.random.default_rng(2)
    treated, control = list(draw.normal(size=9)), list(draw.normal(size=9))
    found = estimate("individual", individual(treated, control))
    theirs = stats.ttest_ind(treated, control).confidence_interval(0.95)
    assert ends(found) == pytest.approx((theirs.low, theirs.high))


def test_cluster_means_count_each_cluster_alike() -> None:
    seen = clusters({"a": [1, 3], "b": [4], "c": [6, 6, 6]}, {"d": [0], "e": [1, 1], "f": [5, 1]})
    means = told(estimate("cluster", seen, Settings(cluster_means=True)))
    by_hand = told(estimate("individual", individual([2, 4, 6], [0, 1, 3])))
    assert means.method is Method.CLUSTER_MEANS
    assert (means.estimate, means.df) == (by_hand.estimate, by_hand.df)
    assert told(estimate("cluster", seen)).estimate.value == pytest.approx(26 / 6 - 8 / 5)


def test_before_and_after_is_the_paired_t_and_weak() -> None:
    before, after = [3.0, 5, 4, 8, 6, 7, 5, 4, 6, 9, 1], [4.0, 6, 4, 9, 5, 9, 7, 5, 6, 8, 2]
    found = told(estimate("before_after", periods(before, after)))
    theirs = stats.ttest_rel(after, before).confidence_interval(0.95)
    assert ends(found) == pytest.approx((theirs.low, theirs.high))
    assert (found.method, found.weak, found.df) == (Method.PAIRED, True, 10)
    assert [one.code for one in found.warnings] == [Code.BEFORE_AFTER_IS_WEAK, Code.NO_COMPARISON]


def test_before_and_after_with_other_units_compares_two_groups() -> None:
    early, late = [3.0, 5, 4, 8], [4.0, 6, 9]
    seen = [Observation(f"e{n}", value, period="before") for n, value in enumerate(early)]
    seen += [Observation(f"l{n}", value, period="after") for n, value in enumerate(late)]
    found = told(estimate("before_after", seen))
    assert found.method is Method.TWO_PERIODS
    assert found.estimate == told(estimate("individual", individual(late, early))).estimate
    assert {Code.OTHER_UNITS, Code.BEFORE_AFTER_IS_WEAK} <= {one.code for one in found.warnings}


def test_a_unit_measured_once_is_left_out_of_pairs_and_said() -> None:
    seen = [*periods([1, 2, 3, 4], [2, 4, 4, 7]), Observation("once", 9, period="before")]
    found = told(estimate("before_after", seen))
    assert found.estimate.value == pytest.approx(1.75)
    assert (found.n_treated, found.missing) == (4, {"treated": 1, "control": 0})
    assert next(one for one in found.warnings if one.code is Code.UNITS_LEFT_OUT).facts == {"left_out": 1}
    assert told(estimate("before_after", seen, Settings(paired=False))).method is Method.TWO_PERIODS


def test_numbers_too_small_to_square_give_no_interval_instead_of_one_without_width() -> None:
    found = told(estimate("individual", individual([1e-300, 2e-300], [3e-300, 4e-300])))
    assert (found.estimate.low, found.estimate.high) == (None, None)
    assert Code.NO_VARIATION in {one.code for one in found.warnings}
