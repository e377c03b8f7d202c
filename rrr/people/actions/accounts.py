"""Accounts, and what export and erase do with them."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.people.models import BodyMember, ContentReport, Invitation, User

PROFILE = ("name", "language", "time_zone")


@transaction.atomic
def create(*, email: str, name: str, password: str, by: User | None, language: str = "en", demonstration: bool = False) -> User:
    """An account whose e-mail address counts as verified: for `createmanager` and demonstration accounts only."""
    validate_email(email)
    validate_password(password, User(email=email, name=name))
    if User.objects.filter(email__iexact=email).exists():
        raise ValidationError(_("There is already an account with this e-mail address."))
    made = User.objects.create_user(email, password, name=name, language=language, is_demonstration=demonstration)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    audit.record(by=by, action="accounts.create", subject=made, after={"demonstration": demonstration})
    return made


@transaction.atomic
def reset_demonstration_password(*, user: User, password: str, by: User | None) -> None:
    if not user.is_demonstration:
        raise ValidationError(_("%(email)s is not a demonstration account; its password stays.") % {"email": user.email})
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(by=by, action="accounts.reset_demonstration_password", subject=user)


@transaction.atomic
def change_profile(*, user: User, by: User) -> None:
    before = audit.snapshot(User.objects.get(pk=user.pk), *PROFILE)
    user.save(update_fields=PROFILE)
    audit.record(by=by, action="accounts.change_profile", subject=user, before=before, after=audit.snapshot(user, *PROFILE))


def export(user: AbstractBaseUser) -> dict[str, Any]:
    """What this app keeps about a person."""
    person = User.objects.get(pk=user.pk)
    return {
        "account": audit.snapshot(person, "email", *PROFILE, "created_at", "last_login", "privacy_accepted_at"),
        "addresses": list(EmailAddress.objects.filter(user=person).values("email", "verified", "primary")),
        "second_factors": list(Authenticator.objects.filter(user=person).values("type", "created_at", "last_used_at")),
        "memberships": list(person.memberships.values("territory__slug", "role", "created_at")),
        "programme_roles": list(person.programme_roles.values("role", "created_at")),
        "bodies": list(person.bodies.values("body__name", "position", "confirmed_at")),
        "working_groups": list(person.working_groups.values("territory__slug", "name")),
        "tasks": list(person.tasks.values("group__name", "title", "due", "done_at")),
        "invitations_sent": list(person.invitations.values("territory__slug", "role", "email", "created_at")),
        "reports": list(ContentReport.objects.filter(email__iexact=person.email).values("url", "reason", "text", "created_at", "answer")),
    }


@transaction.atomic
def erase(user: AbstractBaseUser) -> None:
    """The account and all that hangs on it go; minutes and tasks stay with their group, without the name."""
    email = User.objects.get(pk=user.pk).email
    Invitation.objects.filter(email__iexact=email).delete()
    ContentReport.objects.filter(email__iexact=email).update(email="")
    BodyMember.objects.filter(user_id=user.pk).delete()
    User.objects.filter(pk=user.pk).delete()
