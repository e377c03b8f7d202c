"""Roles in a territory and in the programme."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.people import permissions
from rrr.people.models import Membership, ProgrammeRole, Role, User, WorkingGroup


@transaction.atomic
def grant(*, user: User, territory: Any, role: str, by: User | None, reason: str = "") -> Membership:
    """Give a person a role in a territory; the one they had there is replaced."""
    before = Membership.objects.select_for_update().filter(user=user, territory=territory).first()
    if before and before.role == role:
        return before
    if before:
        _keep_one_coordinator(before, role)
    old = audit.snapshot(before, "role") if before else None
    made, _created = Membership.objects.update_or_create(user=user, territory=territory, defaults={"role": role})
    audit.record(by=by, action="memberships.grant", subject=made, before=old, after={"role": role}, territory=territory.slug, reason=reason)
    permissions.forget(user)
    return made


@transaction.atomic
def revoke(*, membership: Membership, by: User | None, reason: str = "") -> None:
    """Take the role away, and with it the seat in the working groups of that territory."""
    territory = membership.territory
    _keep_one_coordinator(membership, "")
    audit.record(
        by=by, action="memberships.revoke", subject=membership, before={"role": membership.role}, territory=territory.slug, reason=reason
    )
    for group in WorkingGroup.objects.filter(territory=territory, members=membership.user):
        group.members.remove(membership.user)
    membership.delete()
    permissions.forget(membership.user)


def _keep_one_coordinator(membership: Membership, role: str) -> None:
    """A territory with a team never loses its last coordinator: nobody could invite a new one."""
    if membership.role != Role.COORDINATOR or role == Role.COORDINATOR:
        return
    others = Membership.objects.select_for_update().filter(territory=membership.territory, role=Role.COORDINATOR).exclude(pk=membership.pk)
    if not others.exists():
        raise ValidationError(_("This is the territory's last coordinator. Make somebody else coordinator first."))


@transaction.atomic
def grant_programme(*, user: User, role: str, by: User | None) -> ProgrammeRole:
    made, created = ProgrammeRole.objects.get_or_create(user=user, role=role)
    if created:
        audit.record(by=by, action="memberships.grant_programme", subject=made, after={"role": role})
        permissions.forget(user)
    return made


@transaction.atomic
def revoke_programme(*, programme_role: ProgrammeRole, by: User | None) -> None:
    managers = ProgrammeRole.objects.select_for_update().filter(role=Role.MANAGER).exclude(pk=programme_role.pk)
    if programme_role.role == Role.MANAGER and not managers.exists():
        raise ValidationError(_("This is the last programme manager. Give the role to somebody else first."))
    audit.record(by=by, action="memberships.revoke_programme", subject=programme_role, before={"role": programme_role.role})
    programme_role.delete()
    permissions.forget(programme_role.user)
