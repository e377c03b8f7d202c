"""Votes as a visitor sees them: no account, no script, one statement at a time. Who answers is a token in a signed cookie of this vote."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.core import pseudonyms
from rrr.core.pseudonyms import EACH_ADDRESS
from rrr.define import queries
from rrr.define.actions import polls as poll_actions
from rrr.define.actions import votes as actions
from rrr.define.forms import BeginForm, StatementForm
from rrr.define.models import Participant, Poll
from rrr.define.views import here
from rrr.define.vocabulary import Answer
from rrr.people import throttle
from rrr.people.permissions import Permission, require, signed_in

BUTTONS = (Answer.AGREE, Answer.DISAGREE, Answer.PASS)  # all alike: a filled one would be a hint


def _cookie(poll: Poll) -> str:
    return f"rrr_vote_{poll.key}"


def _who(request: HttpRequest, poll: Poll) -> Participant | None:
    """The participant of this browser; None for a cookie that is missing, forged, or of somebody who withdrew."""
    return queries.participant(poll, pseudonyms.token(request, _cookie(poll), poll.key))


def _context(poll: Poll, **more: Any) -> dict[str, Any]:
    return {"territory": poll.challenge.territory, "challenge": poll.challenge, "poll": poll, **more}


@require_GET
@never_cache
def vote(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    poll = here.poll(request, territory, key)
    who = _who(request, poll)
    if who is None or not poll.takes_answers:
        return render(request, "define/vote_begin.html", _context(poll, form=BeginForm(), who=who))
    return _ballot(request, poll, who)


def _ballot(request: HttpRequest, poll: Poll, who: Participant, *, error: str = "", status: int = 200) -> HttpResponse:
    """The next statement, or the end: own answers with a way to change each, and what else one can do."""
    progress = queries.progress(who, request.GET.get("statement", "") or request.POST.get("statement", ""))
    buttons = [{"value": answer.value, "label": answer.label} for answer in BUTTONS]
    labels = dict(Answer.choices)
    mine = [{"statement": one.statement, "label": labels.get(one.value) if one.value is not None else None} for one in progress.answers]
    context = _context(poll, progress=progress, buttons=buttons, mine=mine, error=error, form=StatementForm())
    if progress.next and progress.next.value is not None:
        context["given"] = labels[progress.next.value]
    return render(request, "define/vote.html", context, status=status)


@require_POST
def begin(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    poll = here.poll(request, territory, key)
    if _who(request, poll) is not None:
        return redirect(poll)
    form = BeginForm(request.POST)
    if not form.is_valid():
        return render(request, "define/vote_begin.html", _context(poll, form=form), status=400)
    try:
        if throttle.exceeded(request, action=f"vote {poll.key}", most=EACH_ADDRESS, seconds=60):
            raise actions.TooMany
        token = actions.begin(poll=poll, sector=form.cleaned_data["sector"])
    except actions.TooMany:
        note = _("Many people begin at this moment. Wait a minute and press the button again; nothing is lost.")
        return render(request, "define/vote_begin.html", _context(poll, form=form, busy=note), status=HTTPStatus.TOO_MANY_REQUESTS)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(poll)
    return pseudonyms.remember(
        redirect(poll), name=_cookie(poll), salt=poll.key, token=token, until=poll.retention_until, path=poll.get_absolute_url()
    )


@require_POST
def answer(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    poll = here.poll(request, territory, key)
    who = _who(request, poll)
    if who is None:
        messages.warning(request, _("This browser has not begun yet, or has forgotten that it did. Begin here; no answer was kept."))
        return redirect(poll)
    try:
        statement = queries.statement(poll, request.POST.get("statement", ""))
        actions.answer(participant=who, statement=statement, value=request.POST.get("value", ""))
    except Http404:
        return _ballot(request, poll, who, error=_("This statement does not belong to this vote. Go on with the next one."), status=400)
    except ValidationError as error:
        return _ballot(request, poll, who, error=" ".join(error.messages), status=400)
    return redirect(poll)


@require_POST
def propose(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    poll = here.poll(request, territory, key)
    require(request, Permission.STATEMENT_PROPOSE, territory)
    form = StatementForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the statement, in at most 280 characters."))
        return redirect(poll)
    try:
        poll_actions.propose(by=signed_in(request), poll=poll, text=form.cleaned_data["text"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Thank you. The facilitator decides about it before others see it."))
    return redirect(poll)


@require_http_methods(["GET", "POST"])
@never_cache
def withdraw(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    """Erase every answer of this browser."""
    poll = here.poll(request, territory, key)
    who = _who(request, poll)
    if who is None:
        messages.info(request, _("There is no answer of this browser."))
        return redirect(poll)
    if request.method == "GET":
        return render(request, "define/vote_withdraw.html", _context(poll))
    number = actions.withdraw(participant=who)
    messages.success(request, _("Erased: all your answers in this vote (%(number)s).") % {"number": number})
    return pseudonyms.forget(redirect(poll), name=_cookie(poll), path=poll.get_absolute_url())
