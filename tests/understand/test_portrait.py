"""The portrait of an ecosystem: a draft, versions that stand fixed, and what is hidden later stays hidden in them too."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rrr.core import audit
from rrr.people.models import User
from rrr.understand import hooks
from rrr.understand.actions import organisations, relations
from rrr.understand.actions import portrait as actions
from rrr.understand.models import Organisation, Portrait
from tests.factories import diagnosis, people, places

pytestmark = pytest.mark.django_db
PAGE = "/territories/turin/portrait/"


@pytest.fixture
def turin() -> Any:
    made = places.territory("turin")
    names = ("Cooperativa Sole", "Rete Torino", "Banca Etica", "Associazione Luna")
    drafts = [organisations.Draft(values={"name": name, "kind": "cooperative" if place else ""}) for place, name in enumerate(names)]
    known = organisations.add(by=None, territory=made, drafts=drafts)
    ties = [
        relations.Draft(source=known[1], target=one, kind="partners", note="", url="https://example.org/", read_on=date(2026, 1, 5))
        for one in known
        if one != known[1]
    ]
    relations.add(by=None, drafts=ties)
    return made


@pytest.fixture
def coordinator(turin: Any) -> User:
    return people.user("coordinator@example.org", role="coordinator", territory=turin)


def published(turin: Any, summary: str = "Strong in **care**.", by: Any = None) -> Portrait:
    actions.save_draft(by=by, territory=turin, values={"language": "en", "summary": summary, "unknown": "Informal groups."})
    return actions.publish(by=by, territory=turin)


def test_nothing_yet_and_who_may_write(client: Client, turin: Any, coordinator: User) -> None:
    page = client.get(PAGE).content.decode()
    assert "No portrait has been published yet" in page
    assert PAGE + "draft/" not in page
    client.force_login(coordinator)
    assert PAGE + "draft/" in client.get(PAGE).content.decode()


@pytest.mark.slow
def test_written_looked_at_and_published(client: Client, turin: Any, coordinator: User) -> None:
    diagnosis.published(turin)
    client.force_login(coordinator)
    answer = client.post(PAGE + "draft/", {"language": "en", "summary": "Strong in **care**.", "unknown": "Informal groups."})
    assert answer["Location"] == PAGE + "preview/"
    preview = client.get(PAGE + "preview/").content.decode()
    assert "Preview" in preview
    assert "<strong>care</strong>" in preview
    assert Client().get(PAGE + "preview/").status_code == 302
    assert client.post(PAGE + "publish/")["Location"] == PAGE + "1/"
    page = Client().get(PAGE).content.decode()
    for words in (
        "version 1 of",
        "Cooperative",
        "Rete Torino",
        "Social economy culture",
        "Informal groups.",
        "nobody has claimed",
        "SHA-256",
    ):
        assert words in page
    assert page.count("<h1") == 1
    assert [entry.action for entry in audit.history(Portrait.objects.get())] == ["portraits.publish", "portraits.write"]


def test_a_version_stands_as_it_was_and_earlier_ones_stay(client: Client, turin: Any) -> None:
    first = published(turin)
    organisations.add(by=None, territory=turin, drafts=[organisations.Draft(values={"name": "Cooperativa Nuova"})])
    second = published(turin, "Stronger.")
    assert (first.number, second.number) == (1, 2)
    assert first.content["figures"]["known"] == 4
    assert second.content["figures"]["known"] == 5
    page = client.get(PAGE + "1/").content.decode()
    assert "Portrait of Turin, version 1" in page
    assert "Portrait of Turin ·" in client.get(PAGE).content.decode()
    assert "There is a newer version: 2." in page
    assert "<strong>care</strong>" in page
    assert "Stronger." in client.get(PAGE).content.decode()
    assert client.get(PAGE + "3/").status_code == 404


@pytest.mark.slow
def test_its_hash_is_that_of_the_file(client: Client, turin: Any) -> None:
    one = published(turin)
    file = client.get(PAGE + "1/content.json").content
    assert hashlib.sha256(file).hexdigest() == one.sha256
    assert one.sha256 in client.get(PAGE + "1/").content.decode()
    again = json.dumps(json.loads(file), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    assert again == file
    assert b"Rete Torino" not in file  # organisations are kept as numbers


@pytest.mark.parametrize("change", [{"summary": "Other"}, {"text": "{}"}, {"sha256": "0" * 64}, {"number": 7}])
def test_the_database_refuses_to_change_a_version(turin: Any, change: dict[str, Any]) -> None:
    one = published(turin)
    with pytest.raises(DatabaseError, match="stands fixed"), transaction.atomic():
        Portrait.objects.filter(pk=one.pk).update(**change)
    with pytest.raises(DatabaseError, match="stands fixed"), transaction.atomic():
        Portrait.objects.filter(pk=one.pk).delete()


def test_what_is_hidden_later_has_no_name_in_an_earlier_version(client: Client, turin: Any) -> None:
    published(turin)
    assert "Rete Torino" in client.get(PAGE).content.decode()
    organisations.show(by=None, organisation=Organisation.objects.get(name="Rete Torino"), visibility="hidden")
    page = client.get(PAGE).content.decode()
    assert "Rete Torino" not in page
    assert "Cooperativa Sole" in page


def test_a_version_taken_back_is_shown_to_nobody_and_its_number_is_not_given_again(client: Client, turin: Any, coordinator: User) -> None:
    published(turin)
    client.force_login(coordinator)
    client.post(PAGE + "1/take-back/")
    for path in ("1/", "1/content.json"):
        assert Client().get(PAGE + path).status_code == 404
    assert "This version is taken back" in client.get(PAGE + "1/").content.decode()
    assert published(turin).number == 2


def test_without_a_draft_there_is_nothing_to_publish(turin: Any) -> None:
    with pytest.raises(ValidationError, match="There is no draft"):
        actions.publish(by=None, territory=turin)


def test_words_are_cleaned(client: Client, turin: Any) -> None:
    published(turin, "<script>alert(1)</script> [a](javascript:alert(1))")
    page = client.get(PAGE).content.decode().split("<main")[1]
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_portraits_of_a_draft_territory_are_for_its_people(client: Client) -> None:
    draft = places.territory("draft", published=False)
    published(draft)
    for path in ("", "1/", "1/content.json"):
        assert client.get(f"/territories/draft/portrait/{path}").status_code == 404


def test_who_wrote_it_can_be_forgotten(turin: Any, coordinator: User) -> None:
    published(turin, by=coordinator)
    assert hooks.export(coordinator)["portraits"][0]["number"] == 1
    hooks.erase(coordinator)
    assert Portrait.objects.filter(author=None, published_by=None).count() == 1


def test_the_page_of_the_territory_leads_to_it(client: Client, turin: Any) -> None:
    published(turin)
    assert PAGE + "1/" in client.get("/territories/turin/").content.decode()


@pytest.mark.slow
def test_query_counts(client: Client, turin: Any, coordinator: User, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    diagnosis.published(turin)
    for _n in range(4):
        published(turin)
    with django_assert_max_num_queries(10):
        client.get(PAGE)
    client.force_login(coordinator)
    with django_assert_max_num_queries(28):
        client.get(PAGE + "preview/")


def test_two_organisations_count_once_however_they_are_tied(turin: Any) -> None:
    """As the page of the territory and that of the network count."""
    first, second = Organisation.objects.filter(name__in=["Cooperativa Sole", "Rete Torino"]).order_by("name")
    again = relations.Draft(source=first, target=second, kind="member_of", note="", url="https://example.org/", read_on=date(2026, 1, 5))
    relations.add(by=None, drafts=[again])
    assert published(turin).content["network"]["ties"] == 3
