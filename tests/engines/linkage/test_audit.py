"""The audit: chances of being drawn, known answers, and intervals that hold as often as they say."""

from __future__ import annotations

import math
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rrr.engines.linkage import AuditPair, AuditReason, Judged, Sampled, estimate, sample
from rrr.engines.linkage.audit import FEWEST

# Weight of a group of pairs, whether linked, how many pairs, how many of them are one organisation.
WORLD = [
    (14.0, True, 900, 897), (9.0, True, 400, 388), (None, True, 60, 50), (9.0, False, 80, 30), (5.0, False, 300, 90), (1.0, False, 700, 40),
    (-2.0, False, 1500, 12), (-6.0, False, 4000, 4), (None, False, 9000, 2),
]  # fmt: skip


def world(rows: list[tuple[float | None, bool, int, int]] = WORLD) -> dict[AuditPair, bool]:
    return {
        AuditPair(f"a{place}.{number}", "b", weight, linked): number < same
        for place, (weight, linked, count, same) in enumerate(rows)
        for number in range(count)
    }


def figures(truth: dict[AuditPair, bool]) -> tuple[float, float]:
    found = sum(same for pair, same in truth.items() if pair.linked)
    return found / sum(pair.linked for pair in truth), found / sum(truth.values())


def judge(drawn: list[Sampled], truth: dict[AuditPair, bool]) -> list[Judged]:
    return [Judged(one, truth[one.pair]) for one in drawn]


def test_a_whole_census_gives_the_truth_without_uncertainty() -> None:
    truth = world([(9.0, True, 60, 55), (1.0, False, 40, 5)])
    drawn = sample(list(truth), 100, seed=1)
    result = estimate(judge(drawn, truth))
    assert {one.inclusion for one in drawn} == {1.0}
    for said, right in zip((result.precision, result.recall), figures(truth), strict=True):
        assert said is not None
        assert (said.value, said.low, said.high) == pytest.approx((right, right, right))
    assert (result.found, result.missed, result.wrong) == pytest.approx((55, 5, 5))


