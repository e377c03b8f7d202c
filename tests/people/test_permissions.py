"""The one function that says who may do what."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory

from rrr.people.actions import groups, memberships
from rrr.people.models import User
from rrr.people.permissions import SignInNeeded, allowed, require, territories_where
from rrr.people.roles import BY_TIE, PROGRAMME_ROLES, ROLE_PERMISSIONS, ROLE_SENTENCES, TERRITORY_ROLES, Permission, Role
from tests.factories import people, places


def test_every_role_has_permissions_and_a_sentence() -> None:
    assert set(ROLE_PERMISSIONS) == set(ROLE_SENTENCES) == set(Role) == {*TERRITORY_ROLES, *PROGRAMME_ROLES}


def test_the_manager_has_every_permission_but_those_of_a_tie() -> None:
    assert ROLE_PERMISSIONS[Role.MANAGER] == set(Permission) - BY_TIE
    assert not any(BY_TIE & given for given in ROLE_PERMISSIONS.values())


@pytest.mark.parametrize(
    ("lower", "higher"),
    [("observer", "member"), ("member", "analyst"), ("member", "facilitator"), ("analyst", "coordinator"), ("facilitator", "coordinator")],
)
def test_a_role_that_reaches_further_keeps_what_the_other_may(lower: str, higher: str) -> None:
    assert ROLE_PERMISSIONS[Role(lower)] < ROLE_PERMISSIONS[Role(higher)]


def test_a_role_holds_in_its_own_territory_only(turin: Any, coordinator: User) -> None:
    places.territory("bilbao")
    assert allowed(coordinator, Permission.TEAM_MANAGE, turin)
    assert allowed(coordinator, Permission.TEAM_MANAGE, "turin")
    assert not allowed(coordinator, Permission.TEAM_MANAGE, "bilbao")
    assert not allowed(coordinator, Permission.TEAM_MANAGE)


def test_a_programme_role_holds_everywhere(turin: Any, manager: User) -> None:
    assert allowed(manager, Permission.TEAM_MANAGE, "anywhere")
    assert territories_where(manager, Permission.TEAM_MANAGE) is None


def test_territories_where_names_those_of_the_role(coordinator: User, member: User) -> None:
    assert territories_where(coordinator, Permission.TEAM_MANAGE) == {"turin"}
    assert territories_where(member, Permission.TEAM_MANAGE) == frozenset()


def test_everybody_votes_and_only_the_signed_in_propose(member: User) -> None:
    assert allowed(AnonymousUser(), Permission.VOTE)
    assert not allowed(AnonymousUser(), Permission.STATEMENT_PROPOSE)
    assert allowed(member, Permission.STATEMENT_PROPOSE)


def test_an_inactive_account_may_nothing(coordinator: User) -> None:
    coordinator.is_active = False
    assert not allowed(coordinator, Permission.TEAM_MANAGE, "turin")
    assert not allowed(coordinator, Permission.STATEMENT_PROPOSE)


def test_the_subject_names_the_place_and_lets_its_members_in(turin: Any, coordinator: User, member: User) -> None:
    group = people.group(turin, coordinator)
    assert allowed(coordinator, Permission.GROUP_MANAGE, subject=group)
    assert not allowed(member, Permission.GROUP_WORK, subject=group)
    groups.join(group=group, by=member)
    assert allowed(member, Permission.GROUP_WORK, subject=group)
    assert not allowed(member, Permission.GROUP_MANAGE, subject=group)


def test_roles_are_asked_once_and_forgotten_when_they_change(turin: Any, member: User, django_assert_num_queries: Any) -> None:
    fresh = User.objects.get(pk=member.pk)
    with django_assert_num_queries(1):
        assert allowed(fresh, Permission.TEAM_SEE, "turin")
        assert not allowed(fresh, Permission.TEAM_MANAGE, "turin")
    memberships.grant(user=fresh, territory=turin, role="coordinator", by=None)
    assert allowed(fresh, Permission.TEAM_MANAGE, "turin")


def test_require_stops_each_reader_in_the_right_way(rf: RequestFactory, member: User) -> None:
    request = rf.get("/somewhere/?x=1")
    request.user = AnonymousUser()
    with pytest.raises(SignInNeeded) as stopped:
        require(request, Permission.TEAM_MANAGE, "turin")
    assert stopped.value.url.endswith("?next=%2Fsomewhere%2F%3Fx%3D1")
    request.user = member
    with pytest.raises(PermissionDenied, match="invite people"):
        require(request, Permission.TEAM_MANAGE, "turin")
    with pytest.raises(Http404):
        require(request, Permission.TEAM_MANAGE, "turin", hidden=True)
    require(request, Permission.TEAM_SEE, "turin")
