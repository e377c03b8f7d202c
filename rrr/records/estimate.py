"""An estimate as every page and file shows it: the value with its interval, and the wider bounds under a named worry."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Estimate:
    """`low` or `high` None is an open end. `wide_low`/`wide_high` are the bounds under the worry named in `worry`.

    `level` is the confidence of the interval (0.95 = 95%). `unit` follows the value in words ("%", "people").
    """

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

    @property
    def ends(self) -> list[float]:
        """Every number the picture of this estimate must have room for."""
        return [end for end in (self.value, self.low, self.high, self.wide_low, self.wide_high) if end is not None]


@dataclass(frozen=True)
class Figure:
    """One figure at the head of a page: a counted or stated `value` with its `source`, or an `estimate`, or neither (then the hatch).

    `low`, `high` and `reference` are the scale of the whisker and the point it is compared with.
    """

    label: str
    value: float | str | None = None
    unit: str = ""
    source: str = ""
    missing: str = ""
    estimate: Estimate | None = None
    low: float | None = None
    high: float | None = None
    reference: float | None = None


@dataclass(frozen=True)
class WhiskerRow:
    """One line of a whisker table. Without an estimate the hatch says `missing`; `pooled` marks the line that sums up the others."""

    label: str
    estimate: Estimate | None
    url: str = ""
    note: str = ""
    missing: str = ""
    pooled: bool = False
