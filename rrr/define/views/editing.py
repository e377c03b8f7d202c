"""Open, change, close and take up challenges."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from rrr.define import queries
from rrr.define.actions import challenges as actions
from rrr.define.forms import ChallengeForm, StateForm, TakeUpForm
from rrr.define.models import Challenge
from rrr.define.views import here
from rrr.people.permissions import Permission, require, signed_in, territories_where
from rrr.places import queries as places
from rrr.understand import queries as understand


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, territory: str) -> HttpResponse:
    require(request, Permission.CHALLENGE_CREATE, territory)
    found = here.territory(request, territory)
    named: dict[str, Any] = {
        name: request.GET[name][:1000] for name in ("title", "problem") if request.GET.get(name)
    }  # from the page that led here
    named |= {"sources": [request.GET["sources"][:1000]]} if request.GET.get("sources") else {}
    form = ChallengeForm(request.POST or None, initial={"language": found.languages[0], **named})
    if request.method == "POST" and form.is_valid():
        draft = actions.Draft(form.changes(), found, sources=tuple(form.cleaned_data["sources"]), read_on=form.cleaned_data["read_on"])
        made = actions.create(by=signed_in(request), draft=draft)
        messages.success(request, _("Kept as a draft. Only the team sees it until a coordinator opens it."))
        return redirect(made)
    return render(request, "define/challenge_form.html", {"territory": found, "challenge": None, "form": form})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.CHALLENGE_EDIT, territory)
    found = here.challenge(request, territory, slug)
    sources = [source.url for source in found.sources.all()]
    form = ChallengeForm(request.POST or None, instance=found, initial={"sources": sources})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.update(by=signed_in(request), challenge=found, changes=form.changes(), sources=given["sources"], read_on=given["read_on"])
        messages.success(request, _("Saved."))
        return redirect(found)
    return render(request, "define/challenge_form.html", {"territory": found.territory, "challenge": found, "form": form})


@require_http_methods(["GET", "POST"])
def state(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.CHALLENGE_PUBLISH, territory)
    found = here.challenge(request, territory, slug)
    form = StateForm(request.POST or None, initial={"state": found.state})
    if request.method == "POST" and form.is_valid():
        actions.set_state(by=signed_in(request), challenge=found, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(found)
    return render(request, "define/state_form.html", {"territory": found.territory, "challenge": found, "form": form})


@require_GET
def history(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.HISTORY_SEE, territory)
    found = here.challenge(request, territory, slug)
    return render(request, "define/history.html", {"territory": found.territory, "subject": found, "entries": understand.history(found)})


@require_http_methods(["GET", "POST"])
def take_up(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    return _take_up(request, here.challenge(request, territory, slug))


@require_http_methods(["GET", "POST"])
def take_up_library(request: HttpRequest, slug: str) -> HttpResponse:
    return _take_up(request, queries.library_challenge(slug))


def _take_up(request: HttpRequest, found: Challenge) -> HttpResponse:
    """Copy into a territory where this person may open challenges."""
    person = signed_in(request)
    mine = _own_territories(request)
    if not mine:
        raise PermissionDenied(_("You have no role that lets you open a challenge. Ask the coordinator of your territory."))
    form = TakeUpForm(request.POST or None, territories=mine)
    if request.method == "POST" and form.is_valid():
        place = understand.territory(form.cleaned_data["territory"], drafts=True)
        made = actions.take_up(by=person, challenge=found, territory=place)
        messages.success(
            request,
            _("Copied as a draft, with credit to where it comes from. Make it yours: problem, figures and groups of your territory."),
        )
        return redirect(made)
    return render(request, "define/take_up.html", {"territory": found.territory, "challenge": found, "form": form})


def _own_territories(request: HttpRequest) -> list[Any]:
    where = territories_where(request.user, Permission.CHALLENGE_CREATE)
    return [one for one in places.territories(drafts=True) if where is None or one.slug in where]
