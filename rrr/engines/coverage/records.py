"""What the engine takes and gives back. Counts of organisations are floats where missed links were corrected for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rrr.records.estimate import Estimate

Facts = Mapping[str, str | float]


@dataclass(frozen=True)
class Capture:
    """One organisation as the linkage sees it, and the registers that list it."""

    organisation: str
    sources: frozenset[str]
    type: str
    legal_form: str


@dataclass(frozen=True)
class Register:
    """`forms`: every legal form or type the register CAN contain, whether or not it lists one. `date`: the day it describes."""

    name: str
    forms: frozenset[str]
    date: date | None = None


@dataclass(frozen=True)
class Audited:
    """A pair of records a person judged. `weight` is one over the probability that this pair was drawn."""

    same: bool
    linked: bool
    weight: float = 1.0


@dataclass(frozen=True)
class Recall:
    """Links between records of one organisation, judged by people on a random sample: made, and missed (weighted to all pairs).

    `low`, `high`: the interval of found / (found + missed) at `level`, needed where pairs are weighted; without them the pairs count as drawn
    alike. `wrong`: weighted links between records of two organisations; None: not measured.
    """

    found: float
    missed: float
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    wrong: float | None = None

    def __post_init__(self) -> None:
        if min(self.found, self.missed, self.wrong or 0.0) < 0 or self.found + self.missed <= 0:
            raise ValueError("Links found, missed and wrong are 0 or more, and at least one was judged.")
        if (self.low is None) != (self.high is None):
            raise ValueError("Give both ends of the interval of recall, or none.")
        if self.low is not None and self.high is not None and not 0 <= self.low <= self.value <= self.high <= 1:
            raise ValueError("The interval of recall lies between 0 and 1 and holds found / (found + missed).")
        if not 0.5 <= self.level < 1:
            raise ValueError("The level of recall lies between 0.5 and 1.")

    @property
    def value(self) -> float:
        return self.found / (self.found + self.missed)

    @property
    def precision(self) -> float:
        """1 where wrong links were not measured; the result then carries a warning."""
        return 1.0 if not self.wrong else self.found / (self.found + self.wrong)


class Method(StrEnum):
    CHAPMAN = "chapman"
    """Two registers."""
    LOG_LINEAR = "log_linear"
    """Three or four registers: all hierarchical log-linear models, weighted by AIC, parametric bootstrap."""


class Reason(StrEnum):
    TOO_FEW_REGISTERS = "too_few_registers"
    """Fewer than two registers can contain this form and list one. Facts: registers, needed."""
    NO_RECALL = "no_recall"
    """Nobody judged a random sample of pairs, so missed links cannot be told from missed organisations."""
    RECALL_TOO_THIN = "recall_too_thin"
    """Too few judged pairs, or too wide an interval. Facts: pairs, needed, low, high, widest."""
    RECALL_TOO_LOW = "recall_too_low"
    """So many links are missed that the correction would be most of the figure. Facts: recall, needed."""
    NO_OVERLAP = "no_overlap"
    """A register shares no organisation with any other. Facts: register."""
    TOO_FEW_SHARED = "too_few_shared"
    """Too few organisations stand in more than one register. Facts: shared, needed."""
    TOO_UNCERTAIN = "too_uncertain"
    """The upper end is so far away that the figure says nothing. Facts: low, high."""


class Caution(StrEnum):
    DEPENDENCE_NOT_TESTABLE = "dependence_not_testable"
    """Two registers cannot show whether being in one makes being in the other likelier. Facts: none."""
    LIKELY_UNDERCOUNT = "likely_undercount"
    """Some organisations are easier to list than others, and the registers show it. Facts: none."""
    DATES_APART = "dates_apart"
    """Facts: years, first, last (names of registers)."""
    DATE_UNKNOWN = "date_unknown"
    """Facts: registers (names)."""
    REGISTERS_LEFT_OUT = "registers_left_out"
    """Only the four largest are used, or a register that can contain this form lists none. Facts: registers (names)."""
    LISTED_WHERE_IMPOSSIBLE = "listed_where_impossible"
    """Organisations stand in a register said not to contain this form. Facts: organisations, registers (names)."""
    WRONG_LINKS_NOT_MEASURED = "wrong_links_not_measured"
    """Wrong links make the figure too low. Facts: none."""


@dataclass(frozen=True)
class Warned:
    code: Caution
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class Refusal:
    reason: Reason
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class Model:
    """A log-linear model: which registers go together, its AIC weight, the number of organisations it gives."""

    terms: tuple[tuple[str, ...], ...]
    weight: float
    value: float


@dataclass(frozen=True)
class Figure:
    """`total`: organisations there are. `missing`: those in none of the registers used. `covered`: share (0 to 1) the registers show.

    The wide bounds of all three hold while what no register can show (dependence of all registers at once) changes the number in no register by
    at most `Settings.odds` either way. `distinct`: organisations shown, after the correction for missed and wrong links.
    """

    total: Estimate
    missing: Estimate
    covered: Estimate
    distinct: float
    method: Method
    recall: float
    models: tuple[Model, ...] = ()
    warnings: tuple[Warned, ...] = ()


@dataclass(frozen=True)
class Stratum:
    """`listed` counts organisations as linked; `registers` are those used."""

    type: str
    legal_form: str
    listed: int
    registers: tuple[str, ...]
    result: Figure | Refusal


@dataclass(frozen=True)
class Settings:
    """`odds`: dependence no register can show, assumed for the wide bounds. `by_legal_form` False: one stratum a type.

    `least_shared`: organisations in two or more registers (Robson & Regier 1964: Chapman is all but unbiased from 7). `least_pairs`, `widest_recall`,
    `least_recall`: what the audit must give. `widest`: refuse where the upper end passes this many times the organisations shown.
    """

    level: float = 0.95
    seed: int = 20
    draws: int = 400
    odds: float = 3.0
    by_legal_form: bool = True
    least_shared: int = 7
    least_pairs: int = 50
    widest_recall: float = 0.20
    least_recall: float = 0.60
    years_apart: float = 2.0
    widest: float = 20.0

    def __post_init__(self) -> None:
        if not 0.5 <= self.level < 1:
            raise ValueError("The level lies between 0.5 and 1.")
        if self.draws < 100:
            raise ValueError("At least 100 draws are needed.")
        if self.odds < 1:
            raise ValueError("The odds of the wide bounds are 1 or more.")
        if self.least_shared < 1 or self.least_pairs < 1 or not 0 < self.least_recall <= 1:
            raise ValueError("At least one shared organisation and one pair are needed, and a recall between 0 and 1.")


DEFAULT = Settings()
