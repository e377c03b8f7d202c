"""The catalogue with its search, the page of one solution, and the search over every step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from rrr.core import thread
from rrr.core.caching import chosen_territory, shared
from rrr.explore import bridge, queries, reasons
from rrr.explore.actions import shortlists
from rrr.explore.forms import ChooseChallengeForm, Search
from rrr.explore.models import Solution
from rrr.explore.queries import Bucket, Facts
from rrr.explore.vocabulary import GRADES
from rrr.people.permissions import Permission, allowed, require, signed_in, territories_where
from rrr.records.estimate import Figure

PAGE = 20
SHOWN = 8  # values of a facet before "more"


@dataclass(frozen=True)
class Hit:
    facts: Facts
    found_by: str = ""
    shown: bridge.Shown | None = None


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    buckets: Sequence[Bucket] = field(default=())

    @property
    def open(self) -> bool:
        return self.name in ("topic", "horizon", "grade") or any(one.chosen for one in self.buckets)

    @property
    def first(self) -> Sequence[Bucket]:
        return [one for place, one in enumerate(self.buckets) if place < SHOWN or one.chosen]

    @property
    def rest(self) -> Sequence[Bucket]:
        return [one for place, one in enumerate(self.buckets) if place >= SHOWN and not one.chosen]


def _labels() -> dict[str, str]:
    return {
        "topic": _("What it is about"),
        "horizon": _("Horizon"),
        "grade": _("Source's grade of evidence"),
        "design": _("Design of a stated effect"),
        "sdg": _("Development goal"),
        "country": _("Country named"),
        "language": _("Language of the sources"),
    }


@require_GET
@shared
def solutions(request: HttpRequest) -> HttpResponse:
    given = Search(request.GET)
    known = queries.facts()
    asked = bridge.ask(given.words) if given.words else None
    found = bridge.find(asked) if asked else []
    matching = queries.matching(known, [one.key for one in found]) if asked else queries.ordered(known)
    listed = queries.narrowed(matching, given.chosen)
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    keys = {one.slug for one in page.object_list}
    shown = bridge.show(asked, [one for one in found if one.key in keys]) if asked else {}
    buckets = queries.facets(matching, given.chosen)
    context = {
        "given": given,
        "page": page,
        "hits": [_hit(one, shown.get(one.slug)) for one in page.object_list],
        "facets": [Facet(name, label, buckets[name]) for name, label in _labels().items()],
        "total": len(known),
        "all_found": len(matching),
        "may_edit": allowed(request.user, Permission.SOLUTION_EDIT),
    }
    return render(request, "explore/solutions.html", context)


def _hit(one: Facts, shown: bridge.Shown | None) -> Hit:
    return Hit(one, reasons.found_by(shown), shown)


@require_GET
@shared
def solution(request: HttpRequest, slug: str) -> HttpResponse:
    may_edit = allowed(request.user, Permission.SOLUTION_EDIT)
    one = queries.solution(slug, drafts=may_edit)
    request.thread_subjects = {"solution": one}  # type: ignore[attr-defined] # read by core.thread.bar
    effects = queries.effects(one)
    where = territories_where(request.user, Permission.SHORTLIST_EDIT)
    context = {
        "solution": one,
        "figures": _figures(one, len(effects)),
        "evidence": queries.evidence(effects),
        "topic_labels": [queries.label("topic", topic) for topic in one.topics],
        "grade_words": "" if one.source_grade is None else GRADES[one.source_grade],
        "panels": thread.panels("solution", thread.Context(request, chosen_territory(request), {"solution": one})),
        "may_edit": may_edit,
        "may_publish": allowed(request.user, Permission.SOLUTION_PUBLISH),
        "may_shortlist": one.status == "published" and (where is None or bool(where)),
    }
    return render(request, "explore/solution.html", context)


def _figures(one: Solution, number: int) -> list[Figure]:
    places = [place for place in one.places_adopted if place]
    return [
        Figure(_("Started"), str(one.start_year) if one.start_year else None, source=one.origin_place or one.origin_organisation),
        Figure(_("Stated effects"), number, source=_("From studies and pilots, listed below")),
        Figure(_("Taken up elsewhere"), len(places) or None, _("places named"), missing=_("No other place named")),
    ]


@require_http_methods(["GET", "POST"])
def choose_challenge(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a solution on the shortlist of a challenge of one's territories."""
    person = signed_in(request)
    where = territories_where(person, Permission.SHORTLIST_EDIT)
    if where is not None:
        require(request, Permission.SHORTLIST_EDIT, next(iter(sorted(where)), None))
    one = queries.solution(slug)
    challenges = queries.challenges_for(person)
    form = ChooseChallengeForm(request.POST or None, challenges=challenges)
    if request.method == "POST" and form.is_valid():
        picked = form.picked
        shortlists.add(by=person, challenge=picked, solution=one, reason=form.cleaned_data["reason"])
        return redirect("explore:shortlist", queries.place(picked), picked.slug)
    request.thread_subjects = {"solution": one}  # type: ignore[attr-defined] # read by core.thread.bar
    return render(request, "explore/choose_challenge.html", {"solution": one, "form": form, "challenges": challenges})


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """One box over everything that the steps have published."""
    words = Search(request.GET).words
    hits = sorted(thread.search(words, request), key=lambda hit: hit.kind) if words else []
    groups = [(kind, list(found)) for kind, found in groupby(hits, key=lambda hit: hit.kind)]
    more = f"{reverse('explore:solutions')}?{request.GET.urlencode()}"
    return render(request, "explore/search.html", {"words": words, "groups": groups, "number": len(hits), "more": more})
