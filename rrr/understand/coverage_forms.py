"""Forms of coverage: what a register can contain, and a recall measured outside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rrr.understand.models import EnteredRecall, Kind


class ReachForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Types it can contain"),
        choices=[choice for choice in Kind.choices if choice[0]],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("By its rules, whether or not it lists one. None: it is not used."),
    )
    note = forms.CharField(
        label=gettext_lazy("Where that is said"),
        max_length=300,
        help_text=gettext_lazy("The law or the page of the register. Everybody reads it."),
    )


class RecallForm(forms.ModelForm[EnteredRecall]):
    class Meta:
        model = EnteredRecall
        fields = ["pairs", "found", "wrong", "note"]
        help_texts = {
            "pairs": gettext_lazy("Drawn at random from all pairs of records, not from the doubtful ones only. At least 50 are needed."),
            "wrong": gettext_lazy("Leave it empty if nobody looked."),
            "note": gettext_lazy("How the sample was drawn, from which registers, when. Name no person: everybody reads it."),
        }
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        pairs, found = given.get("pairs"), given.get("found")
        if pairs is not None and pairs < 1:
            self.add_error("pairs", _("At least one pair was judged."))
        elif pairs is not None and found is not None and found > pairs:
            self.add_error("found", _("The linkage cannot have joined more pairs than people judged."))
        return given
