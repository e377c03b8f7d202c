"""What step 2 offers the others through the thread registry."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rrr.core.thread import STEPS, Context, Hit, Knot, Panel
from rrr.define import queries
from rrr.define.actions import privacy
from rrr.define.models import Challenge

DEFINE = STEPS[1]


def _subject(context: Context) -> Challenge | None:
    """The challenge of this page, or the one behind the pilot, adaptation or shortlisted solution it shows."""
    for name in ("challenge", "item", "adaptation", "pilot", "case"):
        found = context.subjects.get(name)
        for part in ("pilot", "adaptation", "challenge"):
            found = getattr(found, part, None) or found
        if isinstance(found, Challenge):
            return found
    return None


def knot(context: Context) -> Knot:
    one = _subject(context)
    if one is not None:
        return Knot(DEFINE, one.title, one.get_absolute_url(), "made", language=one.language)
    url = reverse("define:territory_challenges", args=[context.territory])
    number = queries.counts().get(context.territory, 0)
    if not number:
        return Knot(DEFINE, _("No challenge yet"), url)
    return Knot(DEFINE, ngettext("%(number)s challenge here", "%(number)s challenges here", number) % {"number": number}, url, "made")


def panels(place: str, context: Context) -> list[Panel]:
    if place == "territory" and context.territory:
        found = queries.challenges().filter(territory__slug=context.territory).order_by("title")
        given = {"challenges": list(found[:6]), "slug": context.territory, "polls": queries.open_polls(context.territory)}
        return [Panel(_("What is tackled here"), "define/_territory_panel.html", given, order=20)]
    if place == "organisation" and "organisation" in context.subjects:
        mine = queries.of_organisation(context.subjects["organisation"])
        return [Panel(_("At the table of"), "define/_organisation_panel.html", {"challenges": mine}, order=30)] if mine else []
    return []


def search(words: str, request: HttpRequest) -> list[Hit]:
    return [Hit(one.title, one.get_absolute_url(), _("Challenge"), one.problem) for one in queries.search(words)]


def export(user: Any) -> dict[str, Any]:
    """Challenges, cards, votes and statements a person made. Answers given in a vote are under no name, so that nobody can look them up."""
    return privacy.kept(user)


def erase(user: Any) -> None:
    privacy.forget(user)
