"""Bodies people act for."""

from __future__ import annotations

from typing import Any

from django.test import Client

from rrr.people.models import Body, BodyMember, User
from tests.factories import people


def test_whoever_enters_a_body_is_its_first_confirmed_member(client: Client, turin: Any, db: None) -> None:
    person = people.user()
    client.force_login(person)
    client.post("/people/bodies/new/", {"name": "Politecnico", "kind": "university", "website": "polito.it", "territory": turin.pk})
    body = Body.objects.get()
    assert (body.website, body.territory_id) == ("https://polito.it", turin.pk)
    assert body.members.get().confirmed_at is not None
    again = client.post("/people/bodies/new/", {"name": "POLITECNICO", "kind": "university", "territory": turin.pk})
    assert again.status_code == 200
    assert Body.objects.count() == 1


def test_who_joins_counts_once_confirmed(client: Client, db: None) -> None:
    owner, joiner = people.user(name="Owner"), people.user(name="Joiner")
    body = people.body(owner)
    client.force_login(joiner)
    client.post(f"/people/bodies/{body.pk}/join/", {"position": "Director"})
    member = BodyMember.objects.get(user=joiner)
    assert client.post(f"/people/bodies/{body.pk}/members/{member.pk}/confirm/").status_code == 403
    assert client.get(f"/people/bodies/{body.pk}/edit/").status_code == 403
    client.force_login(owner)
    client.post(f"/people/bodies/{body.pk}/members/{member.pk}/confirm/")
    client.force_login(joiner)
    assert client.get(f"/people/bodies/{body.pk}/edit/").status_code == 200
    client.post(f"/people/bodies/{body.pk}/members/{member.pk}/leave/")
    assert not BodyMember.objects.filter(user=joiner).exists()


def test_the_list_finds_by_name_and_kind(client: Client, member: User, django_assert_max_num_queries: Any) -> None:
    for number in range(60):
        people.body(member, f"Body {number}", kind="network" if number % 2 else "media")
    client.force_login(member)
    with django_assert_max_num_queries(9):
        page = client.get("/people/bodies/?kind=media").content.decode()
    assert "Body 2<" in page
    assert "Body 1<" not in page
    assert "Body 51" in client.get("/people/bodies/?q=body+51").content.decode()


def test_hostile_text_stays_text(client: Client, db: None) -> None:
    person = people.user(name="<script>alert(1)</script>")
    body = people.body(person, "<img src=x onerror=alert(1)>", website="https://example.org/")
    client.force_login(person)
    for url in ("/people/", "/people/bodies/", f"/people/bodies/{body.pk}/"):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
