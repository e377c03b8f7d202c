"""Pages of territories and organisations as a stranger, a coordinator and an attacker see them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rrr.core import audit
from rrr.places.models import Territory
from rrr.understand import queries
from rrr.understand.actions import organisations, relations
from rrr.understand.models import Organisation
from tests.factories import people
from tests.factories.places import territory as make_territory

pytestmark = pytest.mark.django_db
PAYLOAD = "<script>alert(1)</script>"


@pytest.fixture
def turin() -> Territory:
    return make_territory("turin")


def add(territory: Territory, name: str, **values: Any) -> Organisation:
    sources = ("https://example.org/list",)
    (made,) = organisations.add(by=None, territory=territory, drafts=[organisations.Draft({"name": name, **values}, sources=sources)])
    return made


def test_a_portrait_counts_what_is_known_and_what_has_a_place(client: Client, turin: Territory) -> None:
    add(turin, "Bagni di via Agliè", kind="community_enterprise", roles=["provider"], lon=7.7, lat=45.1, precision="address")
    add(turin, "Hackability", kind="association")
    page = client.get("/territories/turin/").content.decode()
    assert "1 of 2 organisations have a place." in page
    assert "1 are only in the list" in page


@pytest.mark.parametrize("path", ["", "organisations/", "organisations.csv", "organisations.geojson", "sse/"])
def test_a_hidden_organisation_is_nowhere(client: Client, turin: Territory, path: str) -> None:
    shelter = add(turin, "Shelter Quiet Street", lon=7.7, lat=45.1)
    assert organisations.show(by=None, organisation=shelter, visibility="hidden", reason="at risk").visibility == "hidden"
    assert "Quiet Street" not in client.get(f"/territories/turin/{path}").content.decode()
    assert client.get(f"/territories/turin/organisations/{shelter.slug}/").status_code == 404
    assert queries.counts() == {}


def test_a_blurred_organisation_keeps_its_page_and_loses_its_place(client: Client, turin: Territory) -> None:
    shelter = add(turin, "Shelter", lon=7.7001, lat=45.1001, address="Via Roma 1")
    organisations.show(by=None, organisation=shelter, visibility="blurred")
    assert json.loads(client.get("/territories/turin/organisations.geojson").content)["features"] == []
    for path in ("", "organisations.csv", f"organisations/{shelter.slug}/"):
        page = client.get(f"/territories/turin/{path}").content.decode()
        assert "Shelter" in page
        assert "7.7001" not in page
        assert "Via Roma" not in page


def test_names_are_text_never_markup(client: Client, turin: Territory) -> None:
    one = add(turin, PAYLOAD, activity=PAYLOAD, district=PAYLOAD, lon=7.7, lat=45.1)
    relations.add(by=None, drafts=[relations.Draft(one, add(turin, "B"), "partners", note=PAYLOAD)])
    for path in ("", "organisations/", f"organisations/{one.slug}/"):
        assert PAYLOAD not in client.get(f"/territories/turin/{path}").content.decode()


def test_a_download_holds_no_formula(client: Client, turin: Territory) -> None:
    add(turin, "=HYPERLINK(1)", activity="+cmd")
    rows = list(csv.DictReader(io.StringIO(client.get("/territories/turin/organisations.csv").content.decode("utf-8-sig"))))
    assert (rows[0]["name"], rows[0]["activity"]) == ("'=HYPERLINK(1)", "'+cmd")
    assert rows[0]["sources"] == "https://example.org/list"


def test_filters_narrow_the_list_and_unknown_values_do_nothing(client: Client, turin: Territory) -> None:
    add(turin, "Bread", kind="cooperative", roles=["provider"])
    add(turin, "Fund", kind="foundation", roles=["funder"])

    def listed(query: str) -> list[str]:
        return [one.name for one in client.get(f"/territories/turin/organisations/?{query}").context["page"]]

    assert listed("kind=cooperative") == ["Bread"]
    assert listed("role=funder") == ["Fund"]
    assert listed("words=brea") == ["Bread"]
    assert listed("kind=nonsense&page=999") == ["Bread", "Fund"]


@pytest.mark.parametrize("number", [3, 40])
def test_lists_ask_the_same_number_of_questions_however_long(
    client: Client, turin: Territory, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    organisations.add(by=None, territory=turin, drafts=[organisations.Draft({"name": f"Organisation {n}"}) for n in range(number)])
    with django_assert_num_queries(11):  # territory, registers (filter, terms, what is unseen), count, page, menu, four of the thread
        client.get("/territories/turin/organisations/")
    with django_assert_num_queries(4):  # territory, registers, organisations, their sources
        client.get("/territories/turin/organisations.csv")


def test_a_draft_is_for_its_people(client: Client) -> None:
    draft = make_territory("innsbruck", published=False)
    assert client.get("/territories/innsbruck/").status_code == 404
    client.force_login(people.user(role="coordinator", territory=draft))
    assert client.get("/territories/innsbruck/").status_code == 200


def test_an_edit_is_kept_with_its_reason_and_shown_in_the_history(client: Client, turin: Territory) -> None:
    one = add(turin, "Bread", kind="cooperative", confidence="high")
    person = people.user(role="coordinator", territory=turin)
    client.force_login(person)
    given = {"name": "Bread and Roses", "kind": "cooperative", "roles": ["provider"], "reason": "their website"}
    answer = client.post(f"/territories/turin/organisations/{one.slug}/edit/", given)
    assert answer.status_code == 302
    entry = audit.history(one)[0]
    assert (entry.by_id, entry.reason) == (person.pk, "their website")
    assert entry.after == {"name": "Bread and Roses", "roles": ["provider"]}
    assert entry.before == {"name": "Bread", "roles": []}
    assert "Bread and Roses" in client.get(f"/territories/turin/organisations/{one.slug}/history/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"lon": "7.7"}, "both longitude and latitude"),
        ({"lon": "45", "lat": "97"}, "swapped"),
        ({"founded": "2020", "closed": "2010"}, "before it was founded"),
    ],
    ids=["half a place", "swapped", "closed before founded"],
)
def test_a_wrong_value_gets_a_sentence_and_changes_nothing(client: Client, turin: Territory, wrong: dict[str, str], sentence: str) -> None:
    one = add(turin, "Bread")
    client.force_login(people.user(role="coordinator", territory=turin))
    answer = client.post(f"/territories/turin/organisations/{one.slug}/edit/", {"name": "Bread", "reason": "test", **wrong})
    assert sentence in answer.content.decode()
    one.refresh_from_db()
    assert (one.lon, one.founded) == (None, None)


def test_a_manager_makes_a_territory_in_the_browser_and_publishes_it(client: Client) -> None:
    client.force_login(people.user(role="manager"))
    given = {"name": "Innsbruck", "country": "AT", "languages": "de", "time_zone": "Europe/Vienna", "authority_name": "Stadt Innsbruck"}
    answer = client.post("/territories/new/", given)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Territory.objects.get(slug="innsbruck").status == "draft"
    client.post("/territories/innsbruck/publish/")
    client.logout()
    assert client.get("/territories/innsbruck/").status_code == 200


def test_names_that_shorten_alike_get_addresses_of_their_own(turin: Territory) -> None:
    assert [add(turin, "Bread").slug, add(turin, "Bread!").slug, add(turin, "面包").slug] == ["bread", "bread-2", "organisation"]
