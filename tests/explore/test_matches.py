"""The match list of a challenge: the same every time, explained, open to strangers, safe to download."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client

from rrr.core import thread as core
from rrr.define.models import Challenge
from rrr.explore import bridge
from rrr.explore.actions import solutions
from rrr.explore.models import Solution
from tests.factories import people, thread
from tests.factories.places import territory as make_territory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PAYLOAD = "<script>alert(1)</script>"


@pytest.fixture
def turin() -> Any:
    return make_territory("turin")


@pytest.fixture
def challenge(turin: Any, catalogue: None) -> Challenge:
    return thread.challenge(turin, slug="first-jobs")


def test_every_published_solution_is_ranked_once_and_again_the_same(challenge: Challenge) -> None:
    first, second = bridge.matching(challenge), bridge.matching(challenge)
    assert [one.key for one in first.ranked] == [one.key for one in second.ranked]
    assert {one.key for one in first.ranked} == set(Solution.objects.public().values_list("slug", flat=True))
    topics = [set(first.facts[one.key].topics) for one in first.ranked[:10]]
    assert sum("employment_and_youth" in one for one in topics) >= 5


def test_a_challenge_in_polish_finds_what_the_english_one_finds(turin: Any, catalogue: None) -> None:
    text = {
        "title": "Bezdomność",
        "problem": "Ludzie z chorobami psychicznymi żyją na ulicy i nie mają mieszkania.",
        "systems": ["housing"],
    }
    polish = thread.challenge(turin, language="pl", groups=["osoby bezdomne"], **text)
    made = bridge.matching(polish)
    assert "housing-first" in [one.key for one in made.ranked[:3]]
    row = made.row("housing-first")
    assert row is not None
    assert row.unknown > 0, "groups named in another language are not compared"
    assert any("another language" in sentence for sentence in (*row.why, *row.why_not))


def test_people_are_not_alike_for_being_people(turin: Any, catalogue: None) -> None:
    """“People leaving prison” once stood under “made for people you name” of a challenge about older people."""
    of_the_old = thread.challenge(turin, slug="alone", groups=["older people living alone"], language="en")
    row = bridge.matching(of_the_old).row("transitional-jobs-ceo")
    assert row is not None
    assert not [sentence for sentence in row.why if "people you name" in sentence]
    for one in bridge.matching(of_the_old).ranked:
        assert not {"groups", "groups_other"} <= {*map(str, one.reasons), *(str(lack.why) for lack in one.lacks)}, one.key


def test_weights_move_the_list_and_odd_ones_do_nothing(client: Client, challenge: Challenge) -> None:
    def order(query: str) -> list[str]:
        return [row.facts.slug for row in client.get(f"/territories/turin/challenges/first-jobs/matches/?{query}").context["rows"]]

    usual = order("")
    assert order("relevance=x&evidence=&fit=nan") == usual
    assert order("relevance=0&evidence=0&fit=0") == usual
    assert order("relevance=-5") == usual
    strong = order("relevance=0&evidence=100&fit=0&spread=0")
    assert strong != usual
    assert {Solution.objects.get(slug=slug).source_grade for slug in strong} == {4}


def test_the_page_says_why_and_why_not_and_shows_the_sum(client: Client, challenge: Challenge) -> None:
    page = client.get("/territories/turin/challenges/first-jobs/matches/").content.decode()
    for sentence in (
        "Why:",
        "Why not higher:",
        "as your challenge is",
        "How the score is made",
        "source&#x27;s grade",
        "Set how much each counts",
    ):
        assert sentence in page.replace("(source's grade)", "source&#x27;s grade"), sentence
    assert "Add to shortlist" not in page
    last = client.get("/territories/turin/challenges/first-jobs/matches/?page=15")
    assert len(last.context["rows"]) == 4


def test_what_is_not_graded_is_hatched_and_counted(client: Client, challenge: Challenge) -> None:
    values = {"name": "Ungraded", "summary": "Young people without work find a first job.", "topics": ["employment_and_youth"]}
    solutions.add(by=None, drafts=[solutions.Draft(values, sources=("https://example.org/u",))], publish=True)
    row = bridge.matching(challenge).row("ungraded")
    assert row is not None
    # evidence .8 of 25, horizon a quarter of 25, groups a quarter of 25: nobody said any of these
    assert row.ranked.most - row.ranked.score == pytest.approx(20 + 6.25 + 6.25)
    page = client.get("/territories/turin/challenges/first-jobs/matches/?relevance=100&evidence=10&fit=10")
    assert page.context["incomplete"] >= 1
    assert "points not known" in page.content.decode()


def test_the_file_holds_every_part_and_no_formula(client: Client, challenge: Challenge) -> None:
    Solution.objects.filter(slug="repair-cafe").update(name="=HYPERLINK(1)")
    answer = client.get("/territories/turin/challenges/first-jobs/matches.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 144
    assert [int(row["place"]) for row in rows] == list(range(1, 145))
    assert next(row["name"] for row in rows if row["slug"] == "repair-cafe") == "'=HYPERLINK(1)"
    for row in rows:
        assert float(row["score"]) == pytest.approx(sum(float(row[name]) for name in ("relevance", "evidence", "fit")), abs=0.2)


def test_a_draft_challenge_is_for_its_team(client: Client, turin: Any, catalogue: None) -> None:
    thread.challenge(turin, slug="secret", state="draft")
    for path in ("matches/", "matches.csv"):
        assert client.get(f"/territories/turin/challenges/secret/{path}").status_code == 404
    client.force_login(people.user(role="member", territory=turin))
    assert client.get("/territories/turin/challenges/secret/matches/").status_code == 200


def test_texts_of_a_challenge_are_text(client: Client, turin: Any, catalogue: None) -> None:
    thread.challenge(turin, slug="bad", title=PAYLOAD, problem=PAYLOAD, question=PAYLOAD, groups=[PAYLOAD])
    assert PAYLOAD not in client.get("/territories/turin/challenges/bad/matches/").content.decode()


def test_the_number_of_questions(client: Client, challenge: Challenge, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(14):
        client.get("/territories/turin/challenges/first-jobs/matches/")


def test_an_empty_catalogue_and_a_challenge_of_three_words(client: Client, turin: Any) -> None:
    thread.challenge(turin, slug="x", title="?", problem="…", groups=[], systems=[])
    assert "The catalogue is empty" in client.get("/territories/turin/challenges/x/matches/").content.decode()
    thread.solution()
    assert client.get("/territories/turin/challenges/x/matches/").status_code == 200


def test_a_challenges_page_shows_the_best_three(challenge: Challenge, rf: Any) -> None:
    request = rf.get("/")
    request.user = people.user()
    [panel] = [
        one for one in core.panels("challenge", core.Context(request, "turin", {"challenge": challenge})) if "explore" in one.template
    ]
    assert len(panel.context["rows"]) == 3
    assert panel.context["listed"] is None
    assert not [one for one in core.panels("organisation", core.Context(request, "turin", {})) if "explore" in one.template]
