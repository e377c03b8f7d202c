"""Forms of step 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rrr.records.register import SEVERAL
from rrr.understand import sentences
from rrr.understand.actions.imports import SourceDraft
from rrr.understand.models import (
    ActorRole,
    DiagnosisRound,
    ImportSource,
    Kind,
    Licence,
    Organisation,
    Portrait,
    Scope,
    Sector,
    Verdict,
    Visibility,
)
from rrr.understand.sound_form import SoundForm


class FilterForm(forms.Form):
    """The list's filters; every field may stay empty."""

    words = forms.CharField(label=gettext_lazy("Words in name or activity"), required=False, max_length=100)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("What it does"), required=False)
    source = forms.ChoiceField(label=gettext_lazy("From the register"), required=False)
    placed = forms.BooleanField(label=gettext_lazy("Only with a place on the map"), required=False)

    def __init__(self, *args: Any, sources: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source = self.fields["source"]
        if isinstance(source, forms.ChoiceField):
            source.choices = [("", _("All")), *sources]
        if not sources:
            del self.fields["source"]
        kind, role = self.fields["kind"], self.fields["role"]
        if isinstance(kind, forms.ChoiceField) and isinstance(role, forms.ChoiceField):
            kind.choices = [("", _("All")), *((value, label) for value, label in Kind.choices if value)]
            role.choices = [("", _("All")), *ActorRole.choices]

    @property
    def given(self) -> dict[str, Any]:
        """What can be used; a value nobody offers is left out."""
        return self.cleaned_data if self.is_valid() else {k: v for k, v in self.cleaned_data.items() if k not in self.errors}


class OrganisationForm(SoundForm):
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

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class VisibilityForm(forms.Form):
    visibility = forms.ChoiceField(label=gettext_lazy("Who sees it"), choices=Visibility.choices)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500)


