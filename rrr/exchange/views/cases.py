"""The library, a territory's cases, one case, its history."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rrr.core import thread
from rrr.core.caching import shared
from rrr.exchange import evidence, queries, words
from rrr.exchange.forms import FilterForm
from rrr.exchange.models import Case
from rrr.exchange.vocabulary import LICENCE_URLS, SECTIONS
from rrr.people import markdown
from rrr.people.permissions import Permission, allowed, require
from rrr.places import queries as places
from rrr.places.models import Territory


def seen_territory(request: HttpRequest, slug: str) -> Territory:
    """The territory, if this reader may see it."""
    found = places.territory(slug, drafts=allowed(request.user, Permission.TERRITORY_SEE_DRAFT, slug))
    if found is None:
        raise Http404
    return found


def seen_case(request: HttpRequest, territory: str, slug: str) -> Case:
    """The case, if this reader may see it: a draft is for those who may see drafts of the territory."""
    return queries.case(territory, slug, drafts=allowed(request.user, Permission.TERRITORY_SEE_DRAFT, territory))


def put_on_thread(request: HttpRequest, case: Case) -> None:
    """Every knot behind a case, so that the bar leads to each of them."""
    adaptation = case.pilot.adaptation
    known = {
        "challenge": adaptation.challenge,
        "solution": adaptation.solution,
        "adaptation": adaptation,
        "pilot": case.pilot,
        "case": case,
    }
    request.thread_subjects = known  # type: ignore[attr-defined] # read by rrr.core.thread.bar


@require_GET
@shared
def library(request: HttpRequest) -> HttpResponse:
    return _list(request, None)


@require_GET
@shared
def of_territory(request: HttpRequest, territory: str) -> HttpResponse:
    return _list(request, seen_territory(request, territory))


def _list(request: HttpRequest, of: Territory | None) -> HttpResponse:
    form = FilterForm(request.GET, in_territory=of is not None)
    drafts = of is not None and allowed(request.user, Permission.TERRITORY_SEE_DRAFT, of)
    page = Paginator(queries.filtered(queries.cases(of, drafts=drafts), form.given), 20).get_page(request.GET.get("page"))
    rows = [{"case": case, **_row(case)} for case in page]
    return render(request, "exchange/cases.html", {"territory": of, "page": page, "rows": rows, "form": form})


def _row(case: Case) -> dict[str, Any]:
    """What a list says of a case; a draft has no figures yet."""
    return {"sentence": words.sentence(case.figures) if case.figures else "", "shown": words.shown(case.figures) if case.figures else None}


@require_GET
@shared
def case(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    found = seen_case(request, territory, slug)
    put_on_thread(request, found)
    figures = found.figures or queries.assemble(found.pilot)
    context = {
        "territory": found.territory,
        "case": found,
        "figures": words.shown(figures),
        "head": words.head(figures),
        "sections": [{"section": one, "html": markdown.render(found.text.get(one.code, ""))} for one in SECTIONS],
        "knots": queries.knots(found, figures),
        "newer": queries.newer_result(found),
        "matching": queries.matching_challenges(found)[:5],
        "counts_as_evidence": evidence.counts(figures),
        "licence_url": LICENCE_URLS.get(found.licence, ""),
        "panels": thread.panels("case", thread.Context(request, territory, {"case": found})),
        "may_edit": allowed(request.user, Permission.CASE_EDIT, found.territory),
        "may_publish": allowed(request.user, Permission.CASE_PUBLISH, found.territory),
        "may_history": allowed(request.user, Permission.HISTORY_SEE, found.territory),
    }
    return render(request, "exchange/case.html", context)


@require_GET
def history(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.HISTORY_SEE, territory)
    found = seen_case(request, territory, slug)
    put_on_thread(request, found)
    return render(
        request, "exchange/history.html", {"territory": found.territory, "case": found, "subject": found, "entries": queries.history(found)}
    )
