"""An estimate as every page and file shows it: the value with its interval, and the wider bounds under a named worry."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Estimate:
    """`low` or `high` None is an open end. `wide_low`/`wide_high` are the bounds under the worry named in `worry`."""

    value: float
    low: float | None
    high: float | None
    level: float = 0.95
    unit: str = ""
    wide_low: float | None = None
    wide_high: float | None = None
    worry: str = ""

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"An interval runs from low to high; this one runs from {self.low} to {self.high}.")
