"""What estimates may say, when they refuse, and what must not change them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrr.engines.trial import MISSING_WORRY, Code, Observation, Refusal, RefusalCode, Settings, estimate
from tests.engines.trial.samples import clusters, ends, individual, periods, told, wide

VALUES = st.lists(st.floats(-100, 100).map(lambda x: round(x, 2)), min_size=2, max_size=12)
MAYBE = st.lists(st.none() | st.floats(0, 1).map(lambda x: round(x, 2)), min_size=2, max_size=12)
RANGE = Settings(range_low=0, range_high=1)


@pytest.mark.parametrize(
    ("design", "seen", "code", "facts"),
    [
        ("individual", [], RefusalCode.NO_OBSERVATIONS, {}),
        ("individual", individual([1, 2], [None]), RefusalCode.TOO_FEW_PER_ARM, {"treated": 2, "control": 0}),
        ("individual", individual([1, 2, 3], []), RefusalCode.ONE_ARM_ONLY, {"arm": "treated"}),
        ("individual", individual([None, None], [None]), RefusalCode.ALL_MISSING, {"observations": 3}),
        ("individual", [Observation("a", 1, "both")], RefusalCode.UNKNOWN_ARM, {"arm": "both", "unit": "a"}),
        ("individual", [Observation("a", 1, "control")] * 2, RefusalCode.UNIT_TWICE, {"unit": "a"}),
        ("individual", individual([float("nan")], [1]), RefusalCode.NOT_A_NUMBER, {"unit": "treated0"}),
        ("individual", individual([3], [1]), RefusalCode.OUT_OF_RANGE, {"unit": "treated0", "value": 3}),
        ("cluster", individual([1, 2], [1, 2]), RefusalCode.NO_CLUSTER, {"unit": "treated0"}),
        ("cluster", clusters({"a": [1, 2], "b": [None]}, {"c": [1], "d": [2]}), RefusalCode.TOO_FEW_CLUSTERS, {"treated": 1, "control": 2}),
        (
            "cluster",
            [*clusters({"a": [1, 2]}, {"b": [2]}), Observation("x", 1, "control", "a")],
            RefusalCode.CLUSTER_IN_BOTH_ARMS,
            {"cluster": "a"},
        ),
        ("before_after", [Observation("a", 1, period="later")], RefusalCode.UNKNOWN_PERIOD, {"period": "later", "unit": "a"}),
        ("before_after", periods([1, None], [None, 2]), RefusalCode.TOO_FEW_UNITS, {"before": 1, "after": 1}),
        ("before_after", periods([1, 2, None], [None, 2, 3]), RefusalCode.TOO_FEW_UNITS, {"before": 1, "after": 1}),
    ],
)
def test_refusals_say_what_is_wrong(design: str, seen: list[Observation], code: RefusalCode, facts: dict[str, Any]) -> None:
    settings = Settings(range_low=-2, range_high=2) if code is RefusalCode.OUT_OF_RANGE else Settings()
    assert estimate(design, seen, settings) == Refusal(code, facts)


def test_an_unknown_design_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="switchback"):
        estimate("switchback", [])


@pytest.mark.parametrize(
    "wrong", [{"level": 1}, {"range_low": 0}, {"range_low": 1, "range_high": 0}], ids=["level", "one end", "turned round"]
)
def test_settings_are_checked_at_once(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"interval|range"):
        Settings(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(("arms", "values"), [("both", ([1, 1], [0, 0, 0])), ("control", ([1, 2], [0.1, 0.1, 0.1]))])
def test_without_variation_the_interval_is_open_not_a_point(arms: str, values: tuple[list[float], list[float]]) -> None:
    found = told(estimate("individual", individual(*values)))
    assert Code.NO_VARIATION in {one.code for one in found.warnings}
    assert next(one for one in found.warnings if one.code is Code.NO_VARIATION).facts == {"arms": arms}
    assert (found.estimate.low is None) == (arms == "both") == (found.se == 0)


@pytest.mark.parametrize(
    ("design", "seen"),
    [
        ("cluster", clusters({"a": [0.1, 0.2, -0.3], "b": [0]}, {"c": [-0.3, 0.1, 0.2], "d": [0, 0]})),
        ("before_after", periods([1000.0, 0.0, 7.1], [1000.1, 0.1, 7.2])),
    ],
)
def test_the_last_digits_of_sums_are_no_variation(design: str, seen: list[Observation]) -> None:
    found = told(estimate(design, seen))
    assert (found.se, found.estimate.low, found.estimate.high) == (0, None, None)


def test_warnings_of_a_small_cluster_trial() -> None:
    found = told(estimate("cluster", clusters({"a": [1, 2, 3, 4, 5, 6], "b": [4]}, {"c": [0], "d": [1, 2, 1]})))
    codes = [Code.NO_CLUSTERS_TO_SPARE, Code.FEW_CLUSTERS, Code.UNEVEN_CLUSTERS, Code.LOW_DEGREES]
    assert [one.code for one in found.warnings] == codes
    assert found.warnings[2].facts == {"smallest": 1, "largest": 6}
    assert not found.weak


def test_missing_outcomes_are_counted_and_bounded() -> None:
    treated, control = [1.0] * 8 + [0.0] * 2 + [None] * 10, [0.0, 1] * 10
    without = told(estimate("individual", individual(treated, control)))
    assert without.missing == {"treated": 10, "control": 0}
    assert [one.code for one in without.warnings] == [Code.MISSING, Code.MISSING_UNEVEN, Code.NO_RANGE]
    assert without.estimate.wide_low is None
    found = told(estimate("individual", individual(treated, control), RANGE))
    assert found.estimate.worry == MISSING_WORRY
    low, high = wide(found)
    assert low < 8 / 20 - 0.5 < 18 / 20 - 0.5 < high, "Manski's bounds lie inside, sampling error comes on top"
    assert low == pytest.approx(-0.1 - 1.69 * np.sqrt((0.24 + 0.25) / 19), abs=0.01)
    assert low <= ends(found)[0] < ends(found)[1] <= high


def test_bounds_of_pairs_fill_the_missing_period() -> None:
    found = told(estimate("before_after", periods([0.2, 0.4, 0.6, None], [0.4, 0.5, 0.9, 0.5]), RANGE))
    low, high = wide(found)
    assert low < (0.6 - 0.5) / 4 < (0.6 + 0.5) / 4 < high


@given(MAYBE, MAYBE)
def test_bounds_enclose_every_way_the_missing_could_have_been(treated: list[float | None], control: list[float | None]) -> None:
    found = estimate("individual", individual(treated, control), RANGE)
    if isinstance(found, Refusal) or None not in (*treated, *control):
        return
    low, high = wide(found)
    for one, other in ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0), (0.5, 0.25)):
        filled = [one if value is None else value for value in treated], [other if value is None else value for value in control]
        value = float(np.mean(filled[0]) - np.mean(filled[1]))
        assert low - 1e-9 <= value <= high + 1e-9
    assert low >= -1 - 1e-9 or low == found.estimate.low
    assert high <= 1 + 1e-9 or high == found.estimate.high


def by_individual(treated: list[float], control: list[float]) -> list[Observation]:
    return individual(treated, control)


def by_cluster(treated: list[float], control: list[float]) -> list[Observation]:
    """Three clusters of uneven size in each arm, or as many as there are values."""
    cut = [{f"{name}{n}": values[n::3] for n in range(min(3, len(values)))} for name, values in (("t", treated), ("c", control))]
    return clusters(*cut)


DESIGNS = pytest.mark.parametrize(("design", "make"), [("individual", by_individual), ("cluster", by_cluster)])
Make = Callable[[list[float], list[float]], list[Observation]]


def near(found: tuple[float, float], wanted: tuple[float, float]) -> None:
    assert found == pytest.approx(wanted, abs=1e-7, rel=1e-7)


@DESIGNS
@given(treated=VALUES, control=VALUES, by=st.integers(-50, 50), data=st.data())
def test_what_must_not_change_an_estimate(
    design: str, make: Make, treated: list[float], control: list[float], by: int, data: st.DataObject
) -> None:
    """Adding a constant changes nothing, scaling scales, swapping arms turns the sign, order does not matter."""
    first = estimate(design, make(treated, control))
    if told(first).estimate.low is None:
        return
    low, high = ends(first)
    near(ends(estimate(design, make([one + by for one in treated], [one + by for one in control]))), (low, high))
    near(ends(estimate(design, make([one * 3 for one in treated], [one * 3 for one in control]))), (3 * low, 3 * high))
    near(ends(estimate(design, make(control, treated))), (-high, -low))
    mixed = data.draw(st.permutations(make(treated, control)))
    near(ends(estimate(design, mixed)), (low, high))


@given(VALUES, VALUES)
def test_a_higher_level_is_wider(treated: list[float], control: list[float]) -> None:
    found = [estimate("individual", individual(treated, control), Settings(level=level)) for level in (0.8, 0.95, 0.99)]
    if told(found[0]).estimate.low is None:
        return
    widths = [high - low for low, high in map(ends, found)]
    assert widths == sorted(widths)
