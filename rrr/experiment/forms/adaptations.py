"""Forms of an adaptation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from rrr.experiment.models import Adaptation, AdaptationPart
from rrr.experiment.vocabulary import PartDecision


class PartForm(forms.Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("What you do with it"),
        choices=[choice for choice in PartDecision.choices if choice[0]] + [(PartDecision.OPEN.value, PartDecision.OPEN.label)],
        widget=forms.RadioSelect,
        required=False,
    )
    how = forms.CharField(
        label=gettext_lazy("What becomes of it here"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=3000,
        help_text=gettext_lazy("For a part you change: who does what, for whom, how often."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=3000,
        help_text=gettext_lazy("Needed where you change or drop a core part."),
    )

    @classmethod
    def of(cls, part: AdaptationPart, data: object = None) -> PartForm:
        return cls(data, initial={"decision": part.decision, "how": part.how, "reason": part.reason})  # type: ignore[arg-type] # a QueryDict


class DescribeForm(forms.ModelForm[Adaptation]):
    class Meta:
        model = Adaptation
        fields = ["title", "summary"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "summary": gettext_lazy("In your own words, for somebody who has never heard of it: who will do what, where, for whom.")
        }
