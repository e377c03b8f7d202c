"""Forms of sign-up."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rrr.people.models import User


def languages() -> list[tuple[str, str]]:
    return [(code, str(name)) for code, name in settings.LANGUAGES if code != settings.PSEUDO_LANGUAGE]


class SignupForm(forms.Form):
    """What sign-up asks beyond e-mail and password; allauth takes it as a base class (so nothing of allauth may be imported here)."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language"), choices=languages, initial=lambda: get_language() or settings.LANGUAGE_CODE)
    privacy = forms.BooleanField(
        label=_("I have read the privacy notice"), error_messages={"required": _("Read the privacy notice and tick the box to go on.")}
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.language = self.cleaned_data["language"]
        user.privacy_accepted_at = timezone.now()
        user.save(update_fields=["name", "language", "privacy_accepted_at"])
