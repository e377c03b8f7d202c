"""A diagnosis round as somebody who answers sees it: no account, no script, one building block at a time."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.core import pseudonyms
from rrr.people import throttle
from rrr.understand.actions import diagnosis_answers as actions
from rrr.understand.blocks import ASKED, BuildingBlock
from rrr.understand.forms import BlockForm, SectorForm
from rrr.understand.models import DiagnosisRound, Respondent
from rrr.understand.queries import diagnosis as queries
from rrr.understand.views.diagnosis import found_round

ALL = "all"  # in place of a block: the list of own answers


def _cookie(round: DiagnosisRound) -> str:
    return f"rrr_diagnosis_{round.key}"


def _who(request: HttpRequest, round: DiagnosisRound) -> Respondent | None:
    """The respondent of this browser; None for a cookie that is missing, forged, or of somebody who withdrew."""
    return queries.respondent(round, pseudonyms.token(request, _cookie(round), round.key))


def _context(round: DiagnosisRound, **more: Any) -> dict[str, Any]:
    return {"territory": round.territory, "round": round, **more}


@require_GET
@never_cache
def page(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    round = found_round(request, territory, key)
    who = _who(request, round)
    if who is None or not round.takes_answers:
        blocks = [(str(label), ASKED[code]) for code, label in BuildingBlock.choices]
        return render(request, "understand/diagnosis_begin.html", _context(round, form=SectorForm(), who=who, blocks=blocks))
    return _block(request, round, who, request.GET.get("block", ""))


def _block(request: HttpRequest, round: DiagnosisRound, who: Respondent, wanted: str, **more: Any) -> HttpResponse:
    """The block that was asked for, else the first without an answer, else the list of own answers."""
    given = queries.given(who)
    done = sum(1 for one in given if one.answered)
    rows = [{"given": one, "label": BuildingBlock(one.block).label} for one in given]
    context = _context(round, rows=rows, done=done, total=len(given), **more)
    chosen = next((one for one in given if one.block == wanted), None)
    if chosen is None and wanted != ALL:
        chosen = next((one for one in given if not one.answered), None)
    status = 400 if more.get("error") else 200
    if chosen is None:
        return render(request, "understand/diagnosis_done.html", context, status=status)
    place = given.index(chosen)
    following = given[place + 1].block if place + 1 < len(given) else ALL
    marked = more.get("value", "") or ("" if not chosen.answered else actions.UNKNOWN if chosen.value is None else str(chosen.value))
    context |= {
        "code": chosen.block,  # not "block": in a template that is the block of the template
        "label": BuildingBlock(chosen.block).label,
        "asked": ASKED[chosen.block],
        "place": place + 1,
        "previous": given[place - 1].block if place else "",
        "following": following,
        "scale": [str(score) for score in range(11)],
        "marked": marked,
        "reason": more.get("reason", chosen.reason),
    }
    return render(request, "understand/diagnosis_block.html", context, status=status)


@require_POST
def begin(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    round = found_round(request, territory, key)
    if _who(request, round) is not None:
        return redirect(round)
    form = SectorForm(request.POST)
    try:
        if throttle.exceeded(request, action=f"diagnosis {round.key}", most=pseudonyms.EACH_ADDRESS, seconds=60):
            raise pseudonyms.TooMany
        token = actions.begin(round=round, sector=form.data.get("sector", ""))
    except pseudonyms.TooMany:
        note = _("Many people begin at this moment. Wait a minute and press the button again; nothing is lost.")
        blocks = [(str(label), ASKED[code]) for code, label in BuildingBlock.choices]
        context = _context(round, form=form, busy=note, blocks=blocks)
        return render(request, "understand/diagnosis_begin.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(round)
    return pseudonyms.remember(
        redirect(round), name=_cookie(round), salt=round.key, token=token, until=round.retention_until, path=round.get_absolute_url()
    )


@require_POST
@never_cache
def keep(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    """Keep one answer and go on to the block after it."""
    round = found_round(request, territory, key)
    who = _who(request, round)
    if who is None:
        messages.warning(request, _("This browser has not begun yet, or has forgotten that it did. Begin here; no answer was kept."))
        return redirect(round)
    form = BlockForm(request.POST)
    sent = {name: form.data.get(name, "") for name in ("block", "value", "reason")}
    try:
        if not form.is_valid():
            raise ValidationError(_("A reason has at most 500 characters. Shorten it; nothing was kept."))
        actions.answer(respondent=who, **form.cleaned_data)
    except ValidationError as error:
        return _block(request, round, who, sent["block"], error=" ".join(error.messages), value=sent["value"], reason=sent["reason"])
    place = queries.ORDER.index(sent["block"])
    following = queries.ORDER[place + 1] if place + 1 < len(queries.ORDER) else ALL
    return redirect(f"{round.get_absolute_url()}?block={following}")


@require_http_methods(["GET", "POST"])
@never_cache
def withdraw(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    """Erase every answer of this browser."""
    round = found_round(request, territory, key)
    who = _who(request, round)
    if who is None:
        messages.info(request, _("There is no answer of this browser."))
        return redirect(round)
    if request.method == "GET":
        return render(request, "understand/diagnosis_withdraw.html", _context(round))
    number = actions.withdraw(respondent=who)
    messages.success(request, _("Erased: all your answers here (%(number)s).") % {"number": number})
    return pseudonyms.forget(redirect(round), name=_cookie(round), path=round.get_absolute_url())
