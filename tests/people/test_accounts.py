"""Sign-up, sign-in, profile, export and erase, and the two commands that make accounts."""

from __future__ import annotations

import re
import stat
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client

from rrr.core import privacy
from rrr.core.models import AuditEntry
from rrr.people.actions import memberships
from rrr.people.models import Membership, ProgrammeRole, User
from tests.factories import people

SIGN_UP = {
    "email": "New@Example.org",
    "name": "Nova",
    "language": "fr",
    "privacy": "on",
    "password1": people.PASSWORD,
    "password2": people.PASSWORD,
}


def _sign_in(client: Client, email: str, password: str = people.PASSWORD) -> bool:
    client.post("/accounts/login/", {"login": email, "password": password})
    return "_auth_user_id" in client.session


def test_sign_up_asks_for_confirmation_by_mail_in_the_chosen_language(client: Client, db: None) -> None:
    client.post("/accounts/signup/", SIGN_UP)
    user = User.objects.get(email="new@example.org")
    assert (user.name, user.language) == ("Nova", "fr")
    assert user.privacy_accepted_at is not None
    assert not _sign_in(Client(), "new@example.org")
    link = re.search(r"http://testserver(/accounts/confirm-email/[^/]+/)", str(mail.outbox[0].body))
    assert link is not None
    client.post(link[1])
    assert EmailAddress.objects.get(user=user).verified
    assert _sign_in(Client(), "NEW@example.org")


def test_sign_up_without_the_privacy_notice_is_refused(client: Client, db: None) -> None:
    page = client.post("/accounts/signup/", {**SIGN_UP, "privacy": ""}).content.decode()
    assert "tick the box" in page
    assert '<a href="/about/privacy/">' in page
    assert not User.objects.exists()


def test_an_address_is_one_account_whatever_its_capitals(db: None) -> None:
    people.user("one@example.org")
    with pytest.raises(IntegrityError):
        User.objects.create(email="ONE@example.org", name="Twin")


@pytest.mark.slow
def test_signing_in_brings_the_language_of_the_account(client: Client, db: None) -> None:
    people.user("pl@example.org", language="pl")
    assert _sign_in(client, "pl@example.org")
    assert client.cookies["django_language"].value == "pl"


def test_sign_in_is_throttled(client: Client, db: None) -> None:
    people.user("ada@example.org")
    for _attempt in range(5):
        assert not _sign_in(client, "ada@example.org", "wrong")
    assert not _sign_in(client, "ada@example.org")
    page = client.post("/accounts/login/", {"login": "ada@example.org", "password": people.PASSWORD}).content.decode()
    assert "Too many failed login attempts" in page


