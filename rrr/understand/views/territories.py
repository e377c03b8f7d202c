"""List of territories, portrait, "what the SSE is here", and the form to make or change a territory."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from rrr.core import thread
from rrr.core.caching import shared
from rrr.people.permissions import Permission, allowed, require, signed_in
from rrr.places import queries as places
from rrr.places.actions import territory as territory_actions
from rrr.places.forms import TerritoryForm
from rrr.places.models import Territory
from rrr.understand import bridge, coverage_sentences, queries
from rrr.understand.queries import unseen


def seen(request: HttpRequest, slug: str) -> Territory:
    """The territory, if this reader may see it: a draft is for those who may see drafts."""
    return queries.territory(slug, drafts=allowed(request.user, Permission.TERRITORY_SEE_DRAFT, slug))


@require_GET
@shared
def territories(request: HttpRequest) -> HttpResponse:
    found = places.territories().prefetch_related("populations")
    organisations, challenges = thread.counts("understand"), thread.counts("define")
    rows = [{"territory": t, "organisations": organisations.get(t.slug), "challenges": challenges.get(t.slug)} for t in found]
    may_create = allowed(request.user, Permission.TERRITORY_CREATE)
    return render(request, "understand/territories.html", {"rows": rows, "may_create": may_create})


@require_GET
@shared
def territory(request: HttpRequest, territory: str) -> HttpResponse:
    found = seen(request, territory)
    coverage, relations = queries.coverage(found), queries.relations(found)
    on_map, state = queries.shown_on_map(found, coverage), unseen.state(found)
    context = {
        "territory": found,
        "bounds": json.dumps(on_map.bounds),
        "facts": places.facts(found),
        "coverage": coverage,
        "unseen": coverage_sentences.state(state),
        "unseen_by_type": state.recall,
        "placed": on_map.placed,
        "unplaced": on_map.unplaced,
        "more": on_map.more,
        "by_kind": queries.by_kind(found),
        "by_role": queries.by_role(found),
        "network": bridge.network_picture(queries.tied(relations), relations),
        "series": places.country_series(found.country, since=2005),
        "panels": thread.panels("territory", thread.Context(request, found.slug, {"territory": found})),
        "may_edit": allowed(request.user, Permission.TERRITORY_EDIT, found),
        "may_team": allowed(request.user, Permission.TEAM_SEE, found),
        "may_import": allowed(request.user, Permission.REGISTER_IMPORT, found),
    }
    return render(request, "understand/territory.html", context)


@require_GET
@shared
def sse_here(request: HttpRequest, territory: str) -> HttpResponse:
    found = seen(request, territory)
    context = {
        "territory": found,
        "facts": places.facts(found),
        "by_kind": queries.by_kind(found),
        "coverage": queries.coverage(found),
        "unseen": coverage_sentences.state(unseen.state(found)),
    }
    return render(request, "understand/sse_here.html", context)


@require_GET
@shared
def outline_geojson(request: HttpRequest, territory: str) -> JsonResponse:
    return JsonResponse(places.outline(seen(request, territory)), content_type="application/geo+json")


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    require(request, Permission.TERRITORY_CREATE)
    form = TerritoryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = territory_actions.set_up(by=signed_in(request), territory=None, **form.given())
        for note in form.notes:
            messages.info(request, note)
        messages.success(request, _("%(name)s is made. Only its people and managers see it until it is published.") % {"name": made.name})
        return redirect("understand:territory", made.slug)
    return render(request, "understand/territory_form.html", {"form": form, "territory": None})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, territory: str) -> HttpResponse:
    require(request, Permission.TERRITORY_EDIT, territory)
    found = queries.territory(territory, drafts=True)
    form = TerritoryForm(request.POST or None, request.FILES or None, territory=found)
    if request.method == "POST" and form.is_valid():
        territory_actions.set_up(by=signed_in(request), territory=found, **form.given())
        for note in form.notes:
            messages.info(request, note)
        messages.success(request, _("Saved."))
        return redirect("understand:territory", found.slug)
    return render(request, "understand/territory_form.html", {"form": form, "territory": found})


@require_http_methods(["POST"])
def publish(request: HttpRequest, territory: str) -> HttpResponse:
    """Publish a draft, or take a published territory back."""
    require(request, Permission.TERRITORY_PUBLISH, territory)
    found = queries.territory(territory, drafts=True)
    if found.status == "published":
        territory_actions.withdraw(by=signed_in(request), territory=found)
        messages.success(request, _("%(name)s is a draft again.") % {"name": found.name})
    else:
        territory_actions.publish(by=signed_in(request), territory=found)
        messages.success(request, _("%(name)s is published.") % {"name": found.name})
    return redirect("understand:territory", found.slug)


@require_GET
def history(request: HttpRequest, territory: str) -> HttpResponse:
    require(request, Permission.HISTORY_SEE, territory)
    found = queries.territory(territory, drafts=True)
    return render(request, "understand/history.html", {"territory": found, "subject": found, "entries": queries.history(found)})
