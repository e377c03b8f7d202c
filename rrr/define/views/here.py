"""What every page of this step looks up first: territory, challenge or poll, as far as this reader may see them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from rrr.define import queries
from rrr.define.models import Challenge, Poll
from rrr.people.permissions import Permission, allowed
from rrr.places.models import Territory
from rrr.understand import queries as understand


def inside(request: HttpRequest, territory: str) -> bool:
    """Whether drafts of this territory are for this reader."""
    return allowed(request.user, Permission.TERRITORY_SEE_DRAFT, territory)


def territory(request: HttpRequest, slug: str) -> Territory:
    return understand.territory(slug, drafts=inside(request, slug))


def challenge(request: HttpRequest, territory: str, slug: str) -> Challenge:
    """Raises Http404 where the reader may not see it; tells the thread bar what the page is about."""
    found = queries.challenge(territory, slug, drafts=inside(request, territory))
    about(request, challenge=found)
    return found


def poll(request: HttpRequest, territory: str, key: str, *, team: bool = False) -> Poll:
    found = queries.poll(territory, key, inside=team)
    about(request, challenge=found.challenge)
    return found


def about(request: HttpRequest, **subjects: Any) -> None:
    request.thread_subjects = subjects  # type: ignore[attr-defined] # read by rrr.core.thread.bar
