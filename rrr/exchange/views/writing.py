"""Begin a case, write it, publish it, take it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rrr.exchange import evidence, queries, words
from rrr.exchange.actions import cases as actions
from rrr.exchange.forms import CaseForm, TakeBackForm
from rrr.exchange.views.cases import put_on_thread
from rrr.experiment import queries as experiment
from rrr.people.permissions import Permission, require, signed_in


@require_POST
def start(request: HttpRequest, territory: str, pilot: str) -> HttpResponse:
    require(request, Permission.CASE_EDIT, territory)
    found = experiment.pilot(territory, pilot, inside=True)
    try:
        case = actions.start(by=signed_in(request), pilot=found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("experiment:pilot", territory, pilot)
    return redirect("exchange:case_edit", territory, case.slug)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.CASE_EDIT, territory)
    case = queries.case(territory, slug, drafts=True)
    put_on_thread(request, case)
    form = CaseForm(request.POST or None, case=case)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(by=signed_in(request), case=case, changes=form.changes, text=form.text)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The text is saved. The figures stand as they were."))
            return redirect("exchange:case", territory, slug)
    figures = words.shown(case.figures or queries.assemble(case.pilot))
    return render(request, "exchange/case_form.html", {"territory": case.territory, "case": case, "form": form, "figures": figures})


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.CASE_PUBLISH, territory)
    case = queries.case(territory, slug, drafts=True)
    put_on_thread(request, case)
    if request.method == "POST":
        try:
            actions.publish(by=signed_in(request), case=case)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("exchange:case_edit", territory, slug)
        messages.success(request, _("The case is published. Its figures stand fixed."))
        return redirect("exchange:case", territory, slug)
    figures = queries.assemble(case.pilot)
    empty = [section.title for section in queries.empty_sections(case)]
    context = {"figures": words.shown(figures), "counts_as_evidence": evidence.counts(figures), "empty": empty}
    return render(request, "exchange/publish.html", {"territory": case.territory, "case": case, **context})


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.CASE_PUBLISH, territory)
    case = queries.case(territory, slug, drafts=True)
    put_on_thread(request, case)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.take_back(by=signed_in(request), case=case, reason=form.cleaned_data["reason"])
        messages.success(request, _("The case is a draft again, and its result is no evidence any more."))
        return redirect("exchange:case", territory, slug)
    return render(request, "exchange/take_back.html", {"territory": case.territory, "case": case, "form": form})
