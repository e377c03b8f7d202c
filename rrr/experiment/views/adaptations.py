"""Adaptations: list, page, each part, words, history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.experiment import queries
from rrr.experiment.actions import adaptations as actions
from rrr.experiment.forms.adaptations import DescribeForm, PartForm
from rrr.experiment.models import Adaptation
from rrr.people.permissions import Permission, allowed, require, signed_in
from rrr.places.models import Territory


def place(request: HttpRequest, slug: str) -> Territory:
    """The territory, if this reader may see it."""
    return queries.territory(slug, drafts=allowed(request.user, Permission.TERRITORY_SEE_DRAFT, slug))


def seen(request: HttpRequest, territory: str, pk: int) -> Adaptation:
    """An adaptation belongs to its team until it led to a pilot with a frozen plan."""
    one = queries.adaptation(territory, pk, inside=allowed(request.user, Permission.PILOT_SEE, territory))
    request.thread_subjects = {"adaptation": one, "challenge": one.challenge, "solution": one.solution}  # type: ignore[attr-defined] # read by core.thread
    return one


@require_GET
def adaptation_list(request: HttpRequest, territory: str) -> HttpResponse:
    found = place(request, territory)
    inside = allowed(request.user, Permission.PILOT_SEE, found)
    page = Paginator(queries.adaptations(found, inside=inside), 25).get_page(request.GET.get("page"))
    return render(request, "experiment/adaptations.html", {"territory": found, "page": page, "inside": inside})


@require_POST
def start(request: HttpRequest, territory: str) -> HttpResponse:
    """From a shortlisted solution (`item`)."""
    require(request, Permission.ADAPTATION_EDIT, territory)
    if not request.POST.get("item"):
        messages.error(request, _("Nothing was begun: press “Adapt this solution” beside a solution on the shortlist of a challenge."))
        return redirect("experiment:adaptations", territory)
    made = actions.start(by=signed_in(request), item=queries.item(territory, request.POST["item"]))
    return redirect("experiment:adaptation", territory, made.pk)


@require_GET
def adaptation(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    one = seen(request, territory, pk)
    inside = allowed(request.user, Permission.PILOT_SEE, territory)
    context: dict[str, Any] = {
        "territory": one.territory,
        "adaptation": one,
        "parts": queries.parts(one),
        "pilots": queries.pilots_of(team_of=territory if inside else "", pk=one.pk),
        "may_edit": allowed(request.user, Permission.ADAPTATION_EDIT, territory),
        "may_plan": allowed(request.user, Permission.PILOT_PLAN, territory),
        "may_history": allowed(request.user, Permission.HISTORY_SEE, territory),
    }
    return render(request, "experiment/adaptation.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    require(request, Permission.ADAPTATION_EDIT, territory)
    one = seen(request, territory, pk)
    form = DescribeForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        actions.describe(by=signed_in(request), adaptation=one, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("experiment:adaptation", territory, pk)
    return render(request, "experiment/adaptation_form.html", {"territory": one.territory, "adaptation": one, "form": form})


@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, territory: str, pk: int, part: int) -> HttpResponse:
    require(request, Permission.ADAPTATION_EDIT, territory)
    one = seen(request, territory, pk)
    found = queries.part(one, part)
    form = PartForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_part(by=signed_in(request), part=found, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Saved."))
            return redirect("experiment:adaptation", territory, pk)
    return render(request, "experiment/part_form.html", {"territory": one.territory, "adaptation": one, "part": found, "form": form})


@require_GET
def history(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    require(request, Permission.HISTORY_SEE, territory)
    one = seen(request, territory, pk)
    context = {"territory": one.territory, "subject": one, "entries": queries.adaptation_history(one)}
    return render(request, "experiment/history.html", context)
