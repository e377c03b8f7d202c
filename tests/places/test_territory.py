"""Territories: what the database refuses, what the actions write and record, what the form makes of files."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from shapely import box

from rrr.core import audit
from rrr.places import queries
from rrr.places.actions import facts
from rrr.places.actions import territory as actions
from rrr.places.forms import TerritoryForm
from rrr.places.geojson import MultiPolygon
from rrr.places.models import Observation, Territory
from tests.factories import places as make

pytestmark = pytest.mark.django_db

GIVEN = {
    "name": "Innsbruck",
    "country": "AT",
    "languages": "de, en",
    "time_zone": "Europe/Vienna",
    "authority_name": "Stadt Innsbruck",
}
SQUARE = [[11.3, 47.2], [11.5, 47.2], [11.5, 47.3], [11.3, 47.3], [11.3, 47.2]]


def geojson_file(ring: Any, **properties: Any) -> SimpleUploadedFile:
    feature = {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    return SimpleUploadedFile("area.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}).encode())


@pytest.mark.parametrize(
    ("field", "value"),
    [("slug", "Not A Slug"), ("slug", "new"), ("country", "nl"), ("languages", []), ("centre_lat", 91.0), ("west", 181.0), ("status", "x")],
)
def test_the_database_holds_what_must_never_break(field: str, value: object) -> None:
    territory = make.territory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Territory.objects.filter(pk=territory.pk).update(**{field: value})


def test_a_short_name_is_made_and_never_taken_twice() -> None:
    given = {"country": "AT", "languages": ["de"], "time_zone": "Europe/Vienna", "authority_name": "City"}
    slugs = [actions.create(by=None, name=name, **given).slug for name in ("São Paulo", "Sao Paulo", "New", "日本")]
    assert slugs == ["sao-paulo", "sao-paulo-2", "new-territory", "territory"]


@pytest.mark.parametrize(
    ("field", "value"), [("time_zone", "Mars/Olympus"), ("country", "Italy"), ("languages", ["klingon!"]), ("slug", "new")]
)
def test_meaning_is_checked_before_anything_is_written(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        make.territory(**{"slug": "turin", field: value})
    assert field in caught.value.message_dict
    assert not Territory.objects.exists()


def test_every_write_leaves_an_audit_row_and_no_change_leaves_none() -> None:
    territory = make.territory()
    actions.update(by=None, territory=territory, changes={"name": "Torino"}, reason="its own name")
    actions.update(by=None, territory=territory, changes={"name": "Torino"})
    rows = list(audit.history(territory))
    assert [row.action for row in rows] == ["territory.update", "territory.publish", "territory.create"]
    assert rows[0].before["name"] == "Turin"
    assert rows[0].after["name"] == "Torino"


def test_an_unknown_field_is_a_programming_error() -> None:
    with pytest.raises(TypeError, match="no field"):
        actions.update(by=None, territory=make.territory(), changes={"status": "published"})


def test_drafts_are_seen_only_where_asked_for() -> None:
    make.territory("turin")
    make.territory("bilbao", published=False)
    assert [item.slug for item in queries.menu()] == ["turin"]
    assert queries.exists("turin")
    assert not queries.exists("bilbao")
    assert queries.territory("bilbao") is None
    assert queries.territory("bilbao", drafts=True) is not None


def test_box_and_centre_follow_the_boundary() -> None:
    territory = make.territory()
    actions.set_boundary(by=None, territory=territory, boundary=MultiPolygon([box(7.6, 45.0, 7.8, 45.1)]))
    territory.refresh_from_db()
    assert territory.bbox == (7.6, 45.0, 7.8, 45.1)
    assert territory.centre == pytest.approx((7.7, 45.05))
    assert not territory.boundary_approximate
    assert queries.outside(territory, [(7.7, 45.05), (9.0, 45.05)]) == [1]
    assert queries.outline(territory)["features"][0]["properties"]["part"] == "boundary"  # type: ignore[index]


def test_without_a_boundary_the_box_is_drawn_as_approximate() -> None:
    territory = make.territory()
    first = queries.outline(territory)["features"][0]["properties"]  # type: ignore[index]
    assert (first["part"], first["approximate"]) == ("box", True)
    assert queries.outside(territory, [(7.7, 45.05), (45.05, 7.7)]) == [1]


def test_two_districts_need_two_codes() -> None:
    area = MultiPolygon([box(7.6, 45.0, 7.8, 45.1)])
    twice = [actions.DistrictDraft("1", "North", area), actions.DistrictDraft("1", "South", area)]
    with pytest.raises(ValidationError, match="code “1”"):
        actions.set_districts(by=None, territory=make.territory(), districts=twice)


def test_a_policy_fact_needs_a_source() -> None:
    draft = facts.PolicyDraft("law", "A law", 2020, [])
    with pytest.raises(ValidationError, match="has no source"):
        facts.set_policy(by=None, territory=make.territory(), drafts=[draft])


def test_an_observation_belongs_to_one_area() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.create(indicator_id=1, country="", year=2020, value=1.0)


def test_the_form_makes_a_territory_with_boundary_and_districts() -> None:
    files = {"boundary": geojson_file([[y, x] for x, y in SQUARE]), "districts": geojson_file(SQUARE, name="Altstadt")}
    form = TerritoryForm(GIVEN, files)
    assert form.is_valid(), form.errors
    territory = actions.set_up(by=None, territory=None, **form.given())
    assert (territory.slug, territory.languages) == ("innsbruck", ["de", "en"])
    assert territory.bbox == pytest.approx((11.3, 47.2, 11.5, 47.3))
    assert [one.name for one in queries.districts(territory)] == ["Altstadt"]
    assert form.notes == ["Boundary (GeoJSON): The file had latitude before longitude; the two were swapped. Check the map."]


def test_the_form_changes_a_territory_and_keeps_what_it_does_not_name() -> None:
    territory = make.territory("innsbruck", country="AT", time_zone="Europe/Vienna", is_peer=True)
    form = TerritoryForm({**GIVEN, "slug": "innsbruck"}, territory=territory)
    assert form.is_valid(), form.errors
    actions.set_up(by=None, territory=territory, **form.given())
    territory.refresh_from_db()
    assert (territory.authority_name, territory.is_peer) == ("Stadt Innsbruck", True)
    assert territory.west == 6.58


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("languages", "Klingonese", "language code"),
        ("time_zone", "CEST", "CEST"),
        ("slug", "new", "used by the site"),
        ("slug", "turin", "taken"),
        ("country", "XX", "XX"),
    ],
)
def test_the_form_says_what_to_mend(field: str, value: str, words: str) -> None:
    make.territory("turin")
    form = TerritoryForm({**GIVEN, field: value})
    assert not form.is_valid()
    assert words in form.errors[field][0]


@pytest.mark.parametrize(
    ("name", "upload", "words"),
    [
        ("boundary", SimpleUploadedFile("a.geojson", b""), "empty"),
        ("boundary", SimpleUploadedFile("a.geojson", b"PK\x03\x04"), "compressed"),
        ("districts", geojson_file(SQUARE), "no name"),
    ],
    ids=["empty", "zip", "nameless"],
)
def test_a_bad_file_is_an_error_of_its_field(name: str, upload: SimpleUploadedFile, words: str) -> None:
    form = TerritoryForm(GIVEN, {name: upload})
    assert not form.is_valid()
    assert words in form.errors[name][0]
