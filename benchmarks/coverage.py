"""Coverage: how often the 95% interval holds the true number, in made registers; and what missed links do with and without the correction.

python -m benchmarks.coverage [--runs 300] [--only WORD] [--json]

Each cell makes `runs` sets of registers from a known number of organisations. Figures: share of intervals that hold it, share held by the wide bounds,
mean estimate as a ratio to the truth, mean width of the interval as a ratio to it, share warned of a likely undercount, share refused.
  independent     being in one register says nothing about the others
  dependent       the odds of being in the first two registers together are 2.7 times what independence gives
  uneven          each organisation has its own ease of being listed: standard deviation 1 of the log odds, the same in all registers
  missed_links    5% of the links between records of one organisation are missed: either a record is found by none of the others (record), or each link
                  fails by itself and what still hangs together is one organisation (link); 400 pairs of one organisation are judged, from all of the
                  territory and not from this stratum alone.
                  uncorrected: the same data with recall taken to be 1
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import report
from rrr.engines import coverage as engine

Listed = NDArray[np.bool_]
CHANCES = (0.45, 0.35, 0.30, 0.25)
CERTAIN = engine.Recall(found=1e6, missed=0.0, wrong=0.0)
MISSED, AUDITED = 0.05, 400


@dataclass(frozen=True)
class Cell:
    registers: int
    people: int
    kind: str = "independent"
    links: str = ""
    corrected: bool = True

    @property
    def name(self) -> str:
        words = [self.kind, self.links and f"missed_links_{self.links}", "" if self.corrected else "uncorrected"]
        return f"{self.registers}_registers_{self.people}_" + "_".join(word for word in words if word)


def cells() -> list[Cell]:
    found = [Cell(k, n) for k in (2, 3, 4) for n in (200, 1000)]
    found += [Cell(k, 1000, kind) for kind in ("dependent", "uneven") for k in (2, 3, 4)]
    found += [Cell(k, 1000, "independent", way, mend) for k in (2, 3, 4) for way in ("record", "link") for mend in (True, False)]
    return [one for one in found if (one.registers, one.links) != (2, "link")]  # with two registers both ways are the same


def listed(rng: np.random.Generator, cell: Cell) -> Listed:
    chances = np.array(CHANCES[: cell.registers])
    logits = np.log(chances / (1 - chances))[None, :] + np.zeros((cell.people, 1))
    if cell.kind == "uneven":
        logits = logits + rng.normal(size=(cell.people, 1))
    made: Listed = rng.random(logits.shape) < 1 / (1 + np.exp(-logits))
    if cell.kind == "dependent":
        made[:, :2] = _pair(rng, cell.people, chances[0], chances[1], 2.7)
    return made


def _pair(rng: np.random.Generator, people: int, first: float, second: float, odds: float) -> Listed:
    """Two registers with these chances and this odds ratio (Plackett 1965)."""
    part = 1 + (first + second) * (odds - 1)
    both = (part - np.sqrt(part**2 - 4 * odds * (odds - 1) * first * second)) / (2 * (odds - 1))
    drawn = rng.choice(4, size=people, p=[both, first - both, second - both, 1 - first - second + both])
    return np.column_stack([drawn <= 1, (drawn == 0) | (drawn == 2)])


def linked(rng: np.random.Generator, made: Listed, way: str) -> list[frozenset[int]]:
    """The organisations the linkage sees: sets of registers."""
    found = []
    for row in made[made.any(axis=1)]:
        records = [int(one) for one in np.flatnonzero(row)]
        found += SPLITS[way](rng, records) if way else [frozenset(records)]
    return found


def _by_record(rng: np.random.Generator, records: list[int]) -> list[frozenset[int]]:
    alone = [one for one in records if rng.random() > (1 - MISSED) ** 0.5]
    together = [one for one in records if one not in alone]
    return [frozenset([one]) for one in alone] + ([frozenset(together)] if together else [])


def _by_link(rng: np.random.Generator, records: list[int]) -> list[frozenset[int]]:
    groups = [frozenset([one]) for one in records]
    for first, second in combinations(records, 2):
        if rng.random() > MISSED:
            joined = frozenset().union(*(one for one in groups if first in one or second in one))
            groups = [one for one in groups if not one & joined] + [joined]
    return groups


SPLITS: dict[str, Callable[[np.random.Generator, list[int]], list[frozenset[int]]]] = {"record": _by_record, "link": _by_link}


def share_linked(rng: np.random.Generator, cell: Cell) -> float:
    """Share of pairs of records of one organisation that end up together, over ten territories."""
    kept = true = 0
    for _ in range(10):
        made = listed(rng, cell)
        true += sum(int(row.sum() * (row.sum() - 1) / 2) for row in made)
        kept += sum(len(one) * (len(one) - 1) // 2 for one in linked(rng, made, cell.links))
    return kept / true


def figures(cell: Cell, runs: int) -> dict[str, float]:
    rng = np.random.default_rng(20)
    names = [f"r{place}" for place in range(cell.registers)]
    registers = [engine.Register(name, frozenset({"association"})) for name in names]
    values: dict[str, list[float]] = {name: [] for name in ("held", "held_wide", "ratio", "width", "warned")}
    share = share_linked(rng, cell) if cell.links else 1.0
    for run in range(runs):
        seen = linked(rng, listed(rng, cell), cell.links)
        captures = [
            engine.Capture(str(place), frozenset(names[one] for one in sources), "association", "") for place, sources in enumerate(seen)
        ]
        judged = int(rng.binomial(AUDITED, share))
        recall = engine.Recall(judged, AUDITED - judged, wrong=0.0) if cell.links and cell.corrected else CERTAIN
        found = engine.coverage(captures, registers, recall, engine.Settings(seed=run, draws=200))[0].result
        if isinstance(found, engine.Figure):
            _count(values, found, cell.people)
    shown = len(values["held"])
    return {f"{cell.name}_{name}": float(np.mean(some)) for name, some in values.items()} | {f"{cell.name}_refused": 1 - shown / runs}


def _count(values: dict[str, list[float]], found: engine.Figure, people: int) -> None:
    total = found.total
    low, high = total.low or 0.0, total.high or 0.0
    values["held"].append(low <= people <= high)
    values["held_wide"].append((total.wide_low or 0.0) <= people <= (total.wide_high or 0.0))
    values["ratio"].append(total.value / people)
    values["width"].append((high - low) / people)
    values["warned"].append(any(one.code is engine.Caution.LIKELY_UNDERCOUNT for one in found.warnings))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=300, help="sets of registers a cell (300)")
    parser.add_argument("--only", default="", help="cells whose name holds this word (all)")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args()
    started = time.perf_counter()
    found: dict[str, float] = {}
    for cell in cells():
        if options.only in cell.name:
            found |= figures(cell, options.runs)
    found["seconds"] = time.perf_counter() - started
    report(found, options)


if __name__ == "__main__":
    main()
