"""Forms of step 1."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rrr.understand.models import ActorRole, Kind, Organisation, Visibility


class FilterForm(forms.Form):
    """The list's filters; every field may stay empty."""

    words = forms.CharField(label=gettext_lazy("Words in name or activity"), required=False, max_length=100)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("What it does"), required=False)
    placed = forms.BooleanField(label=gettext_lazy("Only with a place on the map"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, role = self.fields["kind"], self.fields["role"]
        if isinstance(kind, forms.ChoiceField) and isinstance(role, forms.ChoiceField):
            kind.choices = [("", _("All")), *((value, label) for value, label in Kind.choices if value)]
            role.choices = [("", _("All")), *ActorRole.choices]

    @property
    def given(self) -> dict[str, Any]:
        """What can be used; a value nobody offers is left out."""
        return self.cleaned_data if self.is_valid() else {k: v for k, v in self.cleaned_data.items() if k not in self.errors}


class OrganisationForm(forms.ModelForm[Organisation]):
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("What it does"), choices=ActorRole.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    website = forms.URLField(label=gettext_lazy("Website"), max_length=500, required=False, assume_scheme="https")
    reason = forms.CharField(
        label=gettext_lazy("Why, and where you read it"),
        max_length=500,
        help_text=gettext_lazy("Kept in the history, which everybody in the team can read."),
    )

    class Meta:
        model = Organisation
        fields = [
            "name", "kind", "legal_form", "roles", "activity", "website", "founded", "closed", "closed_note", "address",
            "district", "lon", "lat", "precision", "last_seen",
        ]  # fmt: skip
        widgets = {"activity": forms.Textarea(attrs={"rows": 3})}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        lon, lat = given.get("lon"), given.get("lat")
        if (lon is None) != (lat is None):
            self.add_error("lat" if lat is None else "lon", _("A place needs both longitude and latitude, or neither."))
        if lat is not None and lon is not None and not (-90 <= lat <= 90 and -180 <= lon <= 180):
            self.add_error("lat", _("Latitude lies between -90 and 90, longitude between -180 and 180. Are they swapped?"))
        founded, closed = given.get("founded"), given.get("closed")
        if founded and closed and closed < founded:
            self.add_error("closed", _("It cannot close before it was founded."))
        return given

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class VisibilityForm(forms.Form):
    visibility = forms.ChoiceField(label=gettext_lazy("Who sees it"), choices=Visibility.choices)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500)
