"""Cases: one, many, filtered, and where they show on pages of other steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q
from django.http import Http404

from rrr.core import audit
from rrr.core.models import AuditEntry
from rrr.define.models import Challenge
from rrr.exchange.models import Case, CaseQuerySet
from rrr.exchange.vocabulary import SECTIONS, Section
from rrr.experiment import queries as experiment
from rrr.experiment.models import Pilot, Result
from rrr.explore.models import Solution
from rrr.places.models import Territory


def cases(of: Territory | None = None, *, drafts: bool = False) -> CaseQuerySet:
    """What everybody may see, in one territory or everywhere; with `drafts` also those of the territory that are being written."""
    found = Case.objects.filter(territory=of) if of else Case.objects.all()
    return (found if drafts and of else found.public()).select_related("territory")


def filtered(found: CaseQuerySet, given: Mapping[str, Any]) -> CaseQuerySet:
    """The library's filters. Horizon, topic and design are those of the frozen figures: a case does not move when the catalogue does."""
    words = str(given.get("words") or "").strip()
    if words:
        named = ("title", "summary", "figures__challenge__title", "figures__solution__name", "figures__result__outcome")
        asked = Q()
        for name in named:
            asked |= Q(**{f"{name}__icontains": words})
        found = found.filter(asked)
    if given.get("territory"):
        found = found.filter(territory__slug=given["territory"])
    if given.get("horizon"):
        found = found.filter(figures__challenge__horizon=given["horizon"])
    if given.get("topic"):
        found = found.filter(figures__solution__topics__contains=[given["topic"]])
    if given.get("design"):
        found = found.filter(figures__result__design=given["design"])
    return found


def case(territory_slug: str, slug: str, *, drafts: bool = False) -> Case:
    """Raises Http404 where there is none, or where it is a draft and the reader may not see drafts."""
    found = Case.objects.filter(territory__slug=territory_slug, slug=slug)
    one = (found if drafts else found.public()).select_related(
        "territory",
        "pilot__territory",
        "pilot__adaptation__challenge__territory",
        "pilot__adaptation__solution",
        "pilot__adaptation__territory",
    )
    made = one.first()
    if made is None:
        raise Http404
    return made


def of_pilot(pilot: Pilot, *, drafts: bool = False) -> Case | None:
    found = Case.objects.filter(pilot=pilot)
    return (found if drafts else found.public()).select_related("territory").first()


def empty_sections(of: Case) -> list[Section]:
    """Sections nobody has written yet."""
    return [section for section in SECTIONS if not of.text.get(section.code, "").strip()]


def newer_result(of: Case) -> Result | None:
    """A result that the pilot has got since the case was published; None while the frozen one is the last."""
    if not of.published:
        return None
    frozen = (of.figures.get("result") or {}).get("id")
    last = experiment.latest_answer(of.pilot)
    return last if last is not None and last.pk != frozen else None


def newest(number: int = 3) -> list[Case]:
    return list(cases().order_by("-published_at")[:number])


def used(solution: Solution) -> list[Case]:
    """Cases that tried this solution."""
    return list(cases().filter(pilot__adaptation__solution=solution).order_by("-published_at")[:10])


def shared(challenge: Challenge) -> list[Case]:
    """Cases of other places about the same systems."""
    if not challenge.systems:
        return []
    found = cases().filter(pilot__adaptation__challenge__systems__overlap=challenge.systems)
    return list(found.exclude(territory=challenge.territory).order_by("-published_at")[:5])


def counts() -> dict[str, int]:
    """Territory -> published cases."""
    return dict(Case.objects.public().values_list("territory__slug").annotate(n=Count("pk")).order_by())


def history(of: Case) -> list[AuditEntry]:
    return list(audit.history(of)[:100])


def mine(user: Any) -> list[dict[str, Any]]:
    """Cases a person has begun, for the export of their data."""
    return [dict(row) for row in Case.objects.filter(made_by=user).values("title", "territory__name", "status", "created_at")]
