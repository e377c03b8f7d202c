"""Murmurations: profiles in a list, place below geolocation."""

from __future__ import annotations

from tests.connectors.reading import sample

SLUG = "murmurations"


def test_the_sample_reads_as_its_schema_says() -> None:
    assert sample(SLUG).only("key", "name", "kind", "lat", "city", "country", "website", "last_seen") == [
        (
            "https://one.example.org/profile.json",
            "Example Cooperative 1",
            "cooperative",
            51.5,
            "London",
            "GB",
            "https://one.example.org",
            2026,
        ),
        ("https://two.example.org/profile.json", "Example Network 2", "network", 51.6, "London", "GB", "https://two.example.org", 2025),
        ("https://three.example.org/profile.json", "Example Group 3", "", None, None, None, "https://three.example.org", 2024),
    ]
