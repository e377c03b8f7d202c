"""What step 3 offers the others through the thread registry."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rrr.core.thread import STEPS, Context, Hit, Knot, Panel
from rrr.define.models import Challenge
from rrr.explore import bridge, queries, reasons
from rrr.explore.actions import shortlists
from rrr.explore.models import Solution
from rrr.people.permissions import Permission, allowed

BEST = 3
HITS = 20


def knot(context: Context) -> Knot:
    """The shortlist of this challenge, this solution, else the catalogue."""
    subjects = context.subjects
    item = subjects.get("item")
    challenge = subjects.get("challenge") or (item.challenge if item else None)
    solution = subjects.get("solution") or (item.solution if item else None)
    if isinstance(challenge, Challenge) and queries.place(challenge):
        return _challenge_knot(context, challenge)
    if solution is not None:
        return Knot(STEPS[2], solution.name, reverse("explore:solution", args=[solution.slug]), "made", language=solution.text_language)
    return Knot(STEPS[2], _("Look for solutions"), reverse("explore:solutions"))  # asks nothing: this bar stands on every page


def _challenge_knot(context: Context, challenge: Challenge) -> Knot:
    where = [queries.place(challenge), challenge.slug]
    listed = queries.counts_by_challenge(challenge)
    if listed and allowed(context.request.user, Permission.SHORTLIST_SEE, where[0]):
        text = ngettext("%(number)s on the shortlist", "%(number)s on the shortlist", listed) % {"number": listed}
        return Knot(STEPS[2], text, reverse("explore:shortlist", args=where), "made")
    solution = context.subjects.get("solution")
    if isinstance(solution, Solution):  # further along the thread one of them was taken up: everybody may see which
        return Knot(STEPS[2], solution.name, reverse("explore:solution", args=[solution.slug]), "made", language=solution.text_language)
    text = _("Solutions that may fit")
    return Knot(STEPS[2], text, reverse("explore:matches", args=where), "not")


def panels(place: str, context: Context) -> list[Panel]:
    """On a challenge's page its three best matches, with the reason of each."""
    challenge = context.subjects.get("challenge")
    if place != "challenge" or not isinstance(challenge, Challenge) or not queries.published_count():
        return []
    where = queries.place(challenge)
    may_see = bool(where) and allowed(context.request.user, Permission.SHORTLIST_SEE, where)
    given = {
        "challenge": challenge,
        "place": where,
        "rows": bridge.matching(challenge).rows(0, BEST),
        "listed": queries.counts_by_challenge(challenge) if may_see else None,
        "may_see": may_see,
    }
    return [Panel(_("Solutions that may fit"), "explore/_panel_challenge.html", given, order=40)]


def search(words: str, request: HttpRequest) -> list[Hit]:
    asked = bridge.ask(words)
    found = bridge.find(asked)[:HITS]
    shown = bridge.show(asked, found)
    facts = queries.matching(queries.facts(), [one.key for one in found])
    return [
        Hit(one.name, reverse("explore:solution", args=[one.slug]), _("Solution"), f"{one.summary} {reasons.found_by(shown.get(one.slug))}")
        for one in facts
    ]


def export(user: Any) -> dict[str, Any]:
    return {"shortlist_notes": queries.notes_by(user), "shortlisted": queries.added_by(user)}


def erase(user: Any) -> None:
    """Notes and items belong to the team's decision and stay; who wrote them is forgotten."""
    shortlists.forget(by=user)
