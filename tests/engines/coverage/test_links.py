"""Missed and wrong links."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrr.engines.coverage import Audited, Recall, recall_from_audit
from rrr.engines.coverage.links import audit, fragments, mend, split, wilson
from rrr.engines.coverage.two import count
from tests.engines.coverage.made import figure


def test_pieces_of_two_and_three_by_hand() -> None:
    """a = .9: three records stay together with .729, a given pair with .081, and all fall apart with 3 x .009 + .001."""
    made = fragments(0.9, 3)
    assert made[0b011 - 1, 0b011 - 1] == pytest.approx(0.81)
    assert made[0b001 - 1, 0b011 - 1] == pytest.approx(0.19)
    assert made[0b111 - 1, 0b111 - 1] == pytest.approx(0.729)
    assert made[0b011 - 1, 0b111 - 1] == pytest.approx(0.081)
    assert made[0b001 - 1, 0b111 - 1] == pytest.approx(0.081 + 0.028)


@given(st.lists(st.integers(20, 400), min_size=7, max_size=7), st.floats(0.7, 1.0))
def test_what_is_split_on_average_is_mended(true: list[int], recall: float) -> None:
    table = np.array(true, dtype=float)
    assert mend(fragments(recall**0.5, 3) @ table, recall, 1.0, 3) == pytest.approx(table)


def test_random_pieces_keep_every_record() -> None:
    true = np.array([[5, 6, 40, 7, 30, 20, 50]])
    seen = split(np.random.default_rng(1), true, 0.9, 3)
    for bit in range(3):
        holds = [place for place in range(7) if (place + 1) >> bit & 1]
        assert seen[0, holds].sum() == true[0, holds].sum()


def test_ding_and_fienberg_for_two_registers() -> None:
    """60 and 50 listed, 18 linked of which .95 are right, recall .9: 19 shared. Chapman: 61 x 51 / 20 - 1 = 154.55."""
    recall = Recall(found=950, missed=950 / 9, wrong=50)
    found = count(60, 50, 18, audit(recall), 0.95)
    assert found.total == pytest.approx(154.55)
    assert found.distinct == pytest.approx(91)


def test_missed_links_bias_by_one_over_recall_and_the_correction_undoes_it() -> None:
    whole = {"a": 3000, "b": 2000, "ab": 2000}
    split_up = {"a": 3100, "b": 2100, "ab": 1900}
    assert figure(split_up, 2).total.value / figure(whole, 2).total.value == pytest.approx(1 / 0.95, rel=1e-3)
    found = figure(split_up, 2, Recall(found=950, missed=50, wrong=0))
    assert found.total.value == pytest.approx(figure(whole, 2).total.value, rel=1e-3)
    assert found.distinct == pytest.approx(7000)


@pytest.mark.parametrize(
    "counts", [{"a": 300, "b": 200, "ab": 200}, {"a": 300, "b": 200, "c": 150, "ab": 90, "ac": 60, "bc": 40, "abc": 30}]
)
def test_a_thinner_audit_widens_the_interval(counts: dict[str, int]) -> None:
    widths = []
    for pairs in (100, 400, 100_000):
        found = figure(counts, len(counts).bit_length(), Recall(found=pairs * 0.95, missed=pairs * 0.05, wrong=0), draws=400).total
        widths.append((found.high or 0) - (found.low or 0))
    assert widths[0] > widths[1] > widths[2]


def test_recall_of_a_weighted_audit_by_hand() -> None:
    """Weights 1 and 10: found 90 + 10, missed 10, so recall 100 / 110; effective size 110 squared / (90 + 200)."""
    pairs = (
        [Audited(True, True)] * 90
        + [Audited(True, True, 10), Audited(True, False, 10)]
        + [Audited(False, True, 2), Audited(False, False, 99)]
    )
    found = recall_from_audit(pairs)
    assert found
    assert (found.found, found.missed, found.wrong) == (100, 10, 2)
    assert (found.low, found.high) == pytest.approx(wilson(100 / 110, 110**2 / 290, 1.959964))
    assert audit(found).pairs == pytest.approx(110**2 / 290, rel=1e-4)


def test_no_pair_of_one_organisation_gives_no_recall() -> None:
    assert recall_from_audit([Audited(False, False)] * 10) is None


@pytest.mark.parametrize(
    ("found", "missed", "low", "high"), [(0, 0, None, None), (-1, 3, None, None), (9, 1, 0.95, 0.99), (9, 1, 0.8, None)]
)
def test_impossible_recall_is_refused(found: float, missed: float, low: float | None, high: float | None) -> None:
    with pytest.raises(ValueError, match=r"interval|judged"):
        Recall(found, missed, low, high)


@given(st.integers(1, 500), st.booleans())
def test_an_audit_that_found_all_or_none_has_a_recall(pairs: int, linked: bool) -> None:
    found = recall_from_audit([Audited(True, linked)] * pairs)
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.value == linked <= found.high
