"""Diagnosis rounds as the team sees them: list, prepare, open, invite, close, decide about reasons, publish."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.people.permissions import Permission, allowed, require, signed_in
from rrr.understand.actions import diagnosis as actions
from rrr.understand.forms import RoundForm
from rrr.understand.models import DiagnosisRound
from rrr.understand.queries import diagnosis as queries
from rrr.understand.views.territories import seen


def found_round(request: HttpRequest, territory: str, key: str) -> DiagnosisRound:
    """As far as this reader may see it."""
    drafts = allowed(request.user, Permission.DIAGNOSIS_RUN, territory)
    return queries.round_(territory, key, drafts=drafts, unpublished=allowed(request.user, Permission.TERRITORY_SEE_DRAFT, territory))


def _asked(request: HttpRequest, territory: str, key: str) -> DiagnosisRound:
    require(request, Permission.DIAGNOSIS_RUN, territory)
    return queries.round_(territory, key, drafts=True, unpublished=True)


@require_GET
def rounds(request: HttpRequest, territory: str) -> HttpResponse:
    found = seen(request, territory)
    may_run = allowed(request.user, Permission.DIAGNOSIS_RUN, territory)
    page = Paginator(queries.rounds(found, inside=may_run), 20).get_page(request.GET.get("page"))
    asks = queries.shown_on_page(found.slug, team=allowed(request.user, Permission.TERRITORY_SEE_DRAFT, territory))[1]
    return render(request, "understand/diagnosis.html", {"territory": found, "page": page, "may_run": may_run, "asks": asks})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, territory: str) -> HttpResponse:
    require(request, Permission.DIAGNOSIS_RUN, territory)
    found = seen(request, territory)
    form = RoundForm(request.POST or None, initial={"language": found.languages[0]})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.prepare(by=signed_in(request), territory=found, values=form.values())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The round is prepared. Read the questions once, then open it."))
            return redirect("understand:diagnosis_manage", territory, made.key)
    return render(request, "understand/diagnosis_form.html", {"territory": found, "round": None, "form": form})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    round = _asked(request, territory, key)
    form = RoundForm(request.POST or None, instance=round)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(by=signed_in(request), round=round, values=form.values())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("understand:diagnosis_manage", territory, key)
    return render(request, "understand/diagnosis_form.html", {"territory": round.territory, "round": round, "form": form})


@require_GET
def manage(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    round = _asked(request, territory, key)
    reasons = queries.reasons(round) if round.state == "closed" else []
    context: dict[str, Any] = {
        "territory": round.territory,
        "round": round,
        "link": request.build_absolute_uri(round.get_absolute_url()),
        "people": queries.people(round),
        "page": Paginator(reasons, 50).get_page(request.GET.get("page")),
        "waiting": queries.waiting(round) if round.state == "closed" else 0,
    }
    return render(request, "understand/diagnosis_manage.html", context)


def _invite(*, by: Any, round: DiagnosisRound) -> str:
    number = actions.invite(by=by, round=round)
    return ngettext("Sent to %(number)s person.", "Sent to %(number)s people.", number) % {"number": number}


def _steps() -> dict[str, Any]:
    """Button -> what it does and the sentence that says so."""

    def done(action: Any, words: str, **more: Any) -> Any:
        def step(*, by: Any, round: DiagnosisRound) -> str:
            action(by=by, round=round, **more)
            return words

        return step

    return {
        "open": done(actions.open_round, _("The round is open. Share its link.")),
        "invite": _invite,
        "close": done(actions.close, _("The round is closed. Look at the result, decide about the reasons, then publish.")),
        "publish": done(actions.publish, _("Everybody can see the result.")),
        "take_back": done(actions.publish, _("Only the team sees the result."), public=False),
        "erase": done(actions.erase_answers, _("Single answers are erased; the counts stay.")),
    }


@require_POST
def state(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    """One step of the round, by the button that was pressed."""
    round = _asked(request, territory, key)
    step = _steps().get(request.POST.get("to", ""))
    if step is None:
        messages.error(request, _("Press one of the buttons of this page; nothing was changed."))
        return redirect("understand:diagnosis_manage", territory, key)
    try:
        messages.success(request, step(by=signed_in(request), round=round))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("understand:diagnosis_manage", territory, key)


@require_POST
def moderate(request: HttpRequest, territory: str, key: str, pk: int) -> HttpResponse:
    round = _asked(request, territory, key)
    decision = request.POST.get("decision", "")
    if decision not in ("publish", "reject"):
        messages.error(request, _("Choose to publish or not to publish; nothing was changed."))
        return redirect("understand:diagnosis_manage", territory, key)
    try:
        actions.moderate(by=signed_in(request), reason=queries.reason(round, pk), publish=decision == "publish")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Decided."))
    return redirect("understand:diagnosis_manage", territory, key)


@require_GET
def printable(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    """A sheet to hang up: what is asked, the address and its code."""
    round = _asked(request, territory, key)
    link = request.build_absolute_uri(round.get_absolute_url())
    return render(request, "understand/diagnosis_print.html", {"territory": round.territory, "round": round, "link": link})