class UploadForm(forms.Form):
    """A delivery of a register: which one, under which terms, and the file."""

    source = forms.ChoiceField(label=gettext_lazy("Register"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Name of a new register"),
        max_length=160,
        required=False,
        help_text=gettext_lazy(
            "As its keeper calls it, for example: Register of cooperatives of the chamber. Only for a register that is not in the list."
        ),
    )
    licence = forms.ChoiceField(label=gettext_lazy("Licence"), choices=Licence.choices, required=False)
    licence_words = forms.CharField(
        label=gettext_lazy("Licence in its own words"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example: CC BY 4.0, or what the keeper agreed to."),
    )
    url = forms.URLField(label=gettext_lazy("Address where the register stands"), max_length=500, required=False, assume_scheme="https")
    file_date = forms.DateField(
        label=gettext_lazy("Date of the file"),
        help_text=gettext_lazy("The day to which the register was kept, or the day you got it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,  # the reader has the better sentence
        help_text=gettext_lazy("CSV, XLSX, GeoJSON, JSON or Parquet. It is kept as it is, and only your team sees it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.geojson,.json,.parquet"}),
    )

    def __init__(self, *args: Any, sources: Sequence[ImportSource], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sources = {str(one.pk): one for one in sources}
        choose = self.fields["source"]
        if isinstance(choose, forms.ChoiceField):
            choose.choices = [("", _("A new register, named below")), *((pk, one.name) for pk, one in self._sources.items())]
        if not sources:
            del self.fields["source"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("source") and not str(given.get("name") or "").strip():
            self.add_error("name", _("Say what the register is called; its next delivery is recognised by it."))
        if given.get("licence") == Licence.OTHER and not given.get("licence_words"):
            self.add_error("licence_words", _("Say which licence it is."))
        return given

    @property
    def draft(self) -> SourceDraft:
        given = self.cleaned_data
        known = self._sources.get(given.get("source") or "")
        name = known.name if known else given["name"]
        return SourceDraft(name, given["licence"], given["licence_words"], given["url"], known)


ENCODINGS = ("utf-8", "utf-16", "cp1252", "iso-8859-1", "iso-8859-2", "cp1250", "cp1251", "mac-roman")
DELIMITERS = {",": gettext_lazy("Comma"), ";": gettext_lazy("Semicolon"), "\t": gettext_lazy("Tab"), "|": gettext_lazy("Bar")}


class ReadAsForm(forms.Form):
    """Corrections of what was recognised; empty means: guess."""

    encoding = forms.ChoiceField(label=gettext_lazy("Encoding of the letters"), required=False)
    delimiter = forms.ChoiceField(label=gettext_lazy("Separator between the columns"), required=False)
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False)
    header_line = forms.IntegerField(
        label=gettext_lazy("Line with the names of the columns"), required=False, min_value=1, max_value=10_000
    )
    decimal_comma = forms.ChoiceField(label=gettext_lazy("Decimal sign"), required=False)
    register = forms.ChoiceField(label=gettext_lazy("Known register"), required=False)
    crs = forms.CharField(
        label=gettext_lazy("Coordinate system"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("For example EPSG:25832; empty for degrees."),
    )

    def __init__(self, *args: Any, sheets: Sequence[str] = (), registers: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guess = [("", _("Guess"))]
        offered: dict[str, list[tuple[str, Any]]] = {
            "encoding": [(one, one) for one in ENCODINGS],
            "delimiter": list(DELIMITERS.items()),
            "sheet": [(one, one) for one in sheets],
            "register": [("none", _("None of these")), *registers],
            "decimal_comma": [("yes", _("Comma: 3,14")), ("no", _("Point: 3.14"))],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [*guess, *choices]
        if not sheets:
            del self.fields["sheet"]

    @property
    def options(self) -> dict[str, Any]:
        comma = {"yes": True, "no": False}.get(self.cleaned_data["decimal_comma"])
        return {**self.cleaned_data, "decimal_comma": comma}


SHARED = SEVERAL | {"website", "email", "phone"}  # of these the first column that has a value counts
FEW_COLUMNS = 15


class ColumnsForm(forms.Form):
    """Which of our fields each column of the file is. A field is `column-<place>`, because columns may be called anything."""

    def __init__(
        self, *args: Any, columns: Sequence[Mapping[str, Any]], mapping: Mapping[str, str], fields: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._columns = columns
        choices = [("", sentences.FIELDS[""]), *((name, sentences.FIELDS.get(name, name)) for name in fields if name)]
        for place, column in enumerate(columns):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=column["name"], choices=choices, required=False, initial=mapping.get(column["name"], "")
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen: dict[str, str] = {}
        for place, column in enumerate(self._columns):
            field = given.get(f"column-{place}", "")
            if field and field in chosen and field not in SHARED:
                text = _("“%(first)s” is “%(field)s” already. Leave one of the two out.")
                self.add_error(f"column-{place}", text % {"first": chosen[field], "field": sentences.FIELDS.get(field, field)})
            chosen.setdefault(field, column["name"])
        if "name" not in chosen:
            self.add_error(None, _("Choose the column that holds the name of the organisation. Without a name a row cannot be used."))
        return given

    @property
    def rows(self) -> list[tuple[Mapping[str, Any], Any]]:
        """Each column with its choice, for the table."""
        return [(column, self[f"column-{place}"]) for place, column in enumerate(self._columns)]

    @property
    def tables(self) -> list[tuple[bool, list[tuple[Mapping[str, Any], Any]]]]:
        """One table, or for a file of many columns two: those that are used, and (folded) those that are left out."""
        if len(self._columns) <= FEW_COLUMNS:
            return [(False, self.rows)]
        used = [row for row in self.rows if row[1].value() or row[1].errors]
        return [(False, used), (True, [row for row in self.rows if row not in used])]

    @property
    def mapping(self) -> dict[str, str]:
        return {column["name"]: self.cleaned_data[f"column-{place}"] for place, column in enumerate(self._columns)}


class ScopeForm(forms.Form):
    """Which records belong to the territory, and what the register's words for kinds mean."""

    scope = forms.ChoiceField(label=gettext_lazy("Which records belong here?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, numbers: Mapping[str, int], words: Sequence[tuple[str, int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scope"]
        if isinstance(field, forms.ChoiceField):
            counted = gettext_lazy("%(scope)s: %(number)s")
            field.choices = [
                (value, counted % {"scope": label, "number": number_format(numbers.get(value, 0), force_grouping=True)})
                for value, label in Scope.choices
            ]
        kinds = [("", Kind.UNKNOWN.label), *((value, label) for value, label in Kind.choices if value)]
        self._words = words
        for place, (word, _number, guess) in enumerate(words):
            self.fields[f"kind-{place}"] = forms.ChoiceField(label=word, choices=kinds, required=False, initial=guess)

    @property
    def rows(self) -> list[tuple[str, int, Any]]:
        return [(word, number, self[f"kind-{place}"]) for place, (word, number, _guess) in enumerate(self._words)]

    @property
    def kinds(self) -> dict[str, str]:
        return {word: self.cleaned_data[f"kind-{place}"] for place, (word, _number, _guess) in enumerate(self._words)}


class AuditForm(forms.Form):
    """How many pairs to draw."""

    size = forms.IntegerField(
        label=gettext_lazy("How many pairs to draw"),
        min_value=3,
        max_value=600,
        initial=150,
        help_text=gettext_lazy("In equal parts of what was linked by itself, left to people, and taken for new."),
    )


class DecisionForm(forms.Form):
    """One decision about a record, or one judgement of an audit."""

    verdict = forms.ChoiceField(choices=Verdict.choices)
    organisation = forms.IntegerField(required=False)
    reason = forms.CharField(max_length=500, required=False)


def _in_six_weeks() -> Any:
    return (timezone.localtime() + timedelta(weeks=6)).replace(hour=18, minute=0, second=0, microsecond=0)


def _in_a_year() -> Any:
    return timezone.localdate() + timedelta(days=365)


def _languages() -> list[tuple[str, str]]:
    return [(code, str(name)) for code, name in settings.LANGUAGES if code != settings.PSEUDO_LANGUAGE]


class RoundForm(forms.ModelForm[DiagnosisRound]):
    closes_at = forms.DateTimeField(
        label=gettext_lazy("Closes by itself on"),
        help_text=gettext_lazy("Day and time, for example 2027-03-31 18:00. Closing is final."),
        initial=_in_six_weeks,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    retention_until = forms.DateField(
        label=gettext_lazy("Single answers are kept until"),
        help_text=gettext_lazy("On this day every single answer is erased; the counts stay."),
        initial=_in_a_year,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"), choices=_languages)

    class Meta:
        model = DiagnosisRound
        fields = ["title", "asked", "purpose", "language", "closes_at", "retention_until", "listed", "compared"]
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": gettext_lazy("For example: Diagnosis, autumn 2027."),
            "asked": gettext_lazy("For example: everybody who works with the social economy of the metropolitan area."),
            "purpose": gettext_lazy("People read this before their first answer: who asks, what happens with the result, who decides."),
            "listed": gettext_lazy("Otherwise only the team and those who have the link."),
            "compared": gettext_lazy("Only with territories that let theirs be compared too, and only once it is published."),
        }

    def clean_retention_until(self) -> Any:
        day = self.cleaned_data["retention_until"]
        if day > timezone.localdate() + timedelta(days=5 * 365 + 2):
            raise forms.ValidationError(_("At most five years. Opinions are sensitive: keep them no longer than you need."))
        return day

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class SectorForm(forms.Form):
    sector = forms.ChoiceField(
        label=gettext_lazy("For whom do you answer?"),
        help_text=gettext_lazy("You need not say. Groups of fewer than five are never shown."),
        required=False,
        choices=lambda: [("", _("I would rather not say")), *Sector.choices],
    )


class BlockForm(forms.Form):
    """What arrives; the page draws the scale itself. The action says what is wrong with it."""

    block = forms.CharField(max_length=20)
    value = forms.CharField(max_length=10, required=False)
    reason = forms.CharField(max_length=500, required=False)


class PortraitForm(forms.ModelForm[Portrait]):
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"), choices=_languages)

    class Meta:
        model = Portrait
        fields = ["language", "summary", "unknown"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 10}), "unknown": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "summary": gettext_lazy("In a few paragraphs: how the ecosystem grew, what it is strong in, what it needs. Markdown works."),
            "unknown": gettext_lazy("What the figures below leave out. Gaps we can count are listed by themselves."),
        }
