"""Statistics of a territory beside up to three others the reader chooses, always with how far each is known."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rrr.core.caching import shared
from rrr.core.tables import safe_cell
from rrr.places import queries as places
from rrr.places.models import Territory
from rrr.understand import coverage_sentences
from rrr.understand.queries import statistics as queries
from rrr.understand.queries import unseen
from rrr.understand.views.territories import seen


@dataclass(frozen=True)
class Compared:
    territory: Territory
    total: int
    unseen: str


@require_GET
@shared
def statistics(request: HttpRequest, territory: str) -> HttpResponse:
    found = seen(request, territory)
    others = _others(request, found)
    tables = queries.tables([found, *others])
    context = {
        "territory": found,
        "compared": _compared([found, *others], tables),
        "tables": tables,
        "choices": [one for one in places.territories() if one.pk != found.pk],
        "slots": [others[place].slug if place < len(others) else "" for place in range(queries.MOST_OTHERS)],
        "query": request.GET.urlencode(),
    }
    return render(request, "understand/statistics.html", context)


@require_GET
@shared
def statistics_csv(request: HttpRequest, territory: str) -> HttpResponse:
    found = seen(request, territory)
    shown = [found, *_others(request, found)]
    tables = queries.tables(shown)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rrr-{found.slug}-statistics.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(["table", "code", "label", "territory", "organisations", "of", "share_percent", "coverage"])
    compared = _compared(shown, tables)
    for table in tables:
        for line in table.lines:
            for one, cell in zip(compared, line.cells, strict=True):
                row = [
                    table.code,
                    line.code,
                    line.label,
                    one.territory.slug,
                    str(cell.number),
                    str(cell.of),
                    f"{cell.share:.1f}",
                    one.unseen,
                ]
                writer.writerow([safe_cell(value) for value in row])
    return response


def _others(request: HttpRequest, found: Territory) -> list[Territory]:
    """The first three published territories that the address names; what nobody may see is left out."""
    asked = list(dict.fromkeys(request.GET.getlist("with")))[:20]
    known = {one.slug: one for one in places.territories().filter(slug__in=asked) if one.pk != found.pk}
    return [known[slug] for slug in asked if slug in known][: queries.MOST_OTHERS]


def _compared(shown: list[Territory], tables: list[queries.Table]) -> list[Compared]:
    totals = [cell.of for cell in tables[0].lines[-1].cells]
    return [Compared(one, total, coverage_sentences.state(unseen.state(one))) for one, total in zip(shown, totals, strict=True)]
