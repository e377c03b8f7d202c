"""The Italian register: the section tells the kind, except for the last, where the name does."""

from __future__ import annotations

from pathlib import Path

from rrr.understand.facts import stated_kind
from tests.connectors.reading import sample, spoiled

SLUG = "it_runts"


def test_the_sample_reads_as_its_columns_say() -> None:
    assert sample(SLUG).only("register_id", "tax_id", "kind", "city") == [
        ("100001", "00743110157", "association", "Torino"),
        ("100002", "97000000014", "association", "Torino"),
        ("100003", "97000000022", "social_enterprise", "Torino"),
        ("100004", "97000000030", "", "Moncalieri"),
        ("100005", "97000000048", "mutual", "Torino"),
    ]


def test_another_body_of_the_third_sector_is_what_its_name_says() -> None:
    read = sample(SLUG)
    word = read.whole.drafts()[3].values["kind"]  # type: ignore[union-attr] # every row of the sample is kept
    assert stated_kind({**read.values[3], "kind": word}, {}, "IT") == "foundation"


def test_a_wrong_codice_fiscale_is_noted(tmp_path: Path) -> None:
    assert spoiled(tmp_path, SLUG, "00743110157", "00743110158") == [("it_codice_fiscale", "00743110158")]
    assert spoiled(tmp_path, SLUG, "00743110157", "743110157") == []
