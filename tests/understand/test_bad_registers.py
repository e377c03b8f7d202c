"""Bad files through the pages, from upload to comparison: each gets a sentence, the good rows go through, nothing is lost."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rrr.core import jobs
from rrr.places.models import Territory
from rrr.understand.models import Organisation, RegisterImport
from tests.factories import people
from tests.factories.places import territory as make_territory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
HEAD = "id;name;city;lon;lat;founded\n"
TWO = "1;Società Él Ñandú;Torino;7,68;45,07;2001\n2;Coop Due;Torino;7,69;45,06;1999\n"
PAYLOAD = '<script>alert(1)</script>"><img src=x onerror=alert(1)>{{7*7}}'


@dataclass(frozen=True)
class Case:
    name: str
    content: bytes
    sentence: str  # on the page after upload
    names: tuple[str, ...] = ()  # of the accepted rows; none: the file cannot be read
    rejected: tuple[int, ...] = ()  # lines


def features(*points: tuple[Any, Any], **more: Any) -> bytes:
    made = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": at}, "properties": {"name": f"Coop {n}"}}
        for n, at in enumerate(points)
    ]
    return json.dumps({"type": "FeatureCollection", "features": made, **more}).encode()


def bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (64 * 2**20))
    return kept.getvalue()


def formulas() -> bytes:
    import openpyxl

    book, kept = openpyxl.Workbook(), io.BytesIO()
    for row in (["name", "city", "founded"], ["Coop Uno", "Torino", "=1999+1"], ['=HYPERLINK("http://x")', "Torino", 3]):
        book.active.append(row)
    book.save(kept)
    return kept.getvalue()


BOTH = ("Società Él Ñandú", "Coop Due")
MERCATOR = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}}
CASES = (
    Case("marked-empty.csv", b"\xef\xbb\xbf", "The file is empty."),
    Case("spaces.csv", b"  \n \n", "The file is empty."),
    Case("utf16.csv", (HEAD + TWO).encode("utf-16"), "letters in utf-16-le", BOTH),
    Case("latin1.csv", (HEAD + TWO).encode("latin-1"), "The encoding is a guess: cp1252.", BOTH),
    Case("cp1250.csv", (HEAD + "1;Łódź;Torino;7,6;45,0;2001\n").encode("cp1250"), "The encoding is a guess: cp1250.", ("Łódź",)),
    Case("comma.csv", (HEAD + TWO).encode(), "Numbers are written with a decimal comma and read so.", BOTH),
    Case(
        "quote.csv",
        (HEAD + '0;"Coop Zero;Torino;7,6;45,0;1\n' + TWO).encode(),
        "The first, in line 2: A quotation mark is opened",
        BOTH,
        (2,),
    ),
    Case("short.csv", b"id,name,city\n1,Coop,Torino\n2,Half\n", "The first, in line 3: It has 2 cells; the header has 3.", ("Coop",), (3,)),
    Case("line.csv", b"name;city\n" + b"x" * (50 * 2**20) + b"\nGood;Torino\n", "It is longer than 1048576 characters.", ("Good",), (2,)),
    Case("twice.csv", b"name,name,city\nA Coop,B,Torino\n", "Two columns are called “name”; the second is now “name (2)”.", ("A Coop",)),
    Case("formulas.xlsx", formulas(), "2 cells hold formulas without a result; they were read as empty.", ("Coop Uno",), (3,)),
    Case("bomb.xlsx", bomb(), "Unpacked, the file would be 64 MB"),
    Case("swapped.geojson", features((45.07, 7.68), (45.06, 7.69)), "Longitude and latitude were swapped", ("Coop 0", "Coop 1")),
    Case("grid.geojson", features((854932, 5633000), **MERCATOR), "Coordinates were converted from WGS 84 / Pseudo-Mercator", ("Coop 0",)),
    Case("metres.geojson", features((394932, 4993000)), "The coordinates are not degrees (one is 4993000)."),
    Case("half.geojson", features((7.68, 45.07)).replace(b"Coop 0", b"Coop \\ud800 half"), "GeoJSON with 1 row", ("Coop ? half",)),
    Case("years.csv", b"name,founded\nA Co,31/12/1999\nB Co,1999-12-31\nC Co,31.12.99\n", "CSV with 3 rows", ("A Co", "B Co", "C Co")),
    Case(
        "away.csv", b"name,lon,lat\nA Coop,151.2,-33.8\nB Coop,200,95\nC Coop,7.68,45.07\n", "CSV with 3 rows", ("A Coop", "C Coop"), (3,)
    ),
    Case("page.csv", b"<!doctype html><html><body>x</body></html>", "a file of the kind “html”"),
    Case("deep.geojson", b'{"type":"FeatureCollection","features":' + b"[" * 100_000, "The file stops being JSON in line 1."),
)


@pytest.fixture
def turin() -> Territory:
    return make_territory("turin")


@pytest.fixture
def coordinator(client: Client, turin: Territory) -> Client:
    client.force_login(people.user(role="coordinator", territory=turin))
    return client


def said(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def send(client: Client, name: str, content: bytes) -> Any:
    given = {"name": "Chamber", "licence": "cc_by", "file_date": "2026-11-01", "file": SimpleUploadedFile(name, content)}
    return client.post("/territories/turin/imports/new/", given, follow=True)


def work(one: RegisterImport) -> None:
    """What the worker does with the job of the import."""
    one.refresh_from_db()
    assert one.job is not None
    jobs.run(one.job.pk)
    one.refresh_from_db()
    assert (one.job.state, one.job.error) == ("done", "")


def test_an_empty_file_is_refused_at_the_form(coordinator: Client) -> None:
    assert "The file is empty. Choose the file again." in said(send(coordinator, "empty.csv", b""))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_file(coordinator: Client, case: Case) -> None:
    page = said(send(coordinator, case.name, case.content))
    assert case.sentence in page
    one = RegisterImport.objects.get()
    assert one.file.path.read_bytes() == case.content  # whatever it is, it is kept
    if not case.names:
        assert "The file is kept. Correct below how it is read, or upload another." in page
        return
    here = f"/territories/turin/imports/{one.pk}/"
    chosen = {f"column-{n}": one.mapping[column["name"]] for n, column in enumerate(one.inspection["columns"])}
    if "name" not in chosen.values():
        chosen["column-0"] = "name"
    coordinator.post(f"{here}columns/", chosen)
    work(one)
    assert tuple(one.records.values_list("name", flat=True)) == case.names
    assert tuple(one.rejected.values_list("line", flat=True)) == case.rejected
    if case.rejected:
        assert said(coordinator.get(f"{here}rejected/"))
    coordinator.post(f"{here}scope/", {"scope": "all"})
    work(one)
    assert f"and {len(case.rejected)} rows refused" in said(coordinator.get(here))


def test_dates_in_three_formats_are_one_year(coordinator: Client) -> None:
    send(coordinator, "years.csv", b"name,founded\nA Co,31/12/1999\nB Co,1999-12-31\nC Co,31.12.1999\nD Co,soon\n")
    one = RegisterImport.objects.get()
    coordinator.post(f"/territories/turin/imports/{one.pk}/columns/", {"column-0": "name", "column-1": "founded"})
    work(one)
    assert [record.values.get("founded") for record in one.records.all()] == [1999, 1999, 1999, None]
    assert [len(record.problems) for record in one.records.all()] == [0, 0, 0, 1]


def test_markup_and_formulas_of_a_file_are_text_everywhere(coordinator: Client) -> None:
    cells = ",".join(['"' + PAYLOAD.replace('"', '""') + '"'] * 4)
    send(coordinator, "h.csv", f"name,activity,address,legal_form\n{cells}\n=1+1,@SUM(1),-2,+cmd\n".encode())
    one = RegisterImport.objects.get()
    here = f"/territories/turin/imports/{one.pk}/"
    coordinator.post(f"{here}columns/", {"column-0": "name", "column-1": "activity", "column-2": "address", "column-3": "legal_form"})
    work(one)
    coordinator.post(f"{here}scope/", {"scope": "all"})
    work(one)
    coordinator.post(f"{here}publish/")
    slugs = list(Organisation.objects.values_list("slug", flat=True))
    assert len(slugs) == 2
    pages = [here, f"{here}records/?group=new", "/territories/turin/organisations/", "/territories/turin/", "/search/?q=alert"]
    for page in [*pages, *(f"/territories/turin/organisations/{slug}/" for slug in slugs)]:
        text = coordinator.get(page).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "49" not in re.findall(r"onerror=alert\(1\)&gt;(.{0,4})", text)
    exported = coordinator.get("/territories/turin/organisations.csv").content.decode()
    assert not re.search(r'(?m)(^|,)"?(?:[=+@]|-(?!\d))', exported)  # a number may be negative
