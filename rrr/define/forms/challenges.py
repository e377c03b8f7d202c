"""Challenges: filters, text, state, taking one up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rrr.define.forms.parts import AddressesField, DayField, LinesField, languages
from rrr.define.models import Challenge
from rrr.define.queries import Facet
from rrr.define.vocabulary import HORIZON_SENTENCES, STATE_SENTENCES, CovidLink, Horizon, State, System


class FilterForm(forms.Form):
    """The library's filters; every field may stay empty."""

    words = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    territory = forms.ChoiceField(label=gettext_lazy("Territory"), required=False)
    horizon = forms.ChoiceField(label=gettext_lazy("Horizon"), required=False)
    system = forms.ChoiceField(label=gettext_lazy("System"), required=False)
    covid = forms.ChoiceField(label=gettext_lazy("Link with Covid-19"), required=False)

    def __init__(self, *args: Any, territories: Sequence[Facet] | None, **kwargs: Any) -> None:
        """`territories` None: the list is that of one territory, so that there is nothing to choose."""
        super().__init__(*args, **kwargs)
        every = [("", _("All"))]
        self._choose("horizon", [*every, *Horizon.choices])
        self._choose("system", [*every, *sorted(System.choices, key=lambda pair: str(pair[1]))])
        links = [(value or "unknown", label) for value, label in CovidLink.choices]
        self._choose("covid", [*every, *links])
        if territories is None:
            del self.fields["territory"]
        else:
            self._choose("territory", [*every, ("-", _("The programme’s own")), *((one.slug, one.name) for one in territories)])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    @property
    def given(self) -> dict[str, Any]:
        """What can be used; a value nobody offers is left out."""
        return self.cleaned_data if self.is_valid() else {k: v for k, v in self.cleaned_data.items() if k not in self.errors}


class ChallengeForm(forms.ModelForm[Challenge]):
    horizon = forms.ChoiceField(
        label=gettext_lazy("Horizon"),
        choices=lambda: [(code, f"{label}: {HORIZON_SENTENCES[code]}") for code, label in Horizon.choices],
        widget=forms.RadioSelect,
    )
    systems = forms.MultipleChoiceField(
        label=gettext_lazy("Systems affected"), choices=System.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    groups = LinesField(
        label=gettext_lazy("Who is affected"), help_text=gettext_lazy("One group on each line."), most=20, length=200, required=False
    )
    covid_link = forms.ChoiceField(label=gettext_lazy("Link with Covid-19"), choices=CovidLink.choices, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"), choices=languages)
    sources = AddressesField(
        label=gettext_lazy("Where you read it"),
        help_text=gettext_lazy("Addresses of the pages, one on each line. They stand on the page of the challenge, with the day."),
        most=20, length=1000, required=False,
    )  # fmt: skip
    read_on = DayField(label=gettext_lazy("Day you read them"), required=False, initial=timezone.localdate)

    class Meta:
        model = Challenge
        fields = [
            "title", "question", "problem", "horizon", "systems", "groups", "covid_link", "named_by", "stated_figures", "stated_years",
            "success", "language",
        ]  # fmt: skip
        widgets = {
            "problem": forms.Textarea(attrs={"rows": 5}),
            "stated_figures": forms.Textarea(attrs={"rows": 2}),
            "success": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "title": gettext_lazy("A few words by which people will call it."),
            "question": gettext_lazy("Without naming a solution: “How might we open first jobs to young people here?”"),
            "problem": gettext_lazy("What is wrong, for whom, since when. What should be done belongs to a later step."),
            "stated_figures": gettext_lazy("As the source states them. They are shown as stated, never computed with."),
            "named_by": gettext_lazy("Who said that this is a problem: the city, a federation, people who live it."),
            "success": gettext_lazy("What would be different, by how much, by when."),
        }

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class StateForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("Where it stands"),
        choices=lambda: [(code, f"{label}: {STATE_SENTENCES[code]}") for code, label in State.choices],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        help_text=gettext_lazy("Readers see it beside the state."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TakeUpForm(forms.Form):
    territory = forms.ChoiceField(label=gettext_lazy("Into which territory"))

    def __init__(self, *args: Any, territories: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["territory"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.slug, one.name) for one in territories]
