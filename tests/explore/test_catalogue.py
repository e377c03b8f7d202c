"""The catalogue as a visitor, a curator and an attacker see it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rrr.core import audit
from rrr.explore import countries, queries
from rrr.explore.actions import effects, solutions
from rrr.explore.models import Effect, SearchDocument, Solution
from rrr.places.models import Source
from tests.factories import people, places, thread

pytestmark = pytest.mark.django_db
PAYLOAD = "<script>alert(1)</script>"


def listed(client: Client, **given: Any) -> list[str]:
    return [one.slug for one in client.get(f"/solutions/?{urlencode(given, doseq=True)}").context["page"]]


@pytest.mark.slow
def test_the_starter_brings_all_solutions_and_effects_with_their_sources(everything: None) -> None:
    assert (Solution.objects.public().count(), Effect.objects.count(), SearchDocument.objects.count()) == (144, 231, 144)
    assert not Solution.objects.filter(sources=None).exists()
    assert not Effect.objects.filter(sources=None).exists()
    assert not Source.objects.filter(read_on=None).exists()
    first = Solution.objects.get(slug="housing-first")
    assert (first.source_grade, first.topics, first.start_year, first.cost_stated) == (4, ["housing", "health_and_care"], None, "")
    effect = Effect.objects.get(key="housing-first-01")
    assert (effect.measure, effect.value, effect.low, effect.high, effect.pools_others) == ("risk_ratio", 2.46, 1.58, 3.84, True)


@pytest.mark.slow
def test_every_count_beside_a_choice_is_the_number_one_sees(client: Client, catalogue: None) -> None:
    """Brute force: follow each offered choice, and count again in the database."""
    for given in ({}, {"topic": ["housing", "food"]}, {"q": "young people", "horizon": ["rebuild"]}):
        page = client.get(f"/solutions/?{urlencode(given, doseq=True)}")
        for facet in page.context["facets"]:
            for bucket in facet.buckets:
                seen = client.get(f"/solutions/?{urlencode({**given, facet.name: [bucket.value]}, doseq=True)}")
                assert seen.context["page"].paginator.count == bucket.number, (given, facet.name, bucket.value)
    numbers = {
        one.value: one.number for facet in client.get("/solutions/").context["facets"] for one in facet.buckets if facet.name != "sdg"
    }
    assert numbers["housing"] == Solution.objects.filter(topics__contains=["housing"]).count()
    assert numbers["randomised"] == Solution.objects.filter(effects__design="randomised").distinct().count()
    assert numbers["4"] == Solution.objects.filter(source_grade=4).count()


@pytest.mark.slow
def test_choices_of_one_heading_add_up_and_headings_narrow(client: Client, catalogue: None) -> None:
    def number(**given: Any) -> int:
        return int(client.get(f"/solutions/?{urlencode(given, doseq=True)}").context["page"].paginator.count)

    assert number(topic=["housing", "food"]) == Solution.objects.filter(topics__overlap=["housing", "food"]).count()
    assert number(topic=["housing"], grade=["4"]) == Solution.objects.filter(topics__contains=["housing"], source_grade=4).count()
    assert number(country=["FR"]) > 5
    assert number(topic=["nonsense"], page=["999"]) == 144


@pytest.mark.slow
def test_lists_ask_the_same_number_of_questions_however_long(
    client: Client, catalogue: None, django_assert_max_num_queries: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):  # solutions, designs of their effects, header's menu
        client.get("/solutions/")
    with django_assert_num_queries(7):  # and statistics, frequencies, candidates, texts of the page
        client.get("/solutions/?q=young+people+without+work")
    with django_assert_max_num_queries(6):  # solution, its sources, effects, cases that used it, header's menu
        client.get("/solutions/housing-first/")


@pytest.mark.slow
@pytest.mark.parametrize(
    "query", ["q=", "q=%20%20", "q=the+of+and", "q=" + "x" * 7000, "q=%00", "q=%22%22", "page=x", "topic=" + "a" * 500, "grade=9"]
)
def test_odd_requests_get_a_page(client: Client, catalogue: None, query: str) -> None:
    assert client.get(f"/solutions/?{query}").status_code == 200
    assert client.get(f"/search/?{query}").status_code == 200


def test_a_long_question_is_cut_and_said_so(client: Client) -> None:
    assert "first 1,000 letters" in client.get("/solutions/?q=" + "food+" * 400).content.decode()


@pytest.mark.slow
def test_a_hit_says_why_it_was_found(client: Client, catalogue: None) -> None:
    page = client.get("/solutions/?q=food+waste").content.decode()
    assert "<mark>food</mark>" in page
    assert "Speaks of “food” and “waste”, and is near in meaning." in page
    page = client.get("/solutions/?q=personas+sin+hogar+que+viven+en+la+calle").content.decode()
    assert "written in another language than your words" in page


@pytest.mark.slow
def test_search_over_everything_groups_by_kind(client: Client, everything: None) -> None:
    page = client.get("/search/?q=cooperative")
    assert page.status_code == 200
    assert [kind for kind, _hits in page.context["groups"]] == ["Solution"]
    assert client.get("/search/").context["groups"] == []


@pytest.mark.slow
def test_names_are_text_never_markup(client: Client) -> None:
    draft = solutions.Draft(
        {"name": PAYLOAD, "summary": PAYLOAD, "problem": f"{PAYLOAD} hunger", "core_parts": [PAYLOAD], "origin_place": PAYLOAD},
        slug="bad", sources=("https://example.org/a",),
    )  # fmt: skip
    [one] = solutions.add(by=None, drafts=[draft], publish=True)
    values = {
        "study": PAYLOAD,
        "design": "randomised",
        "outcome": PAYLOAD,
        "note": PAYLOAD,
        "value": 1,
        "unit": PAYLOAD,
        "url": "javascript:alert(1)",
    }
    effects.record(by=None, solution=one, key="bad-1", values=values)
    for path in ("/solutions/", "/solutions/?q=script+hunger", "/solutions/bad/", f"/solutions/?q={PAYLOAD}", f"/search/?q={PAYLOAD}"):
        page = client.get(path).content.decode()
        assert PAYLOAD not in page, path
        assert "javascript:" not in page, path


@pytest.mark.slow
def test_a_draft_is_for_curators_and_not_in_the_index(client: Client) -> None:
    [one] = solutions.add(
        by=None, drafts=[solutions.Draft({"name": "Secret bakery", "summary": "Bread."}, sources=("https://example.org/a",))]
    )
    assert client.get("/solutions/secret-bakery/").status_code == 404
    assert listed(client, q="secret bakery") == []
    curator = people.user(role="curator")
    client.force_login(curator)
    assert client.get("/solutions/secret-bakery/").status_code == 200
    assert client.post("/solutions/secret-bakery/publish/").status_code == 302
    client.logout()
    assert listed(client, q="secret bakery") == ["secret-bakery"]
    assert audit.history(one)[0].by_id == curator.pk


def test_what_names_no_source_is_not_published(client: Client) -> None:
    [one] = solutions.add(by=None, drafts=[solutions.Draft({"name": "Bread", "summary": "Bread."})])
    with pytest.raises(ValidationError, match="names no source"):
        solutions.publish(by=None, solution=one)
    client.force_login(people.user(role="curator"))
    assert "names no source" in client.post("/solutions/bread/publish/", follow=True).content.decode()


@pytest.mark.slow
def test_a_curator_adds_changes_and_takes_back(client: Client) -> None:
    client.force_login(people.user(role="curator"))
    given = {
        "name": "Bread and Roses", "summary": "A bakery that trains.", "core_parts": "paid training\r\nown bakery\r\n\r\n", "horizons": ["rebuild"],
        "topics": ["food"], "sdgs": ["8"], "source_grade": "2", "language": "en", "text_language": "en", "addresses": "https://example.org/roses",
        "reason": "read there",
    }  # fmt: skip
    answer = client.post("/solutions/new/", given)
    assert answer.status_code == 302, answer.context["form"].errors
    one = Solution.objects.get(slug="bread-and-roses")
    assert (one.core_parts, one.sdgs, one.source_grade, one.status) == (["paid training", "own bakery"], [8], 2, "draft")
    assert [source.url for source in one.sources.all()] == ["https://example.org/roses"]
    client.post("/solutions/bread-and-roses/publish/")
    changed = {
        **given,
        "summary": "A brewery that trains.",
        "source_grade": "",
        "addresses": "https://example.org/roses\nhttps://example.org/beer",
    }
    assert client.post("/solutions/bread-and-roses/edit/", changed).status_code == 302
    one.refresh_from_db()
    entry = audit.history(one)[0]
    assert (one.source_grade, entry.reason) == (None, "read there")
    assert set(entry.after or {}) == {"summary", "source_grade", "sources"}
    assert listed(client, q="brewery") == ["bread-and-roses"]
    client.post("/solutions/bread-and-roses/take-back/", {"reason": "closed"})
    assert listed(client, q="brewery") == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"addresses": "javascript:alert(1)"}, "no address of a page"),
        ({"core_parts": "x" * 400}, "longer than 300 letters"),
        ({"name": ""}, "required"),
        ({"start_year": "-5"}, "greater than or equal to 0"),
    ],
)
def test_a_wrong_value_gets_a_sentence_and_nothing_is_kept(client: Client, wrong: dict[str, str], sentence: str) -> None:
    client.force_login(people.user(role="curator"))
    given = {"name": "Bread", "summary": "Bread.", "language": "en", "text_language": "en", "addresses": "", "reason": "test", **wrong}
    assert sentence in client.post("/solutions/new/", given).content.decode()
    assert not Solution.objects.exists()


def test_an_effect_is_kept_once_under_its_key_and_can_be_withdrawn() -> None:
    one, other = thread.solution(), thread.solution()
    turin = places.territory("turin")
    values = {
        "study": "Pilot in Turin", "design": "before_after", "outcome": "in work", "measure": "percentage_points", "value": 4.0, "low": -1.0,
        "high": 9.0, "territory": turin, "url": "/cases/first-jobs/",
    }  # fmt: skip
    effects.record(by=None, solution=one, key="pilot:7", values=values)
    effect = effects.record(by=None, solution=one, key="pilot:7", values={"value": 5.0}, sources=["https://example.org/result"])
    assert (Effect.objects.count(), effect.value, effect.high) == (1, 5.0, 9.0)
    assert [entry.action for entry in audit.history(effect)] == ["effects.record", "effects.record"]
    effects.record(by=None, solution=one, key="pilot:7", values={"value": 5.0})
    assert len(audit.history(effect)) == 2, "nothing changed, nothing is written"
    with pytest.raises(ValidationError, match="another solution"):
        effects.record(by=None, solution=other, key="pilot:7", values=values)
    with pytest.raises(ValidationError, match="no field"):
        effects.record(by=None, solution=one, key="pilot:8", values={"colour": "red"})
    with pytest.raises(ValidationError):
        effects.record(by=None, solution=one, key="pilot:8", values={**values, "low": 10.0, "high": 1.0})
    effects.withdraw(by=None, key="pilot:7")
    effects.withdraw(by=None, key="pilot:7")
    assert not Effect.objects.exists()


def test_the_page_tells_pilots_reviews_and_missing_intervals_apart(client: Client) -> None:
    one = thread.solution(slug="first-job")
    base = {"design": "randomised", "outcome": "in work", "measure": "risk_ratio"}
    effects.record(by=None, solution=one, key="a", values={**base, "study": "Trial", "value": 1.5, "low": 1.1, "high": 2.0})
    review = {**base, "design": "review", "pools_others": True, "study": "Review", "value": 1.4, "low": 1.2, "high": 1.6}
    effects.record(by=None, solution=one, key="b", values=review)
    pilot = {**base, "design": "before_after", "study": "Pilot", "value": 2.0, "low": 0.5, "high": 8.0, "url": "/cases/x/"}
    effects.record(by=None, solution=one, key="pilot:1", values=pilot)
    effects.record(by=None, solution=one, key="c", values={**base, "study": "Old trial", "value": 1.25})
    page = client.get("/solutions/first-job/").content.decode()
    for sentence in (
        "Not pooled here yet",
        "never pooled again",
        "unreviewed",
        "a weak design",
        "1.25, interval not stated",
        "logarithmic scale",
    ):
        assert sentence in page, sentence
    assert 'href="/cases/x/"' in page
    assert 'class="pool"' not in page, "no diamond is computed here"
    found = queries.evidence(queries.effects(one))
    assert (found.number, found.intervals, len(found.groups)) == (4, 3, 1)
    assert (found.groups[0].log, found.groups[0].reference) == (True, 1.0)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("New York, USA", {"US"}), ("Peshawar, Pakistan and Nairobi, Kenya", {"PK", "KE"}), ("Northern Ireland", {"GB"}), ("Ireland", {"IE"}),
        ("England, UK", {"GB"}), ("Canada (five cities)", {"CA"}), ("50 counties and four tribal areas", set()), ("New Mexico, USA", {"US"}),
        ("several US states", set()), ("", set()),
    ],
)  # fmt: skip
def test_countries_are_read_from_the_text_of_a_place(text: str, codes: set[str]) -> None:
    assert countries.named([text]) == codes


def test_a_scale_names_by_what_it_is_standardised_and_a_lone_standard_error_is_told() -> None:
    plain = {"outcome": "reading", "design": "randomised", "measure": "standardised_difference", "study": "A"}
    found = [
        Effect(key="a", value=0.3, low=0.1, high=0.5, unit="SD", **plain),
        Effect(key="b", value=0.4, low=0.2, high=0.6, unit="d", **plain),
        Effect(key="c", value=0.288, standard_error=0.029, unit="SD", **plain),
        Effect(key="d", value=1234567.0, unit="USD", **{**plain, "measure": "difference"}),
    ]
    made = queries.evidence(found)
    assert sorted(group.unit for group in made.groups) == ["SD", "d"]
    assert [row.missing for row in made.bare] == [
        "0.288 SD, standard error 0.029, interval not stated",
        "1,234,567 USD, interval not stated",
    ]
