"""Link many lists at once: organisations and sites, each decided apart, per territory, with lasting ids."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rrr.engines.linkage.candidates import Band
from rrr.engines.linkage.clusters import Edge, Groups, PairKey, key, merge
from rrr.engines.linkage.identity import inherit
from rrr.engines.linkage.prepare import Row, prepare, token_counts
from rrr.engines.linkage.rescore import Example, Model, Refused, refit
from rrr.engines.linkage.scoring import Compared, Flag, Pattern, by_territory
from rrr.records.organisation import OrganisationRecord

AT_ONCE = 20_000  # records of several territories compared in one run; a larger territory is one run by itself


class Verdict(StrEnum):
    SAME = "same"  # one organisation, and one site where nothing says otherwise
    BRANCH = "branch"  # one organisation, two sites
    DIFFERENT = "different"


@dataclass(frozen=True)
class Decision:
    """What a person said of two records. Of two decisions on one pair the later counts. `weight`: one over the chance that the pair was shown."""

    left: str
    right: str
    verdict: Verdict
    weight: float = 1.0


@dataclass(frozen=True)
class LinkSettings:
    """Weights in bits. `join`: where a pair may join two groups; `likely`: the same once probabilities are calibrated. `together`: what the pairs between
    two groups must weigh on average, where pairs nothing brought together count as `unseen`. Take `join` 8 to leave all doubtful pairs to people."""

    join: float = 0.0  # even odds
    likely: float = 0.5
    together: float = 0.0
    unseen: float = -4.0
    same: float = 8.0  # the automatic band
    sure: float = 0.95  # the same once probabilities are calibrated
    new: float = -4.0  # below: not worth a look
    least: float = -12.0  # below: not given back

    def __post_init__(self) -> None:
        if not self.least <= self.new <= self.same or self.join < self.least:
            raise ValueError("Weights run from least over new to same, and join is not below least.")
        if not 0 < self.likely <= self.sure < 1:
            raise ValueError("Probabilities run from likely to sure, between 0 and 1.")


@dataclass(frozen=True)
class Pair:
    """Two records that were compared. `probability` None: not calibrated. `strength`: bits, of the probability where there is one."""

    left: str  # the smaller key
    right: str
    weight: float
    strength: float
    probability: float | None
    band: Band
    comparisons: tuple[Compared, ...]
    flags: tuple[Flag, ...]
    linked: bool
    one_site: bool


@dataclass(frozen=True)
class Placed:
    key: str
    organisation: str
    site: str


@dataclass(frozen=True)
class Linked:
    """`retired`: ids of organisations and sites that are no more, and where they point. `broken`: decisions that others contradict; "different" won."""

    placed: tuple[Placed, ...]
    pairs: tuple[Pair, ...]
    retired: Mapping[str, str]
    broken: tuple[Decision, ...]
    model: Model | Refused


@dataclass(frozen=True)
class _Said:
    """Decisions, the last on each pair."""

    last: Mapping[PairKey, Decision] = field(default_factory=dict)

    def pairs(self, *verdicts: Verdict) -> list[PairKey]:
        return [pair for pair, one in self.last.items() if one.verdict in verdicts]


def link(
    records: Sequence[OrganisationRecord],
    settings: LinkSettings = LinkSettings(),
    *,
    decisions: Iterable[Decision] = (),
    before: Mapping[str, Placed] | None = None,
    spent: Collection[str] = (),
    only_new: bool = False,
    model: Model | None = None,
) -> Linked:
    """Groups of records that are one organisation, and within them one site.

    Keys are unique over all records; pairs are sought within a territory. `before`: where an earlier run placed records. `only_new`: records with a place keep
    their groups, which only decisions join or split, and are not compared with each other. `model`: of an earlier `refit`; without it 300 decided
    pairs of this run make one.
    """
    if len({one.key for one in records}) < len(records):
        raise ValueError("Two records have one key; each needs its own.")
    said = _Said({key(one.left, one.right): one for one in decisions})
    places = {one.key: before[one.key] for one in records if before and one.key in before}
    fixed = _undisputed(places, said) if only_new else {}
    scored = _scored(records, fixed, settings.least)
    source = {one.key: one.source for one in records}
    fitted = model or refit(_examples(scored, source, said))
    pairs = {pair: _pair(pair, one, _one_source(pair, source), fitted, settings) for pair, one in scored.items()}
    organisations, broken = _organisations(records, pairs, fixed, said, settings)
    sites = _sites(organisations, pairs, scored, fixed, said)
    ids, gone = inherit(organisations.listed(), {one: place.organisation for one, place in places.items()}, spent, "o")
    site_ids, sites_gone = inherit(sites.listed(), {one: place.site for one, place in places.items()}, spent, "s")
    placed = tuple(Placed(one.key, ids[one.key], site_ids[one.key]) for one in records)
    told = tuple(_told(one, organisations, sites) for one in sorted(pairs.values(), key=lambda one: (one.left, one.right)))
    return Linked(placed, told, {**gone, **sites_gone}, broken, fitted)


def _undisputed(places: Mapping[str, Placed], said: _Said) -> dict[str, Placed]:
    """Records whose earlier group no decision splits."""
    disputed = set()
    for left, right in said.pairs(Verdict.DIFFERENT, Verdict.BRANCH):
        a, b = places.get(left), places.get(right)
        if a and b and (a.site == b.site or (a.organisation == b.organisation and said.last[left, right].verdict is Verdict.DIFFERENT)):
            disputed.add(a.organisation)
    return {one: place for one, place in places.items() if place.organisation not in disputed}


def _scored(records: Sequence[OrganisationRecord], fixed: Mapping[str, Placed], least: float) -> dict[PairKey, Pattern]:
    territories: dict[str, list[OrganisationRecord]] = defaultdict(list)
    for one in sorted(records, key=lambda one: one.key):
        territories[one.territory].append(one)
    found: dict[PairKey, Pattern] = {}
    new: list[Row] = []
    known: list[Row] = []
    for _, some in sorted(territories.items()):
        for row in prepare(some, token_counts(some)):
            (known if row.unique_id in fixed else new).append(row)
        if len(new) + len(known) >= AT_ONCE:
            found |= _compared(new, known, least)
            new, known = [], []
    return found | _compared(new, known, least)


def _compared(new: Sequence[Row], known: Sequence[Row], least: float) -> dict[PairKey, Pattern]:
    return {key(left, right): pattern for left, right, pattern in by_territory(new, known, least)}


def _one_source(pair: PairKey, source: Mapping[str, str]) -> bool:
    return source[pair[0]] == source[pair[1]] != ""


def _examples(scored: Mapping[PairKey, Pattern], source: Mapping[str, str], said: _Said) -> list[Example]:
    return [
        Example(scored[pair], _one_source(pair, source), one.verdict is not Verdict.DIFFERENT, one.weight)
        for pair, one in sorted(said.last.items())
        if pair in scored
    ]


def _pair(pair: PairKey, pattern: Pattern, one_source: bool, fitted: Model | Refused, settings: LinkSettings) -> Pair:
    probability, strength = None, pattern.weight
    if isinstance(fitted, Model):
        probability = fitted.probability(pattern, one_source)
        strength = fitted.log_odds(pattern, one_source) / math.log(2)
    band = _band(pattern, probability, settings)
    return Pair(*pair, pattern.weight, strength, probability, band, pattern.comparisons, pattern.flags, False, False)


def _band(pattern: Pattern, probability: float | None, settings: LinkSettings) -> Band:
    """Of the organisation: a branch is one organisation with its parent where a number of the law says so."""
    known = "same" in (pattern.level("tax_id"), pattern.level("register_id"))
    held = [one for one in pattern.flags if not (one is Flag.BRANCH_OR_MOVED and known)]
    if probability is None:
        return Band.NEW if pattern.weight < settings.new else Band.DOUBTFUL if held or pattern.weight < settings.same else Band.SAME
    if probability < 1 / (1 + 2**-settings.new):
        return Band.NEW
    return Band.SAME if probability >= settings.sure and not held else Band.DOUBTFUL


def _organisations(
    records: Sequence[OrganisationRecord], pairs: Mapping[PairKey, Pair], fixed: Mapping[str, Placed], said: _Said, settings: LinkSettings
) -> tuple[Groups, tuple[Decision, ...]]:
    groups = Groups((one.key for one in records), said.pairs(Verdict.DIFFERENT))
    _rebuild(groups, {one: place.organisation for one, place in fixed.items()})
    known = {one.key for one in records}
    confirmed = [pair for pair in said.pairs(Verdict.SAME, Verdict.BRANCH) if known.issuperset(pair)]
    broken = tuple(said.last[pair] for pair in confirmed if not groups.merge(*pair))
    groups.anchor(fixed)
    cut = settings.join if all(one.probability is None for one in pairs.values()) else math.log2(settings.likely / (1 - settings.likely))
    strengths = {pair: one.strength for pair, one in pairs.items()}
    edges = (Edge(*pair, strength) for pair, strength in strengths.items() if strength >= cut)
    merge(groups, edges, strengths, unseen=settings.unseen, least=settings.together)
    return groups, broken


def _rebuild(groups: Groups, ids: Mapping[str, str]) -> None:
    first: dict[str, str] = {}
    for one, group in sorted(ids.items()):
        groups.merge(first.setdefault(group, one), one)


HERE = frozenset({"same_address", "within_50_m", "same_street"})
NOT_SAID = frozenset({"missing", "area_only"})


def _sites(
    organisations: Groups, pairs: Mapping[PairKey, Pair], scored: Mapping[PairKey, Pattern], fixed: Mapping[str, Placed], said: _Said
) -> Groups:
    """Within an organisation: first the pairs whose place agrees, then records that do not say where they are join their strongest pair's site."""
    keys = [one for group in organisations.listed() for one in group]
    sites = Groups(keys, said.pairs(Verdict.DIFFERENT, Verdict.BRANCH))
    _rebuild(sites, {one: place.site for one, place in fixed.items()})
    known = set(keys)
    for pair in said.pairs(Verdict.SAME):
        if known.issuperset(pair) and organisations.same(*pair):
            sites.merge(*pair)
    sites.anchor(fixed)
    inside = {pair: scored[pair].level("place") for pair in scored if organisations.same(*pair)}
    for wanted in (HERE, NOT_SAID):
        strongest = sorted((pair for pair, place in inside.items() if place in wanted), key=lambda pair: (-pairs[pair].strength, pair))
        for pair in strongest:
            if wanted is HERE or min(len(sites.members(one)) for one in pair) == 1:
                sites.merge(*pair)
    return sites


def _told(one: Pair, organisations: Groups, sites: Groups) -> Pair:
    if not organisations.same(one.left, one.right):
        return one
    pair = (one.left, one.right)
    return Pair(*pair, one.weight, one.strength, one.probability, one.band, one.comparisons, one.flags, True, sites.same(*pair))
