"""The full thread of a case, from the register to the evidence, every knot with its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rrr.define.models import Challenge, Stakeholder
from rrr.exchange import words
from rrr.exchange.models import Case
from rrr.experiment.vocabulary import Verdict
from rrr.explore.models import Effect
from rrr.understand.models import Organisation

MOST = 8  # organisations named on a case page; the challenge names all


@dataclass(frozen=True)
class ThreadKnot:
    """One knot: what it is, its links as (text, address), what is said beside it, and the step it belongs to."""

    kind: str
    links: tuple[tuple[str, str], ...] = ()
    note: str = ""
    step: int = 1


def organisations(of: Case) -> list[Organisation]:
    """Who is at the table of the challenge and may be shown to everybody. Looked up when the page is read: one may ask to be removed."""
    at_the_table = Stakeholder.objects.filter(challenge=of.pilot.adaptation.challenge_id, organisation__isnull=False)
    public = Organisation.objects.public().filter(Q(territory__status="published") | Q(territory=of.territory_id))
    public = public.filter(pk__in=at_the_table.values("organisation"))
    return list(public.select_related("territory").prefetch_related("sources").order_by("name")[:MOST])


def knots(of: Case, figures: dict[str, Any]) -> list[ThreadKnot]:
    """Every knot in order. A knot that is missing says so."""
    place = of.territory.slug
    known = organisations(of)
    return [
        _register(place, known),
        ThreadKnot(
            _("Organisations at the table"),
            tuple((one.name, reverse("understand:organisation", args=[one.territory.slug, one.slug])) for one in known),
            "" if known else _("none named"),
            1,
        ),
        ThreadKnot(
            _("Ecosystem"), ((_("portrait of %(name)s") % {"name": of.territory.name}, _to("understand:territory", place)),), step=1
        ),
        ThreadKnot(
            _("Challenge"),
            ((figures["challenge"]["title"], of.pilot.adaptation.challenge.get_absolute_url()),),
            step=2,
        ),
        ThreadKnot(_("Solution"), ((figures["solution"]["name"], _to("explore:solution", figures["solution"]["slug"])),), step=3),
        *_experiment(of, figures),
        _evidence(of, figures),
    ]


def _to(name: str, *args: str) -> str:
    return reverse(name, args=args)


def _register(place: str, known: list[Organisation]) -> ThreadKnot:
    """The rows of registers behind these organisations; where they were read from pages only, the pages."""
    rows = [(one, source.row) for one in known for source in one.sources.all() if source.row]
    if rows:
        text = _("row %(row)s: %(name)s")
        links = tuple(
            (text % {"row": row, "name": one.name}, _to("understand:organisation", one.territory.slug, one.slug))
            for one, row in rows[:MOST]
        )
        return ThreadKnot(_("Register record"), links, step=1)
    pages = sum(len(one.sources.all()) for one in known)
    note = ngettext("%(number)s public page", "%(number)s public pages", pages) % {"number": pages} if pages else _("not named")
    return ThreadKnot(_("Register record"), ((_("organisations known here"), _to("understand:organisations", place)),), note, 1)


def _experiment(of: Case, figures: dict[str, Any]) -> list[ThreadKnot]:
    """Adaptation, pilot with its plan, result, decision."""
    pilot = _to("experiment:pilot", of.territory.slug, of.pilot.slug)
    plan, result, decision = figures["plan"], figures["result"], figures["decision"]
    frozen = _("frozen on %(day)s, %(hash)s…")
    sealed = frozen % {"day": date_format(words.when(plan["frozen_at"])), "hash": plan["sha256"][:12]} if plan else _("no frozen plan")
    return [
        ThreadKnot(
            _("Adaptation"),
            ((figures["adaptation"]["title"], reverse("experiment:adaptation", args=[of.territory.slug, of.pilot.adaptation_id])),),
            step=4,
        ),
        ThreadKnot(_("Pilot"), ((figures["pilot"]["title"], pilot),), sealed, 4),
        ThreadKnot(_("Result"), ((result["outcome"], pilot + "#result"),) if result else (), "" if result else _("none"), 4),
        ThreadKnot(
            _("Decision"),
            ((words.label(Verdict, decision["verdict"]), pilot + "#decision"),) if decision else (),
            "" if decision else _("not decided yet"),
            4,
        ),
    ]


def _evidence(of: Case, figures: dict[str, Any]) -> ThreadKnot:
    """Whether the result stands among the effects of the solution."""
    solution, result = figures["solution"], figures["result"]
    if figures["simulated"]:
        return ThreadKnot(_("Evidence"), note=_("none: the units are simulated"), step=5)
    if of.published and result and Effect.objects.filter(key=f"pilot:{result['id']}").exists():
        return ThreadKnot(_("Evidence"), ((_("among the effects of the solution"), _to("explore:solution", solution["slug"])),), step=5)
    return ThreadKnot(_("Evidence"), note=_("none: the result has no number") if of.published else _("when the case is published"), step=5)


def matching_challenges(of: Case) -> QuerySet[Challenge]:
    """Open challenges of other territories that share a system with this one."""
    systems = of.pilot.adaptation.challenge.systems
    found = Challenge.objects.public().filter(systems__overlap=systems or ["-"], territory__isnull=False)
    return found.exclude(territory=of.territory).exclude(state="closed").select_related("territory").order_by("territory__name", "title")
