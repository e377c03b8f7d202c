"""The audit of the linking: draw a sample, see how far it is, judge its pairs without seeing what the comparison made of them."""

from __future__ import annotations

from math import inf
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rrr.people.permissions import Permission, signed_in
from rrr.records.estimate import Estimate
from rrr.understand import comparison
from rrr.understand.actions import imports as actions
from rrr.understand.bridge import audits as bridge
from rrr.understand.forms import AuditForm, DecisionForm
from rrr.understand.models import AuditPair, AuditSample, Verdict
from rrr.understand.queries import audits as queries
from rrr.understand.queries.imports import known_values
from rrr.understand.views.imports import opened, told


@require_http_methods(["GET", "POST"])
def audit(request: HttpRequest, territory: str) -> HttpResponse:
    """The samples with their counts, and the form that draws another."""
    found = opened(request, territory, Permission.LINK_DECIDE)
    form = AuditForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.draw_audit(by=signed_in(request), territory=found, size=form.cleaned_data["size"])
            return redirect("understand:audit", found.slug)
        except ValidationError as error:
            form.add_error(None, error.messages)
    page = Paginator(queries.samples(found), 3).get_page(request.GET.get("page"))
    shown = [{"sample": one, "rows": queries.rows(one), "next": queries.next_pair(one), **_said(one)} for one in page]
    return render(request, "understand/audit.html", {"territory": found, "form": form, "page": page, "shown": shown})


def _said(sample: AuditSample) -> dict[str, Any]:
    """The estimates in per cent, or how many verdicts are still needed for them."""
    result = bridge.of_comparison(sample)
    curve = [{"label": _band(one.low, one.high), "estimate": _percent(one.share), "judged": one.judged} for one in result.curve]
    reasons = {reason.value: facts for reason, facts in result.reasons}
    enough = reasons.get("too_few_judged")
    return {
        "precision": _percent(result.precision),
        "recall": _percent(result.recall),
        "curve": curve if enough is None else [],
        "enough": enough,
    }


def _percent(one: Estimate | None) -> Estimate | None:
    if one is None:
        return None
    low, high = (None if end is None else round(100 * end, 1) for end in (one.low, one.high))
    return Estimate(round(100 * one.value, 1), low, high, one.level, unit="%")


def _band(low: float, high: float) -> str:
    """The ends of a band of weight in bits."""
    if low == -inf:
        return _("below %(high)s") % {"high": number_format(high)}
    if high == inf:
        return _("%(low)s and more") % {"low": number_format(low)}
    return _("%(low)s to %(high)s") % {"low": number_format(low), "high": number_format(high)}


@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    """Two records and the question whether they are one organisation: no weight, no band, no warning."""
    found = opened(request, territory, Permission.LINK_DECIDE)
    one = queries.pair(found, pk)
    if request.method == "POST":
        return _judge(request, one)
    register_import = one.record.register_import
    known = known_values(one.organisation, without=register_import) if one.organisation else {}
    context = {
        "territory": found,
        "pair": one,
        "record": one.record,
        "compared": comparison.unweighed(one.record.values, known, register_import.kinds, found.country),
        "drawn": one.sample.pairs.count(),
        "judged": one.sample.pairs.exclude(verdict="").count(),
        "following": queries.next_pair(one.sample, one),
        "last": queries.last_pair(one.sample, request.user),
    }
    return render(request, "understand/audit_pair.html", context)


def _judge(request: HttpRequest, one: AuditPair) -> HttpResponse:
    form, slug = DecisionForm(request.POST), one.sample.territory.slug
    if not form.is_valid():
        messages.error(request, _("Nothing was decided. Choose one of the buttons."))
        return redirect("understand:audit_pair", slug, one.pk)
    given = form.cleaned_data
    try:
        actions.judge(by=signed_in(request), pair=one, verdict=given["verdict"], reason=given["reason"])
    except ValidationError as error:
        told(request, error)
        return redirect("understand:audit_pair", slug, one.pk)
    following = one if given["verdict"] == Verdict.OPEN else queries.next_pair(one.sample, one)
    return redirect("understand:audit_pair", slug, following.pk) if following else redirect("understand:audit", slug)
