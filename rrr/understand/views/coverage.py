"""Coverage of a territory: the page, what a register can contain, a recall entered by hand, and the files that give the same figures."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.core.caching import shared
from rrr.core.version import code_version
from rrr.people.permissions import Permission, allowed, require, signed_in
from rrr.understand import coverage_sentences
from rrr.understand.actions import coverage as actions
from rrr.understand.bridge import coverage as bridge
from rrr.understand.coverage_forms import ReachForm, RecallForm
from rrr.understand.queries import territory as one_territory
from rrr.understand.queries import unseen as queries
from rrr.understand.views.territories import seen

COMMAND = "rrr coverage captures.csv --registers registers.csv --by type"


@require_GET
@shared
def coverage(request: HttpRequest, territory: str) -> HttpResponse:
    found = seen(request, territory)
    covered = bridge.coverage(found)
    context = {
        "territory": found,
        "coverage": covered,
        "recall": bridge.recall_estimate(covered.recall) if covered.recall else None,
        "rows": coverage_sentences.rows(covered.strata),
        "seen": coverage_sentences.seen(covered.seen),
        "reaches": coverage_sentences.reaches(covered.reaches),
        "listed": sum(one.number for one in covered.seen),
        "unlisted": queries.unlisted(found),
        "figures": any(one.total for one in covered.strata),
        "settings": coverage_sentences.settings(bridge.SETTINGS),
        "command": f"{COMMAND} --recall recall.csv" if covered.recall else COMMAND,
        "version": code_version(),
        "may": allowed(request.user, Permission.ANALYSIS_RUN, found),
    }
    return render(request, "understand/coverage.html", context)


@require_http_methods(["GET", "POST"])
def reach(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    require(request, Permission.ANALYSIS_RUN, territory)
    found = one_territory(territory, drafts=True)
    source = queries.source(found, pk)
    said = getattr(source, "reach", None)
    form = ReachForm(request.POST or None, initial={"kinds": said.kinds, "note": said.note} if said else None)
    if request.method == "POST" and form.is_valid():
        actions.declare_reach(by=signed_in(request), source=source, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("understand:coverage", found.slug)
    return render(request, "understand/coverage_form.html", {"territory": found, "source": source, "form": form})


@require_http_methods(["GET", "POST"])
def recall(request: HttpRequest, territory: str) -> HttpResponse:
    require(request, Permission.ANALYSIS_RUN, territory)
    found = one_territory(territory, drafts=True)
    form = RecallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.enter_recall(by=signed_in(request), territory=found, **form.cleaned_data)
        messages.success(request, _("Saved. The figures follow it now."))
        return redirect("understand:coverage", found.slug)
    return render(request, "understand/coverage_form.html", {"territory": found, "source": None, "form": form})


@require_POST
def recall_withdraw(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    require(request, Permission.ANALYSIS_RUN, territory)
    found = one_territory(territory, drafts=True)
    actions.withdraw_recall(by=signed_in(request), entry=queries.entry(found, pk))
    messages.success(request, _("Taken back. It stays in the history."))
    return redirect("understand:coverage", found.slug)


@require_GET
@shared
def captures_csv(request: HttpRequest, territory: str) -> HttpResponse:
    found = seen(request, territory)
    return _table("captures", queries.captures(queries.seen(found, queries.registers(found))))


@require_GET
@shared
def registers_csv(request: HttpRequest, territory: str) -> HttpResponse:
    found = seen(request, territory)
    return _table("registers", bridge.registers_table([bridge.reach(one) for one in queries.registers(found)]))


@require_GET
@shared
def recall_csv(request: HttpRequest, territory: str) -> HttpResponse:
    found = bridge.recall(seen(request, territory))
    if found is None:
        raise Http404
    return _table("recall", queries.recall_table(found))


def _table(name: str, rows: Iterable[list[str]]) -> HttpResponse:
    """Labels of registers are made safe where they are made, so that the three files name them alike."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    csv.writer(response).writerows(rows)
    return response
