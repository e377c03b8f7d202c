"""Forms of step 3."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rrr.define.models import Challenge
from rrr.define.vocabulary import Horizon
from rrr.explore import queries
from rrr.explore.actions.solutions import FIELDS
from rrr.explore.models import Solution
from rrr.explore.vocabulary import GRADES, Topic
from rrr.understand.vocabulary import Goal

MOST_LETTERS = 1_000  # of a question in the search box
MOST_VALUES = 50


class Search:
    """What a catalogue address asks for: words, and values of facets. A value nobody offers is left out, never refused."""

    def __init__(self, given: QueryDict) -> None:
        whole = " ".join(given.get("q", "").split()) if len(given.get("q", "")) < 100_000 else given.get("q", "")[:100_000]
        self.words = whole.replace("\x00", "")[:MOST_LETTERS]
        self.cut = len(whole) > MOST_LETTERS
        self.chosen = {facet: self._values(facet, given.getlist(facet)) for facet in queries.FACETS}

    def _values(self, facet: str, given: Sequence[str]) -> tuple[str, ...]:
        known = queries.options(facet)
        plain = [value for value in dict.fromkeys(given) if value and len(value) <= 40 and value.isprintable()]
        return tuple(value for value in plain if not known or value in known)[:MOST_VALUES]

    @property
    def narrowed(self) -> int:
        return sum(len(values) for values in self.chosen.values())


class WeightsForm(forms.Form):
    """What matters how much in a match list; every field may stay empty."""

    relevance = forms.FloatField(label=gettext_lazy("Relevance to the need"), min_value=0, max_value=100, required=False)
    evidence = forms.FloatField(label=gettext_lazy("Strength of evidence"), min_value=0, max_value=100, required=False)
    fit = forms.FloatField(label=gettext_lazy("Fit: topic, horizon, people"), min_value=0, max_value=100, required=False)
    spread = forms.FloatField(label=gettext_lazy("Variety among the first ten"), min_value=0, max_value=100, required=False)

    @property
    def given(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if name not in self.errors}


class LinesField(forms.CharField):
    """A list as text, one entry a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, most: int = 300, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**{"required": False, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        long = next((line for line in lines if len(line) > self.most), None)
        if long is not None:
            text = _("“%(line)s …” is longer than %(most)s letters. Split it into two lines.")
            raise forms.ValidationError(text % {"line": long[:40], "most": self.most})
        return list(dict.fromkeys(lines))


def _ticks(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


def _goals() -> list[tuple[int, str]]:
    """Called for each form, so that the words are those of the reader's language."""
    return [(value, f"{value} {label}") for value, label in Goal.choices]


class SolutionForm(forms.ModelForm[Solution]):
    core_parts = LinesField(label=gettext_lazy("Core parts, one a line"), help_text=gettext_lazy("Without these it is something else."))
    adaptable_parts = LinesField(label=gettext_lazy("Parts that may change, one a line"))
    target_groups = LinesField(label=gettext_lazy("For whom, one a line"), most=200)
    places_adopted = LinesField(label=gettext_lazy("Taken up in, one place a line"))
    topics = _ticks(gettext_lazy("What it is about"), Topic.choices)
    horizons = _ticks(gettext_lazy("Horizons"), Horizon.choices)
    sdgs = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Sustainable Development Goals"),
        choices=_goals,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    source_grade = forms.TypedChoiceField(
        label=gettext_lazy("Grade of the evidence in its sources"), required=False, coerce=int, empty_value=None
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the sources"))
    text_language = forms.ChoiceField(label=gettext_lazy("Language of this text"))
    addresses = LinesField(
        label=gettext_lazy("Sources, one address a line"), most=1000, help_text=gettext_lazy("Pages that describe it, the original first.")
    )
    reason = forms.CharField(
        label=gettext_lazy("Why, and where you read it"), max_length=500, help_text=gettext_lazy("Kept in the history of the solution.")
    )

    class Meta:
        model = Solution
        fields = list(FIELDS)
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("summary", "problem", "how_it_works", "scale_reached", "cost_stated", "effect_stated")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, name) for code, name in settings.LANGUAGES if code != settings.PSEUDO_LANGUAGE]
        for name in ("language", "text_language"):
            kept = getattr(self.instance, name, "")
            extra = [(kept, kept)] if kept and kept not in dict(languages) else []
            self._choices(name, [*languages, *extra])
        self._choices("source_grade", [("", _("Not graded")), *((grade, f"{grade}: {words}") for grade, words in GRADES.items())])
        if self.instance.pk:
            self.fields["addresses"].initial = list(self.instance.sources.values_list("url", flat=True))

    def _choices(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    def clean_addresses(self) -> list[str]:
        found: list[str] = self.cleaned_data["addresses"]
        check = forms.URLField(assume_scheme="https", max_length=1000)
        for address in found:
            try:
                check.clean(address)
            except forms.ValidationError:
                text = _("“%(address)s” is no address of a page. Write it in full, for example https://example.org/report.")
                raise forms.ValidationError(text % {"address": address[:80]}) from None
        return [str(check.clean(address)) for address in found]

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class OptionalReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why (may stay empty)"), max_length=1000, required=False)


class NoteForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Your note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))


class ChooseChallengeForm(forms.Form):
    """For which challenge of one's territories a solution is put on the shortlist."""

    challenge = forms.TypedChoiceField(label=gettext_lazy("For which challenge"), coerce=int)
    reason = forms.CharField(
        label=gettext_lazy("Why (may stay empty)"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, challenges: Sequence[Challenge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {one.pk: one for one in challenges}
        field = self.fields["challenge"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.pk, f"{one.territory}: {one.title}") for one in challenges]

    @property
    def picked(self) -> Challenge:
        return self._known[self.cleaned_data["challenge"]]
