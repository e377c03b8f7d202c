"""Observations in few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rrr.engines.trial import Estimation, Observation, Refusal

Values = Sequence[float | None]


def individual(treated: Values, control: Values) -> list[Observation]:
    arms = {"treated": treated, "control": control}
    return [Observation(f"{arm}{n}", value, arm) for arm, values in arms.items() for n, value in enumerate(values)]


def clusters(treated: Mapping[str, Values], control: Mapping[str, Values]) -> list[Observation]:
    arms = {"treated": treated, "control": control}
    return [
        Observation(f"{key}{n}", value, arm, key)
        for arm, groups in arms.items()
        for key, values in groups.items()
        for n, value in enumerate(values)
    ]


def periods(before: Values, after: Values) -> list[Observation]:
    """The same units twice."""
    times = {"before": before, "after": after}
    return [Observation(f"u{n}", value, period=time) for time, values in times.items() for n, value in enumerate(values)]


def told(found: Estimation | Refusal) -> Estimation:
    assert isinstance(found, Estimation), found
    return found


def ends(found: Estimation | Refusal) -> tuple[float, float]:
    plain = told(found).estimate
    assert plain.low is not None
    assert plain.high is not None
    return plain.low, plain.high


def wide(found: Estimation | Refusal) -> tuple[float, float]:
    plain = told(found).estimate
    assert plain.wide_low is not None
    assert plain.wide_high is not None
    return plain.wide_low, plain.wide_high
