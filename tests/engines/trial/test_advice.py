"""Advice on plans, and the verdict word."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrr.engines.trial import Code, Design, Direction, Plan, Verdict, checks, detectable, mde_cluster, power_of, verdict_code
from rrr.records.estimate import Estimate

GOOD = {"sd": 10.0, "icc": 0.05, "smallest_worthwhile": 6.0}


def codes(design: Design, **given_facts: Any) -> list[Code]:
    return [one.code for one in checks(Plan(design, **{**GOOD, **given_facts}))]


@pytest.mark.parametrize(
    ("design", "given_facts", "wanted"),
    [
        (Design.INDIVIDUAL, {"units_treated": 60, "units_control": 60}, []),
        (Design.INDIVIDUAL, {"units_treated": 9, "units_control": 60}, [Code.UNDER_10_PER_ARM, Code.TOO_SMALL_TO_SEE]),
        (Design.INDIVIDUAL, {"units_treated": 60}, [Code.NO_COMPARISON, Code.UNDER_10_PER_ARM]),
        (Design.INDIVIDUAL, {"units_treated": 60, "units_control": 60, "randomised": False}, [Code.NOT_RANDOMISED]),
        (Design.INDIVIDUAL, {"units_treated": 60, "units_control": 60, "sd": None}, [Code.SPREAD_UNKNOWN]),
        (Design.INDIVIDUAL, {"units_treated": 60, "units_control": 60, "smallest_worthwhile": None}, [Code.EFFECT_UNKNOWN]),
        (Design.CLUSTER, {"clusters_treated": 9, "clusters_control": 9, "units_treated": 180, "units_control": 180}, []),
        (
            Design.CLUSTER,
            {"clusters_treated": 2, "clusters_control": 3, "units_treated": 90, "units_control": 90, "icc": None},
            [Code.NO_CLUSTERS_TO_SPARE, Code.FEW_CLUSTERS, Code.CANNOT_REACH_ALPHA, Code.ICC_UNKNOWN],
        ),
        (Design.BEFORE_AFTER, {"units_treated": 60}, [Code.BEFORE_AFTER_IS_WEAK, Code.NO_COMPARISON]),
        (
            Design.BEFORE_AFTER,
            {"units_treated": 4},
            [Code.BEFORE_AFTER_IS_WEAK, Code.NO_COMPARISON, Code.UNDER_10_PER_ARM, Code.TOO_SMALL_TO_SEE],
        ),
    ],
)
def test_what_is_said_of_a_plan(design: Design, given_facts: dict[str, Any], wanted: list[Code]) -> None:
    assert codes(design, **given_facts) == wanted


def test_the_facts_of_a_plan_that_sees_too_little() -> None:
    plan = Plan(Design.CLUSTER, 60, 60, 6, 6, sd=10, icc=0.1, smallest_worthwhile=4)
    (said,) = checks(plan)
    assert said.facts["detectable"] == detectable(plan) == mde_cluster(6, 6, 10, 0.1, 10)
    assert said.facts["power"] == power_of(plan)
    assert power_of(Plan(Design.CLUSTER, 60, 60, 1, 6, sd=10, icc=0.1, smallest_worthwhile=4)) is None


@pytest.mark.parametrize(
    "wrong", [{"sd": 0}, {"icc": 2}, {"smallest_worthwhile": -1}, {"correlation": 1}, {"alpha": 0}, {"units_treated": -1}], ids=str
)
def test_plans_are_checked_at_once(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"above 0|between|or more"):
        Plan(Design.CLUSTER, **wrong)


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [
        (5, 9, Verdict.CLEARLY_BETTER),
        (1, 9, Verdict.PROBABLY_BETTER_MAYBE_TOO_SMALL),
        (1, 4, Verdict.BETTER_BUT_TOO_SMALL),
        (0, 4, Verdict.NO_WORTHWHILE_DIFFERENCE),
        (-4, 4, Verdict.NO_WORTHWHILE_DIFFERENCE),
        (-5, 4, Verdict.NOT_WORTHWHILE_MAYBE_WORSE),
        (-5, 5, Verdict.UNDECIDED),
        (0, 9, Verdict.UNDECIDED),
        (None, None, Verdict.UNDECIDED),
        (1, None, Verdict.PROBABLY_BETTER_MAYBE_TOO_SMALL),
        (-4, -1, Verdict.WORSE_BUT_LITTLE),
        (-9, -1, Verdict.PROBABLY_WORSE_MAYBE_LITTLE),
        (-9, -5, Verdict.CLEARLY_WORSE),
    ],
)
def test_nine_words(low: float | None, high: float | None, word: Verdict) -> None:
    one = Estimate(0.5, low, high)
    assert verdict_code(one, 5, "higher") is word
    turned = Estimate(-0.5, None if high is None else -high, None if low is None else -low)
    assert verdict_code(turned, 5, Direction.LOWER) is word


def test_the_wide_bounds_have_a_word_of_their_own() -> None:
    one = Estimate(7, 6, 8, wide_low=-2, wide_high=16)
    assert verdict_code(one, 5, "higher") is Verdict.CLEARLY_BETTER
    assert verdict_code(one, 5, "higher", wide=True) is Verdict.UNDECIDED


@given(st.floats(-50, 50), st.floats(0, 50), st.floats(0.1, 20))
def test_good_words_need_an_interval_above_nothing(low: float, width: float, worthwhile: float) -> None:
    word = verdict_code(Estimate(low, low, low + width), worthwhile, "higher")
    assert (low > 0) == (word in {Verdict.CLEARLY_BETTER, Verdict.PROBABLY_BETTER_MAYBE_TOO_SMALL, Verdict.BETTER_BUT_TOO_SMALL})
    assert (word is Verdict.CLEARLY_BETTER) == (low >= worthwhile)


@pytest.mark.parametrize("worthwhile", [0, -1, float("nan")])
def test_a_verdict_needs_a_smallest_worthwhile_effect(worthwhile: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        verdict_code(Estimate(1, 0, 2), worthwhile, "higher")