@pytest.mark.parametrize("path", ["/accounts/2fa/", "/accounts/password/change/", "/accounts/email/", "/accounts/2fa/totp/activate/"])
def test_the_pages_of_account_security_open(client: Client, member: User, path: str) -> None:
    assert _sign_in(client, member.email)
    assert client.get(path, follow=True).status_code == 200


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"])
def test_the_pages_before_signing_in_open(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 200


def test_a_closed_page_leads_to_sign_in_and_back(client: Client, turin: Any) -> None:
    answer = client.get("/people/territories/turin/team/")
    assert answer["Location"] == "/accounts/login/?next=%2Fpeople%2Fterritories%2Fturin%2Fteam%2F"
    partial = client.get("/people/territories/turin/team/", headers={"HX-Request": "true"})
    assert partial["HX-Redirect"] == answer["Location"]


def test_a_profile_is_changed_and_recorded(client: Client, member: User) -> None:
    client.force_login(member)
    client.post("/people/profile/", {"name": "Bo B", "language": "es", "time_zone": "Europe/Rome"})
    member.refresh_from_db()
    assert (member.name, member.language, member.time_zone) == ("Bo B", "es", "Europe/Rome")
    row = AuditEntry.objects.get(action="accounts.change_profile")
    assert row.before == {"name": "Bo", "language": "en", "time_zone": ""}


def test_one_leaves_ones_own_territory_only(client: Client, coordinator: User, member: User) -> None:
    client.force_login(member)
    other = Membership.objects.get(user=coordinator)
    assert client.post(f"/people/memberships/{other.pk}/leave/").status_code == 404
    client.post(f"/people/memberships/{Membership.objects.get(user=member).pk}/leave/")
    assert not Membership.objects.filter(user=member).exists()


def test_export_names_everything_people_keeps(turin: Any, coordinator: User) -> None:
    people.body(coordinator)
    group = people.group(turin, coordinator)
    people.task(group, coordinator, who=coordinator)
    people.invitation(turin, coordinator, email="guest@example.org")
    kept = privacy.export(coordinator)["people"]
    assert kept["account"]["email"] == "coordinator@example.org"
    assert kept["memberships"][0]["role"] == "coordinator"
    for part in ("bodies", "working_groups", "tasks", "invitations_sent", "addresses"):
        assert kept[part], part


def test_erase_leaves_no_trace_of_name_or_address(turin: Any, coordinator: User) -> None:
    member = people.user("member@example.org", role="member", territory=turin, name="Bonifacia")
    group = people.group(turin, coordinator)
    group.members.add(member)
    people.task(group, member, who=member)
    people.report(email=member.email)
    people.invitation(turin, coordinator, email=member.email)
    privacy.erase(user=member, by=member)
    assert not User.objects.filter(pk=member.pk).exists()
    assert group.tasks.get().who is None
    left = str(list(AuditEntry.objects.values())) + str(list(group.tasks.values()))
    assert "member@example.org" not in left
    assert "Bonifacia" not in left


def test_createmanager_makes_a_manager_who_can_sign_in(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RRR_MANAGER_PASSWORD", people.PASSWORD)
    said = StringIO()
    call_command("createmanager", email="Boss@example.org", name="Boss", stdout=said)
    assert "boss@example.org is made as a programme manager" in said.getvalue()
    assert ProgrammeRole.objects.get().role == "manager"
    assert _sign_in(client, "boss@example.org")
    call_command("createmanager", email="boss@example.org", stdout=said)
    assert ProgrammeRole.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [("no-address", people.PASSWORD, "valid email"), ("a@example.org", "short", "too short")],
    ids=["address", "password"],
)
def test_createmanager_refuses_in_one_sentence(db: None, monkeypatch: pytest.MonkeyPatch, email: str, password: str, sentence: str) -> None:
    monkeypatch.setenv("RRR_MANAGER_PASSWORD", password)
    with pytest.raises(CommandError, match=sentence):
        call_command("createmanager", email=email, name="Boss")
    assert not User.objects.exists()


def test_demonstration_makes_one_account_per_role(client: Client, turin: Any, settings: Any) -> None:
    settings.DEMONSTRATION = True
    said = StringIO()
    call_command("demonstration", territory="turin", stdout=said)
    path = Path(settings.STATE) / "demonstration-accounts.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    passwords = dict(re.findall(r"^(\w+) +\S+@demo\.invalid +(\S+)", path.read_text(), re.MULTILINE))
    assert set(passwords) == {"coordinator", "facilitator", "analyst", "member", "observer", "manager", "curator"}
    assert len(set(passwords.values())) == 7
    assert _sign_in(client, "coordinator@demo.invalid", passwords["coordinator"])
    again = StringIO()
    call_command("demonstration", territory="turin", stdout=again)
    assert str(path) in again.getvalue()
    assert passwords["coordinator"] not in again.getvalue()


def test_demonstration_accounts_are_shut_outside_a_demonstration(client: Client, turin: Any, settings: Any) -> None:
    settings.AUTHENTICATION_BACKENDS = ["rrr.people.backend.Backend"]
    settings.DEMONSTRATION = True
    people.user("demo@demo.invalid", demonstration=True)
    assert _sign_in(client, "demo@demo.invalid")
    settings.DEMONSTRATION = False
    assert client.get("/people/").status_code == 302  # the session that ran is shut as well
    assert not _sign_in(Client(), "demo@demo.invalid")


@pytest.mark.parametrize(("production", "slug", "sentence"), [(True, "turin", "createmanager"), (False, "nowhere", "no territory")])
def test_demonstration_refuses_in_one_sentence(turin: Any, settings: Any, production: bool, slug: str, sentence: str) -> None:
    settings.PRODUCTION = production
    with pytest.raises(CommandError, match=sentence):
        call_command("demonstration", territory=slug)
    assert not User.objects.exists()


def test_a_lost_password_file_brings_new_passwords(turin: Any, settings: Any) -> None:
    call_command("demonstration", stdout=StringIO())
    path = Path(settings.STATE) / "demonstration-accounts.txt"
    first = path.read_text()
    path.unlink()
    call_command("demonstration", stdout=StringIO())
    assert path.read_text() != first
    assert memberships.Membership.objects.count() == 5
