"""People who answer without an account (ADR 0007): a random token in a signed cookie of that one page, of which only the hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

NEW_EACH_MINUTE = 120  # browsers that may begin within a minute: a full hall, and a brake for a script
EACH_ADDRESS = 100  # of them from one address: a hall on one network, and places left for the others
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # without those that are mistaken for one another on paper


class TooMany(Exception):
    """More browsers begin at this moment than are let in."""


def new_key() -> str:
    """Eight letters and digits for an address one can read out: 10^11 of them, so that drafts are not guessed."""
    return "".join(secrets.choice(_LETTERS) for _n in range(8))


def new_token() -> str:
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def brake(began: QuerySet[Any], most: int = NEW_EACH_MINUTE) -> None:
    """Raises TooMany where `most` of these rows began (`began_at`) within the last minute; lock what they belong to before."""
    if began.filter(began_at__gte=timezone.now() - timedelta(minutes=1)).count() >= most:
        raise TooMany


def token(request: HttpRequest, name: str, salt: str) -> str:
    """What this browser holds; "" for a cookie that is missing or forged."""
    return str(request.get_signed_cookie(name, default="", salt=salt))


def remember(response: HttpResponse, *, name: str, salt: str, token: str, until: date, path: str) -> HttpResponse:
    """Let the browser hold its token until that day, for the pages under `path` alone."""
    response.set_signed_cookie(
        name, token, salt=salt, expires=timezone.make_aware(datetime.combine(until, time.min)), path=path, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def forget(response: HttpResponse, *, name: str, path: str) -> HttpResponse:
    response.delete_cookie(name, path=path, samesite="Lax")
    return response
