"""Everything about a network at once, and how far each finding holds when a tenth of the ties is taken away."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rrr.engines.network import brokers, communities
from rrr.engines.network.brokers import Roles
from rrr.engines.network.gaps import Gap, gaps, rewired
from rrr.engines.network.ties import Node, Pair, Web, parts, web


@dataclass(frozen=True)
class Rule:
    """Settings, each with its unit. The same settings and ties give the same figures."""

    seed: int = 3
    starts: int = 10  # runs of Leiden; the best counts
    draws: int = 499  # rewired networks for gaps
    strength_draws: int = 99  # of them for the strength of the communities
    removals: int = 100  # runs without a share of the ties
    removed: float = 0.1  # that share
    top: int = 8  # brokers listed, at most a quarter of those with a tie
    holds: float = 0.8  # share of runs from which a broker or a gap is called stable
    holds_community: float = 0.75  # mean Jaccard overlap from which a community is called stable (Hennig 2007)
    level: float = 0.05
    least_expected: float = 3.0  # ties expected between two groups from which they are tested
    most_nodes: int = 5000
    most_ties: int = 20000

    def __post_init__(self) -> None:
        if min(self.starts, self.draws, self.strength_draws, self.removals, self.top) < 1:
            raise ValueError("Starts, draws, removals and the number of brokers are at least 1.")
        if not (0 < self.removed < 1 and 0 < self.level < 1):
            raise ValueError("The share of ties to take away and the level lie between 0 and 1.")


@dataclass(frozen=True)
class Unknown:
    """What the figures cannot know. A tie that nobody wrote down is not an absent tie."""

    organisations: int
    without_ties: int
    share_without: float
    pairs_unstated: float  # share of all pairs of organisations about which nothing is written
    without_group: int  # organisations with a tie whose group is not known


@dataclass(frozen=True)
class Standing:
    """One organisation with a tie. `kept`: share of runs in which it stays among the top; None for those that are not."""

    name: str
    group: str
    ties: int
    betweenness: float
    constraint: float
    roles: Roles
    community: int
    broker: bool
    kept: float | None
    stable: bool | None


@dataclass(frozen=True)
class Community:
    """`kept`: mean best Jaccard overlap over the runs; `outside` counts ties to each other community by its number."""

    number: int
    members: tuple[str, ...]
    inside: int
    outside: tuple[tuple[int, int], ...]
    kept: float
    stable: bool


@dataclass(frozen=True)
class Analysis:
    unknown: Unknown
    ties: int
    parts: tuple[tuple[str, ...], ...]
    nodes: tuple[Standing, ...]  # most between first
    communities: tuple[Community, ...]
    modularity: float
    strength_p: float  # share of rewired networks whose communities are as marked
    agreement: float  # mean adjusted Rand index over the runs
    gaps: tuple[Gap, ...]
    rule: Rule

    @property
    def brokers(self) -> tuple[Standing, ...]:
        return tuple(one for one in self.nodes if one.broker)


def analyse(ties: Iterable[tuple[str, str]], nodes: Sequence[Node] = (), rule: Rule = Rule(), *, others: int = 0) -> Analysis:
    """`others`: organisations without a tie that `nodes` does not list. Raises ValueError without a tie and above the limits of `rule`."""
    found = web(ties, nodes)
    size, pairs = len(found.names), found.pairs
    if not pairs:
        raise ValueError("There is no tie between two different organisations.")
    if size > rule.most_nodes or len(pairs) > rule.most_ties:
        raise ValueError(f"At most {rule.most_nodes} organisations and {rule.most_ties} ties; these are {size} and {len(pairs)}.")
    runs = thinned(found, rule)
    null = rewired(size, pairs, draws=rule.draws, seed=rule.seed)
    membership, modularity = communities.leiden(size, pairs, seed=rule.seed, starts=rule.starts)
    again = [communities.leiden(size, run, seed=rule.seed, starts=1)[0] for run in runs]
    once = communities.leiden(size, pairs, seed=rule.seed, starts=1)[1]  # one start, as the draws it is held against
    chance = [communities.leiden(size, one, seed=rule.seed, starts=1)[1] for one in null[: rule.strength_draws]]
    return Analysis(
        unknown=_unknown(found, others),
        ties=len(pairs),
        parts=tuple(tuple(sorted(found.names[n] for n in part)) for part in parts(size, pairs)),
        nodes=_standings(found, runs, membership, rule),
        communities=_communities(found, membership, again, rule),
        modularity=modularity,
        strength_p=(1 + sum(value >= once - 1e-9 for value in chance)) / (1 + len(chance)),
        agreement=sum(communities.rand_index(membership, other) for other in again) / len(again),
        gaps=gaps(found, null, runs, level=rule.level, least=rule.least_expected),
        rule=rule,
    )


def thinned(found: Web, rule: Rule) -> list[tuple[Pair, ...]]:
    """The ties without a random share of them, at least one, `removals` times."""
    chosen = random.Random(rule.seed)  # noqa: S311 # not for secrets
    away = max(1, round(rule.removed * len(found.pairs)))
    runs = []
    for _run in range(rule.removals):
        gone = set(chosen.sample(range(len(found.pairs)), away))
        runs.append(tuple(pair for number, pair in enumerate(found.pairs) if number not in gone))
    return runs


def _unknown(found: Web, others: int) -> Unknown:
    tied, alone = len(found.names), len(found.alone) + others
    whole = tied + alone
    return Unknown(whole, alone, alone / whole, 1 - len(found.pairs) / (whole * (whole - 1) / 2), found.groups.count(""))


def _top(values: Sequence[float], most: int) -> set[int]:
    """Places among the highest `most` above 0; those equal to the last are in."""
    edge = sorted(values, reverse=True)[most - 1]
    return {place for place, value in enumerate(values) if value > 1e-12 and value >= edge - 1e-12}


def _standings(found: Web, runs: Sequence[Sequence[Pair]], membership: Sequence[int], rule: Rule) -> tuple[Standing, ...]:
    size = len(found.names)
    most = max(1, min(rule.top, size // 4))
    between = brokers.betweenness(size, found.pairs)
    holes, parts_played, near = brokers.constraint(size, found.pairs), brokers.roles(found), found.neighbours
    top = _top(between, most)
    again = [_top(brokers.betweenness(size, run), most) for run in runs]
    made = []
    for place, name in enumerate(found.names):
        kept = sum(place in one for one in again) / len(again) if place in top else None
        stable = None if kept is None else kept >= rule.holds
        seen = (found.groups[place], len(near[place]), between[place], holes[place], parts_played[place], membership[place])
        made.append(Standing(name, *seen, place in top, kept, stable))
    return tuple(sorted(made, key=lambda one: (-round(one.betweenness, 12), -one.ties, one.name)))


def _communities(found: Web, membership: Sequence[int], others: Sequence[Sequence[int]], rule: Rule) -> tuple[Community, ...]:
    count = max(membership) + 1
    ties = [[0] * count for _ in range(count)]
    for a, b in found.pairs:
        ties[membership[a]][membership[b]] += 1
        ties[membership[b]][membership[a]] += 1
    runs = [communities.overlaps(membership, other) for other in others]
    made = []
    for number in range(count):
        members = tuple(sorted(name for name, one in zip(found.names, membership, strict=True) if one == number))
        kept = sum(run[number] for run in runs) / len(runs)
        outside = tuple((other, ties[number][other]) for other in range(count) if other != number and ties[number][other])
        made.append(Community(number, members, ties[number][number] // 2, outside, kept, kept >= rule.holds_community))
    return tuple(made)
