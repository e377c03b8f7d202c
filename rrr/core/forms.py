"""Forms of core: tokens, mail choices, erasing an account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rrr.core.models import ApiToken


class TokenForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=100, help_text=gettext_lazy("What you will use it for, for example: monthly export.")
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"), choices=ApiToken.Scope.choices, widget=forms.CheckboxSelectMultiple, initial=["read"]
    )
    days = forms.IntegerField(label=gettext_lazy("Days it is valid"), min_value=1, max_value=730, initial=90)

    @property
    def expires_at(self) -> Any:
        return timezone.now() + timedelta(days=self.cleaned_data["days"])


class EraseForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"), help_text=gettext_lazy("Type it in full, so that nothing is erased by mistake.")
    )
    password = forms.CharField(label=gettext_lazy("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if str(given.get("email", "")).lower() != self._user.email.lower():
            self.add_error("email", _("This is not the address of your account. Type the address you sign in with."))
        if not self._user.check_password(given.get("password", "")):
            self.add_error("password", _("This is not your password. Nothing was erased; type it again."))
        return given
