"""Challenges to read: library, list of a territory, page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rrr.core import thread
from rrr.core.caching import shared
from rrr.define import cards, checks, queries
from rrr.define.forms import FilterForm
from rrr.define.models import Challenge, ChallengeQuerySet
from rrr.define.views import here
from rrr.define.vocabulary import STATE_SENTENCES
from rrr.people.permissions import Permission, allowed, territories_where

PAGE = 20


def _listed(request: HttpRequest, found: ChallengeQuerySet, form: FilterForm, context: dict[str, Any]) -> HttpResponse:
    form.is_valid()
    page = Paginator(queries.filtered(found, form.given), PAGE).get_page(request.GET.get("page"))
    return render(request, "define/challenges.html", {"page": page, "form": form, **context})


@require_GET
@shared
def library(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET, territories=queries.territories_with_challenges())
    return _listed(request, queries.challenges(), form, {"territory": None})


@require_GET
@shared
def of_territory(request: HttpRequest, territory: str) -> HttpResponse:
    found = here.territory(request, territory)
    form = FilterForm(request.GET, territories=None)
    context = {"territory": found, "may_create": allowed(request.user, Permission.CHALLENGE_CREATE, found)}
    return _listed(request, queries.challenges(found, drafts=here.inside(request, territory)), form, context)


@require_GET
def challenge(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    found = here.challenge(request, territory, slug)
    user = request.user
    may = {
        "edit": allowed(user, Permission.CHALLENGE_EDIT, territory),
        "publish": allowed(user, Permission.CHALLENGE_PUBLISH, territory),
        "evidence": allowed(user, Permission.EVIDENCE_ADD, territory),
        "poll": allowed(user, Permission.DELIBERATION_RUN, territory),
        "history": allowed(user, Permission.HISTORY_SEE, territory),
    }
    return _page(request, found, may, inside=here.inside(request, territory))


@require_GET
@shared
def library_challenge(request: HttpRequest, slug: str) -> HttpResponse:
    found = queries.library_challenge(slug)
    here.about(request, challenge=found)
    return _page(request, found, {}, inside=False)


def _page(request: HttpRequest, found: Challenge, may: dict[str, bool], *, inside: bool) -> HttpResponse:
    place = found.territory.slug if found.territory else ""
    context = {
        "territory": found.territory,
        "challenge": found,
        "state_sentence": STATE_SENTENCES[found.state],
        "cards": [cards.shown(card) for card in found.evidence.select_related("challenge__territory")],
        "seats": queries.seats(found, inside=inside),
        "polls": queries.polls(found, inside=may.get("poll", False)),
        "checks": checks.checks(found) if may.get("edit") else [],
        "panels": thread.panels("challenge", thread.Context(request, place, {"challenge": found, "territory": found.territory})),
        "may": may,
        "may_take_up": territories_where(request.user, Permission.CHALLENGE_CREATE) != frozenset(),
    }
    return render(request, "define/challenge.html", context)
