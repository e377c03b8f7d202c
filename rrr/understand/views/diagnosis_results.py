"""What a closed diagnosis round says, for readers and as files."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rrr.core.caching import shared
from rrr.core.tables import safe_cell
from rrr.people.permissions import Permission, allowed, require, signed_in
from rrr.understand import diagnosis_tables as tables
from rrr.understand.actions import diagnosis as actions
from rrr.understand.blocks import RECOMMENDATION, BuildingBlock
from rrr.understand.bridge import diagnosis as bridge
from rrr.understand.models import DiagnosisRound
from rrr.understand.queries import diagnosis as queries
from rrr.understand.views.diagnosis import found_round


def _readable(request: HttpRequest, territory: str, key: str) -> tuple[DiagnosisRound, bool]:
    """The round, and whether this reader runs it; Http404 where its result is not to be seen."""
    runs = allowed(request.user, Permission.DIAGNOSIS_RUN, territory)
    round = found_round(request, territory, key)
    if not (round.published_at or (runs and round.state == "closed")):
        raise Http404
    return round, runs


@require_GET
@shared
def results(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    round, runs = _readable(request, territory, key)
    found = bridge.figures(round)
    before = queries.earlier(round)
    change = bridge.changes(before[0], round) if before else []
    others = [(one, bridge.figures(one)) for one in queries.peers(round)]
    labels = dict(BuildingBlock.choices)
    context: dict[str, Any] = {
        "territory": round.territory,
        "round": round,
        "found": found,
        "rows": tables.blocks(found),
        "sector_columns": tables.sector_columns(),
        "sector_rows": tables.sectors(found),
        "apart_rows": tables.sectors(found, apart=True),
        "before": before,
        "change": tables.changes(change),
        "peers": others,
        "peer_table": tables.peers(found, others) if others else None,
        "reasons": [(str(labels[BuildingBlock(one.block)]), one.text) for one in queries.reasons(round, published=True)],
        "weakest": found.weakest,
        "challenge_url": _challenge(request, round, found),
        "provenance": tables.provenance(round, found),
        "recommendation": RECOMMENDATION,
        "may_run": runs,
    }
    return render(request, "understand/diagnosis_results.html", context)


def _challenge(request: HttpRequest, round: DiagnosisRound, found: bridge.Figures) -> str:
    """Where a challenge on the weakest block is opened, with the block named; "" where this reader may not."""
    weakest = found.weakest
    if weakest is None or weakest.mean is None or not allowed(request.user, Permission.CHALLENGE_CREATE, round.territory):
        return ""
    said = {"block": weakest.label, "mean": tables.words(weakest.mean), "title": round.title}
    given = {
        "title": weakest.label,
        "problem": _("“%(title)s” rates %(block)s lowest: %(mean)s on a scale from 0 to 10.") % said,
        "sources": request.build_absolute_uri(reverse("understand:diagnosis_results", args=[round.territory.slug, round.key])),
    }
    return f"{reverse('define:challenge_new', args=[round.territory.slug])}?{urlencode(given)}"


def _file(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'})
    response.write("\ufeff")  # spreadsheets take the file for UTF-8 only with this mark
    writer = csv.writer(response)
    writer.writerow(header)
    writer.writerows([safe_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return response


@require_GET
def results_csv(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    """The figures of the page, a row a block and a row a shown sector."""
    round, _runs = _readable(request, territory, key)
    return _file(f"rrr-diagnosis-{round.key}.csv", tables.FILE_COLUMNS, tables.file_rows(bridge.figures(round)))


@require_GET
def counts_csv(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    """How many gave each score to each block: no person, no sector, blocks at least five rated. `rrr diagnose` reads it."""
    round, _runs = _readable(request, territory, key)
    return _file(f"rrr-diagnosis-{round.key}-counts.csv", ("block", "value", "count"), bridge.count_rows(round))


@require_POST
def answers_csv(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    """Every single answer with its sector, for the team once the round is closed; the trail says who took it. Numbers are drawn anew."""
    require(request, Permission.DIAGNOSIS_RUN, territory)
    round = queries.round_(territory, key, drafts=True, unpublished=True)
    if round.state != "closed" or round.erased_at:
        raise Http404
    actions.export_all(by=signed_in(request), round=round)
    rows = queries.answers(round)
    fresh = {person: secrets.token_hex(6) for person, *_rest in rows}
    shown = sorted((fresh[person], sector, block, "unknown" if value is None else str(value)) for person, sector, block, value in rows)
    return _file(f"rrr-diagnosis-{round.key}-answers.csv", ("person", "sector", "block", "value"), shown)
