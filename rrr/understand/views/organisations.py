"""Organisations: list, page, correction, visibility, history."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.core import thread
from rrr.core.caching import shared
from rrr.people.permissions import Permission, allowed, require, signed_in
from rrr.understand import coverage_sentences, queries
from rrr.understand.actions import imports as import_actions
from rrr.understand.actions import organisations as actions
from rrr.understand.forms import FilterForm, OrganisationForm, VisibilityForm
from rrr.understand.models import Visibility
from rrr.understand.queries import claims, downloads, imports, provenance, unseen
from rrr.understand.views.territories import seen


@require_GET
@shared
def organisation_list(request: HttpRequest, territory: str) -> HttpResponse:
    found = seen(request, territory)
    form = FilterForm(request.GET, sources=imports.published_sources(found))
    form.is_valid()
    matching = queries.filtered(found, form.given, hidden=allowed(request.user, Permission.ORGANISATION_EDIT, found))
    page = Paginator(matching, 50).get_page(request.GET.get("page"))
    state = coverage_sentences.state(unseen.state(found))
    context = {"territory": found, "page": page, "form": form, "choices": request.GET.urlencode(), "unseen": state}
    context["registers"] = downloads.registers(found)
    return render(request, "understand/organisations.html", context)


@require_GET
@shared
def organisation(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    found = seen(request, territory)
    may_edit = allowed(request.user, Permission.ORGANISATION_EDIT, found)
    one = queries.organisation(found, slug, hidden=True)
    claim = claims.mine(request.user, one)
    if one.visibility == Visibility.HIDDEN and not (may_edit or (claim and claim.holds)):
        raise Http404
    context = {
        "territory": found,
        "organisation": one,
        "ties": queries.ties(one),
        "panels": thread.panels("organisation", thread.Context(request, found.slug, {"organisation": one})),
        "may_edit": may_edit,
        "facts": provenance.facts(one, places=may_edit or one.visibility == Visibility.PUBLISHED),
        "differences": imports.differences(one) if may_edit else [],
        "claim": claim,
        "kept_since": claims.kept_since(one),
        "may_hide": allowed(request.user, Permission.PLACE_HIDE, found),
    }
    return render(request, "understand/organisation.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.ORGANISATION_EDIT, territory)
    found = queries.territory(territory, drafts=True)
    one = queries.organisation(found, slug, hidden=True)
    form = OrganisationForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        fresh = queries.organisation(found, slug, hidden=True)  # the form has written its values on `one`
        actions.update(by=signed_in(request), organisation=fresh, changes=form.changes(), reason=form.cleaned_data["reason"])
        messages.success(request, _("Saved."))
        return redirect("understand:organisation", found.slug, slug)
    return render(request, "understand/organisation_form.html", {"territory": found, "organisation": one, "form": form})


@require_http_methods(["GET", "POST"])
def visibility(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.PLACE_HIDE, territory)
    found = queries.territory(territory, drafts=True)
    one = queries.organisation(found, slug, hidden=True)
    form = VisibilityForm(request.POST or None, initial={"visibility": one.visibility})
    if request.method == "POST" and form.is_valid():
        try:
            actions.show(by=signed_in(request), organisation=one, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("visibility", error)
        else:
            messages.success(request, _("Saved. It holds for pages, maps and downloads at once."))
            return redirect("understand:organisation", found.slug, slug)
    return render(request, "understand/visibility.html", {"territory": found, "organisation": one, "form": form})


@require_GET
def history(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.HISTORY_SEE, territory)
    found = queries.territory(territory, drafts=True)
    one = queries.organisation(found, slug, hidden=True)
    return render(request, "understand/history.html", {"territory": found, "subject": one, "entries": queries.history(one)})


@require_POST
def take(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    """Let the value of a register row stand instead of ours."""
    require(request, Permission.ORGANISATION_EDIT, territory)
    found = queries.territory(territory, drafts=True)
    one = queries.organisation(found, slug, hidden=True)
    try:
        row = imports.row_of(one, request.POST.get("record", ""))
        import_actions.take_value(by=signed_in(request), organisation=one, record=row, field=request.POST.get("field", ""))
        messages.success(request, _("Saved. The value before stands in the history."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("understand:organisation", found.slug, slug)
