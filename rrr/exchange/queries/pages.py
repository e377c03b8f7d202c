"""Addresses of everything public, for search engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from rrr.define.models import Challenge
from rrr.exchange.models import Case
from rrr.experiment.models import Pilot
from rrr.explore.models import Solution
from rrr.places.models import Territory

LISTS = (
    "web:home",
    "understand:territories",
    "define:challenges",
    "explore:solutions",
    "experiment:pilots",
    "exchange:cases",
    "web:open_data",
    "understand:vocabularies",
)
MOST = 10_000  # of each kind: a sitemap holds 50,000 addresses


def public_pages() -> Iterator[tuple[str, datetime | None]]:
    """Path, and when the object behind it last changed."""
    for name in LISTS:
        yield reverse(name), None
    for slug, changed in Territory.objects.published().values_list("slug", "updated_at")[:MOST]:
        yield reverse("understand:territory", args=[slug]), changed
        for name in ("organisations", "statistics", "coverage"):
            yield reverse(f"understand:{name}", args=[slug]), None
    for kind, found in (
        ("define:challenge", Challenge.objects.public().filter(territory__isnull=False)),
        ("experiment:pilot", Pilot.objects.public()),
        ("exchange:case", Case.objects.public()),
    ):
        for place, slug, changed in found.values_list("territory__slug", "slug", "updated_at")[:MOST]:
            yield reverse(kind, args=[place, slug]), changed
    for slug, changed in Solution.objects.public().values_list("slug", "updated_at")[:MOST]:
        yield reverse("explore:solution", args=[slug]), changed
