"""Outcome data: upload, what was accepted and rejected, downloads for those who may read them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from rrr.core.tables import safe_cell
from rrr.experiment import plan as plans
from rrr.experiment import queries, sentences
from rrr.experiment.actions import data as actions
from rrr.experiment.forms.results import DataForm
from rrr.experiment.views.pilots import seen
from rrr.people.permissions import Permission, allowed, require, signed_in

SHOWN = 50


@require_http_methods(["GET", "POST"])
def data(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.PILOT_DATA, territory)
    one = seen(request, territory, slug)
    version = queries.frozen_plan(one)
    form = DataForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            made = actions.upload(by=signed_in(request), pilot=one, chunks=given.chunks(), name=given.name)
        except ValidationError as problem:
            form.add_error("file", ValidationError(problem.messages))
        else:
            numbers = {"good": len(made.rows), "bad": len(made.rejected)}
            messages.success(request, _("Rows that went through: %(good)s. Rejected: %(bad)s.") % numbers)
            return redirect("experiment:data", territory, slug)
    uploads = queries.uploads(one)
    newest = uploads[0] if uploads else None
    context = {
        "territory": one.territory,
        "pilot": one,
        "version": version,
        "plan": plans.read(version.text) if version else None,
        "form": form,
        "newest": newest,
        "earlier": uploads[1:],
        "rejected": [{**row, "reason": sentences.row(row["code"], row["facts"])} for row in (newest.rejected[:SHOWN] if newest else ())],
        "may_estimate": allowed(request.user, Permission.PILOT_ESTIMATE, one.territory),
    }
    return render(request, "experiment/data.html", context)


@require_GET
def rejected_csv(request: HttpRequest, territory: str, slug: str, pk: int) -> HttpResponse:
    require(request, Permission.PILOT_DATA, territory)
    found = queries.upload(seen(request, territory, slug), pk)
    rows = ([row["line"], row["text"], sentences.row(row["code"], row["facts"])] for row in found.rejected)
    return _csv(f"{slug}-rejected.csv", ["line", "text", "reason"], rows)


@require_GET
def rows_csv(request: HttpRequest, territory: str, slug: str, pk: int) -> HttpResponse:
    """Accepted rows with arm and cluster of the plan: what `rrr trial estimate` reads."""
    require(request, Permission.PILOT_DATA, territory)
    one = seen(request, territory, slug)
    found = queries.upload(one, pk)
    plan, arms = plans.read(found.plan.text), queries.arms(found.plan)
    values = {(row["unit"], row["period"]): row["value"] for row in found.rows}
    periods = ("before", "after") if plan.weak else ("",)
    rows = (
        [unit.key, arms.get(unit.key, ""), unit.cluster, period, _shown(values.get((unit.key, period)))]
        for unit in plan.units
        for period in periods
    )
    return _csv(f"{slug}-rows.csv", ["unit", "arm", "cluster", "period", "value"], rows)


def _shown(value: float | None) -> str:
    return "" if value is None else repr(value)


def _csv(name: str, head: list[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(head)
    writer.writerows([safe_cell(str(cell)) for cell in row] for row in rows)
    return response
