"""What `rrr network` says to a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rrr.engines.network import Analysis, Closing, Gap

_NOT_STABLE = "; NOT STABLE"


def lines(found: Analysis, closings: Sequence[Closing], *, listed: bool) -> list[str]:
    said = [*_known(found, listed), *_brokers(found), *_communities(found)]
    if listed:
        said += _gaps(found)
    for one in closings:
        said += _closing(one)
    return said


def _known(found: Analysis, listed: bool) -> Iterator[str]:
    known = found.unknown
    yield f"{found.ties} stated ties, {len(found.nodes)} organisations with one, in {len(found.parts)} parts. Ties nobody wrote down are missing."
    if listed:
        yield f"{known.without_ties} of {known.organisations} organisations have no stated tie ({known.share_without:.0%})."
        if known.without_group:
            yield f"The group of {known.without_group} with a tie is not known."
    yield f"Of {known.pairs_unstated:.1%} of all pairs nothing is written."
    yield f"NOT STABLE: does not hold when {found.rule.removed:.0%} of the ties are taken away ({found.rule.removals} times)."


def _brokers(found: Analysis) -> Iterator[str]:
    yield "\nBrokers (share of pairs of others whose shortest way leads through it; ties; constraint; open pairs between groups)"
    for one in found.brokers:
        flag = "" if one.stable else _NOT_STABLE
        yield (
            f"  {one.betweenness:4.0%}  {one.name}: {one.ties} ties, {one.constraint:.2f}, {one.roles.between} pairs; "
            f"among the first in {one.kept or 0:.0%} of runs{flag}"
        )
    if not found.brokers:
        yield "  nobody stands between others"


def _communities(found: Analysis) -> Iterator[str]:
    chance = "no more marked than chance would give" if found.strength_p > found.rule.level else "more marked than chance would give"
    yield f"\nCommunities (modularity {found.modularity:.2f}, {chance}, p {found.strength_p:.2f}; agreement of runs {found.agreement:.2f})"
    for one in found.communities:
        flag = "" if one.stable else _NOT_STABLE
        yield (
            f"  {one.number + 1}: {len(one.members)} members, {one.inside} ties inside, {sum(n for _, n in one.outside)} to others; "
            f"overlap {one.kept:.2f}{flag}"
        )
        yield "     " + ", ".join(one.members)


def _gaps(found: Analysis) -> Iterator[str]:
    yield "\nTies between groups (expected: 95% of rewired networks; p after Holm)"
    for one in found.gaps:
        yield f"  {one.first} and {one.second}: {one.ties}, expected {one.low} to {one.high}; {_verdict(one, found.rule.holds)}"
    if not found.gaps:
        yield "  fewer than two groups are known"


def _verdict(one: Gap, holds: float) -> str:
    if one.p is None:
        return "too few expected to tell"
    if not one.found:
        return f"no gap (p {one.p:.2f})"
    flag = "" if (one.kept or 0) >= holds else _NOT_STABLE
    return f"GAP (p {one.p:.3f}); {one.undone_by} more would undo it{flag}"


def _closing(one: Closing) -> Iterator[str]:
    cut = sum(len(part.names) for part in one.cut)
    left = f"lose touch with the other {one.rest}" if one.rest else "are left without any tie"
    yield f"\nIf {one.name} closed: {cut} organisations {left}, as far as ties are written down"
    for part in one.cut:
        yield f"  {', '.join(part.names)} (the same in {part.kept or 0:.0%} of runs)"
