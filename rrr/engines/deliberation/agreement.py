"""What people agree on, surest first: ordered by the lower bound, so that few votes or much silence rank low."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rrr.engines.deliberation.intervals import missing_bounds, wilson
from rrr.engines.deliberation.votes import AGREE, DISAGREE, PASS, Rejected, Tally, Vote, count
from rrr.records.estimate import Estimate


@dataclass(frozen=True)
class Settings:
    gamma: float = 2.0  # by how much the odds of voting may differ between those who agree and those who do not
    least: int = 5  # voters below which nothing is shown, for the sake of those few
    level: float = 0.95

    def __post_init__(self) -> None:
        if self.gamma < 1:
            raise ValueError(f"gamma is 1 or more; it is {self.gamma}.")
        if self.least < 1:
            raise ValueError(f"least is at least 1; it is {self.least}.")
        if not 0.5 < self.level < 1:
            raise ValueError(f"level lies between .5 and 1; it is {self.level}.")


@dataclass(frozen=True)
class Statement:
    """`agreement` is the share of "agree" among all votes, passes included; its wide bounds speak of all people."""

    key: str
    agree: int
    disagree: int
    passed: int
    agreement: Estimate

    @property
    def voters(self) -> int:
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True)
class Consensus:
    statements: tuple[Statement, ...]  # by the lower wide bound, highest first
    withheld: tuple[str, ...]  # statements with fewer than `least` voters: no figures
    people: int
    votes: int
    replaced: int
    rejected: tuple[Rejected, ...]
    settings: Settings


def consensus(votes: Iterable[Vote] | Tally, settings: Settings = Settings(), people: int | None = None) -> Consensus:
    """`people` are all who could have voted; without it, those who voted at least once."""
    tally = votes if isinstance(votes, Tally) else count(votes)
    everyone = tally.people if people is None else people
    if everyone < tally.people:
        raise ValueError(f"{tally.people} people voted, so that there cannot be only {everyone}.")
    shown, withheld = [], []
    for key, mine in tally.votes.items():
        if len(mine) < settings.least:
            withheld.append(key)
            continue
        values = list(mine.values())
        agree = values.count(AGREE)
        shown.append(Statement(key, agree, values.count(DISAGREE), values.count(PASS), _estimate(agree, len(values), everyone, settings)))
    shown.sort(key=lambda one: (-(one.agreement.wide_low or 0.0), -one.voters, one.key))
    total = sum(map(len, tally.votes.values()))
    return Consensus(tuple(shown), tuple(sorted(withheld)), everyone, total, tally.replaced, tally.rejected, settings)


def _estimate(agree: int, voters: int, people: int, settings: Settings) -> Estimate:
    from statistics import NormalDist

    low, high = wilson(agree, voters, NormalDist().inv_cdf((1 + settings.level) / 2))
    wide_low, wide_high = missing_bounds(agree, voters, people, settings.gamma, settings.level)
    worry = f"missing_votes_gamma_{settings.gamma:g}"
    return Estimate(agree / voters, low, high, settings.level, "share", wide_low, wide_high, worry)
