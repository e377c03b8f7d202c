"""Vocabularies: the data is whole and agrees with the code, and the pages and files say the same."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rrr import connectors
from rrr.text import legal_forms
from rrr.understand import skos
from rrr.understand import vocabularies as data
from rrr.understand.actions import organisations
from rrr.understand.models import ActorRole, Goal, Kind
from rrr.understand.queries.vocabularies import VOCABULARIES
from tests.factories.places import territory as make_territory

CODES = {
    "types": {one.value for one in Kind if one.value},
    "roles": set(ActorRole.values),
    "goals": {str(one.value) for one in Goal},
    "activities": set("ABCDEFGHIJKL"),
}


@pytest.mark.parametrize("name", ["types", "roles", "goals", "activities", "crosswalks"])
def test_every_row_names_a_known_source(name: str) -> None:
    rows = data.rows(name)
    assert rows
    assert {row["source"] for row in rows} <= data.sources().keys()
    assert all(value == value.strip() for row in rows for value in row.values())


@pytest.mark.parametrize("name", CODES)
def test_a_list_holds_every_code_once(name: str) -> None:
    found = [row["code"] for row in data.rows(name)]
    assert set(found) == CODES[name]
    assert len(found) == len(CODES[name])


def test_families_are_types() -> None:
    assert {row["family"] for row in data.rows("types")} - {""} <= CODES["types"]


def test_activities_speak_seven_languages() -> None:
    for one in data.activities():
        assert [language for language, label in one.labels if label] == list(data.LANGUAGES), one.code
    assert data.activities()[1].label("ko") == ("Education", "en")


def test_every_legal_form_that_names_show_has_its_law() -> None:
    """The lexicon that reads names and the vocabulary agree on the type; the vocabulary may hold more."""
    listed = {(one.country, one.code): one for one in data.legal_forms()}
    assert len(listed) == len(data.legal_forms())
    for form in legal_forms.all_forms():
        one = listed[form.country, form.form]
        assert one.type == ("business" if form.type == "company" else form.type), form
    assert all(one.type in CODES["types"] and one.law and one.name for one in listed.values())


def test_what_registers_can_contain_is_in_the_vocabularies() -> None:
    codes = {one.code for one in data.legal_forms()}
    for register in connectors.registers():
        assert set(register.kinds) <= CODES["types"], register.slug
        assert set(register.forms) <= codes, register.slug


def test_a_code_that_lies_within_one_section_lies_in_no_other() -> None:
    places: dict[tuple[str, str], list[data.Correspondence]] = {}
    for one in data.crosswalks():
        assert one.activity in CODES["activities"]
        assert one.match in (data.SAME, data.WITHIN, data.PARTLY)
        places.setdefault((one.system, one.code), []).append(one)
    for code, found in places.items():
        assert (len(found) > 1) == (found[0].match == data.PARTLY), code
        assert len({one.title for one in found}) == 1, code


@pytest.mark.parametrize(
    ("code", "country", "section"),
    [
        ("94.91Z", "FR", "I"), ("9491", "", "I"), ("94.20", "IT", "J"), ("94.91-0/00", "BR", "I"), ("4211-1/01", "BR", "F"), ("85", "NL", "B"),
        ("88.10", "ES", "D"), ("87.30", "ES", ""), ("94.99Z", "FR", ""), ("75.00", "PL", "E"), ("39.00", "IT", "E"), ("B20", "US", "B"),
        ("P30", "US", "D"), ("N60", "US", ""), ("Bread", "ES", ""), ("2020 plan", "ES", ""), ("", "", ""), ("00.00", "", ""),
    ],
)  # fmt: skip
def test_a_code_leads_to_its_section(code: str, country: str, section: str) -> None:
    """NACE Rev. 2: 94.91 religious organisations, 88.10 social work for the elderly, 42.11 roads; 87.30 lies in two sections."""
    assert data.section(code, country) == section


@pytest.mark.django_db
@pytest.mark.parametrize("slug", VOCABULARIES)
def test_each_has_a_page_and_three_files_that_agree(client: Client, slug: str) -> None:
    page = client.get(f"/vocabularies/{slug}/")
    assert page.status_code == 200
    ids = re.findall(r'<tr id="([^"]+)"', page.content.decode())
    assert len(ids) == len(set(ids)) == len(page.context["entries"])
    rows = list(csv.DictReader(io.StringIO(client.get(f"/vocabularies/{slug}.csv").content.decode("utf-8-sig"))))
    assert len(rows) == len(data.rows(slug.replace("-", "_")))
    graph = json.loads(client.get(f"/vocabularies/{slug}.jsonld").content)["@graph"]
    turtle = client.get(f"/vocabularies/{slug}.ttl").content.decode()
    addresses = [node["@id"] for node in graph[1:]]
    assert addresses == [one.address for one in skos.concepts(slug)] == re.findall(r"(?m)^<([^>]+)> a skos:Concept ;", turtle)
    assert {one.partition("#")[2] for one in addresses} == set(ids)


@pytest.mark.django_db
def test_labels_of_the_files_are_in_seven_languages(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/vocabularies/types.csv").content.decode("utf-8-sig"))))
    assert set(data.LANGUAGES) <= rows[0].keys()
    assert '"Fin de la pobreza"@es' in client.get("/vocabularies/goals.ttl").content.decode()


@pytest.mark.django_db
def test_counts_are_of_what_everybody_may_see(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    turin, draft = make_territory("turin"), make_territory("dublin", published=False)
    for place, values in (
        (
            turin,
            {
                "name": "A",
                "kind": "wise",
                "legal_form": "Società cooperativa sociale",
                "activity": "88.10",
                "sdgs": [1],
                "roles": ["funder"],
            },
        ),
        (turin, {"name": "B", "kind": "wise", "activity": "bread"}),
        (draft, {"name": "C", "kind": "wise"}),
    ):
        organisations.add(by=None, territory=place, drafts=[organisations.Draft(values)])
    [hidden] = organisations.add(by=None, territory=turin, drafts=[organisations.Draft({"name": "D", "kind": "wise"})])
    organisations.hide(by=None, organisation=hidden)

    def number(slug: str, anchor: str) -> int:
        entries = client.get(f"/vocabularies/{slug}/").context["entries"]
        return int(next(one.number for one in entries if one.anchor == anchor))

    assert number("types", "wise") == 2
    assert (number("activities", "D"), number("goals", "1"), number("roles", "funder")) == (1, 1, 1)
    assert number("legal-forms", "IT-cooperativa_sociale") == 1
    with django_assert_num_queries(2):  # numbers, header's menu
        client.get("/vocabularies/types/")


@pytest.mark.django_db
def test_a_part_is_shown_and_a_made_up_one_does_nothing(client: Client) -> None:
    countries = {one.group for one in client.get("/vocabularies/legal-forms/?group=PL").context["entries"]}
    assert countries == {"PL"}
    assert len(client.get("/vocabularies/legal-forms/?group=XX").context["entries"]) == len(data.legal_forms())
    assert client.get("/vocabularies/nothing/").status_code == 404
    assert client.get("/vocabularies/nothing.ttl").status_code == 404
