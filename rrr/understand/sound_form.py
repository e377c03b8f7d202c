"""What the team's form of an organisation and that of its own people check alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from rrr.understand.models import Organisation


class SoundForm(forms.ModelForm[Organisation]):
    """What holds of an organisation whoever writes it: a whole place on the earth, years in order."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        lon, lat = given.get("lon"), given.get("lat")
        if (lon is None) != (lat is None):
            self.add_error("lat" if lat is None else "lon", _("A place needs both longitude and latitude, or neither."))
        if lat is not None and lon is not None and not (-90 <= lat <= 90 and -180 <= lon <= 180):
            self.add_error("lat", _("Latitude lies between -90 and 90, longitude between -180 and 180. Are they swapped?"))
        founded, closed = given.get("founded"), given.get("closed", self.instance.closed)
        if founded and closed and closed < founded:
            self.add_error("closed" if "closed" in self.fields else "founded", _("It cannot close before it was founded."))
        return given
