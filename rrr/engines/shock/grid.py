"""A series on its own steps: years, quarters or months."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rrr.engines.shock.records import Reason, Refusal, Settings

_OFF = 0.1  # of a step: people write April as 2020.25 and February as 2020.08
_MOST_YEARS = 300


@dataclass(frozen=True)
class Grid:
    """`values[i]` at `times[i]`; the first is measured. `cut`: index of the first step that is not before the cut. `last`: of the last value before it."""

    frequency: int
    times: tuple[float, ...]
    values: tuple[float | None, ...]
    cut: int
    last: int

    @property
    def before(self) -> tuple[float | None, ...]:
        return self.values[: self.last + 1]


def lay(series: Sequence[tuple[float, float | None]], cut: float, settings: Settings) -> Grid | Refusal:
    known = sorted((time, value) for time, value in series if value is not None and math.isfinite(value))
    if not known or known[0][0] >= cut:
        return Refusal(Reason.NO_VALUES, {"cut": cut})
    start = known[0][0]
    frequency = _frequency([time for time, _ in known])
    if isinstance(frequency, Refusal):
        return frequency
    steps: dict[int, tuple[float, float]] = {}
    for time, value in known:
        step = round((time - start) * frequency)
        if step in steps:
            return Refusal(Reason.REPEATED_TIME, {"time": time})
        steps[step] = (time, value)
    first_after = math.ceil((cut - start) * frequency - _OFF)
    return _checked(steps, start, frequency, first_after, settings)


def _frequency(times: list[float]) -> int | Refusal:
    """Times in order. The coarsest of year, quarter and month on which all lie."""
    if times[-1] - times[0] > _MOST_YEARS:
        return Refusal(Reason.IRREGULAR_TIMES, {"time": times[-1]})
    off: list[float] = []
    for frequency in (1, 4, 12):
        steps = [(time - times[0]) * frequency for time in times]
        off = [time for time, step in zip(times, steps, strict=True) if abs(step - round(step)) > _OFF]
        if not off:
            return frequency
    return Refusal(Reason.IRREGULAR_TIMES, {"time": off[0]})


def _checked(steps: dict[int, tuple[float, float]], start: float, frequency: int, cut: int, settings: Settings) -> Grid | Refusal:
    before = [step for step in steps if step < cut]
    if len(before) < settings.least_values:
        return Refusal(Reason.TOO_FEW_VALUES, {"values": len(before), "needed": settings.least_values})
    if cut - len(before) > settings.most_missing * cut:
        return Refusal(Reason.GAPS_IN_SERIES, {"missing": cut - len(before), "times": cut, "most_missing": settings.most_missing})
    end = max(steps)
    if end < cut:
        return Refusal(Reason.NO_VALUES_AFTER, {"last": steps[end][0]})
    times = tuple(steps[step][0] if step in steps else start + step / frequency for step in range(end + 1))
    values = tuple(steps[step][1] if step in steps else None for step in range(end + 1))
    return Grid(frequency, times, values, cut, max(before))
