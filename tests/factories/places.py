"""Territories for tests, made through the same actions a person uses."""

from __future__ import annotations

from typing import Any

from rrr.places.actions import territory as actions
from rrr.places.models import Source, Territory


def territory(slug: str = "turin", *, published: bool = True, **fields: Any) -> Territory:
    """A published territory with a centre and a box; any field of it may be named."""
    given: dict[str, Any] = {
        "name": slug.replace("-", " ").title(),
        "country": "IT",
        "languages": ["it"],
        "time_zone": "Europe/Rome",
        "authority_name": "City",
        "centre_lon": 7.69,
        "centre_lat": 45.07,
        "west": 6.58,
        "south": 44.68,
        "east": 8.13,
        "north": 45.6,
    }
    made = actions.create(by=None, slug=slug, **{**given, **fields})
    return actions.publish(by=None, territory=made) if published else made


def source(url: str = "https://example.org/report", **fields: Any) -> Source:
    return Source.objects.create(url=url, **fields)
