"""How organisations are tied: the page, its two files, and, for coordinators, what falls apart if one closes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rrr.core.caching import shared
from rrr.core.tables import safe_cell
from rrr.people.permissions import Permission, allowed, require
from rrr.understand import bridge, queries
from rrr.understand.queries import network
from rrr.understand.views.territories import seen
from rrr.understand.vocabulary import sector


@require_GET
@shared
def show(request: HttpRequest, territory: str) -> HttpResponse:
    found = seen(request, territory)
    tied = network.tied(found)
    ties = len(bridge.distinct(tied))
    context = {
        "territory": found,
        "tied": tied,
        "ties": ties,
        "whole": len(tied.organisations) + tied.others,
        "reading": bridge.reading(tied),
        "most": bridge.MOST_TIES,
        "may_close": allowed(request.user, Permission.NETWORK_CLOSE, found),
    }
    return render(request, "understand/network.html", context)


@require_GET
def ties_csv(request: HttpRequest, territory: str) -> HttpResponse:
    """The ties of the page, ends by the short names of `organisations_csv`."""
    found = seen(request, territory)
    rows = (
        (
            one.source.slug, one.target.slug, one.kind, one.source.name, one.target.name, one.note, one.url,
            one.read_on.isoformat() if one.read_on else "",
        )
        for one in network.tied(found).relations
    )  # fmt: skip
    head = ("source", "target", "kind", "source_name", "target_name", "note", "url", "read_on")
    return _table(f"rrr-{found.slug}-ties.csv", head, rows)


@require_GET
def organisations_csv(request: HttpRequest, territory: str) -> HttpResponse:
    """Every organisation the page counts, also without a tie; `group` is its sector."""
    found = seen(request, territory)
    rows = ((slug, sector(kind).value, kind, name) for slug, kind, name in network.nodes(found))
    return _table(f"rrr-{found.slug}-network-organisations.csv", ("name", "group", "kind", "full_name"), rows)


@require_GET
@never_cache
def closing(request: HttpRequest, territory: str) -> HttpResponse:
    """Also with organisations only the team sees; kept nowhere."""
    require(request, Permission.NETWORK_CLOSE, territory)
    found = queries.territory(territory, drafts=True)
    tied = network.tied(found, hidden=True)
    slug = request.GET.get("organisation", "")
    chosen, result = tied.organisations.get(slug), bridge.closing(tied, slug) if slug else None
    if slug and chosen is None:
        raise Http404
    choices = sorted(tied.organisations.values(), key=lambda one: one.name.casefold())
    cut = [([tied.organisations[name] for name in part.names], round(100 * (part.kept or 0))) for part in result.cut] if result else []
    context = {
        "territory": found,
        "choices": choices,
        "chosen": chosen,
        "result": result,
        "neighbours": [tied.organisations[name] for name in result.neighbours] if result else [],
        "cut": cut,
        "lost": sum(len(part) for part, _kept in cut),
    }
    return render(request, "understand/network_closing.html", context)


def _table(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")  # spreadsheets take the file for UTF-8 only with this mark
    writer = csv.writer(response)
    writer.writerow(head)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return response
