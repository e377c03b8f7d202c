"""Network: false gaps, planted gaps and communities found again, and what "stable" is worth, in made networks where the truth is known.

python -m benchmarks.network [--runs 60] [--json]

Each network has 60 organisations in three sectors of 20 and about 150 ties.
  false_gaps     ties take no notice of sectors: share of networks in which any gap is found (nominal at most .05)
  gaps_found     ties within a sector are 2.5 times as likely as between: share of pairs of sectors found
  communities    the same networks: mean adjusted Rand index of the communities with the sectors
  kept_stable, kept_other   a tenth of all ties was never written down: share of listed brokers, called stable or not, also listed with all ties
  ratio_N        time of one whole analysis of N organisations with about 2N ties (preferential attachment), as a ratio to 100 organisations
  seconds        that of 100
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter

from benchmarks.data import report
from rrr.engines import network as engine
from rrr.engines.network.communities import rand_index

Ties = list[tuple[str, str]]
SIZE, SECTORS = 60, 3
NODES = [engine.Node(f"o{n:03}", "abc"[n % SECTORS]) for n in range(SIZE)]
QUICK = engine.Rule(draws=199, strength_draws=9, removals=40)


def blocks(source: random.Random, *, inside: float, outside: float) -> Ties:
    pairs = ((a, b) for n, a in enumerate(NODES) for b in NODES[:n])
    return [(a.name, b.name) for a, b in pairs if source.random() < (inside if a.group == b.group else outside)]


def attached(source: random.Random, size: int, each: int = 2) -> Ties:
    """Preferential attachment (Barabási & Albert 1999): newcomers choose by the ties others have."""
    ends, ties = ["o0000", "o0001"], [("o0000", "o0001")]
    for number in range(2, size):
        chosen: set[str] = set()
        while len(chosen) < min(each, number):
            chosen.add(source.choice(ends))
        name = f"o{number:04}"
        ties += [(name, one) for one in sorted(chosen)]
        ends += [*sorted(chosen), *[name] * len(chosen)]
    return ties


def gaps(runs: int, *, inside: float, outside: float) -> tuple[float, float, float]:
    """Share of networks with a gap, share of pairs that are one, mean agreement of communities and sectors."""
    some, pairs, likeness = 0, 0, 0.0
    for seed in range(runs):
        found = engine.analyse(blocks(random.Random(seed), inside=inside, outside=outside), NODES, QUICK)  # not for secrets
        number = sum(one.found for one in found.gaps)
        some, pairs = some + (number > 0), pairs + number
        likeness += rand_index([one.community for one in found.nodes], ["abc".index(one.group) for one in found.nodes])
    return some / runs, pairs / (runs * SECTORS), likeness / runs


def kept(runs: int) -> tuple[float, float]:
    counts: Counter[tuple[bool, bool]] = Counter()
    for seed in range(runs):
        source = random.Random(seed)  # not for secrets
        whole = attached(source, SIZE)
        written = source.sample(whole, round(0.9 * len(whole)))
        truth = {one.name for one in engine.analyse(whole, rule=QUICK).brokers}
        counts.update((bool(one.stable), one.name in truth) for one in engine.analyse(written, rule=QUICK).brokers)
    shares = [counts[flag, True] / max(1, counts[flag, True] + counts[flag, False]) for flag in (True, False)]
    return shares[0], shares[1]


def seconds(size: int) -> float:
    ties = attached(random.Random(1), size)  # not for secrets
    nodes = [engine.Node(f"o{n:04}", "abc"[n % SECTORS]) for n in range(size)]
    begun = time.perf_counter()
    engine.analyse(ties, nodes)
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    false, _, _ = gaps(given.runs, inside=0.085, outside=0.085)
    _, found, likeness = gaps(given.runs, inside=0.14, outside=0.056)
    stable, other = kept(given.runs)
    times = {size: seconds(size) for size in (100, 300, 1000)}
    rows: dict[str, float] = {"false_gaps": false, "gaps_found": found, "communities": likeness, "kept_stable": stable, "kept_other": other}
    rows |= {f"ratio_{size}": took / times[100] for size, took in times.items() if size > 100}
    report(rows | {"seconds": times[100]}, given)


if __name__ == "__main__":
    main()
