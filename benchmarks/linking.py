"""Linking made organisations: ours beside simple rules, a tuned string baseline and plain Splink, on the same records, against the truth.

python -m benchmarks.linking [--rows 10000] [--seed 7] [--only ours] [--json]

Every method gives groups; its pairs are compared with those of one organisation. Precision, recall, F1.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from benchmarks import linking_rivals as rivals
from benchmarks.organisations import Truth, make
from rrr.engines.linkage import Band, Decision, Linked, Verdict, link
from rrr.records.organisation import OrganisationRecord
from rrr.text.legal_forms import split

Pairs = set[tuple[str, str]]
DECIDED = 300


@dataclass(frozen=True)
class Score:
    precision: float
    recall: float
    f1: float
    seconds: float


def pairs_of(names: Iterable[tuple[str, Hashable]]) -> Pairs:
    """Pairs of keys that carry one name."""
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for key, name in names:
        groups[name].append(key)
    return {pair for members in groups.values() for pair in combinations(sorted(members), 2)}


def score(found: Pairs, right: Pairs, seconds: float = 0.0) -> Score:
    hits = len(found & right)
    return Score(hits / max(1, len(found)), hits / max(1, len(right)), 2 * hits / max(1, len(found) + len(right)), seconds)


def exact(records: Sequence[OrganisationRecord]) -> Pairs:
    """One name (without legal form, folded) and one postcode."""
    named = ((one.key, (one.territory, split(one.name, one.country).core, one.postcode)) for one in records if one.postcode)
    return pairs_of(named)


def organisations(found: Linked) -> Pairs:
    return pairs_of((one.key, one.organisation) for one in found.placed)


def automatic(found: Linked) -> Pairs:
    return {(one.left, one.right) for one in found.pairs if one.band is Band.SAME}


def decided(found: Linked, right: Pairs, seed: int) -> list[Decision]:
    """300 pairs as a queue would show them: alike from bands of four bits, with one over the chance of being shown."""
    bands: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for one in found.pairs:
        if one.weight >= -6:
            bands[min(3, int(one.weight // 4))].append((one.left, one.right))
    rng = random.Random(seed)
    share = -(-DECIDED // len(bands))
    shown = [
        (pair, len(some) / min(share, len(some))) for _, some in sorted(bands.items()) for pair in rng.sample(some, min(share, len(some)))
    ]
    verdicts = [Decision(*pair, Verdict.SAME if pair in right else Verdict.DIFFERENT, weight) for pair, weight in shown]
    rng.shuffle(verdicts)
    return verdicts[:DECIDED]


def ours(records: Sequence[OrganisationRecord], right: Pairs, sites: Pairs, seed: int) -> dict[str, Score]:
    started = time.perf_counter()
    plain = link(records)
    middle = time.perf_counter()
    told = decided(plain, right, seed)
    later = link(records, decisions=told)
    ended = time.perf_counter()
    # What people decided is known and would flatter: the pairs decided are taken out on both sides.
    known = {(min(one.left, one.right), max(one.left, one.right)) for one in told}
    return {
        "ours": score(organisations(plain), right, middle - started),
        "ours, automatic band": score(automatic(plain), right),
        "ours, sites": score(pairs_of((one.key, one.site) for one in plain.placed), sites),
        "ours after 300": score(organisations(later) - known, right - known, ended - middle),
        "ours after 300, automatic band": score(automatic(later) - known, right - known),
    }


def timed(method: Callable[[Sequence[OrganisationRecord]], Pairs], records: Sequence[OrganisationRecord], right: Pairs) -> Score:
    started = time.perf_counter()
    found = method(records)
    return score(found, right, time.perf_counter() - started)


def measure(rows: int, seed: int, only: str) -> dict[str, Score]:
    records, truth = make(rows, seed)
    right, sites = true_pairs(truth)
    scores = {}
    if only != "ours":
        scores["exact name and postcode"] = timed(exact, records, right)
        scores["OpenFairDB's rule"] = timed(rivals.openfairdb, records, right)
        scores["rapidfuzz, tuned"] = timed(lambda some: rivals.rapidfuzz(some, right), records, right)
        scores["plain Splink, best cut"] = timed(lambda some: rivals.splink(some, right), records, right)
        scores["Splink, our comparisons"] = timed(lambda some: rivals.splink(some, right, own=True), records, right)
    return {**scores, **ours(records, right, sites, seed)}


def true_pairs(truth: dict[str, Truth]) -> tuple[Pairs, Pairs]:
    return pairs_of((key, one.organisation) for key, one in truth.items()), pairs_of((key, one.site) for key, one in truth.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", choices=["all", "ours"], default="all")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    scores = measure(given.rows, given.seed, given.only)
    if given.json:
        print(json.dumps({name: vars(one) for name, one in scores.items()}))
        return
    for name, one in scores.items():
        print(f"{name:<32} precision {one.precision:.3f}  recall {one.recall:.3f}  F1 {one.f1:.3f}  {one.seconds:6.1f} s")


if __name__ == "__main__":
    main()
