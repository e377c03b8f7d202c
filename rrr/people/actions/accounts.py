"""Accounts and bodies, and what export and erase do with them."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from rrr.core import audit
from rrr.people.models import Body, BodyMember, ContentReport, Invitation, User


@transaction.atomic
def create(*, email: str, name: str, password: str, by: User | None, language: str = "en", demonstration: bool = False) -> User:
    """An account whose e-mail address counts as verified: for `createmanager` and demonstration accounts only."""
    from allauth.account.models import EmailAddress

    made = User.objects.create_user(email, password, name=name, language=language, is_demonstration=demonstration)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    audit.record(by=by, action="accounts.create", subject=made, after={"demonstration": demonstration})
    return made


@transaction.atomic
def change_profile(*, user: User, by: User) -> None:
    before = audit.snapshot(User.objects.get(pk=user.pk), "name", "language")
    user.save(update_fields=["name", "language"])
    audit.record(by=by, action="accounts.change_profile", subject=user, before=before, after=audit.snapshot(user, "name", "language"))


@transaction.atomic
def save_body(*, body: Body, by: User) -> Body:
    """Name a new body; whoever does becomes its first member."""
    created = body.pk is None
    body.save()
    if created:
        BodyMember.objects.create(body=body, user=by)
    audit.record(by=by, action="accounts.save_body", subject=body, after=audit.snapshot(body))
    return body


@transaction.atomic
def report_content(*, report: ContentReport, by: User | None) -> ContentReport:
    report.save()
    audit.record(by=by, action="accounts.report_content", subject=report, after={"reason": report.reason})
    return report


def export(user: Any) -> dict[str, Any]:
    """What this app keeps about a person."""
    return {
        "account": {"email": user.email, "name": user.name, "language": user.language, "created_at": user.created_at.isoformat()},
        "memberships": list(user.memberships.values("territory__slug", "role")),
        "programme_roles": list(user.programme_roles.values_list("role", flat=True)),
        "bodies": list(user.bodies.values("body__name", "position")),
        "working_groups": list(user.working_groups.values_list("name", flat=True)),
        "tasks": list(user.tasks.values("title", "due")),
    }


def erase(user: Any) -> None:
    """The account and all that hangs on it go; minutes and tasks stay with their group, without the name."""
    Invitation.objects.filter(email__iexact=user.email).delete()
    ContentReport.objects.filter(email__iexact=user.email).update(email="")
    User.objects.filter(pk=user.pk).delete()
