"""The one function that says whether a person may do something, and the one that stops a view when not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from urllib.parse import urlencode

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from rrr.people.models import Membership, ProgrammeRole, User
from rrr.people.roles import (
    EVERYONE,
    PROGRAMME_ROLES,
    ROLE_PERMISSIONS,
    ROLE_SENTENCES,
    SIGNED_IN,
    TERRITORY_ROLES,
    Permission,
    Role,
)

__all__ = [
    "EVERYONE", "PROGRAMME_ROLES", "ROLE_PERMISSIONS", "ROLE_SENTENCES", "SIGNED_IN", "TERRITORY_ROLES",
    "Permission", "Role", "SignInMiddleware", "SignInNeeded", "allowed", "forget", "require", "roles", "signed_in", "territories_where",
]  # fmt: skip


class HasSlug(Protocol):
    slug: str


Where = str | HasSlug | None
Person = AbstractBaseUser | AnonymousUser | None
PROGRAMME = ""  # the key of roles that hold everywhere
_CACHE = "_rrr_roles"


class SignInNeeded(PermissionDenied):
    """Nobody is signed in: SignInMiddleware sends the reader to the sign-in page and back here."""

    def __init__(self, url: str) -> None:
        super().__init__(_("Sign in to see this page."))
        self.url = url


def roles(user: Person) -> dict[str, frozenset[Role]]:
    """Territory slug (or "" for the programme) -> roles. Read once per user object, that is once per request."""
    if user is None or not user.is_authenticated or not user.is_active:
        return {}
    known: dict[str, frozenset[Role]] | None = getattr(user, _CACHE, None)
    if known is None:
        text = CharField()
        local = Membership.objects.filter(user_id=user.pk).values_list(Cast("territory__slug", text), Cast("role", text))
        whole = ProgrammeRole.objects.filter(user_id=user.pk).values_list(Value(PROGRAMME, text), Cast("role", text))
        gathered: dict[str, set[Role]] = {}
        for slug, role in local.union(whole):
            gathered.setdefault(slug, set()).add(Role(role))
        known = {slug: frozenset(held) for slug, held in gathered.items()}
        setattr(user, _CACHE, known)
    return known


def forget(user: Person) -> None:
    """Drop what `roles` remembered; actions call it when they change roles."""
    if user is not None:
        user.__dict__.pop(_CACHE, None)


def allowed(user: Person, permission: Permission, territory: Where = None, subject: object = None) -> bool:
    """May this person do this, here?

    `subject` is the object it is done to: its `.territory` stands in where `territory` is not given, and its method
    `grants(user, permission)`, if it has one, lets in people by their tie to it (members of a working group or a body).
    """
    if permission in EVERYONE:
        return True
    if user is None or not user.is_authenticated or not user.is_active:
        return False
    if permission in SIGNED_IN:
        return True
    held = roles(user)
    if _grants(held.get(PROGRAMME), permission):
        return True
    slug = _slug(territory if territory is not None else getattr(subject, "territory", None))
    if slug and _grants(held.get(slug), permission):
        return True
    tie = getattr(subject, "grants", None)
    return bool(tie is not None and tie(user, permission))


def territories_where(user: Person, permission: Permission) -> frozenset[str] | None:
    """Slugs of the territories where a person may do this; None means everywhere."""
    held = roles(user)
    if permission in EVERYONE or _grants(held.get(PROGRAMME), permission):
        return None
    return frozenset(slug for slug, found in held.items() if slug and _grants(found, permission))


def require(request: HttpRequest, permission: Permission, territory: Where = None, *, subject: object = None, hidden: bool = False) -> None:
    """Stop the view unless allowed: sign-in for strangers, 403 with the reason, or 404 where even existence is private (`hidden`)."""
    user = request.user
    if allowed(user, permission, territory, subject):
        return
    signed_in(request)
    if hidden:
        raise Http404
    local = any(permission in ROLE_PERMISSIONS[role] for role in TERRITORY_ROLES)
    ask = _("Ask the coordinator of the territory.") if local else _("Ask a programme manager.")
    raise PermissionDenied(_("You have no role here that lets you %(what)s. %(ask)s") % {"what": permission.label, "ask": ask})


def signed_in(request: HttpRequest) -> User:
    """The person behind the request; strangers are sent to the sign-in page and come back."""
    user = request.user
    if not isinstance(user, User):
        back = request.get_full_path() if request.method == "GET" else request.META.get("HTTP_REFERER", "/")
        raise SignInNeeded(f"{resolve_url('account_login')}?{urlencode({'next': back})}")
    return user


def _grants(held: frozenset[Role] | None, permission: Permission) -> bool:
    return any(permission in ROLE_PERMISSIONS[role] for role in held or ())


def _slug(where: Where) -> str:
    return where if isinstance(where, str) else getattr(where, "slug", "")


class SignInMiddleware:
    """Sends a stranger who asked for a closed page to the sign-in page, and back afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, SignInNeeded):
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": exception.url})
        return HttpResponseRedirect(exception.url)
