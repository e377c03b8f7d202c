"""The sign-in backend: allauth's, closed to demonstration accounts outside a demonstration (sessions that already run included)."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AbstractBaseUser

from rrr.people.adapter import may_sign_in


class Backend(AuthenticationBackend):  # type: ignore[misc] # allauth ships no types
    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        return user is not None and may_sign_in(user)
