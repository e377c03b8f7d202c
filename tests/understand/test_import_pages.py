"""The pages of an import as a coordinator, an analyst and an attacker see them."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rrr.places.models import Territory
from rrr.understand.actions import imports, organisations
from rrr.understand.models import Organisation, RegisterImport
from rrr.understand.queries import imports as queries
from tests.factories import people, registers
from tests.factories.places import territory as make_territory

pytestmark = pytest.mark.django_db
PAYLOAD = "<script>alert(1)</script>"


@pytest.fixture
def turin() -> Territory:
    return make_territory("turin")


@pytest.fixture
def coordinator(client: Client, turin: Territory) -> Client:
    client.force_login(people.user(role="coordinator", territory=turin))
    return client


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def send(client: Client, content: str, **fields: Any) -> Any:
    file = SimpleUploadedFile("register.csv", content.encode())
    given = {"name": "Chamber", "licence": "cc_by", "file_date": "2026-11-01", "file": file, **fields}
    return client.post("/territories/turin/imports/new/", given)


def test_an_upload_shows_what_was_recognised(coordinator: Client, turin: Territory) -> None:
    answer = send(coordinator, registers.THREE.replace(",", ";"))
    one = RegisterImport.objects.get()
    assert answer["Location"] == f"/territories/turin/imports/{one.pk}/"
    page = text(coordinator, answer["Location"])
    assert "CSV with 3 rows" in page
    assert "columns parted by Semicolon" in page
    assert (one.file_date, one.source.licence) == (date(2026, 11, 1), "cc_by")


@pytest.mark.parametrize(
    ("content", "fields", "sentence"),
    [
        ("", {}, "The file is empty."),
        (registers.THREE, {"name": ""}, "Say what the register is called"),
        (registers.THREE, {"licence": "other"}, "Say which licence it is."),
        (registers.THREE, {"file_date": "soon"}, "Enter a valid date."),
    ],
    ids=["empty", "no name", "other licence", "no date"],
)
def test_a_wrong_upload_gets_a_sentence(coordinator: Client, turin: Territory, content: str, fields: dict[str, str], sentence: str) -> None:
    assert sentence in send(coordinator, content, **fields).content.decode()
    assert not RegisterImport.objects.exists()


def test_a_file_that_is_no_table_is_kept_and_explained(coordinator: Client, turin: Territory) -> None:
    answer = send(coordinator, "%PDF-1.4\n%âãÏÓ\n1 0 obj\n")
    page = text(coordinator, answer["Location"])
    assert "The file cannot be read" in page
    assert "Save it as CSV, XLSX or GeoJSON" in page
    assert RegisterImport.objects.get().file.path.exists()


def test_a_form_without_a_name_column_says_so_and_asks_no_work(coordinator: Client, turin: Territory) -> None:
    one = registers.upload(turin)
    page = coordinator.post(f"/territories/turin/imports/{one.pk}/columns/", {"column-0": "key"}).content.decode()
    assert "Choose the column that holds the name" in page
    one.refresh_from_db()
    assert one.job is None


def test_two_columns_cannot_be_one_field(coordinator: Client, turin: Territory) -> None:
    one = registers.upload(turin)
    page = coordinator.post(f"/territories/turin/imports/{one.pk}/columns/", {"column-0": "name", "column-1": "name"}).content.decode()
    assert "Leave one of the two out." in page


def test_columns_and_scope_ask_for_work(coordinator: Client, turin: Territory) -> None:
    one = registers.upload(turin)
    given = {f"column-{n}": registers.MAPPING[column["name"]] for n, column in enumerate(one.inspection["columns"])}
    coordinator.post(f"/territories/turin/imports/{one.pk}/columns/", given)
    one.refresh_from_db()
    assert one.job is not None
    assert one.job.kind == "understand.read_register"
    imports.read(by=None, register_import=one)
    RegisterImport.objects.update(job=None)
    page = text(coordinator, f"/territories/turin/imports/{one.pk}/")
    assert "Only records whose place lies inside the territory: 2" in page
    assert "All records of the file: 3" in page
    coordinator.post(f"/territories/turin/imports/{one.pk}/scope/", {"scope": "all", "kind-0": "association", "kind-1": "cooperative"})
    one.refresh_from_db()
    assert (one.scope, one.kinds, one.job and one.job.kind) == (
        "all",
        {"associazione": "association", "cooperativa": "cooperative"},
        "understand.compare_register",
    )


def test_publish_and_undo_through_the_pages(coordinator: Client, turin: Territory) -> None:
    one = registers.compared(turin)
    base = f"/territories/turin/imports/{one.pk}/"
    assert "2 records are ready." in text(coordinator, base)
    coordinator.post(f"{base}publish/")
    sole = Organisation.objects.get(name="Cooperativa Sole")
    page = text(coordinator, f"/territories/turin/organisations/{sole.slug}/")
    assert "Chamber" in page
    assert "line 2" in page
    assert "Cooperativa Sole" in text(coordinator, f"/territories/turin/organisations/?source={one.source_id}")
    coordinator.post(f"{base}undo/")
    assert not Organisation.objects.exists()
    assert "Undone" in text(coordinator, "/territories/turin/imports/")


def test_an_analyst_prepares_and_does_not_publish(client: Client, turin: Territory) -> None:
    one = registers.compared(turin)
    client.force_login(people.user(role="analyst", territory=turin))
    assert "A coordinator publishes it." in text(client, f"/territories/turin/imports/{one.pk}/")
    assert client.post(f"/territories/turin/imports/{one.pk}/publish/").status_code == 403
    assert not Organisation.objects.exists()


def test_an_import_is_reached_through_its_own_territory_only(coordinator: Client, turin: Territory) -> None:
    bilbao = make_territory("bilbao")
    theirs = registers.compared(bilbao)
    record = theirs.records.first()
    assert record is not None
    for path in (f"{theirs.pk}/", f"{theirs.pk}/records/", f"{theirs.pk}/records/{record.pk}/", f"{theirs.pk}/rejected.csv"):
        assert coordinator.get(f"/territories/turin/imports/{path}").status_code == 404
        assert coordinator.get(f"/territories/bilbao/imports/{path}").status_code == 403


@pytest.mark.slow
def test_the_review_shows_both_sides_and_takes_a_decision(coordinator: Client, turin: Territory) -> None:
    [sole] = organisations.add(
        by=None,
        territory=turin,
        drafts=[organisations.Draft({"name": "Cooperativa Sole", "address": "Via Roma 1, Torino", "lon": 7.68, "lat": 45.07})],
    )
    one = registers.compared(turin, registers.HEADER + "9,Cooperativa Sole,cooperativa,Corso Francia 99,Torino,7.62,45.08,\n")
    answer = coordinator.get(f"/territories/turin/imports/{one.pk}/review/")
    page = text(coordinator, answer["Location"])
    assert "Are these the same organisation?" in page
    assert "<mark>Corso Francia 99" in page
    assert "perhaps a branch, or it moved" in page
    coordinator.post(answer["Location"], {"verdict": "same", "organisation": sole.pk})
    assert [record.organisation for record in queries.records(one, "same")] == [sole]
    coordinator.post(f"/territories/turin/imports/{one.pk}/publish/")
    page = text(coordinator, f"/territories/turin/organisations/{sole.slug}/")
    assert "Where a register says something else" in page
    row = sole.register_records.get()
    coordinator.post(f"/territories/turin/organisations/{sole.slug}/take/", {"record": row.pk, "field": "address"})
    sole.refresh_from_db()
    assert sole.address == "Corso Francia 99, Torino"


@pytest.mark.slow
def test_texts_of_a_file_are_text_never_markup(coordinator: Client, turin: Territory) -> None:
    head = "id,name,type,legal form,activity,street,city,district,lon,lat,website,founded\n"
    cells = ",".join([PAYLOAD] * 7)
    content = head + f"1,{cells},7.68,45.07,https://a.example.org/{PAYLOAD},{PAYLOAD}\n2,,{cells},,,,\n"
    mapping = {
        "id": "key", "name": "name", "type": "kind", "legal form": "legal_form", "activity": "activity", "street": "street", "city": "city",
        "district": "district", "lon": "lon", "lat": "lat", "website": "website", "founded": "founded",
    }  # fmt: skip
    one = registers.compared(turin, content, mapping=mapping, register=PAYLOAD, file_name=f"{PAYLOAD}.csv")
    record = one.records.get()
    imports.publish(by=None, register_import=one)
    slug = Organisation.objects.get().slug
    base = f"/territories/turin/imports/{one.pk}/"
    own = [base, *(f"{base}{path}/" for path in ("columns", "scope", "records", f"records/{record.pk}", "rejected"))]
    for path in (*own, *(f"/territories/turin/{path}" for path in ("imports/", "imports/new/", f"organisations/{slug}/", ""))):
        assert PAYLOAD not in text(coordinator, path), path


def test_refused_rows_are_downloaded_without_formulas(coordinator: Client, turin: Territory) -> None:
    one = registers.compared(turin, registers.THREE + '5,,"=HYPERLINK(""x"")",,,,,\n')
    answer = coordinator.get(f"/territories/turin/imports/{one.pk}/rejected.csv")
    assert isinstance(answer.streaming_content, object)
    body = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type] # the test client answers synchronously
    rows = list(csv.reader(io.StringIO(body)))
    assert rows[0] == ["Line", "Reason", "Original text"]
    assert rows[1][:2] == ["5", "It has no name."]
    assert not rows[1][2].startswith(("=", "+", "-", "@"))


@pytest.mark.slow
@pytest.mark.parametrize("number", [3, 60])
def test_lists_ask_the_same_number_of_questions_however_long(
    coordinator: Client, turin: Territory, django_assert_max_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    rows = "".join(f"{n},Organisation {n},associazione,Via Po {n},Torino,7.6{n},45.0{n},\n" for n in range(number))
    one = registers.published(turin, registers.HEADER + rows)
    for _again in range(number // 3):
        registers.upload(turin, by=None)
    paths = {"imports/": 13, f"imports/{one.pk}/": 14, f"imports/{one.pk}/records/?group=new": 12, f"imports/{one.pk}/rejected/": 12}
    for path, most in paths.items():
        with django_assert_max_num_queries(most):
            text(coordinator, f"/territories/turin/{path}")


@pytest.mark.slow
def test_a_territory_of_many_organisations_shows_the_first_and_says_how_many_more(client: Client, turin: Territory) -> None:
    many = [organisations.Draft({"name": f"Organisation {n:04}", "lon": 7.6 + n / 10_000, "lat": 45.0}) for n in range(2500)]
    organisations.add(by=None, territory=turin, drafts=many)
    page = text(client, "/territories/turin/")
    assert page.count('<li id="o') == 200
    assert "2,300 more are only in the list." in page
    points = client.get("/territories/turin/organisations.geojson").json()["features"]
    assert len(points) == 2500
    assert "url" not in points[199]["properties"]
    assert points[200]["properties"]["url"] == "/territories/turin/organisations/organisation-0200/"


def test_a_territory_without_organisations_leads_its_team_to_the_import(coordinator: Client, turin: Territory) -> None:
    assert "/territories/turin/imports/new/" in text(coordinator, "/territories/turin/")
    coordinator.logout()
    assert "/territories/turin/imports/new/" not in text(coordinator, "/territories/turin/")


def test_the_status_of_an_organisation_is_the_true_one(client: Client, turin: Territory) -> None:
    registers.published(turin)
    sole = Organisation.objects.get(name="Cooperativa Sole")
    organisations.confirm(by=None, organisation=sole, year=2026)
    page = text(client, f"/territories/turin/organisations/{sole.slug}/")
    assert "Confirmed: The territory" in page
    assert "Not verified" not in page
