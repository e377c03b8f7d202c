"""What the home page and the open data page show, gathered from the steps."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from rrr.core import thread
from rrr.places import queries as places
from rrr.web import world


def home(request: HttpRequest) -> dict[str, Any]:
    territories = list(places.territories().prefetch_related("populations"))
    organisations, challenges = thread.counts("understand"), thread.counts("define")
    rows = [
        {"territory": territory, "organisations": organisations.get(territory.slug), "challenges": challenges.get(territory.slug)}
        for territory in territories
    ]
    pins = world.pins((t.name, t.centre[0], t.centre[1]) for t in territories if t.centre)
    panels = thread.panels("home", thread.Context(request))
    return {"rows": rows, "pins": pins, "way": world.way(pins), "land": world.land(), "panels": panels, "steps": thread.STEPS}


def open_data() -> dict[str, Any]:
    return {"territories": places.territories().prefetch_related("populations")}
