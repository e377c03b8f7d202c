"""OpenStreetMap through Overpass: nodes and ways, kinds from tags."""

from __future__ import annotations

from pathlib import Path

from tests.connectors.reading import sample, spoiled

SLUG = "osm_overpass"


def test_the_sample_reads_as_its_tags_say() -> None:
    assert sample(SLUG).only("key", "name", "kind", "lat", "street", "founded", "website") == [
        ("1001", "Associazione Esempio", "association", 45.07, "Via dell'Esempio 1", None, "https://esempio.example.org"),
        ("1002", "Emporio Esempio", "cooperative", 45.061, None, 2014, None),
        ("1003", "Negozio Esempio", "social_enterprise", 45.05, None, None, None),
    ]


def test_a_wrong_item_is_not_noted_because_it_is_left_out(tmp_path: Path) -> None:
    assert spoiled(tmp_path, SLUG, "Q99999999", "99999999") == []
