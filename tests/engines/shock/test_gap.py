"""Answers worked out by hand, refusals, and properties."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rrr.engines.shock import Gap, Method, Reason, Refusal, Settings, Worse, gap
from rrr.engines.shock.placebo import rank

Series = list[tuple[float, float | None]]
# Sixteen values before 2020 that step up and down by 1 or 2.
ZIGZAG = [5, 6, 5, 7, 6, 5, 6, 5, 7, 6, 5, 6, 5, 7, 6, 5]


def yearly(values: list[float | None], end: int = 2019) -> Series:
    """The last value is of `end`."""
    return [(float(end - len(values) + 1 + place), value) for place, value in enumerate(values)]


def figure(series: Series, **options: object) -> Gap:
    found = gap(series, settings=Settings(**options))  # type: ignore[arg-type]
    assert isinstance(found, Gap), found
    return found


def refusal(series: Series, **options: object) -> Refusal:
    found = gap(series, settings=Settings(**options))  # type: ignore[arg-type]
    assert isinstance(found, Refusal), found
    return found


def test_gap_by_hand() -> None:
    found = figure([*yearly([*ZIGZAG]), (2020.0, 9.0), (2021.0, 5.5)])
    assert (found.method, found.frequency, found.level) == (Method.LAST_VALUE, 1, 0.8)
    first, second = found.rows
    # 15 errors one step ahead: |1 1 2 1 1 1 1 2 1 1 1 1 2 1 1|; rank ceil(16 * .8) = 13 of 15 in order: 2.
    assert (first.expected, first.low, first.high) == (5.0, 3.0, 7.0)
    assert (first.gap, first.gap_low, first.gap_high, first.horizon) == (4.0, 2.0, 6.0, 1)
    assert (second.gap, second.horizon) == (0.5, 2)
    assert (found.ever_outside, found.reentry) == (True, 2021.0)
    assert len(found.path) == 16


def test_placebo_counts_by_hand() -> None:
    """The first check has four known errors (1 1 2 1: the fourth in order is 2), and no later error is larger: all eleven held."""
    placebo = figure([*yearly([*ZIGZAG]), (2020.0, 9.0)]).placebos[0]
    assert (placebo.origins, placebo.checks, placebo.covered, placebo.pooled_from) == (11, 11, 11, 1)
    assert placebo.width == 4.0


def test_constant_series_has_no_width_and_any_change_is_a_gap() -> None:
    found = figure([*yearly([7.0] * 15), (2020.0, 7.0), (2021.0, 7.1), (2022.0, 7.0)])
    assert [row.gap for row in found.rows] == [0.0, pytest.approx(0.1), 0.0]
    assert found.mean_width == 0.0
    assert found.reentry == 2022.0


def test_straight_line_is_continued_by_damped_drift() -> None:
    """Slope 2, damping .9 a year: 2019 stands at 38, so 2020 at 38 + 1.8 and 2021 at 38 + 1.8 + 1.62."""
    found = figure([*yearly([2.0 * place for place in range(20)]), (2020.0, 40.0), (2021.0, 42.0)])
    assert found.method is Method.DAMPED_DRIFT
    assert [row.expected for row in found.rows] == [pytest.approx(39.8), pytest.approx(41.42)]
    assert found.rows[1].high - found.rows[1].expected == pytest.approx(0.58)  # the error it always made at two steps: 4 - 3.42


@pytest.mark.parametrize(
    ("errors", "level", "attainable"),
    [(3, 0.8, False), (4, 0.8, True), (8, 0.9, False), (9, 0.9, True), (18, 0.95, False), (19, 0.95, True)],
)
def test_no_level_above_m_over_m_plus_1(errors: int, level: float, attainable: bool) -> None:
    assert (rank(errors, level) <= errors) is attainable


@pytest.mark.parametrize(("values", "level"), [(15, 0.8), (19, 0.8), (20, 0.9), (29, 0.9), (30, 0.95)])
def test_level_falls_with_the_record(values: int, level: float) -> None:
    """Drift needs two years before its first origin, 4, 9 or 19 known errors before its first check, and eight checks."""
    found = figure([*yearly([(ZIGZAG * 4)[place] for place in range(values)]), (2020.0, 6.0)])
    assert found.level == level


@pytest.mark.parametrize(
    ("series", "reason"),
    [
        ([], Reason.NO_VALUES),
        ([(2021.0, 1.0)], Reason.NO_VALUES),
        ([*yearly([1.0] * 9), (2020.0, 1.0)], Reason.TOO_FEW_VALUES),
        ([*yearly([1.0] * 12), (2020.0, 1.0)], Reason.TOO_FEW_ORIGINS),
        ([(float(year), 1.0) for year in range(1990, 2021, 2)], Reason.GAPS_IN_SERIES),
        (yearly([*ZIGZAG]), Reason.NO_VALUES_AFTER),
        ([*yearly([*ZIGZAG]), (2020.0, None)], Reason.NO_VALUES_AFTER),
        ([*yearly([*ZIGZAG]), (2019.0, 5.0), (2020.0, 1.0)], Reason.REPEATED_TIME),
        ([*yearly([*ZIGZAG]), (2019.6, 5.0), (2020.0, 1.0)], Reason.IRREGULAR_TIMES),
        ([*yearly([*ZIGZAG]), (9e9, 5.0)], Reason.IRREGULAR_TIMES),
        ([*yearly([float(2**place) for place in range(20)]), (2020.0, 1.0)], Reason.COVERAGE_TOO_LOW),
    ],
    ids=lambda case: case.value if isinstance(case, Reason) else "",
)
def test_refusals(series: Series, reason: Reason) -> None:
    assert refusal(series).reason is reason


def test_horizons_beyond_what_was_tried_are_named_not_filled() -> None:
    found = figure([*yearly([*ZIGZAG]), *[(float(year), 6.0) for year in range(2020, 2028)]])
    assert [row.time for row in found.rows] == [2020.0, 2021.0, 2022.0, 2023.0, 2024.0, 2025.0]
    assert [(one.time, one.reason) for one in found.unjudged] == [(2026.0, Reason.TOO_FEW_ORIGINS), (2027.0, Reason.TOO_FEW_ORIGINS)]


def test_one_missing_year_stays_missing() -> None:
    values: list[float | None] = [*ZIGZAG]
    values[5] = None
    found = figure([*yearly(values), (2020.0, 9.0), (2021.0, None), (2022.0, 6.0)])
    assert len(found.path) == 15
    assert [row.actual for row in found.rows] == [9.0, None, 6.0]
    assert found.rows[1].gap is None


def test_a_late_last_value_counts_its_horizon_from_there() -> None:
    found = figure([*yearly([*ZIGZAG], end=2018), (2020.0, 9.0)])
    assert [row.horizon for row in found.rows] == [2]


def test_floor_and_ceiling() -> None:
    found = figure([*yearly([*ZIGZAG]), (2020.0, 9.0)], floor=4.0, ceiling=6.0)
    assert (found.rows[0].low, found.rows[0].high) == (4.0, 6.0)


@pytest.mark.parametrize("worse", list(Worse))
def test_recession_by_hand(worse: Worse) -> None:
    """United States, 2008-2009 (NBER): the year before was 2007. Value 5 until then, 9, 6 and 6 after; two horizons are shown."""
    values: list[float | None] = [5, 6, 5, 6, 5, 6, 5, 6, 5, 9, 6, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5]  # 1999 to 2019; 2008 is the tenth
    found = figure([*yearly(values), (2020.0, 7.0), (2021.0, 6.0)], country="us", worse=worse)
    hardest = found.worst_recession
    assert hardest is not None
    if worse is not Worse.LOWER:
        assert (hardest.name, hardest.gap, hardest.horizon, hardest.area) == ("2008–2009", 4.0, 1, "US")
        assert found.within_recession is True
    assert {one.name for one in found.recessions} == {"2001", "2008–2009"}


def test_no_recession_dates_no_comparison() -> None:
    found = figure([*yearly([*ZIGZAG]), (2020.0, 9.0)], country="PL")
    assert (found.worst_recession, found.within_recession) == (None, None)


@pytest.mark.parametrize(
    "options",
    [{"level": 1.0}, {"level": 0.3}, {"shortfall": 0.7}, {"least_origins": 1}, {"damping": 0.0}, {"floor": 2.0, "ceiling": 1.0}],
    ids=str,
)
def test_settings_are_checked_at_once(options: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"\."):
        Settings(**options)  # type: ignore[arg-type]


# Whole numbers below 2^20 keep every sum exact, so that equal errors stay equal when shifted or scaled.
records = st.lists(st.integers(-500, 500), min_size=16, max_size=45)
after = st.lists(st.one_of(st.none(), st.integers(-500, 500)), min_size=1, max_size=5)


def joined(before: list[int], later: list[int | None]) -> Series:
    return [*yearly([float(one) for one in before]), *[(2020.0 + place, one) for place, one in enumerate(later)]]


@settings(max_examples=60, deadline=None)
@given(records, after, st.integers(-1000, 1000), st.sampled_from([0.25, 2.0, 64.0]))
def test_shift_and_scale(before: list[int], later: list[int | None], shift: int, scale: float) -> None:
    series = joined(before, later)
    found = gap(series)
    moved = gap([(time, None if value is None else value * scale + shift) for time, value in series])
    if isinstance(found, Refusal) or isinstance(moved, Refusal):
        assert isinstance(found, Refusal)
        assert isinstance(moved, Refusal)
        assert found.reason is moved.reason
        return
    assert moved.method is found.method
    assert moved.placebo_coverage == found.placebo_coverage
    for one, other in zip(found.rows, moved.rows, strict=True):
        assert other.low == pytest.approx(one.low * scale + shift, abs=1e-6 * scale)
        assert other.high == pytest.approx(one.high * scale + shift, abs=1e-6 * scale)
        assert other.gap == (None if one.gap is None else pytest.approx(one.gap * scale, abs=1e-6 * scale))


@settings(max_examples=60, deadline=None)
@given(records, after, after)
def test_later_data_change_nothing_expected(before: list[int], later: list[int | None], other: list[int | None]) -> None:
    first, second = gap(joined(before, later)), gap(joined(before, other))
    if isinstance(first, Refusal) or isinstance(second, Refusal):
        return
    assert (first.method, first.level) == (second.method, second.level)
    for one, two in zip(first.rows, second.rows, strict=False):
        assert (one.expected, one.low, one.high) == (two.expected, two.low, two.high)


@settings(max_examples=40, deadline=None)
@given(records, after, st.randoms(use_true_random=False))
def test_order_of_input_is_irrelevant(before: list[int], later: list[int | None], draw: random.Random) -> None:
    series = joined(before, later)
    mixed = list(series)
    draw.shuffle(mixed)
    assert gap(mixed) == gap(series)


@settings(max_examples=60, deadline=None)
@given(records, after)
def test_intervals_hold_together(before: list[int], later: list[int | None]) -> None:
    found = gap(joined(before, later))
    if isinstance(found, Refusal):
        return
    halves = [row.high - row.expected for row in found.rows]
    assert halves == sorted(halves)
    assert all(row.low <= row.expected <= row.high for row in found.rows)
    assert found.origins >= 8
    assert min(found.placebo_coverage.values()) >= found.level - 0.1 - 1e-9
