"""The way of a pilot from plan to case: what is done, what is next, and who may do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rrr.experiment.models import Assignment, DataUpload, Decision, Pilot, PlanVersion, Result
from rrr.experiment.vocabulary import ArmsBy
from rrr.people.permissions import Permission, allowed


@dataclass(frozen=True)
class Stage:
    """`action` is a link (or a button, when `posts`) for those who may; "" otherwise."""

    done: bool
    title: str
    text: str
    url: str = ""
    action: str = ""
    posts: bool = False
    now: bool = False


@dataclass(frozen=True)
class Facts:
    pilot: Pilot
    version: PlanVersion | None
    arms_by: str
    lot: Assignment | None
    upload: DataUpload | None
    answer: Result | None
    decision: Decision | None


def stages(request: HttpRequest, facts: Facts) -> list[Stage]:
    found = [_plan(request, facts)]
    if facts.arms_by == ArmsBy.RRR:
        found.append(_lot(request, facts))
    found += [_data(request, facts), _result(request, facts), _decision(request, facts)]
    return _mark(found)


def _mark(found: Sequence[Stage]) -> list[Stage]:
    """The first one that is not done is the one to do."""
    first = next((place for place, one in enumerate(found) if not one.done), len(found))
    return [
        Stage(one.done, one.title, one.text, one.url, one.action if one.done or place == first else "", one.posts, place == first)
        for place, one in enumerate(found)
    ]


def _url(name: str, pilot: Pilot) -> str:
    return reverse(f"experiment:{name}", args=[pilot.territory.slug, pilot.slug])


def _may(request: HttpRequest, permission: Permission, pilot: Pilot) -> bool:
    return allowed(request.user, permission, pilot.territory)


def _day(moment: Any) -> str:
    return date_format(moment, "DATE_FORMAT")


def _plan(request: HttpRequest, facts: Facts) -> Stage:
    pilot, closed = facts.pilot, facts.upload is not None or (facts.lot is not None and facts.lot.drawn_at is not None)
    may = _may(request, Permission.PILOT_PLAN, pilot) and not closed
    if facts.version is None:
        return Stage(
            False, _("Plan"), _("being written; only the team sees it"), _url("plan_edit", pilot), _("Write the plan") if may else ""
        )
    text = _("frozen on %(day)s, version %(number)s") % {"day": _day(facts.version.frozen_at), "number": facts.version.number}
    return Stage(True, _("Plan"), text, _url("plan_edit", pilot), _("Change the plan") if may else "")


def _lot(request: HttpRequest, facts: Facts) -> Stage:
    may = _may(request, Permission.PILOT_FREEZE, facts.pilot) and facts.lot is not None
    if facts.lot is None or facts.lot.drawn_at is None:
        return Stage(False, _("Lot"), _("waits for the public value"), _url("draw", facts.pilot), _("Draw the lot") if may else "")
    return Stage(True, _("Lot"), _("cast on %(day)s") % {"day": _day(facts.lot.drawn_at)}, _url("draw", facts.pilot), _("See the draw"))


def _data(request: HttpRequest, facts: Facts) -> Stage:
    may, url = _may(request, Permission.PILOT_DATA, facts.pilot), _url("data", facts.pilot)
    if facts.upload is None:
        return Stage(False, _("Data"), _("not there yet"), url, _("Upload the data") if may else "")
    text = _("%(number)s rows, uploaded on %(day)s") % {"number": len(facts.upload.rows), "day": _day(facts.upload.created_at)}
    return Stage(True, _("Data"), text, url, _("See the data") if may else "")


def _result(request: HttpRequest, facts: Facts) -> Stage:
    may, url = _may(request, Permission.PILOT_ESTIMATE, facts.pilot), _url("estimate", facts.pilot)
    answer = facts.answer
    if answer is None:
        return Stage(False, _("Result"), _("not estimated yet"), url, _("Estimate the result") if may else "", posts=True)
    if facts.upload is not None and answer.upload_id != facts.upload.pk:
        return Stage(False, _("Result"), _("older than the newest data"), url, _("Estimate again") if may else "", posts=True)
    text = _("no estimate possible with these data") if answer.refusal else _("estimated on %(day)s") % {"day": _day(answer.created_at)}
    return Stage(True, _("Result"), text)


def _decision(request: HttpRequest, facts: Facts) -> Stage:
    may, url = _may(request, Permission.PILOT_DECIDE, facts.pilot), _url("decide", facts.pilot)
    if facts.decision is None:
        return Stage(False, _("Decision"), _("not taken yet"), url, _("Decide") if may else "")
    text = _("%(verdict)s, on %(day)s") % {"verdict": facts.decision.get_verdict_display(), "day": _day(facts.decision.created_at)}
    return Stage(True, _("Decision"), text, url, _("Decide anew") if may else "")
