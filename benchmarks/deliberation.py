"""Deliberation: counts against ten published conversations, coverage and width of the bounds, time against reading the file.

python -m benchmarks.deliberation [--data FOLDER] [--json]
"""

from __future__ import annotations

import csv
import time
from pathlib import Path

import numpy as np

from benchmarks.data import arguments, report
from rrr.engines.deliberation import Vote, consensus, count, missing_bounds, sharp_bounds, wilson


def matrix(path: Path) -> dict[tuple[str, str], int]:
    with path.open(encoding="utf-8") as file:
        return {
            (row["participant"], key): int(value) for row in csv.DictReader(file) for key, value in row.items() if key.isdigit() and value
        }


def agreement_with_open_data(folder: Path) -> dict[str, float]:
    """Part of (person, statement) cells whose last vote equals the published matrix, over conversations with an event log."""
    same = cells = conversations = 0
    reading = counting = 0.0
    for log in sorted(folder.glob("*/votes.csv")):
        started = time.perf_counter()
        with log.open(encoding="utf-8") as file:
            rows = [Vote(row["voter-id"], row["comment-id"], row["vote"], float(row["timestamp"])) for row in csv.DictReader(file)]
        between = time.perf_counter()
        consensus(rows)
        counting += time.perf_counter() - between
        reading += between - started
        ours = {(person, key): value for key, mine in count(rows).votes.items() for person, value in mine.items()}
        published = matrix(log.with_name("participants-votes.csv"))
        both = ours.keys() & published.keys()
        same += sum(ours[cell] == published[cell] for cell in both)
        cells += len(both)
        conversations += 1
    return {"conversations": conversations, "cells_equal": same / cells, "time_to_reading_the_file": counting / reading}


def simulated(bias: float, runs: int = 1000, people: int = 300) -> dict[str, float]:
    """Agreement drawn evenly between .2 and .9, about a third votes, odds of voting `bias` times as high for those who agree."""
    draw = np.random.default_rng(20)
    plain = wide = 0
    ratio = []
    for _ in range(runs):
        agrees = draw.random(people) < draw.uniform(0.2, 0.9)
        odds = np.where(agrees, 0.4 * bias, 0.4)
        voted = draw.random(people) < odds / (1 + odds)
        hits, trials = int((agrees & voted).sum()), int(voted.sum())
        low, high = wilson(hits, trials)
        plain += low <= agrees.mean() <= high
        low, high = missing_bounds(hits, trials, people)
        wide += low <= agrees.mean() <= high
        sharp = sharp_bounds(hits / trials, trials / people)
        ratio.append((high - low) / (sharp[1] - sharp[0]))
    name = f"bias_{bias:g}"
    return {
        f"{name}_coverage_plain": plain / runs,
        f"{name}_coverage_bounds": wide / runs,
        f"{name}_width_to_sharp": float(np.median(ratio)),
    }


def main() -> None:
    options = arguments("Deliberation on Polis open data.")
    figures = agreement_with_open_data(options.data / "polis/openData")
    for bias in (1.0, 2.0, 3.0):
        figures |= simulated(bias)
    report(figures, options)


if __name__ == "__main__":
    main()
