"""Forms about territories: they check shape; the actions check meaning."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from shapely import MultiPolygon

from rrr.places import geojson
from rrr.places.actions.territory import RESERVED, DistrictDraft
from rrr.places.geography import countries, zones
from rrr.places.models import SLUG, Territory

_AREA = {"accept": ".geojson,.json,application/geo+json,application/json"}
FILES = ("boundary", "districts")
# One-word names of languages, in English and in themselves, as Django knows them
LANGUAGES = {
    info[name].casefold(): code for code, info in LANG_INFO.items() for name in ("name", "name_local") if len(code) < 4 and name in info
}


class LanguagesField(forms.CharField):
    """Languages in one line, as codes or by their names: “nl en”, “German, Italiano”."""

    def clean(self, value: Any) -> Any:
        found = [part for part in re.split(r"[\s,;]+", super().clean(value)) if part]
        parts = [LANGUAGES.get(part.casefold(), part).partition("-") for part in found]
        tidy = [first.lower() + hyphen + region.upper() for first, hyphen, region in parts]
        for code in tidy:
            if not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", code):
                text = _("“%(code)s” is not a language code; write for example “nl en” or “pt-BR”.")
                raise forms.ValidationError(text % {"code": code[:20]})
        return list(dict.fromkeys(tidy))

    def prepare_value(self, value: Any) -> Any:
        return " ".join(value) if isinstance(value, list | tuple) else value


def _country_choices() -> list[tuple[str, str]]:
    return [("", ""), *countries()]


def _zone_choices() -> list[tuple[str, str]]:
    return [("", ""), *((zone, zone.replace("_", " ")) for zone in zones())]


class TerritoryForm(forms.Form):
    """Make or change a territory: `given()` goes to actions.territory.set_up, `notes` (what was mended) to the page."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, help_text=gettext_lazy("As readers in English know it."))
    local_name = forms.CharField(label=gettext_lazy("Name in its own languages"), max_length=160, required=False)
    slug = forms.CharField(
        label=gettext_lazy("Short name in addresses"),
        max_length=60,
        required=False,
        validators=[SLUG],
        help_text=gettext_lazy("Small letters, digits, hyphens. Left empty, it is made from the name."),
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=_country_choices)
    languages = LanguagesField(
        label=gettext_lazy("Languages"),
        max_length=100,
        help_text=gettext_lazy("Names or codes, the chief one first, for example: Dutch, English"),
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=_zone_choices)
    authority_name = forms.CharField(label=gettext_lazy("Authority"), max_length=200)
    authority_type = forms.CharField(
        label=gettext_lazy("Kind of authority"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For example: metropolitan city, 312 municipalities"),
    )
    authority_website = forms.URLField(
        label=gettext_lazy("Website of the authority"), max_length=500, required=False, assume_scheme="https"
    )
    boundary = forms.FileField(
        label=gettext_lazy("Boundary (GeoJSON)"),
        required=False,
        allow_empty_file=True,  # the reader has the better sentence
        widget=forms.ClearableFileInput(attrs=_AREA),
        help_text=gettext_lazy("One or more areas; several are joined."),
    )
    boundary_approximate = forms.BooleanField(label=gettext_lazy("The boundary is approximate"), required=False)
    districts = forms.FileField(
        label=gettext_lazy("Districts (GeoJSON)"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs=_AREA),
        help_text=gettext_lazy("Each area with a name; they replace the districts there are."),
    )
    crs = forms.CharField(
        label=gettext_lazy("Coordinate system of the files"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Only if they are not in degrees and do not say so themselves, for example EPSG:25830"),
    )

    def __init__(self, *args: Any, territory: Territory | None = None, **kwargs: Any) -> None:
        self.territory = territory
        self.notes: list[str] = []
        self._read: dict[str, geojson.Reading] = {}
        if territory is not None:
            names = [name for name in self.base_fields if name not in (*FILES, "crs")]
            kwargs["initial"] = {**{name: getattr(territory, name) for name in names}, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        zone = territory.time_zone if territory is not None else ""
        field = self.fields["time_zone"]
        if zone and zone not in zones() and isinstance(field, forms.ChoiceField):  # an older name of a zone stays as it is
            field.choices = [*_zone_choices(), (zone, zone)]

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"])
        if slug in RESERVED:
            raise forms.ValidationError(_("“%(slug)s” is used by the site itself; choose another short name.") % {"slug": slug})
        taken = Territory.objects.filter(slug=slug)
        if slug and taken and taken[0] != self.territory:
            raise forms.ValidationError(_("“%(slug)s” is taken by another territory; choose another short name.") % {"slug": slug})
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in FILES:
            upload = cleaned.get(name)
            if isinstance(upload, UploadedFile):
                self._read_file(name, upload)
        if "districts" in self._read:
            self._check_districts(self._read["districts"])
        return cleaned

    def _read_file(self, name: str, upload: UploadedFile[Any]) -> None:
        """Never more than the limit is taken into memory, whatever size the browser claims."""
        data = upload.read(geojson.MAX_BYTES + 1)
        country, crs = str(self.cleaned_data.get("country", "")), str(self.cleaned_data.get("crs", ""))
        try:
            reading = geojson.read(data, country=country, crs=crs)
        except geojson.GeoJSONError as error:
            self.add_error(name, str(error))
            return
        self._read[name] = reading
        self.notes += [f"{self.fields[name].label}: {note}" for note in reading.notes]

    def _check_districts(self, reading: geojson.Reading) -> None:
        unnamed = sum(1 for one in reading.shapes if not one.name)
        if unnamed:
            text = ngettext(
                "%(count)s district has no name; give each area a property “name”.",
                "%(count)s districts have no name; give each area a property “name”.",
                unnamed,
            )
            self.add_error("districts", text % {"count": unnamed})

    def given(self) -> dict[str, Any]:
        """Arguments for actions.territory.set_up."""
        names = [name for name in self.base_fields if name not in (*FILES, "crs", "boundary_approximate")]
        fields = {name: self.cleaned_data[name] for name in names}
        if not fields["slug"]:
            fields.pop("slug")
        return {
            "fields": fields,
            "boundary": self.boundary_given(),
            "approximate": bool(self.cleaned_data["boundary_approximate"]),
            "districts": self.districts_given(),
        }

    def boundary_given(self) -> MultiPolygon | None:
        reading = self._read.get("boundary")
        return None if reading is None else reading.union

    def districts_given(self) -> list[DistrictDraft] | None:
        """Codes are those of the file where they tell the districts apart, else their numbers; None where no file came."""
        reading = self._read.get("districts")
        if reading is None:
            return None
        codes = [one.code[:60] for one in reading.shapes]
        if not all(codes) or len(set(codes)) < len(codes):
            codes = [str(number) for number in range(1, len(codes) + 1)]
        return [DistrictDraft(code, one.name, one.geometry) for code, one in zip(codes, reading.shapes, strict=True)]
