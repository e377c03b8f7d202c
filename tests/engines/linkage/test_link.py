"""Many lists at once: organisations and sites, decisions, lasting ids, increments."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest

from benchmarks.organisations import make
from rrr.engines.linkage import (
    Band,
    Decision,
    Judged,
    Linked,
    LinkSettings,
    Model,
    RefitReason,
    Refused,
    Verdict,
    auditable,
    estimate,
    link,
    sample,
)
from rrr.records.organisation import OrganisationRecord

pytestmark = pytest.mark.slow  # each run starts DuckDB and Splink

SOLE = OrganisationRecord(
    "a:1",
    "Cooperativa Sole Nascente",
    street="Via Roma 1",
    postcode="10121",
    city="Torino",
    country="IT",
    tax_id="02430520018",
    source="a",
    territory="torino",
)
SOLE_B = replace(SOLE, key="b:1", name="Sole Nascente soc. coop.", tax_id="", source="b")
BRANCH = replace(SOLE, key="b:2", name="Sole Nascente", street="Corso Francia 200", postcode="10146", source="b")
ARCO = OrganisationRecord(
    "a:2", "Arcobaleno Teatro", street="Via Po 9", postcode="10124", city="Torino", country="IT", source="a", territory="torino"
)
FEW = [SOLE, SOLE_B, BRANCH, ARCO]


def groups(found: Linked, level: str = "organisation") -> set[frozenset[str]]:
    names = {getattr(one, level) for one in found.placed}
    return {frozenset(one.key for one in found.placed if getattr(one, level) == name) for name in names}


def sets(*texts: str) -> set[frozenset[str]]:
    return {frozenset(text.split()) for text in texts}


def test_a_branch_is_one_organisation_and_another_site() -> None:
    found = link(FEW)
    assert groups(found) == sets("a:1 b:1 b:2", "a:2")
    assert groups(found, "site") == sets("a:1 b:1", "b:2", "a:2")
    assert found.model == Refused(RefitReason.TOO_FEW_DECISIONS, {"decided": 0, "needed": 300})
    assert all(one.probability is None for one in found.pairs)


def test_territories_are_never_linked() -> None:
    found = link([SOLE, replace(SOLE_B, territory="milano")])
    assert (len(groups(found)), found.pairs) == (2, ())


def test_not_the_same_holds_whole_groups_apart() -> None:
    found = link(FEW, decisions=[Decision("b:2", "a:1", Verdict.DIFFERENT)])
    assert groups(found) == sets("a:1 b:1", "b:2", "a:2")


def test_confirmed_pairs_are_joined_whatever_they_weigh_and_the_last_decision_counts() -> None:
    same, other = Decision("a:1", "a:2", Verdict.SAME), Decision("a:2", "a:1", Verdict.DIFFERENT)
    assert groups(link(FEW, decisions=[other, same])) == sets("a:1 b:1 b:2 a:2")
    assert groups(link(FEW, decisions=[same, other])) == sets("a:1 b:1 b:2", "a:2")


def test_branch_of_keeps_the_sites_apart() -> None:
    found = link(FEW, decisions=[Decision("a:1", "b:1", Verdict.BRANCH)])
    assert groups(found) == sets("a:1 b:1 b:2", "a:2")
    assert groups(found, "site") == sets("a:1", "b:1", "b:2", "a:2")


def test_decisions_that_contradict_each_other_are_told() -> None:
    told = [Decision("a:1", "b:1", Verdict.SAME), Decision("b:1", "b:2", Verdict.SAME), Decision("a:1", "b:2", Verdict.DIFFERENT)]
    assert link(FEW, decisions=told).broken == (told[1],)


def test_two_records_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="one key"):
        link([SOLE, SOLE])


@pytest.mark.parametrize("wrong", [{"new": 9.0}, {"join": -20.0}, {"likely": 0.99}, {"sure": 1.0}])
def test_settings_that_cannot_be_meant_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="run from"):
        LinkSettings(**wrong)


@pytest.fixture(scope="module")
def made() -> tuple[list[OrganisationRecord], dict[str, str]]:
    records, truth = make(1500, seed=11)
    return records, {name: one.organisation for name, one in truth.items()}


@pytest.fixture(scope="module")
def whole(made: tuple[list[OrganisationRecord], dict[str, str]]) -> Linked:
    return link(made[0])


def same_pairs(pairs: Sequence[tuple[str, str]], truth: dict[str, str]) -> float:
    return sum(truth[left] == truth[right] for left, right in pairs) / len(pairs)


def quality(found: Linked, truth: dict[str, str]) -> tuple[float, float]:
    said = {pair for members in groups(found) for pair in combinations(sorted(members), 2)}
    names: dict[str, list[str]] = {}
    for one, name in sorted(truth.items()):
        names.setdefault(name, []).append(one)
    right = {pair for members in names.values() for pair in combinations(members, 2)}
    return len(said & right) / len(said), len(said & right) / len(right)


def test_the_same_records_in_any_order_give_the_same_ids(made: tuple[list[OrganisationRecord], dict[str, str]], whole: Linked) -> None:
    shuffled = list(made[0])
    random.Random(4).shuffle(shuffled)
    again = link(shuffled)
    assert {one.key: one for one in again.placed} == {one.key: one for one in whole.placed}
    assert again.pairs == whole.pairs
    later = link(made[0], before={one.key: one for one in whole.placed})
    assert (later.placed, later.retired) == (whole.placed, {})


def test_quality_on_made_organisations(made: tuple[list[OrganisationRecord], dict[str, str]], whole: Linked) -> None:
    precision, recall = quality(whole, made[1])
    assert precision > 0.93
    assert recall > 0.8
    automatic = [(one.left, one.right) for one in whole.pairs if one.band is Band.SAME]
    assert same_pairs(automatic, made[1]) > 0.985


def test_300_decisions_make_probabilities_and_better_groups(made: tuple[list[OrganisationRecord], dict[str, str]], whole: Linked) -> None:
    records, truth = made
    shown = random.Random(5).sample([one for one in whole.pairs if one.weight >= -6], 300)
    decisions = [Decision(one.left, one.right, Verdict.SAME if truth[one.left] == truth[one.right] else Verdict.DIFFERENT) for one in shown]
    found = link(records, decisions=decisions)
    assert isinstance(found.model, Model)
    assert all(one.probability is not None for one in found.pairs)
    before, after = (2 * p * r / (p + r) for p, r in (quality(whole, truth), quality(found, truth)))
    assert after > before + 0.02
    kept = link(records, model=found.model)
    assert quality(kept, truth) == pytest.approx(quality(found, truth), abs=0.03)  # without the decisions themselves


def test_new_records_join_known_ones_and_move_none(made: tuple[list[OrganisationRecord], dict[str, str]], whole: Linked) -> None:
    records, truth = made
    known, new = records[:1200], records[1200:]
    first = link(known)
    later = link(records, before={one.key: one for one in first.placed}, only_new=True)
    assert later.placed[:1200] == first.placed
    assert later.retired == {}
    fresh = {one.key for one in new}
    assert all(one.left in fresh or one.right in fresh for one in later.pairs)
    part, all_at_once = quality(later, truth), quality(whole, truth)
    assert part[0] > all_at_once[0] - 0.03
    assert part[1] > all_at_once[1] - 0.05


def test_a_decision_against_a_known_group_takes_it_apart_also_in_an_increment() -> None:
    first = link(FEW)
    told = [Decision("a:1", "b:2", Verdict.DIFFERENT)]
    found = link(FEW, before={one.key: one for one in first.placed}, only_new=True, decisions=told)
    assert groups(found) == sets("a:1 b:1", "b:2", "a:2")
    ids = {one.key: one.organisation for one in found.placed}
    assert ids["a:1"] == first.placed[0].organisation  # most members keep the id
    assert link(FEW, before={one.key: one for one in found.placed}).placed == first.placed  # undone: as before


def test_all_pairs_of_an_audit(made: tuple[list[OrganisationRecord], dict[str, str]], whole: Linked) -> None:
    pairs = auditable(made[0], whole, near=1000)
    keys = [(one.left, one.right) for one in pairs]
    assert len(set(keys)) == len(keys)
    linked = {key for members in groups(whole) for key in combinations(sorted(members), 2)}
    assert {(one.left, one.right) for one in pairs if one.linked} == linked
    near = [one for one in pairs if one.weight is None and not one.linked]
    every = [one for one in auditable(made[0], whole, near=10**9) if one.weight is None and not one.linked]
    assert {one.share for one in every} == {1.0}
    assert {(one.left, one.right) for one in near} < {(one.left, one.right) for one in every}
    expected = len(every) * near[0].share
    assert len(near) == pytest.approx(expected, abs=3 * expected**0.5 + 1)
    drawn = sample(pairs, 300, seed=1)
    assert {"uncaught:apart", "band0:apart"} <= {one.stratum for one in drawn}


def test_the_audit_of_made_organisations_holds_the_truth(made: tuple[list[OrganisationRecord], dict[str, str]], whole: Linked) -> None:
    records, truth = made
    pairs = auditable(records, whole)
    same = {one: truth[one.left] == truth[one.right] for one in pairs}
    precision, recall = quality(whole, truth)
    for seed in range(5):
        result = estimate([Judged(one, same[one.pair]) for one in sample(pairs, 400, seed)])
        for said, right in ((result.precision, precision), (result.recall, recall)):
            assert said is not None
            assert said.low is not None
            assert said.high is not None
            assert said.low <= right <= said.high
            assert said.high - said.low < 0.25
