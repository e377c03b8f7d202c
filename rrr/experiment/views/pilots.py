"""Pilots: the registry over all territories, a territory's list, one pilot, its plan as text, the chain, the decision, the history."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.core import thread
from rrr.core.caching import shared
from rrr.experiment import plan as plans
from rrr.experiment import plan_table, queries, reading, way
from rrr.experiment.actions import plans as plan_actions
from rrr.experiment.actions import results as actions
from rrr.experiment.forms.plans import PilotForm
from rrr.experiment.forms.results import DecisionForm, StateForm
from rrr.experiment.models import Pilot
from rrr.experiment.views.adaptations import place
from rrr.people.permissions import Permission, allowed, require, signed_in


def seen(request: HttpRequest, territory: str, slug: str) -> Pilot:
    """A pilot belongs to its team while its plan is written; from the freezing on everybody sees it."""
    one = queries.pilot(territory, slug, inside=allowed(request.user, Permission.PILOT_SEE, territory))
    adaptation = one.adaptation
    request.thread_subjects = {  # type: ignore[attr-defined] # read by core.thread
        "pilot": one,
        "adaptation": adaptation,
        "challenge": adaptation.challenge,
        "solution": adaptation.solution,
    }
    return one


@require_GET
@shared
def registry(request: HttpRequest) -> HttpResponse:
    form = StateForm(request.GET or None)
    page = Paginator(queries.pilots(state=form.chosen), 25).get_page(request.GET.get("page"))
    return render(request, "experiment/pilots.html", {"page": page, "form": form})


@require_GET
@shared
def territory_pilots(request: HttpRequest, territory: str) -> HttpResponse:
    found = place(request, territory)
    inside = allowed(request.user, Permission.PILOT_SEE, found)
    page = Paginator(queries.pilots(found, inside=inside), 25).get_page(request.GET.get("page"))
    return render(request, "experiment/pilots.html", {"page": page, "territory": found, "inside": inside})


@require_GET
def chain(request: HttpRequest) -> HttpResponse:
    """Every frozen plan of this site, each tied to the one before."""
    page = Paginator(queries.chain(), 50).get_page(request.GET.get("page"))
    links = list(page.object_list)
    broken = queries.broken_links(links, queries.chain_before(links[0]) if page.number > 1 else "")
    return render(request, "experiment/chain.html", {"page": page, "links": links, "broken": {one.pk for one in broken}})


@require_GET
def chain_csv(request: HttpRequest) -> HttpResponse:
    """The whole chain, hashes and times alone: what `rrr chain` reads."""
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="chain.csv"'})
    writer = csv.writer(response)
    writer.writerow(["plan_sha256", "frozen_at", "before", "chain"])
    writer.writerows((one.sha256, one.frozen_at_utc, one.before, one.chain) for one in queries.links())
    return response


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    """A pilot of an adaptation."""
    require(request, Permission.PILOT_PLAN, territory)
    one = queries.adaptation(territory, pk, inside=True)
    request.thread_subjects = {"adaptation": one, "challenge": one.challenge, "solution": one.solution}  # type: ignore[attr-defined] # read by core.thread
    form = PilotForm(request.POST or None, initial={"title": one.title})
    if request.method == "POST" and form.is_valid():
        made = plan_actions.begin(by=signed_in(request), adaptation=one, title=form.cleaned_data["title"])
        return redirect("experiment:plan_edit", territory, made.slug)
    parts = queries.parts(one)
    return render(request, "experiment/pilot_form.html", {"territory": one.territory, "adaptation": one, "form": form, "parts": parts})


@require_GET
@shared
def pilot(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    one = seen(request, territory, slug)
    version, upload = queries.frozen_plan(one), queries.latest_upload(one) if one.state != "planning" else None
    plan = plans.read(version.text) if version else None
    answers = queries.answers(one) if upload else []
    answer = answers[0] if answers else None
    reads_data = allowed(request.user, Permission.PILOT_DATA, one.territory)
    decisions = queries.decisions(one) if answer else []
    lot = queries.assignment(version) if version else None
    facts = way.Facts(one, version, plan.arms_by if plan else "", lot, upload, answer, decisions[0] if decisions else None)
    context: dict[str, Any] = {
        "territory": one.territory,
        "pilot": one,
        "version": version,
        "versions": queries.versions(one) if version and version.number > 1 else [],
        "plan": plan,
        "plan_rows": plan_table.rows(plan, one.adaptation.language) if plan else [],
        "lot": lot,
        "upload": upload,
        "reading": reading.read(answer, plans.read(answer.plan.text), inside=reads_data) if answer else None,
        "earlier": reading.earlier(answers[1:]),
        "outdated": bool(answer and upload and answer.upload_id != upload.pk),
        "decisions": decisions,
        "stages": way.stages(request, facts),
        "reads_data": reads_data,
        "may_history": allowed(request.user, Permission.HISTORY_SEE, one.territory),
        "panels": thread.panels("pilot", thread.Context(request, one.territory.slug, request.thread_subjects)),  # type: ignore[attr-defined] # set above
    }
    return render(request, "experiment/pilot.html", context)


@require_GET
def plan_json(request: HttpRequest, territory: str, slug: str, number: int) -> HttpResponse:
    """A frozen plan, byte for byte what was hashed."""
    one = seen(request, territory, slug)
    version = queries.plan_version(one, number)
    response = HttpResponse(version.text.encode(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{one.slug}-plan-{number}.json"'
    return response


@require_POST
def estimate(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.PILOT_ESTIMATE, territory)
    one = seen(request, territory, slug)
    try:
        made = actions.estimate(by=signed_in(request), pilot=one)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(
            request, _("No estimate is possible; the page says why.") if made.refusal else _("Estimated from the frozen plan.")
        )
    return redirect("experiment:pilot", territory, slug)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.PILOT_DECIDE, territory)
    one = seen(request, territory, slug)
    answer = queries.latest_answer(one)
    if answer is None and request.method == "GET":
        messages.info(request, _("There is no result yet. Estimate first; a refusal is an answer too."))
        return redirect("experiment:pilot", territory, slug)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide(by=signed_in(request), pilot=one, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Kept. Everybody can read it on the page of the pilot."))
            return redirect("experiment:pilot", territory, slug)
    read = reading.read(answer, plans.read(answer.plan.text), inside=True) if answer else None
    return render(request, "experiment/decide.html", {"territory": one.territory, "pilot": one, "form": form, "reading": read})


@require_GET
def history(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.HISTORY_SEE, territory)
    one = seen(request, territory, slug)
    return render(request, "experiment/history.html", {"territory": one.territory, "subject": one, "entries": queries.history(one)})
