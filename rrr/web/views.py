"""Home, the header's two choices, open data."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from rrr.places import queries as places
from rrr.web import queries


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/home.html", queries.home(request))


@require_GET
def choose_territory(request: HttpRequest) -> HttpResponse:
    """Remember the territory and go to its portrait; an empty choice shows all."""
    slug = request.GET.get("territory", "")
    if not slug:
        request.session.pop("territory", None)
        return redirect("understand:territories")
    if not places.exists(slug):
        raise Http404
    request.session["territory"] = slug
    return redirect("understand:territory", slug)


@require_GET
def open_data(request: HttpRequest) -> HttpResponse:
    return render(request, "web/open_data.html", queries.open_data())
