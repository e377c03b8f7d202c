"""The ledger of decisions: list, download, opening one again."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rrr.core.tables import Echo, safe_cell
from rrr.people.permissions import Permission, signed_in
from rrr.understand.actions import imports as actions
from rrr.understand.models import LinkDecision
from rrr.understand.queries import ledger as queries
from rrr.understand.views.imports import opened, told


@require_GET
def decisions(request: HttpRequest, territory: str) -> HttpResponse:
    found = opened(request, territory, Permission.LINK_DECIDE)
    page = Paginator(queries.decisions(found), 25).get_page(request.GET.get("page"))
    return render(request, "understand/ledger.html", {"territory": found, "page": page, "entries": queries.entries(list(page))})


@require_GET
def decisions_csv(request: HttpRequest, territory: str) -> StreamingHttpResponse:
    """The whole ledger, with roles instead of names."""
    found = opened(request, territory, Permission.LINK_DECIDE)
    lines = _lines(queries.decisions(found).iterator(2000), queries.roles(found))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rrr-{found.slug}-decisions.csv"'
    return response


def _lines(rows: Iterable[LinkDecision], roles: dict[int, str]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield "\ufeff"  # spreadsheets take the file for UTF-8 only with this mark
    heads = ("id", "at", "purpose", "register", "key", "record", "verdict", "organisation", "role", "reason", "weight", "levels", "model")
    yield writer.writerow(heads)
    for one in rows:
        texts = [
            one.purpose, str(one.source), one.key, getattr(one, "name", None) or "", one.verdict, str(one.organisation or ""),
            roles.get(one.by_id or 0, ""), one.reason, "" if one.weight is None else f"{one.weight:.2f}", one.pattern, one.model_version,
        ]  # fmt: skip
        yield writer.writerow([one.pk, one.at.isoformat(timespec="seconds"), *map(safe_cell, texts)])


@require_POST
def undo(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    """Open a decision again, by a new row."""
    found = opened(request, territory, Permission.LINK_DECIDE)
    try:
        actions.undo_decision(by=signed_in(request), decision=queries.decision(found, pk))
        messages.success(request, _("Opened again. The row stays in the list, and a new one says so."))
    except ValidationError as error:
        told(request, error)
    return redirect("understand:ledger", found.slug)
