"""People for tests, made through the same actions a person uses."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.contrib.auth.models import AnonymousUser

from rrr.people.actions import accounts, bodies, groups, invitations, memberships
from rrr.people.models import Body, ContentReport, Invitation, Meeting, Task, User, WorkingGroup
from rrr.people.roles import PROGRAMME_ROLES, Role

PASSWORD = "correct horse battery staple"
_number = count(1)


def user(email: str = "", *, role: str = "", territory: Any = None, name: str = "", **fields: Any) -> User:
    """A verified account; with `role` it holds that role in `territory`, or in the programme."""
    address = email or f"person{next(_number)}@example.org"
    made = accounts.create(email=address, name=name or address.partition("@")[0].title(), password=PASSWORD, by=None, **fields)
    if role in PROGRAMME_ROLES:
        memberships.grant_programme(user=made, role=role, by=None)
    elif role:
        memberships.grant(user=made, territory=territory, role=role, by=None)
    return made


def one_of_each(territory: Any) -> dict[str, User | AnonymousUser]:
    """Anonymous, a signed-in stranger, and one person per role."""
    people: dict[str, User | AnonymousUser] = {"anonymous": AnonymousUser(), "stranger": user("stranger@example.org")}
    for role in (Role.OBSERVER, Role.MEMBER, Role.ANALYST, Role.FACILITATOR, Role.COORDINATOR, Role.MANAGER, Role.CURATOR):
        people[role.value] = user(f"{role.value}@example.org", role=role, territory=territory)
    return people


def body(by: User, name: str = "City of Turin", **fields: Any) -> Body:
    return bodies.save(body=Body(name=name, **{"kind": "authority", **fields}), by=by)


def group(territory: Any, by: User, name: str = "Youth employment") -> WorkingGroup:
    return groups.save(group=WorkingGroup(territory=territory, name=name, purpose="Work for the young"), by=by)


def meeting(of: WorkingGroup, by: User, **fields: Any) -> Meeting:
    given: dict[str, Any] = {"title": "First meeting", "starts_at": datetime(2027, 6, 1, 12, 0, tzinfo=UTC), **fields}
    return groups.save_meeting(meeting=Meeting(group=of, **given), by=by)


def task(of: WorkingGroup, by: User, **fields: Any) -> Task:
    return groups.save_task(task=Task(group=of, **{"title": "Invite the schools", **fields}), by=by)


def invitation(territory: Any, by: User, **fields: Any) -> tuple[Invitation, str]:
    return invitations.invite(territory=territory, by=by, **{"role": "member", **fields})


def report(**fields: Any) -> ContentReport:
    return ContentReport.objects.create(**{"url": "/territories/turin/", "reason": "wrong", "text": "The address is old.", **fields})
