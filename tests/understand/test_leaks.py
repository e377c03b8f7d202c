"""What must not come out: places of blurred organisations, drafts of other territories, cells about persons."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from rrr.places.models import Territory
from rrr.understand import queries
from rrr.understand.actions import imports, organisations, relations
from rrr.understand.models import OrganisationSource
from tests.factories import people, places, registers
from tests.understand.test_pages import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def turin() -> Territory:
    return places.territory("turin")


@pytest.fixture
def draft() -> Territory:
    return places.territory("secret-city", published=False)


def test_a_download_says_nothing_of_where_a_blurred_organisation_is(client: Client, turin: Territory) -> None:
    shelter = add(turin, "Shelter", lon=7.7001, lat=45.1001, address="Via Roma 1", district="Barriera", precision="address")
    OrganisationSource.objects.create(organisation=shelter, url="https://map.example.org/via-roma-1", about="place", read_on="2026-01-01")
    shown = client.get("/territories/turin/organisations.csv").content.decode()
    assert "Barriera" in shown
    assert "via-roma-1" in shown
    organisations.show(by=None, organisation=shelter, visibility="blurred")
    for path in ("", "organisations/", "organisations.csv", "organisations.geojson", f"organisations/{shelter.slug}/"):
        page = client.get(f"/territories/turin/{path}").content.decode()
        for told in ("7.7001", "Via Roma", "Barriera", "via-roma-1"):
            assert told not in page, f"{path}: {told}"


def test_an_address_without_coordinates_is_in_the_download(client: Client, turin: Territory) -> None:
    add(turin, "Open House", address="Via Po 2")
    assert "Via Po 2" in client.get("/territories/turin/organisations.csv").content.decode()


def test_a_tie_does_not_name_an_organisation_of_a_draft_territory(client: Client, turin: Territory, draft: Territory) -> None:
    here, there, own = add(turin, "Here"), add(draft, "Nobody Knows It Yet"), add(draft, "Own")
    relations.add(by=None, drafts=[relations.Draft(here, there, "partners"), relations.Draft(own, there, "partners")])
    assert "Nobody Knows" not in client.get(f"/territories/turin/organisations/{here.slug}/").content.decode()
    client.force_login(people.user(role="observer", territory=draft))
    assert "Nobody Knows" in client.get(f"/territories/secret-city/organisations/{own.slug}/").content.decode()


def test_the_thread_bar_tells_nobody_how_far_a_draft_is(client: Client, draft: Territory) -> None:
    add(draft, "One")
    assert queries.counts() == {}
    made_up = client.get("/territories/no-such-city/").content.decode().replace("no-such-city", "secret-city")
    found = client.get("/territories/secret-city/")
    assert found.status_code == 404
    assert found.content.decode() == made_up  # a draft cannot be told from nothing
    client.force_login(people.user(role="observer", territory=draft))
    assert "1 organisation known" in client.get("/territories/secret-city/").content.decode()


def test_cells_about_persons_are_not_kept_even_among_the_first_rows(turin: Territory) -> None:
    text = "name,director,email,city\n" + "".join(f"Coop {n},Zenobia Quattrocchi,zenobia@example.org,Torino\n" for n in range(6))
    one = registers.upload(turin, text)
    people_columns = {column["name"] for column in one.inspection["columns"] if column["person"]}
    assert "director" in people_columns
    assert "Quattrocchi" not in json.dumps(one.inspection)
    assert "Coop 0" in json.dumps(one.inspection)


@pytest.mark.parametrize(("letter", "kept"), [("\x00", " "), ("\ud800", "?")], ids=["nul", "half a pair"])
def test_letters_the_database_cannot_keep_do_not_stop_the_good_rows(turin: Territory, letter: str, kept: str) -> None:
    def feature(name: str, at: float) -> dict[str, Any]:
        point = {"type": "Point", "coordinates": [at, 45.07]}
        return {"type": "Feature", "properties": {"name": name, "type": f"coop{letter}"}, "geometry": point}

    document = {"type": "FeatureCollection", "features": [feature("Good", 7.68), feature(f"B{letter}ad", 7.7)]}
    one = registers.upload(turin, json.dumps(document), file_name="a.geojson")
    guessed = {column["name"]: column["guess"] for column in one.inspection["columns"] if column["guess"]}
    one = imports.map_columns(by=None, register_import=one, mapping=guessed)
    one = imports.read(by=None, register_import=one)
    assert sorted(one.records.values_list("name", flat=True)) == [f"B{kept}ad", "Good"]
