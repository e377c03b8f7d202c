"""Forms of a pilot: title, plan, units, freezing, draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rrr.experiment import unit_list
from rrr.experiment.plan import Unit
from rrr.experiment.vocabulary import PILOT_DESIGN_SENTENCES, ArmsBy, Direction, Ethics, PilotDesign

DESIGNS = [(one.value, format_lazy("{}. {}", one.label, PILOT_DESIGN_SENTENCES[one])) for one in PilotDesign]


def _text(label: Any, help_text: Any = "", *, length: int = 300, rows: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else None
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=length, widget=widget)


def _number(label: Any, help_text: Any = "", **limits: Any) -> forms.FloatField:
    return forms.FloatField(label=label, help_text=help_text, required=False, **limits)


def _date(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class PilotForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Name of the pilot"),
        max_length=200,
        help_text=gettext_lazy("Short, as you would say it: what is tried, and where or for whom."),
    )


class PlanForm(forms.Form):
    """Nothing is required while the plan is written; the freezing says what is missing."""

    question = _text(
        gettext_lazy("What do you want to know?"),
        gettext_lazy("One question, for example: does a paid first job bring young people into work a year later?"),
        length=500,
        rows=2,
    )
    outcome = _text(gettext_lazy("Outcome"), gettext_lazy("The one thing you will measure, for example “in paid work”."), length=200)
    outcome_unit = _text(
        gettext_lazy("Unit"),
        gettext_lazy("What the numbers count: days, euros, points, %. For yes or no write 0 or 100 per unit, with % as unit."),
        length=40,
    )
    measured_how = _text(gettext_lazy("How it is measured"), gettext_lazy("Which register, test or question, and who reads it."), rows=2)
    measured_when = _text(gettext_lazy("When it is measured"), gettext_lazy("For example: twelve months after the start."))
    direction = forms.ChoiceField(
        label=gettext_lazy("Which way is better?"), choices=Direction.choices, widget=forms.RadioSelect, required=False
    )
    smallest = _number(
        gettext_lazy("Smallest effect worth having"),
        gettext_lazy("In the unit of the outcome, a number above 0. Below it you would not go on, whatever the result says."),
    )
    minimum = _number(
        gettext_lazy("Lowest possible value"), gettext_lazy("Values outside the range are refused; with it, missing outcomes get bounds.")
    )
    maximum = _number(gettext_lazy("Highest possible value"))
    design = forms.ChoiceField(
        label=gettext_lazy("How do you find out what would have been without it?"),
        choices=DESIGNS,
        widget=forms.RadioSelect,
        required=False,
    )
    units_what = _text(gettext_lazy("What is a unit?"), gettext_lazy("A person, a household, a class, a shop …"), length=100)
    assumed_sd = _number(
        gettext_lazy("How far does the outcome spread? (standard deviation)"),
        gettext_lazy("From earlier data, if there are any: about a quarter of the range in which nearly all values lie."),
    )
    assumed_icc = _number(
        gettext_lazy("How alike are units of one cluster? (ICC, 0 to 1)"),
        gettext_lazy("For cluster trials only. Test results in schools: 0.1 to 0.2; health of neighbours: 0.01 to 0.05."),
        min_value=0,
        max_value=1,
    )
    arms_by = forms.ChoiceField(
        label=gettext_lazy("Who draws the lot?"),
        choices=[one for one in ArmsBy.choices if one[0] != ArmsBy.NONE],
        widget=forms.RadioSelect,
        required=False,
    )
    share_percent = _number(
        gettext_lazy("How many begin now, in percent"),
        gettext_lazy("50 learns most from the same number of units."),
        min_value=1,
        max_value=99,
    )
    later_value = _text(
        gettext_lazy("A public value nobody knows yet"),
        gettext_lazy(
            "It goes into the lot, so that nobody can steer it. For example: the winning numbers of the national lottery on 3 March."
            " After the freezing somebody enters it."
        ),
    )
    arms_how = _text(gettext_lazy("If the lot is drawn already: how, by whom, and why not here"), length=1000, rows=2)
    column_unit = _text(
        gettext_lazy("Column with the unit"), gettext_lazy("The names of the columns in the file you will upload."), length=60
    )
    column_value = _text(gettext_lazy("Column with the value"), length=60)
    column_period = _text(
        gettext_lazy("Column with the period"), gettext_lazy("For before and after only: each row says “before” or “after”."), length=60
    )
    start = _date(gettext_lazy("The pilot begins on"))
    end = _date(gettext_lazy("It ends on"))
    ethics = forms.MultipleChoiceField(
        label=gettext_lazy("What you owe the people"),
        choices=Ethics.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Tick what holds."),
    )
    ethics_note = _text(
        gettext_lazy("Note"), gettext_lazy("Who reviewed the pilot; and why, where a point above does not apply."), length=2000, rows=3
    )
    simulated = forms.BooleanField(
        label=gettext_lazy("The units are simulated"),
        required=False,
        help_text=gettext_lazy(
            "For trying things out. “Simulated” then stands everywhere the pilot shows. Cannot be changed once the plan is frozen."
        ),
    )

    GROUPS: Sequence[tuple[Any, Sequence[str]]] = (
        (gettext_lazy("The question"), ("question", "outcome", "outcome_unit", "measured_how", "measured_when", "direction", "smallest", "minimum", "maximum")),
        (gettext_lazy("The design"), ("design", "units_what", "assumed_sd", "assumed_icc")),
        (gettext_lazy("The lot"), ("arms_by", "share_percent", "later_value", "arms_how")),
        (gettext_lazy("Data and dates"), ("column_unit", "column_value", "column_period", "start", "end")),
        (gettext_lazy("Fair to people"), ("ethics", "ethics_note", "simulated")),
    )  # fmt: skip

    @classmethod
    def of(cls, draft: Mapping[str, Any], simulated: bool, data: Any = None) -> PlanForm:
        initial = {"column_unit": "unit", "column_value": "value", "column_period": "period", **draft, "simulated": simulated}
        initial["share_percent"] = round(100 * float(draft.get("share_treated", 0.5)), 1)
        for name, value in initial.items():  # 20, not 20.0
            initial[name] = int(value) if isinstance(value, float) and value == int(value) else value
        for name in ("start", "end"):
            initial[name] = date.fromisoformat(draft[name]) if draft.get(name) else None
        return cls(data, initial=initial)

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("smallest") is not None and not given["smallest"] > 0:
            self.add_error("smallest", _("Write a number above 0. Which way is better is asked above."))
        low, high = given.get("minimum"), given.get("maximum")
        if low is not None and high is not None and not low < high:
            self.add_error("maximum", _("The highest possible value lies above the lowest."))
        if given.get("assumed_sd") is not None and not given["assumed_sd"] > 0:
            self.add_error("assumed_sd", _("A standard deviation is above 0. Leave it empty if you do not know it."))
        start, end = given.get("start"), given.get("end")
        if start and end and end < start:
            self.add_error("end", _("The pilot cannot end before it begins."))
        return given

    def values(self) -> dict[str, Any]:
        """As the draft keeps them: plain JSON."""
        given = dict(self.cleaned_data)
        del given["simulated"]
        share = given.pop("share_percent")
        given["share_treated"] = round((50.0 if share is None else share) / 100, 4)
        for name in ("start", "end"):
            given[name] = given[name].isoformat() if given[name] else ""
        if given["design"] == PilotDesign.BEFORE_AFTER:
            given["arms_by"] = ArmsBy.NONE.value
        for name in ("column_unit", "column_value", "column_period"):
            given[name] = given[name] or name.removeprefix("column_")
        return given


class UnitsForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Units, one per line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=gettext_lazy("A key, then cluster, stratum and arm where there are any, parted by semicolons."
            " A first line may name the columns: unit; cluster; stratum; arm."),
        max_length=5_000_000,
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("Or a file"), required=False, help_text=gettext_lazy("CSV or XLSX with a column “unit”. It replaces the list.")
    )
    no_names = forms.BooleanField(
        label=gettext_lazy("The keys are no names and nobody outside can tell who is behind them"),
        help_text=gettext_lazy(
            "With the frozen plan the list becomes public. Keep the list of who is who apart, with whoever is responsible for it."
        ),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("file"):
            read = unit_list.from_text(given.get("text") or "")
            self.take(read)
        return given

    def take(self, read: unit_list.Read) -> None:
        for problem in read.problems:
            self.add_error("text", problem)
        self.units: Sequence[Unit] = read.units


class FreezeForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why the frozen plan changes"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DrawForm(forms.Form):
    later_value = forms.CharField(
        label=gettext_lazy("The value"), max_length=300, help_text=gettext_lazy("Exactly as published. Spaces at the ends do not count.")
    )
    later_source = forms.CharField(
        label=gettext_lazy("Where everybody can read it"),
        max_length=1000,
        help_text=gettext_lazy("An address, or the name and date of the publication."),
    )
    later_on = forms.DateField(
        label=gettext_lazy("The day it became public"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Not before the plan was frozen: else the plan could have been made to fit it."),
    )