def test_a_single_stratum_has_the_interval_of_clopper_and_pearson() -> None:
    """47 of 50: (.8345, .9875), as R's binom.test gives it."""
    pairs = [AuditPair(str(number), "b", 9.0, True) for number in range(10_000_000 // 1000)]
    drawn = sample(pairs, 50, seed=3)
    result = estimate([Judged(Sampled(one.pair, one.stratum, 1e9, 5e-8), place >= 3) for place, one in enumerate(drawn)])
    assert result.precision is not None
    assert (result.precision.low, result.precision.high) == pytest.approx((0.8345, 0.9875), abs=0.006)


def test_every_stratum_is_drawn_and_chances_add_up_to_the_sample() -> None:
    truth = world()
    drawn = sample(list(truth), 400, seed=5)
    counts = Counter(one.stratum for one in drawn)
    assert len(drawn) == 400
    assert len(counts) == 9
    for one in drawn:
        assert one.inclusion == pytest.approx(counts[one.stratum] / one.population)
    assert sum(1 / one.inclusion for one in drawn) == pytest.approx(len(truth))
    assert drawn == sample(list(reversed(list(truth))), 400, seed=5)
    assert drawn != sample(list(truth), 400, seed=6)


def test_a_pair_of_a_drawn_list_counts_for_those_left_out() -> None:
    near = [AuditPair(str(number), "b", None, False, share=0.1) for number in range(200)]
    drawn = sample([*near, AuditPair("x", "y", 9.0, True), AuditPair("x", "z", 9.0, True)], 60, seed=1)
    assert sum(1 / one.inclusion for one in drawn) == pytest.approx(2002)


@pytest.mark.slow
@pytest.mark.parametrize("size", [200, 500])
def test_intervals_hold_the_truth_as_often_as_they_say(size: int) -> None:
    truth = world()
    right = figures(truth)
    held = [0, 0]
    runs = 120
    for seed in range(runs):
        result = estimate(judge(sample(list(truth), size, seed), truth))
        for place, said in enumerate((result.precision, result.recall)):
            assert said is not None
            assert said.low is not None
            assert said.high is not None
            held[place] += said.low <= right[place] <= said.high
    assert min(held) / runs >= 0.92  # nominal .95; the rest is the error of 120 runs


@pytest.mark.slow
def test_weighted_estimates_are_right_on_average_and_plain_shares_are_not() -> None:
    truth = world()
    values, plain = [], []
    for seed in range(60):
        judged = judge(sample(list(truth), 500, seed), truth)
        result = estimate(judged)
        values.append(result.found + result.missed)
        plain.append(sum(bool(one.same) for one in judged) / len(judged) * len(truth))
    right = sum(truth.values())
    assert sum(values) / len(values) == pytest.approx(right, rel=0.05)
    assert abs(sum(plain) / len(plain) - right) > 0.2 * right


def test_the_curve_shows_the_share_of_each_band() -> None:
    truth = world([(9.0, True, 100, 90), (9.0, False, 50, 20), (1.0, False, 50, 10), (None, False, 50, 0)])
    result = estimate(judge(sample(list(truth), 250, seed=2), truth))
    assert [(one.low, one.high, one.judged) for one in result.curve] == [(0.0, 4.0, 50), (8.0, 12.0, 150)]
    assert [one.share.value for one in result.curve] == pytest.approx([0.2, 110 / 150])


def test_a_sample_drawn_by_other_strata_is_estimated_too() -> None:
    """Two strata of someone else's design; "new" spans three bands, one of them without a weight."""
    new = [AuditPair(f"n{number}", "b", (-6.0, -2.0, None, None)[number % 4], False) for number in range(40)]
    linked = [AuditPair(f"l{number}", "b", 9.0, True) for number in range(20)]
    judged = [Judged(Sampled(one, "new", 400, 0.1), place < 4) for place, one in enumerate(new)]
    judged += [Judged(Sampled(one, "linked", 100, 0.2), place < 18) for place, one in enumerate(linked)]
    result = estimate(judged)
    assert (result.found, result.missed, result.wrong) == pytest.approx((90, 40, 10))
    assert [(one.low, one.share.value, one.judged) for one in result.curve] == [(-8.0, 0.1, 10), (-4.0, 0.1, 10), (8.0, 0.9, 20)]


def test_a_stratum_of_linked_and_other_pairs_is_refused() -> None:
    mixed = [Sampled(AuditPair("a", str(place), 9.0, place == 0), "all", 2, 1.0) for place in (0, 1)]
    with pytest.raises(ValueError, match="keep them apart"):
        estimate([Judged(one, True) for one in mixed])


def test_too_few_verdicts_give_no_figure_but_the_reason() -> None:
    truth = world([(9.0, True, 60, 50)])
    drawn = sample(list(truth), FEWEST, seed=1)
    result = estimate([Judged(one, None if place == 0 else True) for place, one in enumerate(drawn)])
    assert result.precision is None
    assert result.reasons == ((AuditReason.TOO_FEW_JUDGED, {"judged": FEWEST - 1, "needed": FEWEST}),)
    assert result.unjudged == 1


def test_a_stratum_nobody_could_judge_widens_the_interval_to_anything() -> None:
    truth = world([(9.0, True, 100, 100), (None, False, 100, 0)])
    drawn = sample(list(truth), 120, seed=1)
    result = estimate([Judged(one, True if one.pair.linked else None) for one in drawn])
    assert result.recall is not None
    assert (result.recall.value, result.recall.low) == pytest.approx((1.0, 0.5), abs=0.02)
    assert AuditReason.STRATUM_NOT_JUDGED in dict(result.reasons)


def test_no_verdict_at_all() -> None:
    result = estimate([])
    assert (result.precision, result.recall, result.curve) == (None, None, ())
    assert set(dict(result.reasons)) == {AuditReason.TOO_FEW_JUDGED, AuditReason.NOTHING_LINKED, AuditReason.NOTHING_SAME}


def test_a_sample_smaller_than_its_strata_is_refused() -> None:
    with pytest.raises(ValueError, match="needs 4 pairs"):
        sample([AuditPair("a", "b", 9.0, True), AuditPair("a", "c", 1.0, False)], 3, seed=1)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([None, -9.0, -5.0, 2.0, 9.0, 20.0]), st.booleans(), st.integers(1, 40)), min_size=1, max_size=8),
    st.integers(24, 120),
    st.integers(0, 99),
)
def test_shape_of_any_sample_and_estimate(rows: list[tuple[float | None, bool, int]], size: int, seed: int) -> None:
    truth = world([(weight, linked, count, random.Random(seed).randint(0, count)) for weight, linked, count in rows])
    drawn = sample(list(truth), size, seed)
    assert len({one.pair for one in drawn}) == len(drawn) == min(size, len(truth))
    assert all(0 < one.inclusion <= 1 for one in drawn)
    assert {one.stratum for one in drawn} == {one.stratum for one in sample(list(truth), len(truth) + 24, seed)}
    result = estimate(judge(drawn, truth))
    for said in (result.precision, result.recall):
        if said is not None:
            assert said.low is not None
            assert said.high is not None
            assert 0 <= said.low <= said.value <= said.high <= 1
    assert math.isclose(result.found + result.wrong, sum(pair.linked for pair in truth), abs_tol=1e-6)
