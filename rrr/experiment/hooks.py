"""What step 4 offers the others through the thread registry."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rrr.core.thread import STEPS, Context, Hit, Knot, Panel
from rrr.experiment import queries
from rrr.experiment.models import Adaptation, Assignment, DataUpload, Decision, Pilot, PlanVersion, Result
from rrr.people.permissions import Permission, allowed, territories_where

STEP = STEPS[3]


def _inside(context: Context) -> bool:
    return allowed(context.request.user, Permission.PILOT_SEE, context.territory)


def _team(context: Context) -> str:
    """The territory whose team the reader belongs to, of the page at hand."""
    return context.territory if context.territory and _inside(context) else ""


def _pilot_url(one: Pilot) -> str:
    return reverse("experiment:pilot", args=[one.territory.slug, one.slug])


def knot(context: Context) -> Knot:
    """This pilot; else the pilots of the challenge; else its adaptation; else how many the territory has."""
    subjects = context.subjects
    if "pilot" in subjects:
        return Knot(STEP, subjects["pilot"].title, _pilot_url(subjects["pilot"]), "made", language=subjects["pilot"].adaptation.language)
    if "challenge" in subjects and subjects["challenge"] is not None:
        found = queries.pilots_of(team_of=_team(context), challenge=subjects["challenge"])
        if found:
            return Knot(STEP, found[0].title, _pilot_url(found[0]), "made", language=found[0].adaptation.language)
    if "adaptation" in subjects:
        one = subjects["adaptation"]
        return Knot(STEP, one.title, reverse("experiment:adaptation", args=[context.territory, one.pk]), "not", language=one.language)
    number = queries.counts().get(context.territory, 0)
    url = reverse("experiment:territory_pilots", args=[context.territory])
    if not number:
        return Knot(STEP, _("No pilot yet"), url)
    return Knot(STEP, ngettext("%(number)s pilot", "%(number)s pilots", number) % {"number": number}, url, "made")


def panels(place: str, context: Context) -> list[Panel]:
    if place == "shortlist_item":
        return _adapt(context)
    if place == "solution" and "solution" in context.subjects:
        return [*_adapt_solution(context), *_led_to(context, solution=context.subjects["solution"])]
    if place == "challenge" and "challenge" in context.subjects:
        return _led_to(context, challenge=context.subjects["challenge"])
    if place == "territory" and context.territory:
        return _of_territory(context)
    return []


def _adapt(context: Context) -> list[Panel]:
    """The way from a shortlisted solution to its adaptation; one question for the whole shortlist."""
    item = context.subjects.get("item")
    if item is None or not context.territory:
        return []
    known = context.request.__dict__.setdefault("_rrr_adapted", {})
    if item.challenge_id not in known:
        known[item.challenge_id] = queries.adapted(item.challenge_id)
    made = known[item.challenge_id].get(item.solution_id)
    may = allowed(context.request.user, Permission.ADAPTATION_EDIT, context.territory)
    if not may and not (made and _inside(context)):
        return []
    rows = [{"item": item, "adaptation": made, "territory": context.territory}]
    return [Panel(_("Adapt it"), "experiment/_adapt.html", {"rows": rows}, order=40)]


def _adapt_solution(context: Context) -> list[Panel]:
    where = territories_where(context.request.user, Permission.ADAPTATION_EDIT)
    if where is not None and not where:
        return []
    items = queries.shortlisted_in(context.subjects["solution"], where)
    if not items:
        return []
    made = {(one.challenge_id, one.solution_id): one for one in queries.adaptations_of(context.subjects["solution"])}
    rows = [
        {
            "item": one,
            "adaptation": made.get((one.challenge_id, one.solution_id)),
            "territory": one.challenge.territory.slug if one.challenge.territory else "",
            "named": True,
        }
        for one in items
    ]
    return [Panel(_("Adapt it"), "experiment/_adapt.html", {"rows": rows}, order=40)]


def _led_to(context: Context, **thread: Any) -> list[Panel]:
    found = queries.pilots_of(team_of=_team(context), **thread)
    if not found:
        return []
    return [Panel(_("Pilots it led to"), "experiment/_pilots.html", {"pilots": found}, order=60)]


def _of_territory(context: Context) -> list[Panel]:
    inside = _inside(context)
    of = context.subjects.get("territory") or queries.territory(context.territory, drafts=True)
    found = list(queries.pilots(of, inside=inside)[:5])
    if not found and not inside:
        return []
    more = reverse("experiment:territory_pilots", args=[context.territory])
    return [Panel(_("Pilots"), "experiment/_pilots.html", {"pilots": found, "more": more}, order=60)]


def search(words: str, request: HttpRequest) -> list[Hit]:
    return [Hit(one.title, _pilot_url(one), _("Pilot"), one.adaptation.solution.name) for one in queries.search(words)]


_THEIRS = (
    ("adaptations", Adaptation, "made_by", ("title", "created_at")),
    ("plans_frozen", PlanVersion, "frozen_by", ("pilot__title", "number", "frozen_at")),
    ("draws", Assignment, "by", ("plan__pilot__title", "drawn_at")),
    ("uploads", DataUpload, "by", ("pilot__title", "file_name", "created_at")),
    ("estimates", Result, "by", ("pilot__title", "created_at")),
    ("decisions", Decision, "by", ("pilot__title", "verdict", "reason", "created_at")),
)


def export(user: Any) -> dict[str, Any]:
    """What a person did in pilots. Units of a pilot are pseudonyms nobody here can trace to an account."""
    return {name: list(model._default_manager.filter(**{who: user}).values(*fields)) for name, model, who, fields in _THEIRS}


def erase(user: Any) -> None:
    """What was done stays, without who: the database lets exactly this change through."""
    for _name, model, who, _fields in _THEIRS:
        model._default_manager.filter(**{who: user}).update(**{who: None})
