"""The shortlist: only the team sees it, its order holds, reasons are kept, and a person who leaves is forgotten."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from rrr.core import audit, privacy
from rrr.core import thread as core
from rrr.define.models import Challenge
from rrr.explore import queries
from rrr.explore.actions import shortlists
from rrr.explore.models import ShortlistItem, ShortlistNote, Solution
from rrr.people.models import User
from tests.factories import people, places, thread

pytestmark = pytest.mark.django_db
LIST = "/territories/turin/challenges/first-jobs/shortlist/"


@pytest.fixture
def turin() -> Any:
    return places.territory("turin")


@pytest.fixture
def coordinator(turin: Any) -> User:
    return people.user("coordinator@example.org", role="coordinator", territory=turin)


@pytest.fixture
def challenge(turin: Any) -> Challenge:
    return thread.challenge(turin, slug="first-jobs")


@pytest.fixture
def three(challenge: Challenge, coordinator: User) -> list[ShortlistItem]:
    return [shortlists.add(by=coordinator, challenge=challenge, solution=thread.solution(name=name)) for name in ("One", "Two", "Three")]


def names(challenge: Challenge) -> list[str]:
    return [one.solution.name for one in queries.shortlist(challenge)]


def test_the_match_is_kept_as_it_was(client: Client, challenge: Challenge, coordinator: User) -> None:
    one = thread.solution(slug="first-job", source_grade=4)
    client.force_login(coordinator)
    client.post(f"{LIST}add/", {"solution": "first-job", "relevance": "20", "evidence": "80", "fit": "0", "spread": "0"})
    item = ShortlistItem.objects.get()
    assert item.match["settings"] == {"relevance": 20, "evidence": 80, "fit": 0, "spread": 0}
    assert item.match["parts"][1]["points"] == pytest.approx(64)
    Solution.objects.filter(pk=one.pk).update(source_grade=0)
    page = client.get(LIST).content.decode()
    assert "Place 1 of 1 when it was put on" in page
    assert item.added_by == coordinator
    assert audit.history(item)[0].territory == "turin"


def test_putting_it_on_twice_changes_nothing_and_taken_off_it_comes_back(
    challenge: Challenge, coordinator: User, three: list[ShortlistItem]
) -> None:
    again = shortlists.add(by=coordinator, challenge=challenge, solution=three[0].solution, reason="again")
    assert (again.pk, again.reason, ShortlistItem.objects.count()) == (three[0].pk, "", 3)
    with pytest.raises(ValidationError, match="Say why"):
        shortlists.drop(by=coordinator, item=three[0], reason="  ")
    shortlists.drop(by=coordinator, item=three[0], reason="too dear")
    assert names(challenge) == ["Two", "Three", "One"]
    back = shortlists.add(by=coordinator, challenge=challenge, solution=three[0].solution)
    assert (back.pk, back.state, names(challenge)) == (three[0].pk, "listed", ["Two", "Three", "One"])


def test_order_is_kept_and_ends_hold(challenge: Challenge, coordinator: User, three: list[ShortlistItem]) -> None:
    shortlists.move(by=coordinator, item=three[2], up=True)
    assert names(challenge) == ["One", "Three", "Two"]
    shortlists.move(by=coordinator, item=three[0], up=True)
    shortlists.move(by=coordinator, item=three[1], up=False)
    assert names(challenge) == ["One", "Three", "Two"]


def test_a_walk_through_the_pages(client: Client, challenge: Challenge, coordinator: User, three: list[ShortlistItem]) -> None:
    client.force_login(coordinator)
    item = three[1]
    client.post(f"{LIST}{item.pk}/note/", {"text": "We have a workshop.\n<script>alert(1)</script>"})
    client.post(f"{LIST}{item.pk}/choose/", {"to": "chosen", "reason": "it fits"})
    answer = client.post(f"{LIST}{three[0].pk}/drop/", {"reason": "too dear"})
    assert answer["Location"].endswith(f"#item-{three[0].pk}")
    client.post(f"{LIST}{three[2].pk}/move/", {"to": "up"})
    page = client.get(LIST).content.decode()
    for text in ("We have a workshop.", "Chosen to adapt", "too dear", "Put back", "it fits"):
        assert text in page
    assert "<script>alert(1)" not in page
    history = client.get(f"{LIST}history/").content.decode()
    for word in ("Added", "Changed", "Decided", "Taken back"):
        assert word in history
    empty = client.post(f"{LIST}{item.pk}/note/", {"text": "  "}, follow=True).content.decode()
    assert "is empty or longer" in empty
    assert ShortlistNote.objects.count() == 1


def test_who_chose_is_offered_the_next_step(client: Client, challenge: Challenge, coordinator: User, three: list[ShortlistItem]) -> None:
    asked: list[Any] = []

    def panels(place: str, context: core.Context) -> list[core.Panel]:
        if place == "shortlist_item":
            asked.append(context.subjects["item"].pk)
        return []

    core.register_step("test", panels=panels)
    try:
        shortlists.choose(by=coordinator, item=three[1])
        client.force_login(coordinator)
        client.get(LIST)
    finally:
        core._registered.pop("test")
    assert asked == [three[1].pk]


def test_from_a_solution_to_the_list_of_ones_own_challenges(client: Client, challenge: Challenge, coordinator: User) -> None:
    elsewhere = thread.challenge(places.territory("dublin"), slug="elsewhere")
    thread.solution(slug="first-job")
    client.force_login(coordinator)
    page = client.get("/solutions/first-job/shortlist/")
    assert [value for value, _label in page.context["form"].fields["challenge"].choices] == [challenge.pk]
    refused = client.post("/solutions/first-job/shortlist/", {"challenge": elsewhere.pk})
    assert refused.status_code == 200
    assert not ShortlistItem.objects.exists()
    answer = client.post("/solutions/first-job/shortlist/", {"challenge": challenge.pk, "reason": "seen at a fair"})
    assert answer["Location"] == LIST
    assert ShortlistItem.objects.get().reason == "seen at a fair"


def test_an_item_of_another_challenge_is_not_reached_through_this_one(
    client: Client, turin: Any, coordinator: User, three: list[ShortlistItem]
) -> None:
    other = thread.challenge(turin, slug="other")
    client.force_login(coordinator)
    path = f"/territories/turin/challenges/other/shortlist/{three[0].pk}"
    assert client.post(f"{path}/drop/", {"reason": "x"}).status_code == 404
    assert queries.shortlist(other) == []


def test_the_number_of_questions_does_not_grow_with_the_list(
    client: Client, challenge: Challenge, coordinator: User, three: list[ShortlistItem], django_assert_max_num_queries: Any
) -> None:
    for item in three:
        shortlists.note(by=coordinator, item=item, text="note")
    client.force_login(coordinator)
    client.get(LIST)
    with django_assert_max_num_queries(13):
        client.get(LIST)


def test_the_thread_leads_to_the_list_the_solution_or_the_catalogue(
    challenge: Challenge, coordinator: User, three: list[ShortlistItem], rf: Any
) -> None:
    def knot(user: Any, **subjects: Any) -> core.Knot:
        request = rf.get("/")
        request.user, request.resolver_match = user, None
        return core.bar(request, "turin", subjects)[2]

    stranger = people.user()
    assert (knot(coordinator, challenge=challenge).text, knot(coordinator, challenge=challenge).state) == ("3 on the shortlist", "made")
    assert knot(stranger, challenge=challenge).url.endswith("/matches/")
    assert "3" not in knot(stranger, challenge=challenge).text
    assert knot(stranger, solution=three[0].solution).text == "One"
    assert knot(stranger).url == "/solutions/"


def test_a_person_gets_their_notes_and_is_forgotten(challenge: Challenge, coordinator: User, three: list[ShortlistItem]) -> None:
    shortlists.note(by=coordinator, item=three[0], text="We have a workshop.")
    kept = privacy.export(coordinator)["explore"]
    assert kept["shortlist_notes"][0]["text"] == "We have a workshop."
    assert len(kept["shortlisted"]) == 3
    privacy.erase(user=coordinator, by=coordinator)
    assert ShortlistNote.objects.get().by is None
    assert not ShortlistItem.objects.exclude(added_by=None).exists()
