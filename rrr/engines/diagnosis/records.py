"""What the engine takes and gives back. Scores are whole numbers from 0 to 10."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rrr.records.estimate import Estimate

SCALE = tuple(range(11))


@dataclass(frozen=True)
class Answer:
    """One person on one block. `value` None: the person does not know. `sector` "": not said."""

    person: str
    block: str
    value: int | float | str | None
    sector: str = ""


class Reason(StrEnum):
    NOT_ON_THE_SCALE = "not_on_the_scale"
    """No whole number from 0 to 10 and no "don't know"."""
    ANOTHER_SECTOR = "another_sector"
    """The person named another sector in an earlier answer."""


@dataclass(frozen=True)
class Rejected:
    """`place` counts answers from 0."""

    place: int
    reason: Reason


@dataclass(frozen=True)
class Counts:
    """How many gave each score, and how many do not know. `withheld`: scores that were given and are not shown, being too few."""

    values: tuple[int, ...] = (0,) * len(SCALE)
    unknown: int = 0
    withheld: int = 0

    def __post_init__(self) -> None:
        if len(self.values) != len(SCALE) or min(*self.values, self.unknown, self.withheld) < 0:
            raise ValueError("Counts are 0 or more, one for each score from 0 to 10.")

    @property
    def rated(self) -> int:
        return sum(self.values) + self.withheld

    @property
    def answered(self) -> int:
        return self.rated + self.unknown


@dataclass(frozen=True)
class BlockCounts:
    """All answers to one block, and those of the sectors. After `guarded`, `sectors` holds only those that may be shown."""

    all: Counts
    sectors: Mapping[str, Counts] = field(default_factory=dict)


@dataclass(frozen=True)
class Tally:
    """`people`: those with at least one answer. `replaced`: answers given again later."""

    blocks: Mapping[str, BlockCounts]
    people: int
    replaced: int = 0
    rejected: Sequence[Rejected] = ()


@dataclass(frozen=True)
class Group:
    """One group on one block. `mean` is None where fewer than the least rated it; quartiles and median are type 2 of Hyndman & Fan."""

    key: str
    rated: int
    unknown: int
    unknown_share: Estimate
    mean: Estimate | None
    median: float | None = None
    lower_quartile: float | None = None
    upper_quartile: float | None = None
    deviation: float | None = None


@dataclass(frozen=True)
class Difference:
    """Mean of a sector less that of everybody else who rated the block; or a later round less an earlier one (`sector` "").

    The interval is widened so that all of one list hold together at the level of the settings. `apart`: it leaves out 0.
    """

    block: str
    sector: str
    estimate: Estimate

    @property
    def apart(self) -> bool:
        low, high = self.estimate.low, self.estimate.high
        return (low is not None and low > 0) or (high is not None and high < 0)


@dataclass(frozen=True)
class Block:
    """`everybody` is None where fewer than the least answered. `withheld`: somebody of a sector that is not shown answered."""

    key: str
    everybody: Group | None
    sectors: Sequence[Group]
    withheld: bool


@dataclass(frozen=True)
class Diagnosis:
    blocks: Sequence[Block]
    differences: Sequence[Difference]
    people: int
    replaced: int
    rejected: Sequence[Rejected]
    settings: Settings


@dataclass(frozen=True)
class Settings:
    """`least`: people below whom nothing of a group is shown."""

    level: float = 0.95
    least: int = 5

    def __post_init__(self) -> None:
        if not 0.5 <= self.level < 1:
            raise ValueError("The level lies between 0.5 and 1.")
        if self.least < 3:
            raise ValueError("Groups under three say what single people answered; the least is 3 or more.")


DEFAULT = Settings()
