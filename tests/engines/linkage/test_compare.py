"""Bands, flags and weights of pairs."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from pathlib import Path

import pytest

from rrr.engines.linkage import COMPARISONS, PRIOR, Band, Candidate, Flag, compare
from rrr.engines.linkage.prepare import prepare, token_counts
from rrr.engines.linkage.scoring import between
from rrr.records.organisation import OrganisationRecord

pytestmark = pytest.mark.slow  # each comparison starts DuckDB and Splink

KNOWN = OrganisationRecord(
    "k1",
    "Il Margine",
    legal_form="società cooperativa sociale",
    street="Via Eritrea 20",
    postcode="10142",
    city="Torino",
    country="IT",
    website="https://www.ilmargine.it",
    phone="+39 011 411 6545",
    tax_id="02430520018",
    source="register",
)
OTHER = OrganisationRecord(
    "k2", "Casa del Quartiere di San Salvario", street="Via Morgari 14", city="Torino", country="IT", source="register"
)
NEW = replace(KNOWN, key="n1", source="upload")


def only(new: OrganisationRecord, *known: OrganisationRecord) -> Candidate:
    found = compare([new], known or (KNOWN, OTHER))
    assert len(found) == 1
    return found[0]


CASES = {
    "legal form and spelling": (
        replace(NEW, name="IL MARGINE S.C.S. Onlus", street="via Eritrea, 20", postcode="", phone="", website="", tax_id=""),
        Band.SAME,
        (),
    ),
    "phone without address": (replace(NEW, street="", postcode="", city="", phone="0039-0114116545", tax_id="", website=""), Band.SAME, ()),
    "moved": (replace(NEW, street="Corso Francia 8", postcode="10143"), Band.DOUBTFUL, (Flag.BRANCH_OR_MOVED,)),
    "name alone": (OrganisationRecord("n1", "Il Margine", country="IT"), Band.DOUBTFUL, ()),
    "another name in the same house": (replace(NEW, name="Banca Etica"), Band.DOUBTFUL, (Flag.OTHER_NAME,)),
    "nothing in common": (OrganisationRecord("n1", "Fundacja Ocalenie", country="PL"), Band.NEW, ()),
    "no name": (OrganisationRecord("n1", "", tax_id="02430520018"), Band.DOUBTFUL, (Flag.OTHER_NAME,)),
}


@pytest.mark.parametrize("case", CASES)
def test_bands_and_flags(case: str) -> None:
    new, band, flags = CASES[case]
    found = only(new)
    assert (found.band, found.flags) == (band, flags)
    assert found.known_key == (None if band is Band.NEW else "k1")


def test_the_weight_is_the_prior_and_the_bars() -> None:
    found = only(NEW)
    assert found.weight == pytest.approx(math.log2(PRIOR / (1 - PRIOR)) + sum(bar.weight for bar in found.comparisons))
    assert [bar.comparison for bar in found.comparisons] == [one.code for one in COMPARISONS]
    assert {bar.comparison: bar.level for bar in found.comparisons}["place"] == "same_address"


def test_our_sum_is_the_weight_splink_gives() -> None:
    """Splink leaves out what it gives less than the least asked for: what stays at each cut must be what our sum says."""
    left, right = [NEW, replace(NEW, key="n2", tax_id="", phone="1234567")], [KNOWN, OTHER]
    counts = token_counts([*left, *right])
    rows = prepare(left, counts), prepare(right, counts)
    pairs = {pair[:2]: pair[2].weight for pair in between(*rows, least=-50)}
    assert len(pairs) >= 2
    for cut in pairs.values():
        kept = {pair[:2] for pair in between(*rows, least=cut + 0.02)}
        assert kept == {pair for pair, weight in pairs.items() if weight > cut + 0.01}


def test_two_known_records_that_fit_alike_go_to_a_person() -> None:
    found = compare([NEW], [KNOWN, replace(KNOWN, key="k9")])
    assert [(one.known_key, one.band) for one in found] == [("k1", Band.DOUBTFUL), ("k9", Band.DOUBTFUL)]
    assert all(Flag.SEVERAL in one.flags for one in found)


def test_different_numbers_in_names_hold_apart() -> None:
    school = OrganisationRecord("k1", "School Library 5", street="Long Road 1", city="Dublin", country="IE")
    assert only(replace(school, key="n1", name="School Library 7"), school).band is Band.DOUBTFUL


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", "'; DROP TABLE a_new; --", "=cmd()", "\x00", "名" * 500])
def test_names_are_data_never_code(payload: str) -> None:
    found = compare([replace(NEW, name=payload)], [replace(KNOWN, name=payload)])
    assert found[0].known_key == "k1"


def test_empty_lists() -> None:
    assert compare([], [KNOWN]) == []
    assert [one.band for one in compare([NEW], [])] == [Band.NEW]


def test_two_records_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="new records have one key"):
        compare([NEW, NEW], [KNOWN])


def test_order_of_the_known_changes_nothing() -> None:
    known = [KNOWN, OTHER, *(replace(OTHER, key=f"o{n}", name=f"Casa {n}", street=f"Via Po {n}") for n in range(30))]
    before = compare([NEW, replace(OTHER, key="n2")], known)
    random.Random(3).shuffle(known)
    assert compare([NEW, replace(OTHER, key="n2")], known) == before


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda one: one.code)
def test_probabilities_of_levels_sum_to_one_and_stricter_levels_weigh_more_than_the_last(comparison: object) -> None:
    levels = comparison.levels  # type: ignore[attr-defined]
    assert sum(level.m for level in levels) == pytest.approx(1, abs=0.001)
    assert sum(level.u for level in levels) == pytest.approx(1, abs=0.001)
    assert levels[-1].sql == "ELSE"
    assert levels[-1].weight < 0


@pytest.mark.verification
def test_restaurants(shared_data: Path) -> None:
    from benchmarks.linkage import read, scored, truth

    folder = shared_data / "linkage/restaurants"
    figures = scored(compare(read(folder / "rest1.csv", "1"), read(folder / "rest2.csv", "2")), truth(folder))
    assert figures["recall_same"] >= 0.88
    assert figures["recall_same_or_doubtful"] >= 0.98
    assert figures["precision_same"] >= 0.8  # 19 of 99 are pairs of one name and one phone that the list of true pairs lacks
