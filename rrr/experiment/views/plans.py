"""Write the plan, give units, freeze, draw."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from rrr.core.tables import safe_cell
from rrr.experiment import checks, commands, outlook, queries, unit_list
from rrr.experiment import plan as plans
from rrr.experiment.actions import draws
from rrr.experiment.actions import plans as actions
from rrr.experiment.forms.plans import DrawForm, FreezeForm, PlanForm, UnitsForm
from rrr.experiment.models import Assignment, Pilot, PlanVersion
from rrr.experiment.views.pilots import seen
from rrr.people.permissions import Permission, allowed, require, signed_in


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.PILOT_PLAN, territory)
    one = seen(request, territory, slug)
    form = PlanForm.of(one.draft, one.simulated, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write(by=signed_in(request), pilot=one, values=form.values(), simulated=form.cleaned_data["simulated"])
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Saved. Nothing is public until the plan is frozen."))
            return redirect("experiment:plan_edit", territory, slug)
    plan = plans.from_draft(one.draft, simulated=one.simulated)
    context = {
        "territory": one.territory, "pilot": one, "form": form, "units": len(plan.units), "outlook": outlook.of(plan),
        "faults": checks.faults(plan), "closed": queries.plan_closed(one), "may_freeze": allowed(request.user, Permission.PILOT_FREEZE, one.territory),
    }  # fmt: skip
    return render(request, "experiment/plan_form.html", context)


@require_http_methods(["GET", "POST"])
def units(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.PILOT_PLAN, territory)
    one = seen(request, territory, slug)
    initial = {"text": unit_list.as_text(one.draft.get("units", ()))}
    form = UnitsForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _taken(form):
        try:
            actions.set_units(by=signed_in(request), pilot=one, units=form.units)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("%(number)s units are in the plan.") % {"number": len(form.units)})
            return redirect("experiment:plan_edit", territory, slug)
    return render(
        request, "experiment/units_form.html", {"territory": one.territory, "pilot": one, "form": form, "closed": queries.plan_closed(one)}
    )


def _taken(form: UnitsForm) -> bool:
    """Read the uploaded list, if there is one; its faults become those of the form."""
    given = form.cleaned_data.get("file")
    if given is None:
        return True
    try:
        form.take(actions.read_units(chunks=given.chunks(), name=given.name))
    except ValidationError as problem:
        form.add_error("file", problem)
    return form.is_valid()


@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    require(request, Permission.PILOT_FREEZE, territory)
    one = seen(request, territory, slug)
    plan = plans.from_draft(one.draft, simulated=one.simulated)
    form = FreezeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.freeze(by=signed_in(request), pilot=one, reason=form.cleaned_data["reason"])
        except ValidationError as problem:
            form.add_error(None, ValidationError(problem.messages))
        else:
            messages.success(request, _("The plan is frozen as version %(number)s and public from now on.") % {"number": made.number})
            return redirect("experiment:pilot", territory, slug)
    context = {
        "territory": one.territory, "pilot": one, "form": form, "faults": checks.faults(plan), "outlook": outlook.of(plan),
        "before": queries.frozen_plan(one), "plan": plan, "closed": queries.plan_closed(one),
    }  # fmt: skip
    return render(request, "experiment/freeze.html", context)


@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    """Everybody sees how the lot was cast; those who freeze plans cast it."""
    one = seen(request, territory, slug)
    version = queries.frozen_plan(one)
    lot = queries.assignment(version) if version else None
    if version is None or lot is None:
        raise Http404
    if request.method == "POST":
        require(request, Permission.PILOT_FREEZE, territory)
    form = DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            draws.draw(by=signed_in(request), pilot=one, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The lot is cast. Anybody can repeat it with what stands below."))
            return redirect("experiment:draw", territory, slug)
    may_draw = allowed(request.user, Permission.PILOT_FREEZE, one.territory)
    context: dict[str, Any] = {
        "territory": one.territory, "pilot": one, "version": version, "plan": plans.read(version.text), "lot": lot, "form": form,
        "may_draw": may_draw, "tally": outlook.tally(lot.arms), **_repeat(one, version, lot),
    }  # fmt: skip
    return render(request, "experiment/draw.html", context)


def _repeat(one: Pilot, version: PlanVersion, lot: Assignment) -> dict[str, str]:
    """Commands that come to the same seed and the same arms; the secret is in them, so only after the draw."""
    if lot.drawn_at is None:
        return {}
    return {
        "commitment_command": commands.commitment(lot.secret),
        "seed_command": commands.seed(version.sha256, lot.secret, lot.later_value),
        "assign_command": commands.assign(plans.read(version.text), one.slug, lot.seed),
    }


@require_GET
def arms_csv(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    """Units with cluster, stratum and arm as drawn: what repeats the draw reads, and must come to."""
    one = seen(request, territory, slug)
    version = queries.frozen_plan(one)
    arms = queries.arms(version) if version else {}
    if version is None or not arms:
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{one.slug}-units.csv"'
    writer = csv.writer(response)
    writer.writerow(["unit", "cluster", "stratum", "arm"])
    for unit in plans.read(version.text).units:
        writer.writerow([safe_cell(cell) for cell in (unit.key, unit.cluster, unit.stratum, arms.get(unit.key, ""))])
    return response
