"""Votes as the facilitator sees them: prepare, open, moderate, close."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.define import queries
from rrr.define.actions import polls as actions
from rrr.define.forms import ModerationForm, PollForm, StatementForm
from rrr.define.models import Poll
from rrr.define.views import here
from rrr.people.permissions import Permission, require, signed_in


def _asked(request: HttpRequest, territory: str, key: str) -> Poll:
    require(request, Permission.DELIBERATION_RUN, territory)
    return here.poll(request, territory, key, team=True)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.DELIBERATION_RUN, territory)
    found = here.challenge(request, territory, slug)
    form = PollForm(request.POST or None, initial={"language": found.language, "title": found.question or found.title})
    if request.method == "POST" and form.is_valid():
        made = actions.prepare(by=signed_in(request), challenge=found, values=form.values(), seeds=form.cleaned_data["seeds"])
        messages.success(request, _("The vote is prepared. Look at its statements, then open it."))
        return redirect("define:poll_manage", territory, made.key)
    return render(request, "define/poll_form.html", {"territory": found.territory, "challenge": found, "poll": None, "form": form})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    poll = _asked(request, territory, key)
    form = PollForm(request.POST or None, instance=poll)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(by=signed_in(request), poll=poll, values=form.values())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("define:poll_manage", territory, key)
    context = {"territory": poll.challenge.territory, "challenge": poll.challenge, "poll": poll, "form": form}
    return render(request, "define/poll_form.html", context)


@require_GET
def manage(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    return _manage(request, _asked(request, territory, key), StatementForm())


def _manage(request: HttpRequest, poll: Poll, form: StatementForm, status: int = 200) -> HttpResponse:
    context = {
        "territory": poll.challenge.territory,
        "challenge": poll.challenge,
        "poll": poll,
        "statements": queries.statements(poll),
        "link": request.build_absolute_uri(poll.get_absolute_url()),
        "busiest": queries.busiest_minute(poll),
        "people": queries.people(poll),
        "log": queries.moderation_log(poll),
        "form": form,
    }
    return render(request, "define/poll_manage.html", context, status=status)


@require_POST
def state(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    """Open, close, or erase single answers, by the button that was pressed."""
    poll = _asked(request, territory, key)
    what = {"open": actions.open_poll, "close": actions.close, "erase": actions.erase_answers}.get(request.POST.get("to", ""))
    said = {"open": _("The vote is open."), "close": _("The vote is closed."), "erase": _("Single answers are erased; the numbers stay.")}
    if what is None:
        messages.error(request, _("Choose to open, to close or to erase; nothing was changed."))
        return redirect("define:poll_manage", territory, key)
    try:
        what(by=signed_in(request), poll=poll)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said[request.POST["to"]])
    return redirect("define:poll_manage", territory, key)


@require_POST
def add_statement(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    poll = _asked(request, territory, key)
    form = StatementForm(request.POST)
    if form.is_valid():
        try:
            actions.add_statement(by=signed_in(request), poll=poll, text=form.cleaned_data["text"])
        except ValidationError as error:
            form.add_error("text", error.messages)
        else:
            messages.success(request, _("The statement is there."))
            return redirect("define:poll_manage", territory, key)
    return _manage(request, poll, form, 400)


@require_POST
def moderate(request: HttpRequest, territory: str, key: str, pk: int) -> HttpResponse:
    poll = _asked(request, territory, key)
    form = ModerationForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose to publish or not to publish; nothing was changed."))
        return redirect("define:poll_manage", territory, key)
    given = form.cleaned_data
    try:
        actions.moderate(
            by=signed_in(request), statement=queries.statement(poll, pk), publish=given["decision"] == "publish", reason=given["reason"]
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Decided; it stands in the log."))
    return redirect("define:poll_manage", territory, key)


@require_GET
def printable(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    """A sheet to hang up: what is asked, and the address."""
    poll = _asked(request, territory, key)
    link = request.build_absolute_uri(poll.get_absolute_url())
    return render(request, "define/poll_print.html", {"territory": poll.challenge.territory, "poll": poll, "link": link})
