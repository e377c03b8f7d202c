"""Matching: known sums, and what must hold for any solutions and weights."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrr.engines.search.matching import Need, Option, Weights, Why, rank

TOPICS = ("housing", "food", "education", "energy")
NEED = Need(frozenset({"housing", "food"}), "rebuild", frozenset({"young", "tenant"}))
FULL = Option("full", 1.0, frozenset({"housing", "food"}), frozenset({"rebuild"}), frozenset({"young", "tenant"}), 4, True)

options = st.builds(
    Option,
    key=st.text("abcdefgh", min_size=1, max_size=4),
    relevance=st.floats(0, 1),
    topics=st.frozensets(st.sampled_from(TOPICS)),
    horizons=st.frozensets(st.sampled_from(("respond", "rebuild", "reinvent"))),
    groups=st.none() | st.frozensets(st.sampled_from(("young", "tenant", "old"))),
    grade=st.none() | st.integers(0, 4),
    lots=st.booleans(),
)
collections = st.lists(options, max_size=12, unique_by=lambda one: one.key)
weights = st.builds(Weights, relevance=st.floats(1, 100), evidence=st.floats(0, 100), fit=st.floats(0, 100), spread=st.floats(0, 30))


def test_everything_known_and_right_gives_a_hundred() -> None:
    (one,) = rank(NEED, [FULL])
    assert one.score == one.most == pytest.approx(100)
    assert one.lacks == ()
    assert set(one.reasons) == {Why.RELEVANT, Why.GRADE, Why.LOTS, Why.TOPIC, Why.HORIZON, Why.GROUPS}


def test_a_sum_worked_out_by_hand() -> None:
    # relevance .5 of 50 = 25; evidence grade 2 of 4: .8 * .5 * 25 = 10, no lots; fit: one of two topics .75 * 12.5 = 9.375,
    # neighbouring horizon .5 * 6.25 = 3.125, groups not comparable: 6.25 unknown
    (one,) = rank(NEED, [Option("a", 0.5, frozenset({"food"}), frozenset({"respond"}), None, 2)])
    assert [part.points for part in one.parts] == pytest.approx([25, 10, 12.5])
    assert one.parts[2].unknown == pytest.approx(6.25)
    assert (one.score, one.most) == (pytest.approx(47.5), pytest.approx(53.75))
    assert [lack.why for lack in one.lacks][:2] == [Why.LESS_RELEVANT, Why.LOW_GRADE]


def test_half_of_the_groups_is_no_reason_to_say_others() -> None:
    (one,) = rank(replace(NEED, groups=frozenset({"old", "tenant"})), [replace(FULL, groups=frozenset({"old", "young"}))])
    assert Why.GROUPS in one.reasons
    assert [lack.why for lack in one.lacks] == [Why.GROUPS_PART]


def test_an_unknown_grade_is_no_grade_of_nought() -> None:
    made = {one.key: one for one in rank(NEED, [replace(FULL, key="unknown", grade=None), replace(FULL, key="nought", grade=0)])}
    assert made["unknown"].score == made["nought"].score == pytest.approx(80)
    assert made["unknown"].most == pytest.approx(100)
    assert made["nought"].most == pytest.approx(80)


def test_a_twin_gives_its_place_to_another_and_says_so() -> None:
    one, twin, other = FULL, replace(FULL, key="twin", relevance=0.95), replace(FULL, key="other", relevance=0.9)
    near = {frozenset({"full", "twin"}): 1.0}
    made = rank(NEED, [one, twin, other], Weights(spread=10), lambda a, b: near.get(frozenset({a, b}), 0.0))
    assert [found.key for found in made] == ["full", "other", "twin"]
    assert (made[2].like, made[2].lacks[0].why) == ("full", Why.ALIKE)
    assert made[2].score == pytest.approx(97.5)


@pytest.mark.parametrize("wrong", [{"relevance": -1}, {"relevance": 0, "evidence": 0, "fit": 0}, {"fit": float("nan")}, {"spread": 101}])
def test_weights_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="0"):
        Weights(**wrong)


@given(collections, weights)
def test_scores_are_sums_between_nought_and_a_hundred(made: list[Option], given_weights: Weights) -> None:
    for one in rank(NEED, made, given_weights):
        assert -1e-9 <= one.score <= one.most <= 100 + 1e-9
        assert one.score == pytest.approx(sum(part.points for part in one.parts))
        lost = sum(lack.points for lack in one.lacks if lack.why is not Why.ALIKE)
        assert one.score + lost == pytest.approx(100)


@given(collections, weights, st.randoms())
def test_the_order_of_the_input_changes_nothing(made: list[Option], given_weights: Weights, random: object) -> None:
    shuffled = list(made)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    alike = lambda a, b: 1.0 if a[0] == b[0] else 0.0  # noqa: E731
    assert rank(NEED, made, given_weights, alike) == rank(NEED, shuffled, given_weights, alike)


@given(options, weights, st.integers(0, 3))
def test_better_never_scores_lower(one: Option, given_weights: Weights, grade: int) -> None:
    def score(option: Option) -> float:
        return rank(NEED, [option], given_weights)[0].score

    low = replace(one, grade=grade)
    assert score(replace(low, grade=grade + 1)) >= score(low)
    assert score(replace(one, lots=True)) >= score(replace(one, lots=False))
    assert score(replace(one, relevance=1.0)) >= score(one)
    assert score(replace(one, topics=one.topics | NEED.topics)) >= score(one)
    assert score(replace(one, horizons=one.horizons | {NEED.horizon})) >= score(one)


@given(collections, weights)
def test_spreading_keeps_everybody_and_the_first(made: list[Option], given_weights: Weights) -> None:
    plain = rank(NEED, made, given_weights)
    spread = rank(NEED, made, given_weights, lambda a, b: 1.0)
    assert sorted(one.key for one in spread) == sorted(one.key for one in plain)
    assert [one.key for one in spread[:1]] == [one.key for one in plain[:1]]
