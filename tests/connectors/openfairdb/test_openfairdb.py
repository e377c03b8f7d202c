"""OpenFairDB: a bare list, two categories by number, the contact left out."""

from __future__ import annotations

from tests.connectors.reading import sample

SLUG = "openfairdb"


def test_the_sample_reads_as_its_members_say() -> None:
    assert sample(SLUG).only("key", "name", "kind", "lon", "city", "activity", "last_seen", "founded") == [
        (
            "00000000000000000000000000000001",
            "Beispiel Garten",
            "informal",
            11.4,
            "Innsbruck",
            "Garten für alle; garten; commons",
            2021,
            None,
        ),
        ("00000000000000000000000000000002", "Beispiel Laden", "business", 11.39, "Innsbruck", "Unverpackt; unverpackt", 2020, 2019),
        ("00000000000000000000000000000003", "Beispiel Werkstatt", "", 11.41, None, "Reparieren", None, None),
    ]
