"""Where each fact of an organisation comes from, by which rule its value won, and a person's choice of another."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rrr.places.models import Territory
from rrr.understand.actions import imports, organisations
from rrr.understand.models import Organisation, RegisterImport
from rrr.understand.queries import imports as queries
from rrr.understand.queries import provenance
from rrr.understand.queries.provenance import Rule
from tests.factories import people, registers
from tests.factories.places import territory as make_territory
from tests.understand.test_import_pages import text
from tests.understand.test_imports import add

pytestmark = pytest.mark.django_db
ROW = registers.HEADER + "1,Cooperativa Sole,cooperativa,Via Roma 1,Torino,7.68,45.07,https://sole.example.org\n"


@pytest.fixture
def turin() -> Territory:
    return make_territory("turin")


@pytest.fixture
def sole(turin: Territory) -> Organisation:
    return add(turin, "Cooperativa Sole", address="Via Roma 1, Torino", activity="Bakes bread")


def facts(one: Organisation) -> dict[str, provenance.Fact]:
    fresh = Organisation.objects.select_related("territory").get(pk=one.pk)
    return {fact.field: fact for fact in provenance.facts(fresh, places=True)}


def sources(fact: provenance.Fact) -> list[str]:
    return [one.source or one.url for one in fact.statements]


def linked(turin: Territory, sole: Organisation, content: str = ROW, register: str = "Chamber") -> RegisterImport:
    one = registers.compared(turin, content, register=register)
    imports.decide(by=None, record=one.records.get(), verdict="same", organisation=sole)
    return imports.publish(by=None, register_import=one)


@pytest.mark.slow
def test_the_first_source_stands_and_an_import_fills_what_is_empty(turin: Territory, sole: Organisation) -> None:
    linked(turin, sole)
    found = facts(sole)
    assert (found["name"].rule, sources(found["name"])) == (Rule.FIRST, ["https://a.example.org/", "Chamber"])
    assert (found["activity"].rule, sources(found["activity"])) == (Rule.FIRST, ["https://a.example.org/"])
    assert (found["website"].rule, found["website"].filled_by, sources(found["website"])) == (Rule.FILLED, "Chamber", ["Chamber"])
    assert (found["lon"].rule, found["lon"].value) == (Rule.FILLED, "45.0700 N, 7.6800 E")
    [row] = found["website"].statements
    assert (row.line, str(row.on)) == (2, "2026-11-01")
    assert "founded" not in found


@pytest.mark.slow
def test_a_correction_goes_before_the_sources_and_takes_their_support_away(turin: Territory, sole: Organisation) -> None:
    linked(turin, sole)
    organisations.update(by=None, organisation=sole, changes={"activity": "Bakes bread and cakes", "website": "https://new.example.org"})
    found = facts(sole)
    for name in ("activity", "website"):
        assert (found[name].rule, sources(found[name])) == (Rule.CORRECTED, [])
        assert found[name].corrected_at is not None
    assert found["name"].rule == Rule.FIRST


@pytest.mark.slow
def test_choosing_the_value_of_a_register_is_a_correction_with_a_source(turin: Territory, sole: Organisation) -> None:
    one = linked(turin, sole, ROW.replace("Via Roma 1", "Corso Francia 9"))
    assert sources(facts(sole)["address"]) == ["https://a.example.org/"]
    row = one.records.select_related("register_import__source").get()
    imports.take_value(by=None, organisation=sole, record=row, field="address")
    found = facts(sole)["address"]
    assert (found.value, found.rule, sources(found)) == ("Corso Francia 9, Torino", Rule.CORRECTED, ["Chamber"])


def test_the_place_of_a_register_can_be_chosen_whole(turin: Territory) -> None:
    sole = add(turin, "Cooperativa Sole", lon=7.60, lat=45.03, precision="approximate")
    one = linked(turin, sole)
    sole.refresh_from_db()
    differing = {entry.field: entry for entry in queries.differences(sole)}
    assert (differing["place"].ours, differing["place"].theirs) == ("45.0300 N, 7.6000 E", "45.0700 N, 7.6800 E")
    row = one.records.select_related("register_import__source").get()
    imports.take_value(by=None, organisation=sole, record=row, field="place")
    sole.refresh_from_db()
    assert (sole.lon, sole.lat, sole.precision) == (7.68, 45.07, "address")
    assert "place" not in {entry.field for entry in queries.differences(sole)}
    with pytest.raises(ValidationError):
        imports.take_value(by=None, organisation=sole, record=row, field="lon")


def test_a_place_some_steps_away_is_no_difference(turin: Territory) -> None:
    sole = add(turin, "Cooperativa Sole", lon=7.6805, lat=45.0703, precision="address")  # about 50 metres
    linked(turin, sole)
    sole.refresh_from_db()
    assert "place" not in {entry.field for entry in queries.differences(sole)}


@pytest.mark.slow
def test_undoing_an_import_takes_its_statements_away(turin: Territory, sole: Organisation) -> None:
    one = linked(turin, sole)
    imports.undo(by=None, register_import=one)
    found = facts(sole)
    assert sources(found["name"]) == ["https://a.example.org/"]
    assert not {"website", "lon"} & set(found)


@pytest.mark.slow
def test_strangers_read_where_facts_come_from_and_not_where_a_blurred_one_is(client: Client, turin: Territory, sole: Organisation) -> None:
    linked(turin, sole)
    path = f"/territories/turin/organisations/{sole.slug}/"
    page = text(client, path)
    assert "Where each fact comes from" in page
    assert "It was empty, and Chamber filled it." in page
    organisations.show(by=None, organisation=sole, visibility="blurred")
    page = text(client, path)
    assert "Where each fact comes from" in page
    for told in ("Via Roma", "45.07", "7.68"):
        assert told not in page


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 6])
def test_the_page_asks_the_same_number_of_questions_however_many_sources(
    client: Client, turin: Territory, sole: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for n in range(number):
        linked(turin, sole, register=f"Register {n}")
    client.force_login(people.user(role="coordinator", territory=turin))
    with django_assert_max_num_queries(22):
        text(client, f"/territories/turin/organisations/{sole.slug}/")
