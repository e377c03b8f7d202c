"""The network of a territory read by the engine: brokers, communities and gaps as a page shows them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.text import Truncator

from rrr.engines import network
from rrr.understand.models import Organisation
from rrr.understand.queries.network import Tied
from rrr.understand.vocabulary import Standing, sector

MOST_TIES = 300  # distinct ties a page computes, some three seconds, once per change; more are for the command
SIGNS = 8  # four shapes, full and hollow; members of further communities share a small ring
LABELLED = 6
SHEET, LETTER = network.Settings().width, 7.4  # width of the picture, and about that of a letter on it


@dataclass(frozen=True)
class Mark:
    """One organisation of the picture. `sign`: 0 to 7 for its community, 8 for any later one."""

    organisation: Organisation
    x: float
    y: float
    size: float
    sign: int
    path: str


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    anchor: str
    text: str


@dataclass(frozen=True)
class Broker:
    organisation: Organisation
    sector: str
    neighbours: Sequence[tuple[str, Sequence[Organisation]]]  # by sector
    ties: int
    share: int  # per cent of pairs of others
    between: int  # pairs of two sectors without a tie of their own
    kept: int  # per cent of runs
    stable: bool


@dataclass(frozen=True)
class Group:
    centre: Organisation
    members: Sequence[Organisation]
    inside: int
    outside: int
    sign: int
    path: str
    stable: bool


@dataclass(frozen=True)
class SectorPair:
    first: str
    second: str
    gap: network.Gap
    stable: bool


@dataclass(frozen=True)
class Reading:
    marks: Sequence[Mark]
    labels: Sequence[Label]
    lines: Sequence[tuple[float, float, float, float]]
    brokers: Sequence[Broker]
    groups: Sequence[Group]
    by_chance: bool  # communities no more marked than in rewired networks
    pairs: Sequence[SectorPair]
    unknown: network.Unknown
    unstated: float  # per cent of all pairs nothing is written about
    ties: int
    rule: network.Rule


def distinct(tied: Tied) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(min(pair), max(pair)) for pair in tied.ends}))


def reading(tied: Tied) -> Reading | None:
    """None where there is no tie, or more than a page computes."""
    ties = distinct(tied)
    if not ties or len(ties) > MOST_TIES:
        return None
    found = _analysed(ties, tuple(sorted((slug, sector(one.kind).value) for slug, one in tied.organisations.items())), tied.others)
    marks = _marks(tied, ties, found)
    spot = {mark.organisation.slug: mark for mark in marks}
    return Reading(
        marks=marks,
        labels=_labels(marks, [one.name for one in found.nodes if one.broker] or [marks[0].organisation.slug]),
        lines=[(spot[a].x, spot[a].y, spot[b].x, spot[b].y) for a, b in ties],
        brokers=[_broker(one, tied, ties) for one in found.brokers],
        groups=_groups(found, tied),
        by_chance=found.strength_p > found.rule.level,
        pairs=[_pair(gap, found.rule) for gap in found.gaps],
        unknown=found.unknown,
        unstated=math.floor(1000 * found.unknown.pairs_unstated) / 10,
        ties=found.ties,
        rule=found.rule,
    )


@lru_cache(maxsize=32)
def _analysed(ties: tuple[tuple[str, str], ...], groups: tuple[tuple[str, str], ...], others: int) -> network.Analysis:
    """The same ties give the same figures, and they are what the page costs."""
    return network.analyse(ties, [network.Node(*one) for one in groups], others=others)


def closing(tied: Tied, slug: str) -> network.Closing | None:
    """Who loses touch; None where no tie of it is written down. Never kept: it is computed for one person and one question."""
    found = network.web(distinct(tied))
    if slug not in found.names:
        return None
    return network.close(found, slug, network.thinned(found, network.Rule()))


def _marks(tied: Tied, ties: Sequence[tuple[str, str]], found: network.Analysis) -> list[Mark]:
    drawn = network.draw(ties)
    community = {one.name: min(one.community, SIGNS) for one in found.nodes}
    return [
        Mark(tied.organisations[name], x, y, round(5 + 2.2 * degree**0.5, 1), community[name], _path(community[name]))
        for name, x, y, degree in zip(drawn.nodes, drawn.x, drawn.y, drawn.degree, strict=True)
    ]


def _labels(marks: Sequence[Mark], wanted: Sequence[str]) -> list[Label]:
    """Names above or below their marks, where they cover fewer others; one that would lie on another name is left to the lists."""
    by_name = {mark.organisation.slug: mark for mark in marks}
    made: list[Label] = []
    boxes: list[tuple[float, float, float]] = []
    for mark in [by_name[name] for name in wanted[:LABELLED]]:
        text = Truncator(mark.organisation.name).chars(34)
        width = LETTER * len(text)
        anchor = "start" if mark.x < width / 2 else "end" if mark.x > SHEET - width / 2 else "middle"
        left = mark.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * width
        free = [
            y
            for y in (mark.y - mark.size - 6, mark.y + mark.size + 17)
            if all(abs(y - other) > 18 or left + width < start or left > end for start, end, other in boxes)
        ]
        if free:
            y = min(free, key=lambda at: sum(left < one.x < left + width and abs(at - 5 - one.y) < 8 + one.size for one in marks))
            boxes.append((left, left + width, y))
            made.append(Label(mark.x, y, anchor, text))
    return made


def _path(sign: int) -> str:
    """Shapes of about one area around 0,0: circle, square, triangle, diamond; a small ring for the rest."""
    if sign == SIGNS:
        return "M-.6 0a.6 .6 0 1 0 1.2 0a.6 .6 0 1 0 -1.2 0z"
    return ("M-1 0a1 1 0 1 0 2 0a1 1 0 1 0 -2 0z", "M-.9 -.9h1.8v1.8h-1.8z", "M0 -1.2L1.15 .85H-1.15z", "M0 -1.3L1.2 0L0 1.3L-1.2 0z")[
        sign % 4
    ]


def _broker(one: network.Standing, tied: Tied, ties: Sequence[tuple[str, str]]) -> Broker:
    near = sorted({b if a == one.name else a for a, b in ties if one.name in (a, b)})
    parted: dict[str, list[Organisation]] = {}
    for slug in near:
        parted.setdefault(sector(tied.organisations[slug].kind).value, []).append(tied.organisations[slug])
    neighbours = [(str(label), parted[value]) for value, label in Standing.choices if value in parted]
    share, kept = round(100 * one.betweenness), round(100 * (one.kept or 0))
    organisation = tied.organisations[one.name]
    return Broker(
        organisation, str(sector(organisation.kind).label), neighbours, one.ties, share, one.roles.between, kept, bool(one.stable)
    )


def _groups(found: network.Analysis, tied: Tied) -> list[Group]:
    ties = {one.name: (one.ties, one.betweenness) for one in found.nodes}
    made = []
    for one in found.communities:
        names = sorted(one.members, key=lambda name: (tuple(-value for value in ties[name]), name))
        sign = min(one.number, SIGNS)
        members = [tied.organisations[name] for name in names]
        made.append(Group(members[0], members, one.inside, sum(n for _, n in one.outside), sign, _path(sign), one.stable))
    return made


def _pair(gap: network.Gap, rule: network.Rule) -> SectorPair:
    return SectorPair(str(Standing(gap.first).label), str(Standing(gap.second).label), gap, (gap.kept or 0.0) >= rule.holds)
