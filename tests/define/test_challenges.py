"""Challenges as strangers, their team and an attacker see them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rrr.core import audit, privacy, thread
from rrr.define import hooks, queries
from rrr.define.actions import challenges, stakeholders
from rrr.define.checks import checks
from rrr.define.models import Challenge
from rrr.people.models import User
from rrr.understand.actions import organisations
from tests.factories import people, places
from tests.factories import thread as factory

pytestmark = pytest.mark.django_db
PAYLOAD = "<script>alert(1)</script>"
GIVEN = {
    "title": "Food for newly poor households",
    "question": "How might we feed everybody?",
    "problem": "Families who had never asked for help stood in queues.",
    "horizon": "respond",
    "systems": ["food", "social_protection"],
    "groups": "families\npeople living alone\n",
    "language": "en",
    "sources": "https://example.org/a\nhttps://example.org/b",
    "read_on": "2026-11-22",
}


def test_a_facilitator_opens_a_challenge_that_begins_as_a_draft(client: Client, turin: Any) -> None:
    client.force_login(people.user(role="facilitator", territory=turin))
    answer = client.post("/territories/turin/challenges/new/", GIVEN)
    assert answer["Location"] == "/territories/turin/challenges/food-for-newly-poor-households/"
    made = Challenge.objects.get()
    assert (made.state, made.groups, made.systems) == ("draft", ["families", "people living alone"], ["food", "social_protection"])
    assert sorted((s.url, s.read_on.isoformat()) for s in made.sources.all()) == [
        ("https://example.org/a", "2026-11-22"),
        ("https://example.org/b", "2026-11-22"),
    ]
    assert Client().get(answer["Location"]).status_code == 404
    assert client.get(answer["Location"]).status_code == 200
    assert "newly poor" not in Client().get("/challenges/").content.decode()
    assert queries.counts() == {}
    assert audit.history(made)[0].action == "challenges.create"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "This field is required"),
        ({"horizon": "later"}, "Select a valid choice"),
        ({"sources": "https://example.org/a\nnot a page"}, "Line 2 is no address"),
        ({"read_on": "2999-01-01"}, "This day has not come yet"),
        ({"groups": "x" * 201}, "Line 1 has 201 characters"),
    ],
    ids=["no title", "unknown horizon", "no address", "a day to come", "a long group"],
)
def test_a_wrong_value_gets_a_sentence(client: Client, turin: Any, coordinator: User, wrong: dict[str, str], sentence: str) -> None:
    client.force_login(coordinator)
    page = client.post("/territories/turin/challenges/new/", {**GIVEN, **wrong}).content.decode()
    assert sentence in page
    assert "never asked for help" in page  # what was written is kept
    assert not Challenge.objects.exists()


def test_a_change_is_kept_with_before_and_after(client: Client, challenge: Challenge, coordinator: User) -> None:
    client.force_login(coordinator)
    assert client.post("/territories/turin/challenges/first-jobs/edit/", {**GIVEN, "title": "First jobs"}).status_code == 302
    entry = audit.history(challenge)[0]
    assert entry.by_id == coordinator.pk
    assert entry.before["horizon"] == "rebuild"
    assert entry.after["horizon"] == "respond"
    assert entry.after["sources"] == ["https://example.org/a", "https://example.org/b"]
    assert "title" not in entry.after
    page = client.get("/territories/turin/challenges/first-jobs/history/").content.decode()
    assert "Changed" in page
    assert "challenges.update" not in page


def test_a_state_needs_its_reason_and_readers_see_it(client: Client, challenge: Challenge, coordinator: User) -> None:
    client.force_login(coordinator)
    assert client.post("/territories/turin/challenges/first-jobs/state/", {"state": "closed", "reason": ""}).status_code == 200
    assert client.post("/territories/turin/challenges/first-jobs/state/", {"state": "closed", "reason": "merged"}).status_code == 302
    assert "merged" in Client().get("/territories/turin/challenges/first-jobs/").content.decode()
    with pytest.raises(ValidationError):
        challenges.set_state(by=coordinator, challenge=challenge, state="open", reason=" ")


def test_a_challenge_is_taken_up_elsewhere_with_credit_and_without_foreign_figures(client: Client, challenge: Challenge) -> None:
    challenges.update(by=None, challenge=challenge, changes={"stated_figures": "92,000 people", "named_by": "city"})
    bilbao = places.territory("bilbao")
    client.force_login(people.user(role="facilitator", territory=bilbao))
    page = client.get("/territories/turin/challenges/first-jobs/take-up/").content.decode()
    assert 'value="bilbao"' in page
    assert 'value="turin"' not in page.split("<main")[1]
    assert client.post("/territories/turin/challenges/first-jobs/take-up/", {"territory": "turin"}).status_code == 200
    client.post("/territories/turin/challenges/first-jobs/take-up/", {"territory": "bilbao"})
    made = Challenge.objects.get(territory=bilbao)
    assert (made.title, made.state, made.copied_from, made.stated_figures, made.named_by) == ("First jobs", "draft", challenge, "", "")
    assert "/territories/turin/challenges/first-jobs/" in client.get(made.get_absolute_url()).content.decode()


def test_filters_narrow_the_library_and_unknown_values_do_nothing(client: Client, turin: Any) -> None:
    factory.challenge(turin, title="Bread", horizon="respond", systems=["food"], covid_link="direct")
    factory.challenge(places.territory("bilbao"), title="Homes", horizon="reinvent", systems=["housing"])
    factory.challenge(None, title="Data", problem="No shop can be found.", horizon="rebuild", systems=["digital"])

    def listed(query: str) -> list[str]:
        return sorted(one.title for one in client.get(f"/challenges/?{query}").context["page"])

    assert listed("words=shop") == ["Data"]
    assert listed("territory=turin") == ["Bread"]
    assert listed("territory=-") == ["Data"]
    assert listed("horizon=reinvent") == ["Homes"]
    assert listed("system=food") == ["Bread"]
    assert listed("covid=direct") == ["Bread"]
    assert listed("covid=unknown") == ["Data", "Homes"]
    assert listed("horizon=nonsense&page=99") == ["Bread", "Data", "Homes"]


@pytest.mark.parametrize("number", [3, 45])
def test_lists_ask_the_same_number_of_questions_however_long(
    client: Client, turin: Any, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for _n in range(number):
        factory.challenge(turin)
    with django_assert_num_queries(4):  # territories of the filter, count, page, header's menu
        client.get("/challenges/")
    with django_assert_num_queries(8):  # territory, count, page, header's menu, four of the thread bar
        client.get("/territories/turin/challenges/")


def test_a_page_asks_no_more_for_more_cards_and_seats(client: Client, challenge: Challenge, django_assert_max_num_queries: Any) -> None:
    for number in range(8):
        stakeholders.seat(by=None, challenge=challenge, values={"name": f"Body {number}", "sector": "sse", "commitment": "leads"})
    with django_assert_max_num_queries(14):
        client.get(challenge.get_absolute_url())


def test_words_are_text_never_markup(client: Client, turin: Any, coordinator: User) -> None:
    fields = dict.fromkeys(("title", "problem", "question", "stated_figures", "named_by", "success", "state_reason"), PAYLOAD)
    one = factory.challenge(turin, slug="x", groups=[PAYLOAD], **fields)
    stakeholders.seat(by=None, challenge=one, values={"name": PAYLOAD, "sector": "sse", "commitment": "leads", "brings": PAYLOAD})
    client.force_login(coordinator)
    for path in (
        "/challenges/",
        "/territories/turin/",
        "/territories/turin/challenges/",
        *(f"/territories/turin/challenges/x/{p}" for p in ("", "edit/", "history/", "table/", "take-up/")),
    ):
        assert PAYLOAD not in client.get(path).content.decode(), path


def test_the_team_is_told_what_is_missing(client: Client, challenge: Challenge, coordinator: User) -> None:
    assert [text.split(".")[0] for text in checks(challenge)] == [
        "Fewer than three sectors have agreed to lead or contribute",
        "No evidence with a date yet",
        "What success would be is not said",
        "There is no question yet",
    ]
    for sector in ("authority", "sse", "citizens"):
        stakeholders.seat(by=None, challenge=challenge, values={"name": sector, "sector": sector, "commitment": "contributes"})
    challenges.update(by=None, challenge=challenge, changes={"success": "500 jobs by 2028", "question": "How might we?"})
    challenge.refresh_from_db()
    assert [text.split(".")[0] for text in checks(challenge)] == ["No evidence with a date yet"]
    assert "What is still missing" not in client.get(challenge.get_absolute_url()).content.decode()
    client.force_login(coordinator)
    assert "What is still missing" in client.get(challenge.get_absolute_url()).content.decode()


def test_who_is_hidden_on_the_map_is_not_named_at_the_table(client: Client, challenge: Challenge, turin: Any) -> None:
    [shelter] = organisations.add(by=None, territory=turin, drafts=[organisations.Draft({"name": "Quiet Shelter"})])
    stakeholders.seat(by=None, challenge=challenge, values={"organisation": shelter, "sector": "sse", "commitment": "leads"})
    assert "Quiet Shelter" in client.get(challenge.get_absolute_url()).content.decode()
    assert "First jobs" in client.get("/territories/turin/organisations/quiet-shelter/").content.decode()
    organisations.hide(by=None, organisation=shelter)
    assert "Quiet Shelter" not in client.get(challenge.get_absolute_url()).content.decode()


def test_nobody_sits_twice_and_a_seat_has_a_name(client: Client, challenge: Challenge, coordinator: User) -> None:
    client.force_login(coordinator)
    given = {"name": "City", "sector": "authority", "commitment": "leads"}
    assert client.post("/territories/turin/challenges/first-jobs/table/", given).status_code == 302
    assert "City is at the table already" in client.post("/territories/turin/challenges/first-jobs/table/", given).content.decode()
    assert "or write a name" in client.post("/territories/turin/challenges/first-jobs/table/", {**given, "name": ""}).content.decode()
    client.post(f"/territories/turin/challenges/first-jobs/table/{challenge.stakeholders.get().pk}/remove/")
    assert not challenge.stakeholders.exists()


def test_the_thread_leads_to_the_challenge_of_the_page_or_to_all_of_the_territory(rf: Any, challenge: Challenge) -> None:
    request = rf.get("/")
    plain = hooks.knot(thread.Context(request, "turin"))
    assert (plain.text, plain.url, plain.state) == ("1 challenge here", "/territories/turin/challenges/", "made")
    about = hooks.knot(thread.Context(request, "turin", {"challenge": challenge}))
    assert (about.text, about.url) == ("First jobs", "/territories/turin/challenges/first-jobs/")
    pilot = factory.pilot(factory.adaptation(challenge, factory.solution()))
    assert hooks.knot(thread.Context(request, "turin", {"pilot": pilot})).text == "First jobs"
    assert hooks.knot(thread.Context(request, "bilbao")).state == "not"


def test_search_finds_what_strangers_may_see(rf: Any, challenge: Challenge, turin: Any) -> None:
    factory.challenge(turin, title="First drafts", state="draft")
    assert [hit.title for hit in hooks.search("first", rf.get("/")) if "jobs" in hit.title.lower()] == ["First jobs"]
    assert "First drafts" not in [hit.title for hit in hooks.search("first", rf.get("/"))]


def test_what_a_person_made_is_exported_and_outlives_them_without_a_name(turin: Any, coordinator: User) -> None:
    made = challenges.create(by=coordinator, draft=challenges.Draft({"title": "Mine", "problem": "p", "horizon": "respond"}, turin))
    assert [row["title"] for row in privacy.export(coordinator)["define"]["challenges"]] == ["Mine"]
    privacy.erase(user=coordinator, by=coordinator)
    made.refresh_from_db()
    assert made.author is None
