"""Diagnosis: how often the interval of a mean holds the truth, beside the t interval cut off at the ends of the scale, and their widths.

python -m benchmarks.diagnosis [--runs 400] [--json]
"""

from __future__ import annotations

import argparse
import json
import time
from statistics import NormalDist

import numpy as np
from scipy import stats

from rrr.engines.diagnosis import SCALE, Answer, Counts, diagnose, difference, mean_interval

LEVEL = 0.95
SIZES = (5, 8, 12, 20, 50)


def _bell(middle: float, width: float) -> list[float]:
    edges = [NormalDist(middle, width).cdf(score + 0.5) for score in SCALE]
    parts = np.diff([0, *edges[:-1], 1])
    return [float(part) for part in parts]


SHAPES = {
    "even": [1 / 11] * 11,
    "bell": _bell(5, 2),
    "low": _bell(1, 2),
    "narrow": _bell(7, 0.6),
    "torn": [0.4, 0.1, *[0.0] * 7, 0.1, 0.4],
    "nearly all at the top": [0.03, 0.02, *[0.0] * 7, 0.05, 0.9],
}


def clipped_t(values: np.ndarray) -> tuple[float, float]:
    people = values.sum()
    mean = float(values @ SCALE / people)
    spread = float(np.sqrt((values * (np.array(SCALE) - mean) ** 2).sum() / (people - 1)))
    half = float(stats.t.ppf((1 + LEVEL) / 2, people - 1)) * spread / people**0.5
    return max(0.0, mean - half), min(10.0, mean + half)


def means(runs: int) -> dict[str, dict[str, dict[str, float]]]:
    """Shape -> people -> parts of the runs in which each interval holds the mean, and width of ours to that of t."""
    draw = np.random.default_rng(20)
    found: dict[str, dict[str, dict[str, float]]] = {}
    for name, chances in SHAPES.items():
        truth = float(np.dot(SCALE, chances))
        for people in SIZES:
            drawn = draw.multinomial(people, chances, size=runs)
            ours = [mean_interval(tuple(int(n) for n in one), LEVEL) for one in drawn]
            theirs = [clipped_t(one) for one in drawn]
            width = sum(high - low for low, high in theirs)
            found.setdefault(name, {})[str(people)] = {
                "covers": float(np.mean([low <= truth + 1e-9 and truth - 1e-9 <= high for low, high in ours])),
                "t_covers": float(np.mean([low <= truth + 1e-9 and truth - 1e-9 <= high for low, high in theirs])),
                "width_to_t": sum(high - low for low, high in ours) / width if width else float("inf"),
            }
    return found


def differences(runs: int) -> dict[str, float]:
    """Two groups of other shapes and sizes: part of the runs in which the interval of the difference holds it."""
    draw = np.random.default_rng(21)
    found = {}
    for one, other, sizes in (("bell", "low", (8, 30)), ("torn", "narrow", (6, 12)), ("nearly all at the top", "even", (10, 10))):
        truth = float(np.dot(SCALE, SHAPES[one]) - np.dot(SCALE, SHAPES[other]))
        held = 0
        for _run in range(runs):
            first, second = (
                Counts(tuple(int(n) for n in draw.multinomial(size, SHAPES[name]))) for name, size in zip((one, other), sizes, strict=True)
            )
            given = difference(first, second, LEVEL)
            held += (given.low or 0) <= truth <= (given.high or 0)
        found[f"{one} {sizes[0]}, {other} {sizes[1]}"] = held / runs
    return found


def false_alarms(runs: int) -> dict[str, float]:
    """Seven sectors of one mind, eight people each, nine blocks: part of the rounds that tell any of 63 comparisons apart."""
    draw = np.random.default_rng(22)
    told = 0
    for _run in range(runs):
        given = [
            Answer(f"{sector}{n}", f"b{block}", int(score), f"s{sector}")
            for block in range(9)
            for sector in range(7)
            for n, score in enumerate(draw.choice(11, size=8, p=SHAPES["bell"]))
        ]
        told += any(one.apart for one in diagnose(given).differences)
    return {"rounds_with_a_false_difference": told / runs}


def told_apart(people: int, others: int = 48, comparisons: int = 63) -> dict[str, float]:
    """Smallest difference that is told apart, both groups spread by one point around their middle, others at 2."""
    level = 1 - (1 - LEVEL) / comparisons

    def around(middle: int, number: int) -> Counts:
        parts = [number // 3 + (number % 3 > place) for place in range(3)]
        return Counts(tuple(parts[score - middle + 1] if abs(score - middle) <= 1 else 0 for score in SCALE))

    found = [shift for shift in range(1, 8) if (difference(around(2 + shift, people), around(2, others), level).low or 0) > 0]
    return {f"smallest_difference_seen_{people}": float(min(found, default=10))}


def measured(runs: int) -> dict[str, object]:
    started = time.perf_counter()
    found: dict[str, object] = {
        "means": means(runs),
        "differences": differences(runs),
        **false_alarms(max(20, runs // 10)),
        **told_apart(8),
        **told_apart(20),
    }
    draw = np.random.default_rng(23)
    given = [Answer(str(person), f"b{block}", int(draw.integers(0, 11)), f"s{person % 7}") for person in range(2000) for block in range(9)]
    one = time.perf_counter()
    diagnose(given)
    done = time.perf_counter()
    return {**found, "seconds_for_2000_people": done - one, "seconds_in_all": done - started}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = measured(given.runs)
    if given.json:
        print(json.dumps(found, indent=2))
        return
    shapes: dict[str, dict[str, dict[str, float]]] = found.pop("means")  # type: ignore[assignment] # built just above
    print("covers / t covers / width to t, for", ", ".join(map(str, SIZES)), "people")
    for name, rows in shapes.items():
        print(f"{name:24}", "  ".join(f"{row['covers']:.3f} {row['t_covers']:.3f} {row['width_to_t']:.2f}" for row in rows.values()))
    for key, value in found.items():
        print(f"{key}: {value}")


if __name__ == "__main__":
    main()
