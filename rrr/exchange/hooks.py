"""What step 5 offers the others through the thread registry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rrr.core.thread import STEPS, Context, Hit, Knot, Panel
from rrr.exchange import queries, words
from rrr.exchange.actions import cases as actions
from rrr.exchange.models import Case
from rrr.people.permissions import Permission, allowed

STEP = STEPS[4]


def knot(context: Context) -> Knot:
    """This case, the case of this pilot, or how many cases the territory has."""
    case = context.subjects.get("case") or _case_of(context)
    if case:
        return Knot(STEP, case.title, actions.address(case), "made" if case.published else "not", language=case.language)
    number = queries.counts().get(context.territory, 0)
    if not number:
        return Knot(STEP, _("No case yet"))
    text = ngettext("%(number)s case", "%(number)s cases", number) % {"number": number}
    return Knot(STEP, text, reverse("exchange:territory_cases", args=[context.territory]), "made")


def _case_of(context: Context) -> Case | None:
    pilot = context.subjects.get("pilot")
    if pilot is None:
        return None
    return queries.of_pilot(pilot, drafts=allowed(context.request.user, Permission.TERRITORY_SEE_DRAFT, context.territory))


def panels(place: str, context: Context) -> list[Panel]:
    """On a pilot the way to its case; elsewhere the cases that belong there."""
    offer = PANELS.get(place)
    return offer(context) if offer else []


def _pilot(context: Context) -> list[Panel]:
    pilot = context.subjects.get("pilot")
    if pilot is None:
        return []
    case = _case_of(context)
    may_write = allowed(context.request.user, Permission.CASE_EDIT, context.territory)
    ready = pilot.state in ("estimated", "decided")
    if not case and not (may_write and ready):
        return []
    return [
        Panel(_("Tell the others"), "exchange/_panel_pilot.html", {"case": case, "pilot": pilot, "territory": context.territory}, order=80)
    ]


def _territory(context: Context) -> list[Panel]:
    number = queries.counts().get(context.territory, 0)
    if not number:
        return []
    cases = queries.cases().filter(territory__slug=context.territory).order_by("-published_at")[:3]
    more = reverse("exchange:territory_cases", args=[context.territory])
    return [_listed(_("What others can learn from here"), cases, order=40, more=more, number=number)]


def _home(context: Context) -> list[Panel]:
    cases = queries.newest(3)
    if not cases:
        return []
    return [Panel(_("The newest cases"), "exchange/_panel_home.html", {"rows": _rows(cases)}, order=30)]


def _solution(context: Context) -> list[Panel]:
    solution = context.subjects.get("solution")
    cases = queries.used(solution) if solution else []
    return [_listed(_("Cases that tried it"), cases, order=40)] if cases else []


def _challenge(context: Context) -> list[Panel]:
    challenge = context.subjects.get("challenge")
    cases = queries.shared(challenge) if challenge else []
    return [_listed(_("What others tried about the same"), cases, order=70)] if cases else []


PANELS: dict[str, Callable[[Context], list[Panel]]] = {
    "pilot": _pilot,
    "territory": _territory,
    "home": _home,
    "solution": _solution,
    "challenge": _challenge,
}


def _rows(cases: Any) -> list[dict[str, Any]]:
    return [{"case": case, "sentence": words.sentence(case.figures)} for case in cases]


def _listed(title: str, cases: Any, *, order: int, more: str = "", number: int = 0) -> Panel:
    return Panel(title, "exchange/_panel_cases.html", {"rows": _rows(cases), "more": more, "number": number}, order)


def search(text: str, request: HttpRequest) -> list[Hit]:
    found = queries.filtered(queries.cases(), {"words": text})[:20]
    kind, simulated = _("Case"), _("Case of simulated units")
    return [Hit(one.title, actions.address(one), simulated if one.simulated else kind, one.summary) for one in found]


def export(user: Any) -> dict[str, Any]:
    """Cases the person began; every change of a text stands in the audit trail, which core exports."""
    return {"cases_begun": queries.mine(user)}


def erase(user: Any) -> None:
    actions.erase(user)
