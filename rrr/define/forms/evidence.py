"""Evidence cards and seats at the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rrr.define.forms.parts import DayField, language_field
from rrr.define.models import Stakeholder
from rrr.people.models import Body
from rrr.places.models import Indicator
from rrr.understand.models import Organisation

TEXT = forms.Textarea(attrs={"rows": 4})


class IndicatorForm(forms.Form):
    code = forms.ChoiceField(label=gettext_lazy("Indicator"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("Why it matters here"), required=False, max_length=1000, widget=TEXT,
        help_text=gettext_lazy("What the figure says is written for you; this is for what it means here."),
    )  # fmt: skip
    language = language_field()

    def __init__(self, *args: Any, indicators: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.code, f"{one.name} ({one.unit})") for one in indicators]


class DocumentForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title of the document"), max_length=200)
    url = forms.URLField(label=gettext_lazy("Address"), max_length=1000, assume_scheme="https")
    text = forms.CharField(
        label=gettext_lazy("The passage"),
        max_length=3000,
        widget=TEXT,
        help_text=gettext_lazy("In the words of the document, so that others can find it there."),
    )
    language = language_field()
    read_on = DayField(label=gettext_lazy("Day you read it"))


class QuoteForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("The words"), max_length=3000, widget=TEXT)
    language = language_field()
    person = forms.CharField(
        label=gettext_lazy("Who said it, in general terms"), max_length=200,
        help_text=gettext_lazy("No name: “a mother of two in the north of the city”. Nobody should find the person by it."),
    )  # fmt: skip
    read_on = DayField(label=gettext_lazy("Day you heard it"))
    consent_by = forms.CharField(
        label=gettext_lazy("Who asked for consent"),
        max_length=200,
        help_text=gettext_lazy("The body or role that can be asked: “the youth office”."),
    )
    consent_on = DayField(label=gettext_lazy("Day consent was given"))
    agreed = forms.BooleanField(
        label=gettext_lazy("The person agreed that these words are published here"),
        error_messages={"required": gettext_lazy("Without consent the words cannot be published. Ask the person first; nothing was kept.")},
    )

    def values(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name != "agreed"}
        return given | {"title": _("In their own words")}


class RemoveForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=300, help_text=gettext_lazy("For example: consent was taken back. It stays in the history.")
    )


class StakeholderForm(forms.ModelForm[Stakeholder]):
    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        label=gettext_lazy("Organisation of the map"), queryset=None, required=False
    )
    body: forms.ModelChoiceField[Body] = forms.ModelChoiceField(
        label=gettext_lazy("Body with people on this site"), queryset=None, required=False
    )
    name = forms.CharField(
        label=gettext_lazy("Or its name"), max_length=300, required=False,
        help_text=gettext_lazy("The name of a body or a group, not of a person."),
    )  # fmt: skip

    class Meta:
        model = Stakeholder
        fields = ["organisation", "body", "name", "sector", "commitment", "brings"]

    def __init__(self, *args: Any, territory: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation, body = self.fields["organisation"], self.fields["body"]
        if isinstance(organisation, forms.ModelChoiceField) and isinstance(body, forms.ModelChoiceField):
            organisation.queryset = Organisation.objects.filter(territory=territory).public().order_by("name")
            body.queryset = Body.objects.filter(Q(territory=territory) | Q(territory=None)).order_by("name")
            organisation.empty_label = body.empty_label = _("None")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not (given.get("organisation") or given.get("body") or given.get("name")):
            self.add_error("name", _("Choose an organisation or a body, or write a name."))
        return given
