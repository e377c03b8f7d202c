"""Curators add, change, publish and take back solutions."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.explore import queries
from rrr.explore.actions import solutions as actions
from rrr.explore.forms import ReasonForm, SolutionForm
from rrr.people.permissions import Permission, require, signed_in


@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    require(request, Permission.SOLUTION_EDIT)
    return render(request, "explore/drafts.html", {"page": Paginator(queries.drafts(), 50).get_page(request.GET.get("page"))})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    require(request, Permission.SOLUTION_EDIT)
    form = SolutionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = actions.Draft(form.changes(), sources=tuple(form.cleaned_data["addresses"]))
        [made] = actions.add(by=signed_in(request), drafts=[draft])
        messages.success(request, _("Kept as a draft. Only curators see it until it is published."))
        return redirect("explore:solution", made.slug)
    return render(request, "explore/solution_form.html", {"form": form, "solution": None})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    require(request, Permission.SOLUTION_EDIT)
    one = queries.solution(slug, drafts=True)
    form = SolutionForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        fresh = queries.solution(slug, drafts=True)  # the form has written its values on `one`
        given = form.cleaned_data
        actions.update(by=signed_in(request), solution=fresh, changes=form.changes(), sources=given["addresses"], reason=given["reason"])
        messages.success(request, _("Saved. Search finds it by its new words at once."))
        return redirect("explore:solution", slug)
    return render(request, "explore/solution_form.html", {"form": form, "solution": queries.solution(slug, drafts=True)})


@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    require(request, Permission.SOLUTION_PUBLISH)
    one = queries.solution(slug, drafts=True)
    try:
        actions.publish(by=signed_in(request), solution=one)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Published. Everybody can find it now."))
    return redirect("explore:solution", slug)


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    require(request, Permission.SOLUTION_PUBLISH)
    one = queries.solution(slug, drafts=True)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.take_back(by=signed_in(request), solution=one, reason=form.cleaned_data["reason"])
        messages.success(request, _("Taken back. Only curators see it; shortlists keep it."))
        return redirect("explore:solution", slug)
    return render(request, "explore/take_back.html", {"form": form, "solution": one})


@require_GET
def history(request: HttpRequest, slug: str) -> HttpResponse:
    require(request, Permission.SOLUTION_EDIT)
    one = queries.solution(slug, drafts=True)
    return render(request, "explore/history.html", {"subject": one, "entries": queries.history(one)})
