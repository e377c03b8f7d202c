"""Headers of every kind of answer, answers to what cannot be kept, and files only their reader gets."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from rrr.core import caching
from tests.factories import people, places

pytestmark = pytest.mark.django_db
GUARDS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
KINDS = (
    "/", "/cases/feed.atom", "/pilots/frozen-plans.atom", "/sitemap.xml", "/robots.txt", "/nothing-here", "/me/data/",
    "/territories/turin/organisations.csv", "/territories/turin/organisations.geojson", "/people/programme/", "/accounts/login/",
)  # fmt: skip


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_answer_carries_the_guards(client: Client, path: str) -> None:
    places.territory("turin")
    answer = client.get(path)
    for header, value in GUARDS.items():
        assert value in answer.headers[header], header


def test_an_error_of_ours_carries_the_guards_and_tells_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr("rrr.web.queries.home", lambda request: 1 / 0)
    answer = client.get("/")
    assert answer.status_code == 500
    assert b"ZeroDivision" not in answer.content
    for header, value in GUARDS.items():
        assert value in answer.headers[header], header


def test_no_cache_between_keeps_what_somebody_signed_in_was_shown(client: Client) -> None:
    places.territory("turin")
    assert "Cache-Control" not in client.get("/").headers
    client.force_login(people.user())
    assert client.get("/").headers["Cache-Control"] == "private, no-cache"
    assert client.get("/me/data/download/").headers["Cache-Control"] == "private, no-store"


def test_a_value_that_cannot_be_kept_is_a_bad_request(client: Client) -> None:
    answer = client.get("/choose-territory/", {"territory": "a\x00b"})
    assert answer.status_code == 400
    assert b"cannot keep" in answer.content


@pytest.mark.parametrize("back", ["people", "web:home", "page.html", "https://evil.example/", "//evil.example", "/\\evil.example", "\x00"])
def test_the_language_choice_leads_only_to_a_path_of_this_site(client: Client, back: str) -> None:
    answer = client.get("/choose-language/", {"language": "nl", "next": back})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_made_up_addresses_cannot_fill_the_memory(client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SHARE_PAGES = True
    for shelf in ("pages", "large_pages"):
        caches[shelf].clear()
    monkeypatch.setattr(caching, "LARGE", 10)
    for number in range(40):
        client.get("/data/", {"x": number})
    assert len(caches["pages"]._cache) == 0  # type: ignore[attr-defined] # of the in-memory cache
    assert 0 < len(caches["large_pages"]._cache) <= 12  # type: ignore[attr-defined]


def test_public_minutes_of_a_draft_territory_are_for_those_who_see_drafts() -> None:
    draft = places.territory("secret-city", published=False)
    chair = people.user(role="coordinator", territory=draft)
    group = people.group(draft, chair)
    meeting = people.meeting(group, chair, minutes="We agreed.", minutes_public=True)
    page = f"/people/territories/secret-city/groups/{group.pk}/meetings/{meeting.pk}/"
    assert Client().get(page).status_code == 404
    observer = Client()
    observer.force_login(people.user(role="observer", territory=draft))
    assert "We agreed." in observer.get(page).content.decode()
