"""Every component with what it is for and when to use it. Values here are examples and are called so."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from rrr.core import charts
from rrr.core.caching import shared
from rrr.core.models import Job
from rrr.core.thread import STEPS, Knot
from rrr.records.estimate import Estimate, Figure, WhiskerRow
from rrr.web.components import signs
from rrr.web.components.icons import ICONS

COLOURS = [  # token, name, contrast on the page in light mode
    ("ink", gettext_lazy("Ink"), 15.6),
    ("muted", gettext_lazy("Muted"), 7.0),
    ("petrol", gettext_lazy("Petrol"), 8.4),
    ("thread", gettext_lazy("Thread"), 6.5),
    ("edge", gettext_lazy("Edge"), 4.4),
    ("d1", gettext_lazy("Azure"), 3.9),
    ("d2", gettext_lazy("Ochre"), 3.9),
    ("d3", gettext_lazy("Plum"), 10.6),
    ("d4", gettext_lazy("Forest"), 9.6),
    ("d5", gettext_lazy("Stone"), 3.6),
    ("ok", gettext_lazy("Green"), 6.6),
    ("warn", gettext_lazy("Amber"), 6.9),
    ("bad", gettext_lazy("Brick"), 6.6),
]


class ExampleForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("As readers know it."))
    horizon = forms.ChoiceField(
        label=gettext_lazy("Horizon"), choices=[("respond", gettext_lazy("Respond")), ("rebuild", gettext_lazy("Rebuild"))]
    )
    licence = forms.ChoiceField(
        label=gettext_lazy("Licence of the source"),
        choices=[("cc-by", "CC BY 4.0"), ("unknown", gettext_lazy("Not known (shown here, never exported)"))],
        widget=forms.RadioSelect,
    )
    sectors = forms.MultipleChoiceField(
        label=gettext_lazy("Sectors at the table"),
        choices=[("public", gettext_lazy("Public")), ("social", gettext_lazy("Social economy")), ("business", gettext_lazy("Business"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    weight = forms.IntegerField(
        label=gettext_lazy("Relevance to the need"), initial=60, widget=forms.NumberInput(attrs={"type": "range", "min": 0, "max": 100})
    )
    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("CSV or XLSX, one row per year or month. Up to 50 MB."))
    text = forms.CharField(label=gettext_lazy("What happened"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label=gettext_lazy("I have read it"), required=False)


class ExampleWrongForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("As readers know it."))
    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    unit = forms.ChoiceField(
        label=gettext_lazy("Unit"),
        choices=[("", gettext_lazy("Choose")), ("percent", "%"), ("people", gettext_lazy("People"))],
        error_messages={"required": gettext_lazy("Choose a unit, so that nobody reads people as percent.")},
    )


def _knots() -> list[Knot]:
    texts = [_("45 organisations known"), _("7 challenges named"), _("No shortlist yet"), _("No pilot yet"), _("No case yet")]
    return [
        Knot(step, text, "#thread" if step.number < 4 else "", "made" if step.number < 3 else "not", step.number == 2)
        for step, text in zip(STEPS, texts, strict=True)
    ]


def _signs() -> dict[str, Any]:
    return {
        "knots": _knots(),
        "closed": Estimate(0.4, 0.1, 0.7, unit=_("points")),
        "open_end": Estimate(330, 330, None),
        "worried": Estimate(0.62, 0.55, 0.69, wide_low=0.41, wide_high=0.78, worry=_("votes missing not at random")),
        "ratio": Estimate(5.9, 1.91, 18.19),
    }


def _chart() -> charts.Chart:
    rows = [("2020", 5.7, -1.1, 12.6), ("2021", 2.5, -10.7, 15.6), ("2022", -2.9, -22.8, 17.1), ("2023", -3.9, -27.9, 20.2)]
    across = {"type": "quantitative", "title": _("percentage points above or below the path")}
    wide, narrow = charts.both(
        {
            "height": 150,
            "data": {"values": [{"year": year, "gap": gap, "low": low, "high": high} for year, gap, low, high in rows]},
            "encoding": {"y": {"field": "year", "type": "ordinal", "title": None}},
            "layer": [
                {"mark": {"type": "rule", "color": "#17262B"}, "encoding": {"x": {"datum": 0}, "y": None}},
                {
                    "mark": {"type": "rule", "color": "#1F86CC", "strokeWidth": 3},
                    "encoding": {"x": {**across, "field": "low"}, "x2": {"field": "high"}},
                },
                {"mark": {"type": "point", "size": 110}, "encoding": {"x": {"field": "gap", "type": "quantitative"}}},
            ],
        }
    )
    return charts.Chart(
        title=_("The rate rose in 2020, but no more than its own past makes usual"),
        subtitle=_("Example values: gap against the path before, percentage points, 95% interval"),
        wide=wide,
        narrow=narrow,
        columns=[_("Year"), (_("Gap"), "num"), (_("95% interval"), "num")],
        rows=[(year, gap, signs.interval_words(Estimate(gap, low, high))) for year, gap, low, high in rows],
    )


def _numbers() -> dict[str, Any]:
    return {
        "figures": [
            Figure(_("Organisations we know"), 45, source=_("Counted; names its source")),
            Figure(_("Share that agrees"), estimate=Estimate(62, 55, 69, unit="%"), low=0, high=100, reference=50),
            Figure(_("Cost for a person"), missing=_("Not known"), source=_("No source states one")),
        ],
        "forest": [
            WhiskerRow(_("Young people without work"), Estimate(5.9, 1.91, 18.19), "#numbers", _("Example trial, 2019")),
            WhiskerRow(_("People leaving hospital"), Estimate(4.44, 1.36, 14.46), note=_("Example trial, 2021")),
            WhiskerRow(_("Older workers"), None, missing=_("Not enough data")),
            WhiskerRow(_("Together"), Estimate(5.1, 2.2, 11.8), pooled=True),
        ],
        "columns": [_("Territory"), _("Authority"), (_("Organisations"), "num")],
        "table": [((_("Example town"), "#numbers"), _("City council"), 1245), (_("Example valley"), None, 40)],
        "chart": _chart(),
        "key": [
            ("line", 1, _("The series")),
            ("dashed", 5, _("Expected path")),
            ("band", 5, _("Usual range")),
            ("square", 2, _("Second group")),
        ],
        "parts": [(_("likeness"), 41.0), (_("evidence"), 40.0)],
        "spark": [(2014, 40.0), (2015, 41.5), (2016, 39.0), (2017, None), (2018, 36.0), (2019, 31.5), (2020, 34.0), (2021, 30.5)],
    }


def _labels() -> dict[str, Any]:
    return {
        "tags": [(_("Named by"), _("city and third sector")), _("Direct effect of the crisis"), (_("Years"), "2020–2021")],
        "provenance": [
            (_("Source"), "https://example.org/series"),
            (_("Read on"), "2026-11-22"),
            (_("Data version"), "3f7a…"),
            (_("Licence"), None),
            (_("Command"), "rrr shock series.csv --at 2020 --json"),
        ],
        "sealed_at": datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
        "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "rows": [
            {
                "title": _("Food for newly poor households"), "url": "#labels", "horizon": "respond", "evidence": 1,
                "text": _("Loss of work pushed families who had never asked for help into food queues."),
                "tags": [(_("Named by"), _("the city"))], "aside": _("Stated: about 24,000 people helped (example)"),
            },
            {"title": _("Shared neighbourhood rooms"), "horizon": "rebuild", "text": _("Houses that carry social and cultural services.")},
        ],
    }  # fmt: skip


def _work() -> dict[str, Any]:
    return {
        "crumbs": [(_("Territories"), reverse("understand:territories")), (_("Example town"), "#work")],
        "page": Paginator(range(100), 10).page(2),
        "job": Job(title=_("Reading a register"), state=Job.State.DONE, done=7_715, total=12_444, message=_("7,715 of 12,444 rows read")),
        "steps": [
            {"text": _("File read and kept as it is"), "state": "done", "amount": _("12,480 lines")},
            {"text": _("Finding records of the same organisation"), "state": "now", "amount": _("7,715 of 12,444")},
            {"text": _("Map and search brought up to date"), "state": "todo"},
        ],
        "placed": [{"title": _("Example %(number)s") % {"number": number}, "text": _("Association")} for number in range(1, 6)],
        "unplaced": [{"title": _("Example without a place"), "text": _("Cooperative")}],
        "points": static("map/example-points.json"),
        "outline": static("map/example-outline.json"),
        "bounds": [7.55, 45.01, 7.75, 45.11],
        "center": [7.66, 45.06],
    }


@require_GET
@shared
def gallery(request: HttpRequest) -> HttpResponse:
    forms_shown = {"form": ExampleForm(), "wrong": ExampleWrongForm({"name": ""}, prefix="wrong")}
    context = {**_signs(), **_numbers(), **_labels(), **_work(), **forms_shown, "colours": COLOURS, "icons": ICONS}
    return render(request, "web/gallery.html", context)
