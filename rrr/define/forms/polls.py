"""Votes: preparing, moderating, taking part."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rrr.define.forms.parts import LinesField, languages
from rrr.define.models import Poll
from rrr.define.vocabulary import Sector


def _in_a_year() -> Any:
    return timezone.localdate() + timedelta(days=365)


class PollForm(forms.ModelForm[Poll]):
    retention_until = forms.DateField(
        label=gettext_lazy("Single answers are kept until"),
        help_text=gettext_lazy(
            "On this day every single answer is erased; the numbers stay. It can only be brought forward once the vote is open."
        ),
        initial=_in_a_year,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    closes_at = forms.DateTimeField(
        label=gettext_lazy("Closes by itself on"),
        help_text=gettext_lazy("Day and time, for example 2027-03-31 18:00. Empty: you close it."),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the statements"), choices=languages)
    seeds = LinesField(
        label=gettext_lazy("Statements to begin with"),
        help_text=gettext_lazy("One on each line, in plain words, one thought each. A dozen or two are enough: people may propose more."),
        most=100, length=280, rows=8, required=False,
    )  # fmt: skip

    class Meta:
        model = Poll
        fields = ["title", "purpose", "language", "retention_until", "closes_at", "early_results"]
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "purpose": gettext_lazy("People read this before their first answer: who asks, what happens with the result, who decides."),
            "early_results": gettext_lazy("Results seen early can sway those who answer later."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["seeds"]

    def clean_retention_until(self) -> Any:
        day = self.cleaned_data["retention_until"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day to come."))
        if day > timezone.localdate() + timedelta(days=5 * 365 + 2):
            raise forms.ValidationError(_("At most five years. Opinions are sensitive: keep them no longer than you need."))
        return day

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class StatementForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Statement"), max_length=280, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One thought in plain words, to agree or disagree with. At most 280 characters."),
    )  # fmt: skip


class ModerationForm(forms.Form):
    decision = forms.ChoiceField(choices=[("publish", gettext_lazy("Publish")), ("reject", gettext_lazy("Do not publish"))])
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)


class BeginForm(forms.Form):
    sector = forms.ChoiceField(
        label=gettext_lazy("For whom do you answer?"),
        help_text=gettext_lazy("You need not say. Groups of fewer than five are never shown."),
        required=False,
        choices=lambda: [("", _("I would rather not say")), *Sector.choices],
    )
