"""Every component with what it is for. Values here are examples and are called so."""

from __future__ import annotations

from datetime import UTC, datetime

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from rrr.core.models import Job
from rrr.core.thread import STEPS, Knot
from rrr.records.estimate import Estimate


class ExampleForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("As readers know it."))
    horizon = forms.ChoiceField(
        label=gettext_lazy("Horizon"), choices=[("respond", gettext_lazy("Respond")), ("rebuild", gettext_lazy("Rebuild"))]
    )
    agreed = forms.BooleanField(label=gettext_lazy("I have read it"))


def _knots() -> list[Knot]:
    texts = [_("45 organisations known"), _("7 challenges named"), _("No shortlist yet"), _("No pilot yet"), _("No case yet")]
    return [
        Knot(step, text, "#thread", "made" if step.number < 3 else "not", step.number == 2) for step, text in zip(STEPS, texts, strict=True)
    ]


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    context = {
        "knots": _knots(),
        "closed": Estimate(0.4, 0.1, 0.7, unit=_("points")),
        "open_end": Estimate(330, 330, None),
        "worried": Estimate(0.62, 0.55, 0.69, wide_low=0.41, wide_high=0.78, worry=_("votes missing not at random")),
        "provenance": [(_("Source"), _("example")), (_("Read on"), "2026-11-22"), (_("Command"), "rrr shock series.csv --json")],
        "form": ExampleForm(),
        "wrong": ExampleForm({"name": "", "horizon": "respond"}, prefix="wrong"),
        "job": Job(title=_("Reading a register"), state=Job.State.DONE, done=2_534, total=2_534, message=_("2,534 rows read")),
        "page": Paginator(range(100), 10).page(2),
        "sealed_at": datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
        "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    }
    return render(request, "web/gallery.html", context)
