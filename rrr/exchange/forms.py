"""Forms of step 5."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rrr.define.vocabulary import Horizon
from rrr.exchange.models import Case
from rrr.exchange.vocabulary import SECTIONS, Licence
from rrr.experiment.vocabulary import PilotDesign
from rrr.explore.vocabulary import Topic
from rrr.places import queries as places


class FilterForm(forms.Form):
    """The library's filters; every field may stay empty."""

    words = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    territory = forms.ChoiceField(label=gettext_lazy("Territory"), required=False)
    horizon = forms.ChoiceField(label=gettext_lazy("Horizon"), required=False)
    topic = forms.ChoiceField(label=gettext_lazy("What it is about"), required=False)
    design = forms.ChoiceField(label=gettext_lazy("Design"), required=False)

    def __init__(self, *args: Any, in_territory: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, list[tuple[str, Any]]] = {"horizon": Horizon.choices, "topic": Topic.choices, "design": PilotDesign.choices}
        if in_territory:
            del self.fields["territory"]
        else:
            offered["territory"] = [(one.slug, one.name) for one in places.menu()]
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("All")), *choices]

    @property
    def given(self) -> dict[str, Any]:
        """What can be used; a value nobody offers is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if name not in self.errors}


class CaseForm(forms.Form):
    """The text of a case. Figures are no fields: they come from the thread."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    summary = forms.CharField(
        label=gettext_lazy("In three sentences"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What you tried, what came out, what it means. Lists and the feed show this. Plain text."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"))
    licence = forms.ChoiceField(label=gettext_lazy("Licence of the text"), choices=Licence.choices)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)  # when the text was last changed, as the writer knew it

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        self._case = case
        named = ("title", "summary", "language", "licence")
        initial = {**{name: getattr(case, name) for name in named}, **case.text, "seen": _stamp(case)}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        for section in SECTIONS:
            self.fields[section.code] = forms.CharField(
                label=section.title,
                help_text=section.asks,
                required=False,
                max_length=20_000,
                widget=forms.Textarea(attrs={"rows": 6}),
            )
        codes = dict(settings.LANGUAGES)
        codes.pop(settings.PSEUDO_LANGUAGE, None)
        known = [case.language, *case.territory.languages]
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField):
            language.choices = [*codes.items(), *((code, code) for code in dict.fromkeys(known) if code not in codes)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("seen") != _stamp(self._case):
            self.data = {**dict(self.data.items()), "seen": _stamp(self._case)}  # the writer has been told; saving again is meant
            self.add_error(
                None,
                _(
                    "Somebody else saved this case while you were writing. Your text is below and not saved yet. Open the case in a second "
                    "window, bring the two together, then save again."
                ),
            )
        return given

    @property
    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "summary", "language", "licence")}

    @property
    def text(self) -> dict[str, str]:
        return {section.code: self.cleaned_data[section.code] for section in SECTIONS}


def _stamp(case: Case) -> str:
    return case.edited_at.isoformat() if case.edited_at else ""


class TakeBackForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Kept in the history of the case."),
    )
