"""Downloads follow the filters of the list, hold nothing a stranger may not see, and name the terms of their sources."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from rrr.places.models import Territory
from rrr.understand import downloads
from rrr.understand.actions import organisations
from rrr.understand.models import Organisation
from tests.factories import registers
from tests.factories.places import territory as make_territory

pytestmark = pytest.mark.django_db
ENDINGS = ("csv", "xlsx", "ttl", "geojson")


@pytest.fixture
def turin() -> Territory:
    return make_territory("turin")


def add(place: Territory, name: str, **values: Any) -> Organisation:
    [made] = organisations.add(
        by=None, territory=place, drafts=[organisations.Draft({"name": name, **values}, sources=("https://example.org/list",))]
    )
    return made


def content(client: Client, ending: str, query: str = "") -> str:
    """Everything a file says, as one text."""
    answer = client.get(f"/territories/turin/organisations.{ending}{query}")
    assert answer.status_code == 200
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined] # either kind of response
    if ending == "xlsx":
        book = load_workbook(io.BytesIO(data))
        return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    return data.decode("utf-8-sig")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_follows_the_filters(client: Client, turin: Territory, ending: str) -> None:
    add(turin, "Bread", kind="cooperative", lon=7.7, lat=45.1)
    add(turin, "Fund", kind="foundation", lon=7.71, lat=45.1)
    assert "Bread" in content(client, ending)
    assert "Fund" in content(client, ending)
    some = content(client, ending, "?kind=foundation&nonsense=1")
    assert "Fund" in some
    assert "Bread" not in some


@pytest.mark.parametrize("ending", ENDINGS)
def test_hidden_ones_and_places_of_blurred_ones_stay_out(client: Client, turin: Territory, ending: str) -> None:
    organisations.hide(by=None, organisation=add(turin, "Quiet Shelter", lon=7.7001, lat=45.1001))
    organisations.blur(by=None, organisation=add(turin, "House", lon=7.7002, lat=45.1002, address="Via Roma 1", district="Centro"))
    found = content(client, ending)
    for secret in ("Quiet", "7.7001", "7.7002", "45.1002", "Via Roma", "Centro"):
        assert secret not in found
    assert ("House" in found) == (ending != "geojson")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_names_the_terms_of_its_registers(client: Client, turin: Territory, ending: str) -> None:
    registers.published(turin)
    found = content(client, ending)
    assert "Chamber" in found
    assert "cc_by" in found


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_breaks_out_of_its_cell(client: Client, turin: Territory, ending: str) -> None:
    nasty = '=1+1" . <x> a <y> .\n\\'
    add(turin, nasty, activity="+cmd\x0b\x1f", website="https://example.org/a>b", lon=7.7, lat=45.1)
    found = content(client, ending)
    if ending == "ttl":
        assert '"=1+1\\" . <x> a <y> .' in found
        assert "a%3Eb" in found
        assert not any(line.startswith("<x>") for line in found.splitlines())
    elif ending != "geojson":
        assert "'=1+1" in found
        assert "'+cmd" in found


@pytest.mark.slow
def test_the_workbook_holds_numbers_and_a_sheet_of_terms(client: Client, turin: Territory) -> None:
    add(turin, "Bread", founded=1999, lon=7.7, lat=45.1)
    registers.published(turin)
    book = load_workbook(io.BytesIO(client.get("/territories/turin/organisations.xlsx").content))
    header, *rows = book["organisations"].iter_rows(values_only=True)
    bread = dict(zip(header, next(row for row in rows if row[1] == "Bread"), strict=True))
    assert (bread["founded"], bread["lon"], bread["sources"]) == (1999, 7.7, "https://example.org/list")
    assert list(book["licences"].iter_rows(values_only=True))[1][:2] == ("Chamber", "cc_by")


def test_a_list_too_long_for_a_workbook_leads_back_to_the_list(client: Client, turin: Territory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "MOST_CELLS", 30)
    add(turin, "A")
    assert client.get("/territories/turin/organisations.xlsx").status_code == 200
    add(turin, "B")
    answer = client.get("/territories/turin/organisations.xlsx", follow=True)
    assert "too long for a spreadsheet" in answer.content.decode()


def test_turtle_says_what_the_page_says(client: Client, turin: Territory) -> None:
    one = add(turin, "Bread", kind="wise", roles=["provider"], sdgs=[8], founded=1999, lon=7.7, lat=45.1, address="Via Po 2")
    found = content(client, "ttl")
    for said in (
        f"/territories/turin/organisations/{one.slug}/> a schema:Organization", "/vocabularies/types/#wise>", "/vocabularies/roles/#provider>",
        "/vocabularies/goals/#8>", '"1999"^^xsd:gYear', "schema:longitude 7.700000", '"Via Po 2"', "dct:source <https://example.org/list>",
    ):  # fmt: skip
        assert said in found, said


def test_points_of_a_filtered_list_name_their_page(client: Client, turin: Territory) -> None:
    add(turin, "Bread", kind="cooperative", lon=7.7, lat=45.1)
    [plain] = json.loads(content(client, "geojson"))["features"]
    [filtered] = json.loads(content(client, "geojson", "?kind=cooperative"))["features"]
    assert "url" not in plain["properties"]
    assert filtered["properties"]["url"] == "/territories/turin/organisations/bread/"


@pytest.mark.slow
@pytest.mark.parametrize(("ending", "questions"), [("csv", 4), ("xlsx", 6), ("ttl", 4), ("geojson", 4)])
@pytest.mark.parametrize("number", [2, 40])
def test_files_ask_the_same_number_of_questions_however_long(
    client: Client, turin: Territory, django_assert_num_queries: DjangoAssertNumQueries, ending: str, questions: int, number: int
) -> None:
    drafts = [organisations.Draft({"name": f"N{n}"}, sources=("https://example.org/list",)) for n in range(number)]
    organisations.add(by=None, territory=turin, drafts=drafts)
    with django_assert_num_queries(questions):
        content(client, ending)


def test_the_list_says_under_which_terms(client: Client, turin: Territory) -> None:
    registers.published(turin)
    page = client.get("/territories/turin/organisations/?kind=association").content.decode()
    assert "Chamber: Creative Commons Attribution (CC BY)." in page
    assert "organisations.ttl?kind=association" in page
    rows = list(csv.DictReader(io.StringIO(content(client, "csv"))))
    assert {row["licences"] for row in rows} == {"Chamber: cc_by"}
