"""Teams and invitations."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from rrr.core.audit import history
from rrr.core.models import AuditEntry, OutboxMessage
from rrr.people.actions import groups, invitations, memberships
from rrr.people.models import Invitation, Membership, ProgrammeRole, User
from tests.factories import people


def test_a_new_role_replaces_the_old_one_and_is_recorded(turin: Any, member: User, coordinator: User) -> None:
    made = memberships.grant(user=member, territory=turin, role="analyst", by=coordinator)
    assert Membership.objects.get(user=member).role == "analyst"
    row = history(made).first()
    assert row is not None
    assert (row.by_id, row.before, row.after, row.territory) == (coordinator.pk, {"role": "member"}, {"role": "analyst"}, "turin")


def test_the_last_coordinator_stays(turin: Any, coordinator: User) -> None:
    held = Membership.objects.get(user=coordinator)
    with pytest.raises(ValidationError, match="last coordinator"):
        memberships.revoke(membership=held, by=coordinator)
    with pytest.raises(ValidationError, match="last coordinator"):
        memberships.grant(user=coordinator, territory=turin, role="member", by=coordinator)
    people.user(role="coordinator", territory=turin)
    memberships.revoke(membership=held, by=coordinator)
    assert not Membership.objects.filter(user=coordinator).exists()


def test_the_last_manager_stays(manager: User) -> None:
    with pytest.raises(ValidationError, match="last programme manager"):
        memberships.revoke_programme(programme_role=ProgrammeRole.objects.get(user=manager), by=manager)


def test_who_leaves_a_territory_leaves_its_groups(turin: Any, coordinator: User, member: User) -> None:
    group = people.group(turin, coordinator)
    groups.join(group=group, by=member)
    memberships.revoke(membership=Membership.objects.get(user=member), by=coordinator)
    assert list(group.members.all()) == [coordinator]


def test_a_link_is_shown_once_and_only_its_hash_is_kept(client: Client, turin: Any, coordinator: User) -> None:
    client.force_login(coordinator)
    page = client.post("/people/territories/turin/team/invite/", {"role": "analyst", "uses": 2, "days": 7}).content.decode()
    found = re.search(r"/people/invitations/([\w-]+)/", page)
    assert found is not None
    secret = found[1]
    assert secret not in str(Invitation.objects.values().get())
    assert secret not in str(list(AuditEntry.objects.values()))
    guest = people.user("guest@example.org")
    other = Client()
    other.force_login(guest)
    welcome = other.get(f"/people/invitations/{secret}/").content.decode()
    assert "Ada invites you to Turin as Analyst" in welcome
    assert other.post(f"/people/invitations/{secret}/")["Location"] == "/people/territories/turin/team/"
    assert Membership.objects.get(user=guest).role == "analyst"
    assert Invitation.objects.get().uses_left == 1


def test_an_invitation_by_mail_goes_out_after_the_commit(
    client: Client, turin: Any, coordinator: User, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/people/territories/turin/team/invite/", {"role": "member", "email": "new@example.org", "uses": 9, "days": 7})
    [sent] = mail.outbox
    assert sent.to == ["new@example.org"]
    assert sent.subject == "Invitation to Turin"
    assert "http://testserver/people/invitations/" in str(sent.body)
    assert Invitation.objects.get().uses_left == 1


def test_an_invitation_to_an_account_goes_through_the_outbox_in_its_language(turin: Any, coordinator: User) -> None:
    people.user("known@example.org", language="fr")
    made, secret = people.invitation(turin, coordinator, email="known@example.org")
    assert invitations.send(invitation=made, link=f"http://testserver/people/invitations/{secret}/", by=coordinator)
    queued = OutboxMessage.objects.get()
    assert (queued.kind, queued.url) == ("invitation", f"/people/invitations/{secret}/")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"expires_at": timezone.now() - timedelta(days=1)}, "It ended on"),
        ({"uses_left": 0}, "It has been used already"),
        ({"withdrawn_at": timezone.now()}, "It has been withdrawn"),
    ],
    ids=["expired", "used", "withdrawn"],
)
def test_a_dead_invitation_says_why(client: Client, turin: Any, coordinator: User, change: dict[str, Any], sentence: str) -> None:
    _made, secret = people.invitation(turin, coordinator)
    Invitation.objects.update(**change)
    answer = client.get(f"/people/invitations/{secret}/")
    assert answer.status_code == 404
    assert sentence in answer.content.decode()
    with pytest.raises(ValidationError, match="no longer valid"):
        invitations.accept(secret=secret, by=people.user())


def test_an_unknown_link_says_what_to_do(client: Client, db: None) -> None:
    answer = client.get("/people/invitations/not-a-secret/")
    assert answer.status_code == 404
    assert "copy it whole" in answer.content.decode()


def test_an_invitation_for_one_address_is_for_no_other(client: Client, turin: Any, coordinator: User) -> None:
    _made, secret = people.invitation(turin, coordinator, email="one@example.org")
    client.force_login(people.user("two@example.org"))
    page = client.post(f"/people/invitations/{secret}/", follow=True).content.decode()
    assert "for another e-mail address" in page
    assert not Membership.objects.filter(user__email="two@example.org").exists()


def test_an_invitation_never_takes_a_role_down(turin: Any, coordinator: User) -> None:
    _made, secret = people.invitation(turin, coordinator, role="observer")
    assert invitations.accept(secret=secret, by=coordinator).role == "coordinator"
    assert Invitation.objects.get().uses_left == 1


def test_who_signs_in_with_an_invitation_comes_back_to_it(client: Client, turin: Any, coordinator: User) -> None:
    _made, secret = people.invitation(turin, coordinator)
    people.user("guest@example.org")
    assert "Make an account" in client.get(f"/people/invitations/{secret}/").content.decode()
    answer = client.post("/accounts/login/", {"login": "guest@example.org", "password": people.PASSWORD})
    assert answer["Location"] == f"/people/invitations/{secret}/"


def test_a_coordinator_changes_and_removes(client: Client, turin: Any, coordinator: User, member: User) -> None:
    client.force_login(coordinator)
    held = Membership.objects.get(user=member)
    client.post(f"/people/territories/turin/team/{held.pk}/", {"role": "facilitator"})
    held.refresh_from_db()
    assert held.role == "facilitator"
    client.post(f"/people/territories/turin/team/{held.pk}/remove/")
    assert not Membership.objects.filter(pk=held.pk).exists()


def test_a_draft_territory_does_not_exist_for_strangers(client: Client, coordinator: User, db: None) -> None:
    from tests.factories import places

    places.territory("secret-city", published=False)
    client.force_login(coordinator)
    assert client.get("/people/territories/secret-city/team/").status_code == 404


def test_members_do_not_see_addresses(client: Client, coordinator: User, member: User) -> None:
    client.force_login(member)
    page = client.get("/people/territories/turin/team/").content.decode()
    assert "Ada" in page
    assert "coordinator@example.org" not in page


def test_the_team_page_costs_the_same_however_large(
    client: Client, turin: Any, coordinator: User, django_assert_max_num_queries: Any
) -> None:
    for _number in range(12):
        people.invitation(turin, people.user(role="member", territory=turin))
    client.force_login(coordinator)
    with django_assert_max_num_queries(12):
        client.get("/people/territories/turin/team/")


def test_a_manager_gives_and_takes_programme_roles(client: Client, manager: User) -> None:
    client.force_login(manager)
    assert "No account has this address" in client.post("/people/programme/", {"email": "x@y.org", "role": "curator"}).content.decode()
    person = people.user("cur@example.org")
    client.post("/people/programme/", {"email": "CUR@example.org", "role": "curator"})
    held = ProgrammeRole.objects.get(user=person)
    client.post(f"/people/programme/{held.pk}/revoke/")
    assert not ProgrammeRole.objects.filter(user=person).exists()
