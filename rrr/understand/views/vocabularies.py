"""Vocabularies: the list of them, one with its entries, and each as a file."""

from __future__ import annotations

import csv
import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rrr.core.caching import shared
from rrr.core.tables import safe_cell
from rrr.understand import skos
from rrr.understand.queries import vocabularies as queries


@require_GET
@shared
def vocabularies(request: HttpRequest) -> HttpResponse:
    return render(request, "understand/vocabularies.html", {"vocabularies": queries.VOCABULARIES.values()})


@require_GET
@shared
def vocabulary(request: HttpRequest, vocabulary: str) -> HttpResponse:
    """One vocabulary; `group` leaves the legal forms of one country or the codes of one classification."""
    found = queries.vocabulary(vocabulary)
    entries = found.entries()
    groups = list(dict.fromkeys(one.group for one in entries if one.group))
    group = request.GET.get("group", "")
    if group in groups:
        entries = [one for one in entries if one.group == group]
    sources = list(dict.fromkeys(one.source for one in entries if one.source.title))
    context = {
        "vocabulary": found,
        "entries": entries,
        "groups": groups,
        "group": group,
        "counted": entries[0].number is not None,
        "sources": sources,
    }
    return render(request, "understand/vocabulary.html", context)


@require_GET
@shared
def vocabulary_csv(request: HttpRequest, vocabulary: str) -> HttpResponse:
    queries.vocabulary(vocabulary)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rrr-{vocabulary}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    for row in skos.table(vocabulary):
        writer.writerow([safe_cell(cell) for cell in row])
    return response


@require_GET
@shared
def vocabulary_jsonld(request: HttpRequest, vocabulary: str) -> HttpResponse:
    queries.vocabulary(vocabulary)
    text = json.dumps(skos.jsonld(vocabulary), ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/ld+json; charset=utf-8")


@require_GET
@shared
def vocabulary_turtle(request: HttpRequest, vocabulary: str) -> HttpResponse:
    queries.vocabulary(vocabulary)
    return HttpResponse(skos.as_turtle(vocabulary), content_type="text/turtle; charset=utf-8")
