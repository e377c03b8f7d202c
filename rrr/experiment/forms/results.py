"""Forms for data and decision."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from rrr.experiment.vocabulary import PilotState, Verdict


class DataForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File with the outcome data"),
        help_text=gettext_lazy("CSV or XLSX, one row per unit, with the columns the plan names."),
    )


class DecisionForm(forms.Form):
    verdict = forms.ChoiceField(label=gettext_lazy("What follows"), choices=Verdict.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "Everybody can read it. Say also what speaks against it, and what the result does not tell. Name no person."
        ),
    )


class StateForm(forms.Form):
    """The registry's filter; a value nobody offers is left out."""

    state = forms.ChoiceField(
        label=gettext_lazy("Where it stands"),
        required=False,
        choices=[("", gettext_lazy("All")), *(one for one in PilotState.choices if one[0] != PilotState.PLANNING)],
    )

    @property
    def chosen(self) -> str:
        return str(self.cleaned_data.get("state", "")) if self.is_valid() else ""
