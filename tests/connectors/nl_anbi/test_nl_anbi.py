"""The Dutch list: the form is read from the name, the RSIN has a check."""

from __future__ import annotations

from pathlib import Path

from tests.connectors.reading import sample, spoiled

SLUG = "nl_anbi"


def test_the_sample_reads_as_its_columns_say() -> None:
    assert sample(SLUG).only("tax_id", "name", "city", "closed", "website") == [
        ("111222333", "Stichting Voorbeeld Amsterdam", "Amsterdam", None, "https://www.voorbeeld.example.org"),
        ("001234560", "Vereniging Het Voorbeeld", "Amsterdam", 2024, None),
        ("000000012", "Coöperatie Voorbeeld U.A.", "'s-Gravenhage", None, None),
    ]


def test_a_wrong_rsin_is_noted(tmp_path: Path) -> None:
    assert spoiled(tmp_path, SLUG, "111222333", "111222334") == [("nl_rsin", "111222334")]
