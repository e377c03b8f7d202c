"""An import of a register that is known: its own mapping and kinds are proposed, its licence and how sure we are stand on the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

import rrr.connectors
from rrr.places.models import Territory
from rrr.understand.actions import imports
from rrr.understand.models import Organisation
from tests.factories import people, registers
from tests.factories.places import territory as make_territory

pytestmark = pytest.mark.django_db
SAMPLE = Path(rrr.connectors.__path__[0]) / "us_irs_eo_bmf/sample.csv"


@pytest.fixture
def city() -> Territory:
    return make_territory("san-francisco")


def test_its_mapping_and_kinds_reach_the_organisations(city: Territory) -> None:
    one = registers.upload(city, SAMPLE)
    assert one.inspection["register"]["slug"] == "us_irs_eo_bmf"
    assert (one.mapping["SUBSECTION"], one.mapping["ICO"], one.mapping["EIN"]) == ("legal_form", "", "tax_id")
    one = imports.read(by=None, register_import=imports.map_columns(by=None, register_import=one, mapping=one.mapping))
    one = imports.choose_scope(by=None, register_import=one, scope="all", kinds={})
    imports.publish(by=None, register_import=imports.compare(by=None, register_import=one))
    kinds = dict(Organisation.objects.filter(territory=city).values_list("name", "kind"))
    assert kinds["EXAMPLE FAMILY FOUNDATION"] == "foundation"
    assert kinds["EXAMPLE CREDIT UNION"] == "ethical_finance"
    assert kinds["EXAMPLE ELECTRIC COOPERATIVE"] == "cooperative"


def test_what_the_team_taught_goes_before_the_register(city: Territory) -> None:
    word = "Private non-operating foundation"
    one = registers.upload(city, SAMPLE)
    assert one.kinds[word] == "foundation"
    imports.choose_scope(by=None, register_import=one, scope="all", kinds={word: "network"})
    again = registers.upload(city, SAMPLE)
    assert again.kinds[word] == "network"
    assert again.kinds["Cooperative"] == "cooperative"


def test_the_page_names_the_register_and_what_is_not_sure(client: Client, city: Territory) -> None:
    client.force_login(people.user(role="coordinator", territory=city))
    one = registers.upload(city, SAMPLE)
    address = f"/territories/{city.slug}/imports/{one.pk}/"
    page = client.get(address).content.decode()
    assert "Exempt Organizations Business Master File" in page
    assert "public domain in the United States" in page
    assert "not checked against a live file" in page
    client.post(f"{address}read-as/", {"register": "none"})
    one.refresh_from_db()
    assert one.inspection["register"] == {}
    assert one.kinds == {}
    assert "not checked against a live file" not in client.get(address).content.decode()
