"""Figures, refusals and warnings, and what must hold whatever the registers say."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rrr.engines.coverage import Capture, Caution, Figure, Reason, Recall, Refusal, Register, Settings, coverage
from tests.engines.coverage.made import EXACT, answer, captures, figure, registers

THREE = {"a": 60, "b": 50, "c": 40, "ab": 30, "ac": 25, "bc": 20, "abc": 15}
FOUR = {**THREE, "d": 30, "ad": 12, "bd": 10, "cd": 9, "abd": 6, "acd": 5, "bcd": 4, "abcd": 3}


def codes(found: Figure) -> set[Caution]:
    return {one.code for one in found.warnings}


def test_two_registers_by_hand() -> None:
    """(60 + 1)(50 + 1) / (20 + 1) - 1 = 147.14; 90 shown."""
    found = figure({"a": 40, "b": 30, "ab": 20}, 2)
    assert found.total.value == pytest.approx(61 * 51 / 21 - 1)
    assert (found.distinct, found.covered.value) == (90, pytest.approx(90 / found.total.value))
    missing = found.total.value - 90
    assert found.missing.value == pytest.approx(missing)
    assert found.total.wide_high == pytest.approx(90 + 3 * ((found.total.high or 0) - 90))
    assert codes(found) == {Caution.DEPENDENCE_NOT_TESTABLE, Caution.DATE_UNKNOWN}


@pytest.mark.parametrize(
    ("counts", "lists", "recall", "reason"),
    [
        ({"a": 90}, 2, EXACT, Reason.TOO_FEW_REGISTERS),
        ({"a": 40, "b": 30, "ab": 20}, 2, None, Reason.NO_RECALL),
        ({"a": 40, "b": 30, "ab": 20}, 2, Recall(20, 1), Reason.RECALL_TOO_THIN),
        ({"a": 40, "b": 30, "ab": 20}, 2, Recall(95, 5, 0.75, 0.99), Reason.RECALL_TOO_THIN),
        ({"a": 40, "b": 30, "ab": 20}, 2, Recall(500, 500), Reason.RECALL_TOO_LOW),
        ({"a": 40, "b": 30}, 2, EXACT, Reason.NO_OVERLAP),
        ({"a": 40, "b": 30, "ab": 20, "c": 10}, 3, EXACT, Reason.NO_OVERLAP),
        ({"a": 40, "b": 30, "ab": 6}, 2, EXACT, Reason.TOO_FEW_SHARED),
        ({"a": 4000, "b": 3000, "ab": 7}, 2, EXACT, Reason.TOO_UNCERTAIN),
    ],
    ids=["one-register", "no-recall", "few-pairs", "wide-recall", "low-recall", "no-overlap", "one-apart", "few-shared", "uncertain"],
)
def test_refusals(counts: dict[str, int], lists: int, recall: Recall | None, reason: Reason) -> None:
    found = answer(counts, lists, recall)
    assert isinstance(found, Refusal), found
    assert found.reason is reason


def test_a_register_that_cannot_contain_the_form_is_not_used() -> None:
    """Charities cannot be cooperatives: with the charity register the answer would be another; the two that slipped in are said."""
    books = [Register("a", frozenset({"coop"})), Register("b", frozenset({"coop"})), Register("c", frozenset({"charity"}))]
    listed = captures({"a": 40, "b": 30, "ab": 20, "abc": 2}, legal_form="coop")
    found = coverage(listed, books, EXACT)[0]
    assert isinstance(found.result, Figure)
    assert found.registers == ("a", "b")
    assert found.result.total.value == pytest.approx(63 * 53 / 23 - 1)
    told = next(one for one in found.result.warnings if one.code is Caution.LISTED_WHERE_IMPOSSIBLE)
    assert told.facts == {"organisations": 2, "registers": "c"}


def test_strata_are_answered_apart_and_in_order() -> None:
    listed = captures({"a": 40, "b": 30, "ab": 20}, "cooperative", "SCOP") + captures({"a": 9}, "association", "1901")
    books = registers(2, frozenset({"cooperative", "association"}))
    found = coverage(listed, books, EXACT)
    assert [(one.type, one.legal_form, one.listed) for one in found] == [("association", "1901", 9), ("cooperative", "SCOP", 90)]
    assert [type(one.result) for one in found] == [Refusal, Figure]
    merged = coverage([*listed, *captures({"b": 9}, "cooperative", "SCIC")], books, EXACT, Settings(by_legal_form=False))
    assert [(one.type, one.listed) for one in merged] == [("association", 9), ("cooperative", 99)]


def test_old_dates_and_a_fifth_register_are_told() -> None:
    books = [Register(name, frozenset({"association"}), date(2019 + place, 1, 1)) for place, name in enumerate("abcde")]
    found = coverage(captures({**FOUR, "ae": 3, "e": 1}), books, EXACT, Settings(draws=100))[0]
    assert isinstance(found.result, Figure)
    assert found.registers == tuple("abcd")
    facts = {one.code: one.facts for one in found.result.warnings}
    assert facts[Caution.DATES_APART] == {"years": 3.0, "first": "a", "last": "d"}
    assert facts[Caution.REGISTERS_LEFT_OUT] == {"registers": "e"}
    assert found.result.total.low is not None
    assert found.result.total.low >= found.result.distinct


def test_uneven_ease_of_being_listed_is_called_a_likely_undercount() -> None:
    """Half of 2,000 are listed with .6 in each of three registers, half with .1: the registers show it, and the true number is above the estimate of
    independence (1,350)."""
    half, rare = [1000 * 0.6**k * 0.4 ** (3 - k) for k in range(4)], [1000 * 0.1**k * 0.9 ** (3 - k) for k in range(4)]
    sizes = [round(one + other) for one, other in zip(half, rare, strict=True)]
    counts = {name: sizes[len(name)] for name in ("a", "b", "c", "ab", "ac", "bc", "abc")}
    assert Caution.LIKELY_UNDERCOUNT in codes(figure(counts, 3, draws=100))
    even = {name: round(2000 * 0.4 ** len(name) * 0.6 ** (3 - len(name))) for name in counts}
    assert Caution.LIKELY_UNDERCOUNT not in codes(figure(even, 3, draws=100))


@pytest.mark.slow
def test_independent_tables_give_back_their_number() -> None:
    counts = {name: round(100_000 * 0.4 ** len(name) * 0.6 ** (3 - len(name))) for name in ("a", "b", "c", "ab", "ac", "bc", "abc")}
    assert figure(counts, 3, draws=100).total.value == pytest.approx(100_000, rel=0.002)
    two = {"a": 24_000, "b": 24_000, "ab": 16_000}
    assert figure(two, 2).total.value == pytest.approx(100_000, rel=1e-4)


def test_wrong_links_not_measured_is_told() -> None:
    assert Caution.WRONG_LINKS_NOT_MEASURED in codes(figure({"a": 40, "b": 30, "ab": 20}, 2, Recall(190, 10)))


@pytest.mark.slow
@pytest.mark.parametrize("lists", [2, 3, 4])
@given(st.integers(7, 300))
@settings(max_examples=10, deadline=None)
def test_perfect_overlap_means_nobody_is_missing(lists: int, size: int) -> None:
    found = figure({"abcd"[:lists]: size}, lists, draws=100)
    assert found.total.value == pytest.approx(size, abs=0.01)
    assert found.total.high == pytest.approx(size, abs=0.01)


def tables(lists: int) -> st.SearchStrategy[dict[str, int]]:
    names = [name for name in FOUR if set(name) <= set("abcd"[:lists])]
    return st.lists(st.integers(0, 60), min_size=len(names), max_size=len(names)).map(lambda some: dict(zip(names, some, strict=True)))


@pytest.mark.slow
@given(st.sampled_from([2, 3, 4]).flatmap(lambda lists: st.tuples(st.just(lists), tables(lists), st.sampled_from(sorted(FOUR)))))
@settings(max_examples=30, deadline=None)
def test_never_fewer_than_listed_and_ends_in_order(case: tuple[int, dict[str, int], str]) -> None:
    """Also after one more organisation was met."""
    lists, counts, more = case
    name = "".join(one for one in more if one in "abcd"[:lists]) or "a"
    for table in (counts, {**counts, name: counts[name] + 1}):
        found = answer(table, lists, draws=100, widest=1e9) if any(table.values()) else Refusal(Reason.NO_OVERLAP)
        if isinstance(found, Refusal):
            continue
        listed = sum(table.values())
        for one in (found.total, found.missing, found.covered):
            ends = (one.wide_low, one.low, one.value, one.high, one.wide_high)
            assert all(a is not None and b is not None and a <= b + 1e-6 for a, b in pairwise(ends)), (one, table)
        assert (found.total.wide_low or 0) >= listed - 1e-4
        assert (found.covered.high or 0) <= 1


@given(st.permutations("abc"), tables(3))
@settings(max_examples=15, deadline=None)
def test_names_of_registers_change_nothing(order: list[str], counts: dict[str, int]) -> None:
    """But the draws of the bootstrap, which come in another order."""
    swap = dict(zip("abc", order, strict=True))
    renamed = {"".join(sorted(swap[one] for one in name)): count for name, count in counts.items()}
    first, second = (
        (answer(one, 3, draws=100, widest=1e9) for one in (counts, renamed)) if any(counts.values()) else (Refusal(Reason.NO_OVERLAP),) * 2
    )
    assert type(first) is type(second)
    if isinstance(first, Figure) and isinstance(second, Figure):
        assert first.total.value == pytest.approx(second.total.value, rel=1e-6)
        assert codes(first) == codes(second)


def test_the_same_seed_gives_the_same_interval() -> None:
    assert figure(THREE, 3, draws=100).total == figure(THREE, 3, draws=100).total
    assert figure(THREE, 3, draws=100, seed=1).total.low != figure(THREE, 3, draws=100, seed=2).total.low


@pytest.mark.parametrize(
    "listed",
    [
        [Capture("x", frozenset("a"), "", ""), Capture("x", frozenset("b"), "", "")],
        [Capture("x", frozenset("z"), "", "")],
        [Capture("x", frozenset(), "", "")],
    ],
    ids=["twice", "unknown-register", "no-register"],
)
def test_captures_that_cannot_be(listed: list[Capture]) -> None:
    with pytest.raises(ValueError, match="organisation x"):
        coverage(listed, registers(2), EXACT)
