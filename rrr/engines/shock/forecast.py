"""Two ways of continuing a path, nothing fitted but a mean change.

Last value (random walk): y(t+h) = y(t). Damped drift: y(t+h) = y(t) + d (p + p^2 + ... + p^h), d the mean change a step over the last five years
(least two), p the damping a step (.9 a year). Source: Gardner & McKenzie 1985, "Forecasting trends in time series", Management Science
31(10); theirs smooths level and slope, here both are read off: with some 15 yearly values there is nothing to fit three weights on.
"""

from __future__ import annotations

from collections.abc import Sequence

from rrr.engines.shock.records import Method, Settings

_LEAST_YEARS = 2


class Continuation:
    """Continues one series of values by one method from any of its steps."""

    def __init__(self, values: Sequence[float | None], frequency: int, method: Method, settings: Settings) -> None:
        self.values = values
        self._frequency = frequency
        self._method = method
        self._settings = settings
        keep = settings.damping ** (1 / frequency)
        self._weights = [0.0]
        for horizon in range(1, settings.years * frequency + 1):
            self._weights.append(self._weights[-1] + keep**horizon)
        self._drifts = [self._drift(step) for step in range(len(values))]

    def at(self, origin: int, horizon: int) -> float | None:
        """Expected value `horizon` steps after `origin`; None where the origin has no value or too little history."""
        value, drift = self.values[origin], self._drifts[origin]
        if value is None or drift is None:
            return None
        expected = value + drift * self._weights[horizon]
        if self._settings.floor is not None:
            expected = max(expected, self._settings.floor)
        return expected if self._settings.ceiling is None else min(expected, self._settings.ceiling)

    def _drift(self, origin: int) -> float | None:
        if self._method is Method.LAST_VALUE:
            return 0.0
        end = self.values[origin]
        for step in range(max(0, origin - self._settings.history * self._frequency), origin - _LEAST_YEARS * self._frequency + 1):
            start = self.values[step]
            if start is not None and end is not None:
                return (end - start) / (origin - step)
        return None
