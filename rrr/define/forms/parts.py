"""Fields several forms of step 2 use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


def languages() -> list[tuple[str, str]]:
    return [(code, str(name)) for code, name in settings.LANGUAGES if code != settings.PSEUDO_LANGUAGE]


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    def __init__(self, *, most: int, length: int, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        self.most, self.length = most, length

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = [" ".join(line.split()) for line in str(super().clean(value) or "").splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > self.most:
            raise ValidationError(_("At most %(most)s lines; these are %(number)s.") % {"most": self.most, "number": len(found)})
        for place, line in enumerate(found, 1):
            if len(line) > self.length:
                words = {"place": place, "most": self.length, "number": len(line)}
                raise ValidationError(_("Line %(place)s has %(number)s characters; at most %(most)s fit. Shorten it or split it.") % words)
        return found


class AddressesField(LinesField):
    """Addresses of pages, one on each line."""

    def clean(self, value: Any) -> Any:
        found: Sequence[str] = super().clean(value)
        check = URLValidator(schemes=["http", "https"])
        for place, line in enumerate(found, 1):
            try:
                check(line)
            except ValidationError:
                raise ValidationError(
                    _("Line %(place)s is no address. Write it in full, beginning with https://") % {"place": place}
                ) from None
        return found


class DayField(forms.DateField):
    """A day that has come; today where nothing else was said."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date", "class": "form-control w-code"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"], **kwargs)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day


def language_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=gettext_lazy("Language of the text"), choices=languages)
