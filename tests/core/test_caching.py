"""Pages kept for strangers: one rendering until something is written, never somebody else's page."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rrr.core import caching
from rrr.core.models import AuditEntry
from rrr.places.actions import territory as actions
from tests.factories import people, places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sharing(settings: Any) -> None:
    settings.SHARE_PAGES = True
    caches["pages"].clear()


@pytest.mark.slow
def test_a_page_is_rendered_once_until_something_is_written(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    turin = places.territory("turin")
    assert b"Turin" in client.get("/").content
    with django_assert_num_queries(1):  # the state of the trail
        first = client.get("/")
    assert "Content-Security-Policy" in first.headers
    actions.update(by=None, territory=turin, changes={"name": "Augusta Taurinorum"})
    assert b"Augusta Taurinorum" in client.get("/").content


def test_who_is_signed_in_gets_a_page_of_their_own(client: Client) -> None:
    client.get("/")
    person = people.user("ada@example.org", name="Ada")
    client.force_login(person)
    assert b"Ada" in client.get("/").content
    client.logout()
    assert b"Ada" not in client.get("/").content


def test_each_language_and_chosen_territory_has_its_own_page(client: Client) -> None:
    places.territory("turin")
    assert b'<html lang="en"' in client.get("/").content
    client.get("/choose-language/", {"language": "pl", "next": "/"})
    assert b'<html lang="pl"' in client.get("/").content
    assert b'class="thread"' not in client.get("/data/").content
    client.get("/choose-territory/", {"territory": "turin"})
    assert b'class="thread"' in client.get("/data/").content


def test_the_chosen_territory_is_a_cookie_and_writes_nothing(client: Client) -> None:
    places.territory("turin")
    client.get("/choose-territory/", {"territory": "turin"})
    assert Session.objects.count() == 0
    client.get("/choose-territory/", {"territory": ""})
    assert b'class="thread"' not in client.get("/data/").content


@pytest.mark.parametrize("sent", ["nowhere", "../turin", "a" * 500, "<script>"])
def test_a_cookie_of_somebodys_own_making_breaks_no_page(client: Client, sent: str) -> None:
    client.cookies[settings.TERRITORY_COOKIE_NAME] = sent
    for path in ("/", "/data/", "/solutions/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert b"<script>" not in answer.content.split(b"<main")[0].split(b"</head>")[1]


def test_the_state_changes_when_an_earlier_number_is_committed_later() -> None:
    """Two transactions draw numbers 1 and 2; 2 is committed first. The highest number would not show that 1 came."""
    row = {"action": "a", "subject_type": "t", "subject_id": "1", "subject_label": "s"}
    AuditEntry.objects.create(id=2_000_002, **row)
    before = caching.version()
    AuditEntry.objects.create(id=2_000_001, **row)
    assert caching.version() != before


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_the_language_choice_leads_nowhere_else(client: Client, back: str) -> None:
    answer = client.get("/choose-language/", {"language": "nl", "next": back})
    assert answer["Location"] == "/"


def test_a_language_nobody_offers_is_not_remembered(client: Client) -> None:
    assert not client.get("/choose-language/", {"language": "xx", "next": "/data/"}).cookies
