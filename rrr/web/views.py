"""Home, the header's two choices, open data."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET

from rrr.core.caching import shared
from rrr.places import queries as places
from rrr.web import queries


@require_GET
@shared
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/home.html", queries.home(request))


@require_GET
def choose_territory(request: HttpRequest) -> HttpResponse:
    """Remember the territory and go to its portrait; an empty choice shows all."""
    slug = request.GET.get("territory", "")
    if not slug:
        response = redirect("understand:territories")
        response.delete_cookie(settings.TERRITORY_COOKIE_NAME, samesite="Lax")
        return response
    if not places.exists(slug):
        raise Http404
    response = redirect("understand:territory", slug)
    _remember(response, settings.TERRITORY_COOKIE_NAME, slug)
    return response


@require_GET
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie and go back. A choice and no more, so it needs no token: pages stay the same for all visitors."""
    back = request.GET.get("next", "")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    code = request.GET.get("language", "")
    if code in dict(settings.LANGUAGES) and check_for_language(code):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, code)
    return response


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=settings.LANGUAGE_COOKIE_AGE, samesite="Lax", secure=settings.LANGUAGE_COOKIE_SECURE)


@require_GET
@shared
def open_data(request: HttpRequest) -> HttpResponse:
    return render(request, "web/open_data.html", queries.open_data())
