"""Statistics: counts that add up with the unknown among them, beside other territories, of what everybody may see only."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rrr.places.models import Territory
from rrr.understand.actions import organisations
from rrr.understand.models import Organisation
from rrr.understand.queries import statistics
from tests.factories import people
from tests.factories.places import territory as make_territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def turin() -> Territory:
    return make_territory("turin")


def add(place: Territory, *rows: dict[str, Any]) -> list[Organisation]:
    return organisations.add(by=None, territory=place, drafts=[organisations.Draft({"name": f"N{n}", **row}) for n, row in enumerate(rows)])


def numbers(places: list[Territory], code: str) -> dict[str, tuple[int, ...]]:
    table = next(one for one in statistics.tables(places) if one.code == code)
    return {line.code: tuple(cell.number for cell in line.cells) for line in table.lines}


def test_every_table_says_how_many_nobody_knows(turin: Territory) -> None:
    add(
        turin,
        {"kind": "wise", "activity": "94.91", "legal_form": "Fondazione", "roles": ["funder", "network"], "founded": 1899},
        {"kind": "wise", "activity": "bread", "legal_form": "gruppo", "roles": [], "founded": 2024},
        {},
    )
    assert numbers([turin], "type") == {"wise": (2,), "": (1,)}
    assert numbers([turin], "activity") == {"I": (1,), "other": (1,), "": (1,)}
    assert numbers([turin], "legal_form") == {"IT-fondazione": (1,), "other": (1,), "": (1,)}
    assert numbers([turin], "role") == {"network": (1,), "funder": (1,), "": (2,)}
    assert numbers([turin], "founded") == {"0": (1,), "2020": (1,), "": (1,)}


def test_a_table_counts_each_organisation_once(turin: Territory) -> None:
    add(turin, *({"founded": year, "kind": "network"} for year in (1850, 1900, 1949, 1950, 1969, 1970, 1999, 2019, 2020, 2026)), {})
    for table in statistics.tables([turin]):
        if table.code != "role":
            assert sum(line.cells[0].number for line in table.lines) == 11, table.code
            assert {line.cells[0].of for line in table.lines} == {11}


def test_a_word_only_foreign_forms_share_is_no_form_here(turin: Territory) -> None:
    add(turin, {"legal_form": "cooperative"}, {"legal_form": "nonprofit"})
    assert numbers([turin], "legal_form") == {"other": (2,), "": (0,)}


def test_rare_forms_are_counted_together(turin: Territory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "MOST_FORMS", 1)
    add(turin, {"legal_form": "Fondazione"}, {"legal_form": "Fondazione"}, {"legal_form": "Associazione"})
    assert numbers([turin], "legal_form") == {"IT-fondazione": (2,), "other": (1,), "": (0,)}


def test_hidden_and_closed_ones_are_not_counted(client: Client, turin: Territory) -> None:
    hidden, closed, _open = add(turin, {"kind": "wise"}, {"kind": "wise"}, {"kind": "wise"})
    organisations.hide(by=None, organisation=hidden)
    organisations.close(by=None, organisation=closed)
    client.force_login(people.user(role="coordinator", territory=turin))  # the page is the same for everybody
    assert client.get("/territories/turin/statistics/").context["compared"][0].total == 1


def test_a_reader_compares_with_three_published_territories_at_most(client: Client, turin: Territory) -> None:
    for slug in ("bilbao", "dublin", "warsaw", "montreal"):
        add(make_territory(slug), {"kind": "wise"})
    add(make_territory("secret", published=False), {"kind": "wise"})
    add(turin, {"kind": "wise"}, {})
    query = "with=secret&with=dublin&with=dublin&with=turin&with=nowhere&with=warsaw&with=montreal&with=bilbao&with="
    answer = client.get(f"/territories/turin/statistics/?{query}")
    assert [one.territory.slug for one in answer.context["compared"]] == ["turin", "dublin", "warsaw", "montreal"]
    page = answer.content.decode()
    assert page.count("No register is published here") == 4
    assert "Secret" not in page
    line = next(line for table in answer.context["tables"] if table.code == "type" for line in table.lines if line.code == "wise")
    assert [(cell.number, round(cell.share)) for cell in line.cells] == [(1, 50), (1, 100), (1, 100), (1, 100)]


def test_the_file_says_what_the_page_says(client: Client, turin: Territory) -> None:
    add(turin, {"kind": "wise"}, {}, {}, {})
    add(make_territory("dublin"), {"kind": "network"})
    rows = list(csv.DictReader(io.StringIO(client.get("/territories/turin/statistics.csv?with=dublin").content.decode("utf-8-sig"))))
    wise = [row for row in rows if row["code"] == "wise"]
    assert [(row["territory"], row["organisations"], row["of"], row["share_percent"]) for row in wise] == [
        ("turin", "1", "4", "25.0"), ("dublin", "0", "1", "0.0"),
    ]  # fmt: skip
    assert {row["coverage"] for row in rows} == {"No register is published here, so nobody can say how many are missing."}


def test_an_empty_territory_has_a_page(client: Client, turin: Territory) -> None:
    assert client.get("/territories/turin/statistics/").status_code == 200


@pytest.mark.parametrize("number", [2, 30])
def test_the_page_asks_the_same_number_of_questions(
    client: Client, turin: Territory, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    add(turin, *({"kind": "wise", "founded": 1990 + n} for n in range(number)))
    make_territory("dublin")
    with django_assert_num_queries(16):
        client.get("/territories/turin/statistics/?with=dublin")
    with django_assert_num_queries(10):
        client.get("/territories/turin/statistics.csv?with=dublin")


@pytest.mark.parametrize(("number", "of", "words"), [(0, 9, "0%"), (1, 1000, "under 1%"), (1, 3, "33%"), (0, 0, "0%")])
def test_a_share_that_rounds_to_nothing_is_not_called_nothing(number: int, of: int, words: str) -> None:
    assert statistics.Cell("Turin", number, of).percent == words
