"""The shortlist of a challenge: the team orders, discusses, chooses and drops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rrr.core import thread
from rrr.explore import bridge, queries, reasons
from rrr.explore.actions import shortlists as actions
from rrr.explore.forms import NoteForm, OptionalReasonForm, WeightsForm
from rrr.explore.models import ShortlistItem
from rrr.explore.views.matches import challenge_url, seen
from rrr.people.permissions import Permission, allowed, require, signed_in


@require_GET
def shortlist(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.SHORTLIST_SEE, territory)
    challenge = seen(request, territory, slug)
    items = queries.shortlist(challenge)
    open_items = [one for one in items if one.state != "dropped"]
    context = {
        "challenge": challenge,
        "territory": challenge.territory,
        "challenge_url": challenge_url(challenge),
        "rows": [_row(request, one, len(open_items)) for one in open_items],
        "dropped": [one for one in items if one.state == "dropped"],
        "may_edit": allowed(request.user, Permission.SHORTLIST_EDIT, territory),
        "may_note": allowed(request.user, Permission.SHORTLIST_NOTE, territory),
        "may_history": allowed(request.user, Permission.HISTORY_SEE, territory),
    }
    return render(request, "explore/shortlist.html", context)


def _row(request: HttpRequest, item: ShortlistItem, number: int) -> dict[str, Any]:
    subjects = {"item": item, "challenge": item.challenge, "solution": item.solution}
    place = queries.place(item.challenge)
    chosen = item.state == "chosen"
    return {
        "item": item,
        "parts": [(reasons.part(part["name"]), part["points"]) for part in item.match.get("parts", [])],
        "unknown": round(item.match["most"] - item.match["score"]) if item.match else 0,
        "panels": thread.panels("shortlist_item", thread.Context(request, place, subjects)) if chosen else [],
        "last": number,
    }


@require_POST
def add(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.SHORTLIST_EDIT, territory)
    challenge = seen(request, territory, slug)
    one = queries.solution(request.POST.get("solution", ""))
    weights = bridge.weights_of(WeightsForm(request.POST).given)
    actions.add(by=signed_in(request), challenge=challenge, solution=one, reason=request.POST.get("reason", "")[:1000], weights=weights)
    messages.success(request, _("%(name)s is on the shortlist. Write a note there, or look on.") % {"name": one.name})
    return redirect("explore:shortlist", territory, slug)


def _changed(request: HttpRequest, territory: str, slug: str, pk: int, change: Callable[[ShortlistItem], object]) -> HttpResponse:
    """Change an item and go back to the list, where it is."""
    item = queries.item(seen(request, territory, slug), pk)
    try:
        change(item)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    back = redirect("explore:shortlist", territory, slug)
    back["Location"] += f"#item-{pk}"
    return back


@require_POST
def move(request: HttpRequest, territory: str, slug: str, pk: int) -> HttpResponse:
    require(request, Permission.SHORTLIST_EDIT, territory)
    up = request.POST.get("to") == "up"
    return _changed(request, territory, slug, pk, lambda item: actions.move(by=signed_in(request), item=item, up=up))


@require_POST
def choose(request: HttpRequest, territory: str, slug: str, pk: int) -> HttpResponse:
    """Chosen to adapt, or back to listed."""
    require(request, Permission.SHORTLIST_EDIT, territory)
    form = OptionalReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    action = actions.unchoose if request.POST.get("to") == "listed" else actions.choose
    return _changed(request, territory, slug, pk, lambda item: action(by=signed_in(request), item=item, reason=reason))


@require_POST
def drop(request: HttpRequest, territory: str, slug: str, pk: int) -> HttpResponse:
    require(request, Permission.SHORTLIST_EDIT, territory)
    reason = request.POST.get("reason", "")[:1000]
    return _changed(request, territory, slug, pk, lambda item: actions.drop(by=signed_in(request), item=item, reason=reason))


@require_POST
def note(request: HttpRequest, territory: str, slug: str, pk: int) -> HttpResponse:
    require(request, Permission.SHORTLIST_NOTE, territory)
    form = NoteForm(request.POST)
    if not form.is_valid():
        item = queries.item(seen(request, territory, slug), pk)
        messages.error(request, _("Your note on %(name)s is empty or longer than 4,000 letters. Write it again.") % {"name": item.solution})
        return redirect("explore:shortlist", territory, slug)
    text = form.cleaned_data["text"]
    return _changed(request, territory, slug, pk, lambda item: actions.note(by=signed_in(request), item=item, text=text))


@require_GET
def history(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.HISTORY_SEE, territory)
    challenge = seen(request, territory, slug)
    return render(
        request, "explore/history.html", {"about": _("Shortlist"), "subject": challenge, "entries": queries.shortlist_history(challenge)}
    )
