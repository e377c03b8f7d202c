"""What every page knows: navigation, territory and language choice, the thread bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from rrr.core import thread
from rrr.core.caching import chosen_territory
from rrr.places import queries as places

SEARCH = "explore:search"  # over everything, so of no step
# Label and URL name. The entry of the step a page belongs to is marked as current.
ENTRIES = [
    (_("Territories"), "understand:territories"),
    (_("Challenges"), "define:challenges"),
    (_("Solutions"), "explore:solutions"),
    (_("Pilots"), "experiment:pilots"),
    (_("Cases"), "exchange:cases"),
    (_("Search"), SEARCH),
]


@dataclass(frozen=True)
class NavItem:
    label: str
    url: str
    current: bool


def _navigation(request: HttpRequest) -> list[NavItem]:
    match = request.resolver_match
    step = match.app_name if match else ""
    items = []
    for label, name in ENTRIES:
        here = match is not None and match.view_name == name
        mine = name.partition(":")[0] == step and name != SEARCH
        current = here or (mine and match is not None and match.view_name != SEARCH)
        items.append(NavItem(str(label), reverse(name), current))
    return items


def _current_territory(request: HttpRequest) -> str:
    """The territory of the page's address, else the one chosen before."""
    match = request.resolver_match
    named = str(match.kwargs.get("territory", "")) if match else ""
    return named or chosen_territory(request)


def site(request: HttpRequest) -> dict[str, Any]:
    """Keys of templates/base.html. Everything that asks the database is lazy, so that a page without it asks nothing."""
    current = _current_territory(request)
    return {
        "nav": _navigation(request),
        "languages": [(code, name) for code, name in settings.LANGUAGES if code != settings.PSEUDO_LANGUAGE],
        "current_territory": current,
        "territories_menu": SimpleLazyObject(lambda: places.menu()),
        "thread_bar": SimpleLazyObject(lambda: thread.bar(request, current)),
        "demonstration": settings.DEMONSTRATION,
        "account_page": request.path.startswith("/accounts/"),  # allauth's own templates bring no container
    }
