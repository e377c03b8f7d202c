"""Wikidata: typed values, a point as text, several rows of one item."""

from __future__ import annotations

from pathlib import Path

from tests.connectors.reading import sample, spoiled

SLUG = "wikidata_sparql"


def test_the_sample_reads_as_the_query_asks() -> None:
    assert sample(SLUG).only("key", "name", "kind", "lon", "lat", "founded", "city") == [
        ("http://www.wikidata.org/entity/Q900000001", "Example Cooperative 1", "cooperative", 7.68, 45.07, 1971, "Turin"),
        ("http://www.wikidata.org/entity/Q900000002", "Example Foundation 2", "foundation", None, None, None, "Turin"),
        ("http://www.wikidata.org/entity/Q900000003", "Example Network 3", "network", 7.7, 45.1, None, "Turin"),
    ]


def test_an_address_that_is_no_item_is_noted(tmp_path: Path) -> None:
    assert spoiled(tmp_path, SLUG, "entity/Q900000002", "entity/L2") == [("wikidata", "http://www.wikidata.org/entity/L2")]
