"""Groups, lasting ids and the re-score, without Splink."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrr.engines.linkage import Model, RefitReason, Refused
from rrr.engines.linkage.clusters import Edge, Groups, key, merge
from rrr.engines.linkage.identity import inherit
from rrr.engines.linkage.rescore import Example, refit
from rrr.engines.linkage.scoring import pattern

KEYS = [f"k{number}" for number in range(8)]
pairs = st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: key(*pair))
partitions = st.lists(st.integers(0, 4), min_size=8, max_size=8).map(
    lambda labels: [[one for one, label in zip(KEYS, labels, strict=True) if label == group] for group in sorted(set(labels))]
)


@pytest.mark.slow
@given(st.dictionaries(pairs, st.floats(-5, 20)), st.lists(pairs))
def test_what_is_held_apart_is_never_in_one_group(weights: dict[tuple[str, str], float], apart: list[tuple[str, str]]) -> None:
    groups = Groups(KEYS, apart)
    merge(groups, [Edge(*pair, weight) for pair, weight in weights.items() if weight > 0], weights, unseen=-4, least=-99)
    assert not any(groups.same(*pair) for pair in apart)
    assert sorted(one for members in groups.listed() for one in members) == KEYS


@pytest.mark.slow
@given(st.dictionaries(pairs, st.floats(0.5, 20)))
def test_without_constraints_groups_are_connected_components(weights: dict[tuple[str, str], float]) -> None:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    groups = Groups(KEYS)
    merge(groups, [Edge(*pair, weight) for pair, weight in weights.items()], weights, unseen=0, least=-99)
    ends = [[KEYS.index(pair[side]) for pair in weights] for side in (0, 1)]
    _, labels = connected_components(coo_array(([1] * len(weights), (ends[0], ends[1])), shape=(8, 8)), directed=False)
    assert all(groups.same(KEYS[a], KEYS[b]) == (labels[a] == labels[b]) for a in range(8) for b in range(8))


def test_one_good_pair_does_not_chain_two_groups() -> None:
    weights = {("a", "b"): 12.0, ("c", "d"): 12.0, ("b", "c"): 9.0}
    edges = [Edge(*pair, weight) for pair, weight in weights.items()]
    strict, loose = Groups("abcd"), Groups("abcd")
    merge(strict, edges, weights, unseen=-4, least=0)
    merge(loose, edges, weights, unseen=-4, least=-99)
    assert strict.listed() == [["a", "b"], ["c", "d"]]
    assert loose.listed() == [["a", "b", "c", "d"]]


@given(partitions, partitions)
def test_ids_last(first: list[list[str]], second: list[list[str]]) -> None:
    ids, none = inherit(first, {}, (), "o")
    assert none == {}
    assert inherit(first, ids, (), "o") == (ids, {})
    later, retired = inherit(second, ids, (), "o")
    groups = {frozenset(members) for members in second}
    assert {frozenset(one for one in KEYS if later[one] == name) for name in later.values()} == groups
    assert set(retired) == set(ids.values()) - set(later.values())
    assert set(retired.values()) <= set(later.values())
    again, _ = inherit(first, later, retired, "o")
    assert not set(retired) & (set(again.values()) - set(later.values()))  # an id given up is never given again


def test_most_members_keep_the_id() -> None:
    before = {"a": "o1", "b": "o1", "c": "o1", "d": "o2"}
    ids, retired = inherit([["a"], ["b", "c", "d"]], before, (), "o")
    assert (ids["b"], ids["c"], ids["d"]) == ("o1", "o1", "o1")
    assert ids["a"] not in ("o1", "o2")
    assert retired == {"o2": "o1"}


# Gammas in the order of the comparisons: name, place, tax id, register id, website, phone, numbers, legal form.
SHAPES = [
    pattern((name, place, -1, -1, website, -1, -1, form))
    for name in (6, 4, 0)
    for place in (5, 2, 0, -1)
    for website in (1, 0, -1)
    for form in (1, 0)
]


def examples(count: int, seed: int = 1) -> list[Example]:
    """Verdicts as log-odds of half the weight plus 2 would give them."""
    rng = random.Random(seed)
    shapes = [rng.choice(SHAPES) for _ in range(count)]
    return [Example(one, False, rng.random() < 1 / (1 + math.exp(-(2 + 0.35 * one.weight)))) for one in shapes]


def test_a_refit_below_300_decisions_is_refused_with_the_reason() -> None:
    assert refit(examples(299)) == Refused(RefitReason.TOO_FEW_DECISIONS, {"decided": 299, "needed": 300})
    assert refit([Example(SHAPES[0], False, True)] * 300) == Refused(RefitReason.ONE_SIDED, {"same": 300, "different": 0, "needed": 30})


def test_probabilities_are_calibrated_on_pairs_not_seen() -> None:
    model = refit(examples(3000))
    assert isinstance(model, Model)
    bins: dict[int, list[tuple[float, bool]]] = {}
    for one in examples(6000, seed=2):
        chance = model.probability(one.pattern, False)
        bins.setdefault(int(chance * 5), []).append((chance, one.same))
    for some in bins.values():
        error = 3 * math.sqrt(0.25 / len(some)) + 0.03
        assert sum(chance for chance, _ in some) / len(some) == pytest.approx(sum(same for _, same in some) / len(some), abs=error)


@pytest.mark.slow
def test_the_refit_agrees_with_scikit_learn() -> None:
    """Without corrections (one feature, no penalty) both are the same maximum of likelihood."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    from rrr.engines.linkage import rescore

    some = examples(2000)
    before = rescore.RIDGE
    rescore.RIDGE = 1e9
    try:
        model = refit(some)
    finally:
        rescore.RIDGE = before
    assert isinstance(model, Model)
    x = np.array([[one.pattern.weight] for one in some])
    # Our slope has a weak ridge of 10 around ln 2: as a penalty 10 / 2 (slope - ln 2)^2 it moves little among 2,000.
    other = LogisticRegression(C=1e9).fit(x, [one.same for one in some])
    assert model.slope == pytest.approx(other.coef_[0, 0], abs=0.01)
    assert model.intercept == pytest.approx(other.intercept_[0], abs=0.05)


def test_weights_of_decisions_undo_a_chosen_sample() -> None:
    """Half of the "different" verdicts left out, the rest counted twice: the same model but for chance."""
    whole = examples(6000)
    part = [Example(one.pattern, False, one.same, 1.0 if one.same else 2.0) for number, one in enumerate(whole) if one.same or number % 2]
    plain, weighted = refit(whole), refit(part)
    assert isinstance(plain, Model)
    assert isinstance(weighted, Model)
    for one in SHAPES:
        assert weighted.probability(one, False) == pytest.approx(plain.probability(one, False), abs=0.1)
