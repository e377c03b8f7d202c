"""Counts -> figures with intervals, differences between sectors and between rounds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from rrr.engines.diagnosis.intervals import difference, mean, mean_interval, share_interval
from rrr.engines.diagnosis.records import DEFAULT, Answer, Block, BlockCounts, Counts, Diagnosis, Difference, Group, Settings, Tally
from rrr.engines.diagnosis.tally import count, guarded
from rrr.records.estimate import Estimate


def diagnose(answers: Iterable[Answer] | Tally, settings: Settings = DEFAULT) -> Diagnosis:
    """Blocks in order of their keys, with what may be shown of them; a tally is guarded first, so a guarded one stays as it is."""
    tally = answers if isinstance(answers, Tally) else count(answers)
    shown = guarded(tally, settings)
    blocks = [_block(key, shown.blocks.get(key), settings) for key in sorted(tally.blocks)]
    return Diagnosis(blocks, _differences(shown, settings), tally.people, tally.replaced, tally.rejected, settings)


def _block(key: str, one: BlockCounts | None, settings: Settings) -> Block:
    if one is None:
        return Block(key, None, (), withheld=False)
    sectors = tuple(_group(code, counts, settings.level) for code, counts in sorted(one.sectors.items()))
    return Block(key, _group("", one.all, settings.level), sectors, sum(group.rated for group in sectors) < one.all.rated)


def _group(key: str, counts: Counts, level: float) -> Group:
    low, high = share_interval(counts.unknown, counts.answered, level)
    unknown = Estimate(counts.unknown / counts.answered, low, high, level)
    if counts.withheld or not counts.rated:
        return Group(key, counts.rated, counts.unknown, unknown, None)
    middle = mean(counts)
    low, high = mean_interval(counts.values, level)
    spread = math.sqrt(sum(number * (score - middle) ** 2 for score, number in enumerate(counts.values)) / (counts.rated - 1 or 1))
    quarter, half, three = (_quantile(counts.values, share) for share in (0.25, 0.5, 0.75))
    return Group(key, counts.rated, counts.unknown, unknown, Estimate(middle, low, high, level), half, quarter, three, spread)


def _quantile(values: Sequence[int], share: float) -> float:
    """The score under which `share` of the answers lie; halfway between two where it falls between them (Hyndman & Fan 1996, type 2)."""
    wanted = share * sum(values)
    reached = 0
    for score, number in enumerate(values):
        reached += number
        if number and reached > wanted:
            return float(score)
        if number and reached == wanted:
            return (score + next(later for later in range(score + 1, len(values)) if values[later])) / 2
    raise ValueError("There is no answer.")


def _differences(shown: Tally, settings: Settings) -> list[Difference]:
    """Each shown sector against everybody else who rated the block. Bonferroni: with m comparisons, each at 1 - (1 - level) / m."""
    pairs = []
    for key, one in sorted(shown.blocks.items()):
        for code, counts in sorted(one.sectors.items()):
            others = tuple(whole - part for whole, part in zip(one.all.values, counts.values, strict=True))
            if sum(others) >= settings.least:
                pairs.append((key, code, counts, Counts(others)))
    level = _each(settings.level, len(pairs))
    return [Difference(key, code, difference(counts, others, level)) for key, code, counts, others in pairs]


def changes(before: Tally, after: Tally, settings: Settings = DEFAULT) -> list[Difference]:
    """Later round less earlier one, for blocks whose scores both show. Answers carry no name, so people who took part in both are not matched."""
    earlier, later = guarded(before, settings).blocks, guarded(after, settings).blocks
    both = [key for key in sorted(earlier.keys() & later.keys()) if sum(earlier[key].all.values) and sum(later[key].all.values)]
    level = _each(settings.level, len(both))
    return [Difference(key, "", difference(later[key].all, earlier[key].all, level)) for key in both]


def _each(level: float, comparisons: int) -> float:
    return 1 - (1 - level) / max(1, comparisons)
