"""The generator the engine is judged by: repeatable, hard enough, and true to what it says."""

from __future__ import annotations

from collections import Counter, defaultdict

from benchmarks.linking import exact, score, true_pairs
from benchmarks.organisations import SOURCES, TERRITORIES, make

RECORDS, TRUTH = make(2000, seed=3)


def test_the_same_seed_gives_the_same_records() -> None:
    assert make(500, seed=1) == make(500, seed=1)
    assert make(500, seed=1) != make(500, seed=2)


def test_every_record_has_a_truth_and_every_territory_and_source_its_share() -> None:
    assert len(RECORDS) == 2000
    assert {one.key for one in RECORDS} == set(TRUTH)
    assert set(Counter(one.territory for one in RECORDS).values()) <= {222, 223}
    assert {one.territory for one in RECORDS} == {name for name, _ in TERRITORIES}
    assert {one.source for one in RECORDS} == set(SOURCES)


def test_exact_name_and_postcode_is_not_enough() -> None:
    right, _ = true_pairs(TRUTH)
    assert 0.3 < score(exact(RECORDS), right).f1 <= 0.75


def test_there_are_branches_and_federations() -> None:
    sites: dict[str, set[str]] = defaultdict(set)
    websites: dict[str, set[str]] = defaultdict(set)
    for one in RECORDS:
        sites[TRUTH[one.key].organisation].add(TRUTH[one.key].site)
        websites[one.website].add(TRUTH[one.key].organisation)
    assert sum(len(some) > 1 for some in sites.values()) > 20
    assert sum(len(some) > 2 for website, some in websites.items() if website) > 5
