"""What step 1 offers the others through the thread registry."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rrr.core.thread import STEPS, Context, Hit, Knot, Panel
from rrr.people.permissions import Permission, allowed
from rrr.understand import queries
from rrr.understand.actions import diagnosis as diagnosis_actions
from rrr.understand.actions import portrait as portrait_actions
from rrr.understand.actions.claims import forget_person as forget_claims
from rrr.understand.actions.imports.persons import forget_person
from rrr.understand.models import Organisation
from rrr.understand.queries import claims, diagnosis, imports, portrait


def knot(context: Context) -> Knot:
    inside = allowed(context.request.user, Permission.TERRITORY_SEE_DRAFT, context.territory)
    number = queries.number_in(context.territory, drafts=inside)
    url = reverse("understand:territory", args=[context.territory])
    if not number:
        return Knot(STEPS[0], _("No organisation yet"), url)
    return Knot(
        STEPS[0],
        ngettext("%(number)s organisation known", "%(number)s organisations known", number)
        % {"number": number_format(number, force_grouping=True)},
        url,
        "made",
    )


def search(words: str, request: HttpRequest) -> list[Hit]:
    found = Organisation.objects.public().filter(territory__status="published", name__icontains=words).select_related("territory")[:20]
    return [
        Hit(one.name, reverse("understand:organisation", args=[one.territory.slug, one.slug]), _("Organisation"), one.activity)
        for one in found
    ]


def panels(place: str, context: Context) -> list[Panel]:
    """On the page of a territory its diagnosis and what waits there for the reader; on a person's own page the organisations they speak for."""
    if place == "me":
        spoken = claims.spoken_for(context.request.user)
        return [Panel(_("Organisations I speak for"), "understand/_spoken_for.html", {"claims": spoken})] if spoken else []
    if place != "territory":
        return []
    found = [_diagnosis(context)]
    if allowed(context.request.user, Permission.CLAIM_CONFIRM, context.territory) and (asked := claims.waiting(context.territory)):
        panel = {"claims": asked, "territory": context.territory}
        found.append(Panel(_("Claims that wait for you"), "understand/_claims_waiting.html", panel, order=89))
    if allowed(context.request.user, Permission.REGISTER_IMPORT, context.territory) and (waiting := imports.waiting(context.territory)):
        found.append(Panel(_("Imports that wait for you"), "understand/_waiting.html", {"imports": waiting}, order=90))
    return found


def _diagnosis(context: Context) -> Panel:
    team = allowed(context.request.user, Permission.TERRITORY_SEE_DRAFT, context.territory)
    round, asks = diagnosis.shown_on_page(context.territory, team=team)
    given = {"portrait": portrait.newest(context.territory), "round": round, "asks": asks, "slug": context.territory}
    return Panel(_("Portrait and diagnosis"), "understand/_diagnosis_panel.html", given, order=10)


def export(user: Any) -> dict[str, Any]:
    """What a person uploaded, decided, claimed and asked; what they changed stands in the audit trail, which core exports.

    Answers given in a diagnosis are under no name, so that nobody can look them up.
    """
    return {
        **imports.of_person(user),
        "claims": claims.of_person(user),
        "diagnosis_rounds": diagnosis.of_person(user),
        **portrait.of_person(user),
    }


def erase(user: Any) -> None:
    """Imports, decisions, rounds and portraits stay, without who: others' work rests on them."""
    forget_person(user)
    forget_claims(user)
    diagnosis_actions.forget(user)
    portrait_actions.forget(user)
