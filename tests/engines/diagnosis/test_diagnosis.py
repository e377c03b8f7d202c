"""Counting, hiding small groups, comparing sectors and rounds."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrr.engines.diagnosis import Answer, BlockCounts, Counts, Reason, Settings, Tally, changes, count, diagnose, guarded


def answers(block: str, sector: str, *values: int | None, start: int = 0) -> list[Answer]:
    return [Answer(f"{sector}{start + place}", block, value, sector) for place, value in enumerate(values)]


def test_the_last_valid_answer_counts() -> None:
    given = [Answer("a", "data", 3), Answer("a", "data", 11), Answer("a", "data", "7"), Answer("b", "data", None), Answer("b", "data", 2.5)]
    tally = count(given)
    assert tally.blocks["data"].all == Counts((0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0), unknown=1)
    assert (tally.people, tally.replaced) == (2, 1)
    assert [(one.place, one.reason) for one in tally.rejected] == [(1, Reason.NOT_ON_THE_SCALE), (4, Reason.NOT_ON_THE_SCALE)]


def test_nobody_speaks_for_two_sectors() -> None:
    tally = count([Answer("a", "data", 3, "authority"), Answer("a", "markets", 3, "funder")])
    assert [one.reason for one in tally.rejected] == [Reason.ANOTHER_SECTOR]


def test_figures_of_a_block_are_those_one_computes_by_hand() -> None:
    values = [2, 3, 3, 5, 7, 8]
    [block] = diagnose(answers("finance", "sse", *values, None, None)).blocks
    group = block.everybody
    assert group is not None
    assert group.mean is not None
    assert (group.rated, group.unknown, group.unknown_share.value) == (6, 2, 0.25)
    assert group.mean.value == pytest.approx(np.mean(values))
    assert group.deviation == pytest.approx(np.std(values, ddof=1))
    assert (group.lower_quartile, group.median, group.upper_quartile) == tuple(
        np.quantile(values, [0.25, 0.5, 0.75], method="averaged_inverted_cdf")
    )


@given(st.lists(st.integers(0, 10), min_size=5, max_size=60))
def test_quartiles_agree_with_numpy(values: list[int]) -> None:
    [block] = diagnose(answers("finance", "sse", *values)).blocks
    assert block.everybody is not None
    ours = (block.everybody.lower_quartile, block.everybody.median, block.everybody.upper_quartile)
    assert ours == tuple(np.quantile(values, [0.25, 0.5, 0.75], method="averaged_inverted_cdf"))


def test_under_five_nothing_is_said_and_few_who_know_are_only_counted() -> None:
    found = diagnose([*answers("data", "sse", 1, 2, 3, 4), *answers("markets", "sse", 1, 2, 3, 4, None, None)])
    data, markets = found.blocks
    assert data.everybody is None
    assert markets.everybody is not None
    assert (markets.everybody.mean, markets.everybody.rated, markets.everybody.unknown) == (None, 4, 2)
    assert found.differences == []


def test_a_small_sector_takes_the_smallest_shown_one_with_it() -> None:
    """Nine less five would leave the four of the other sector."""
    found = diagnose(
        [*answers("data", "sse", 1, 2, 3, 4, 5, 6, 7), *answers("data", "authority", 1, 2, 3, 4, 5), *answers("data", "funder", 9, 9, 9)]
    )
    [block] = found.blocks
    assert [group.key for group in block.sectors] == ["sse"]
    assert block.withheld


def test_those_who_do_not_know_are_not_found_by_subtracting_either() -> None:
    found = diagnose(
        [*answers("data", "sse", 1, 2, 3, 4, 5), *answers("data", "authority", 1, 2, 3, 4, 5), *answers("data", "funder", None, None)]
    )
    [block] = found.blocks
    assert [group.key for group in block.sectors] == ["authority"]  # both would leave the two of the third sector


sizes = st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(0, 9), st.integers(0, 4)), max_size=6)


@given(sizes, st.integers(0, 9), st.integers(3, 8))
def test_what_is_left_over_is_nobody_or_a_large_group(sectors: dict[str, tuple[int, int]], silent: int, least: int) -> None:
    given = [Answer(f"{code}{n}", "data", n % 11, code) for code, (rated, _) in sectors.items() for n in range(rated)]
    given += [Answer(f"{code}?{n}", "data", None, code) for code, (_, unknown) in sectors.items() for n in range(unknown)]
    given += [Answer(f"-{n}", "data", 5) for n in range(silent)]
    shown = guarded(count(given), Settings(least=least)).blocks
    for one in shown.values():
        assert one.all.answered >= least
        for part in ("rated", "answered"):
            left = getattr(one.all, part) - sum(getattr(counts, part) for counts in one.sectors.values())
            assert not one.sectors or left == 0 or left >= least
        assert all(counts.rated >= least for counts in one.sectors.values())
        assert guarded(Tally(shown, 0), Settings(least=least)).blocks == shown  # what is guarded stays as it is


def test_sectors_are_compared_with_everybody_else_at_a_shared_level() -> None:
    given = [*answers("data", "authority", *[8] * 30), *answers("data", "sse", *[2] * 30), *answers("markets", "sse", *[4] * 30)]
    found = diagnose(given)
    by_sector = {one.sector: one for one in found.differences}
    assert Counter(one.block for one in found.differences) == {"data": 2}  # nobody else rated markets
    assert by_sector["authority"].estimate.value == 6
    assert by_sector["authority"].apart
    assert by_sector["authority"].estimate.level == pytest.approx(0.975)


@pytest.mark.slow
def test_two_sectors_of_one_mind_are_not_told_apart() -> None:
    draw = np.random.default_rng(3)
    told = 0
    for _run in range(40):
        given = [Answer(f"{block}{n}", block, int(draw.integers(2, 9)), "a" if n % 2 else "b") for block in "xyz" for n in range(24)]
        told += any(one.apart for one in diagnose(given).differences)
    assert told <= 5  # at most 5% in the long run


def test_rounds_are_compared_block_by_block() -> None:
    before = count([*answers("data", "sse", *[3] * 20), *answers("markets", "sse", 1, 2)])
    after = count([*answers("data", "sse", *[7] * 20), *answers("markets", "sse", *[5] * 9)])
    [found] = changes(before, after)
    assert (found.block, found.estimate.value) == ("data", 4)
    assert found.apart


def test_counts_and_settings_are_checked() -> None:
    with pytest.raises(ValueError, match="Counts are 0 or more"):
        Counts((1, 2))
    with pytest.raises(ValueError, match="level"):
        Settings(level=1.0)
    with pytest.raises(ValueError, match="3 or more"):
        Settings(least=2)


def test_counts_alone_give_the_same_figures() -> None:
    given = answers("data", "sse", 1, 2, 3, 4, 5, None)
    tally = count(given)
    again = Tally({"data": BlockCounts(tally.blocks["data"].all, tally.blocks["data"].sectors)}, tally.people)
    assert diagnose(again).blocks == diagnose(given).blocks
