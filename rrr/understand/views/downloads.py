"""Organisations of a territory as files that follow the filters of the list: what everybody may see, with the terms of its sources."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rrr.core.caching import shared
from rrr.places.models import Territory
from rrr.understand import downloads, queries
from rrr.understand.forms import FilterForm
from rrr.understand.queries import downloads as terms
from rrr.understand.queries import imports
from rrr.understand.views.territories import seen

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _given(request: HttpRequest, found: Territory) -> dict[str, Any]:
    form = FilterForm(request.GET, sources=imports.published_sources(found))
    form.is_valid()
    return {name: value for name, value in form.given.items() if value}


@require_GET
def organisations_csv(request: HttpRequest, territory: str) -> HttpResponse:
    found = seen(request, territory)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = _name(found, "csv")
    response.write("\ufeff")  # spreadsheets take the file for UTF-8 only with this mark
    writer = csv.writer(response)
    writer.writerow(downloads.HEADER)
    for one in terms.with_sources(queries.filtered(found, _given(request, found))):
        writer.writerow(downloads.row(one))
    return response


@require_GET
def organisations_xlsx(request: HttpRequest, territory: str) -> HttpResponse:
    found = seen(request, territory)
    listed = queries.filtered(found, _given(request, found))
    if downloads.too_many(listed.count()):
        messages.error(request, _("This list is too long for a spreadsheet. Filter it, or take the CSV."))
        return redirect("understand:organisations", found.slug)
    content = downloads.workbook(terms.with_sources(listed), terms.registers(found))
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": _name(found, "xlsx")})


@require_GET
def organisations_turtle(request: HttpRequest, territory: str) -> HttpResponseBase:
    found = seen(request, territory)
    lines = downloads.as_turtle(terms.with_sources(queries.filtered(found, _given(request, found))))
    return StreamingHttpResponse(lines, content_type="text/turtle; charset=utf-8", headers={"Content-Disposition": _name(found, "ttl")})


@require_GET
@shared
def organisations_geojson(request: HttpRequest, territory: str) -> JsonResponse:
    """The points of the map, or those of the filtered list that may be drawn; with the terms of the registers they may come from."""
    found = seen(request, territory)
    licences = {one.name: terms.terms(one) for one in terms.registers(found)}
    return JsonResponse({**queries.features(found, _given(request, found)), "licences": licences}, content_type="application/geo+json")


def _name(found: Territory, ending: str) -> str:
    return f'attachment; filename="rrr-{found.slug}-organisations.{ending}"'
