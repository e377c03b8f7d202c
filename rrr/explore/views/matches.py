"""Solutions ranked for a challenge: the list, and its parts as a file."""

from __future__ import annotations

import csv
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from rrr.core.caching import shared
from rrr.core.tables import safe_cell
from rrr.core.version import code_version
from rrr.define.models import Challenge
from rrr.explore import bridge, queries
from rrr.explore.forms import WeightsForm
from rrr.people.permissions import Permission, allowed

PAGE = 10
COLUMNS = (
    "place", "slug", "name", "score", "score_if_unknown_turns_out_well", "relevance", "relevance_of", "evidence", "evidence_of",
    "evidence_unknown", "fit", "fit_of", "fit_unknown", "why", "why_not_higher",
)  # fmt: skip


def seen(request: HttpRequest, territory: str, slug: str) -> Challenge:
    """The challenge, if this reader may see it; it stands on the thread of the page."""
    found = queries.challenge(territory, slug, drafts=allowed(request.user, Permission.TERRITORY_SEE_DRAFT, territory))
    request.thread_subjects = {"challenge": found}  # type: ignore[attr-defined] # read by core.thread.bar
    return found


def challenge_url(challenge: Challenge) -> str:
    """Step 2 owns that page; empty as long as it has none."""
    try:
        return reverse("define:challenge", args=[queries.place(challenge), challenge.slug])
    except NoReverseMatch:
        return ""


@require_GET
@shared
def matches(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    challenge = seen(request, territory, slug)
    weights = bridge.weights_of(WeightsForm(request.GET).given)
    made = bridge.matching(challenge, weights)
    page = Paginator(made.ranked, PAGE).get_page(request.GET.get("page"))
    rows = made.rows(page.start_index() - 1, page.end_index()) if made.ranked else []
    may_see = allowed(request.user, Permission.SHORTLIST_SEE, territory)
    listed = queries.shortlisted_for(challenge) if may_see else {}
    context: dict[str, Any] = {
        "challenge": challenge,
        "territory": challenge.territory,
        "page": page,
        "rows": rows,
        "weights": weights,
        "sliders": _sliders(weights),
        "scaled": weights.scaled,
        "code_version": code_version(),
        "incomplete": sum(1 for row in rows if row.unknown),
        "question": bridge.question(challenge),
        "language": made.asked.query.language,
        "challenge_url": challenge_url(challenge),
        "choices": request.GET.urlencode(),
        "may_see": may_see,
        "may_edit": allowed(request.user, Permission.SHORTLIST_EDIT, territory),
        "listed": listed,
        "number_listed": sum(1 for state in listed.values() if state != "dropped"),
    }
    return render(request, "explore/matches.html", context)


def _sliders(weights: bridge.Weights) -> list[dict[str, Any]]:
    form = WeightsForm()
    steps = {"spread": 30}
    return [
        {"name": name, "label": form.fields[name].label, "value": f"{getattr(weights, name):g}", "most": steps.get(name, 100)}
        for name in ("relevance", "evidence", "fit", "spread")
    ]


@require_GET
def matches_csv(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    """Every match with its parts and reasons, in the order of the list."""
    challenge = seen(request, territory, slug)
    made = bridge.matching(challenge, bridge.weights_of(WeightsForm(request.GET).given))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rrr-{territory}-{slug}-matches.csv"'
    response.write("\ufeff")  # spreadsheets take the file for UTF-8 only with this mark
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for row in made.rows(0, len(made.ranked)):
        writer.writerow([safe_cell(str(value)) for value in _cells(row)])
    return response


def _cells(row: bridge.Match) -> list[Any]:
    relevance, evidence, fit = row.ranked.parts
    numbers = [relevance.points, relevance.full, evidence.points, evidence.full, evidence.unknown, fit.points, fit.full, fit.unknown]
    scores = [f"{row.ranked.score:.1f}", f"{row.ranked.most:.1f}"]
    return [row.place, row.facts.slug, row.facts.name, *scores, *(f"{n:.1f}" for n in numbers), " ".join(row.why), " ".join(row.why_not)]
