"""Rows into our fields: what is known is kept, what cannot be read is told, and little is refused."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from rrr.connectors import convert
from rrr.records.register import FIELDS, Draft, FileFault, NoteCode, RawRow, Reason, Rejected


def converted(given_: dict[str, Any] | None = None, /, **values: str) -> Draft | Rejected:
    return convert(RawRow(7, {"name": "La Rosa", **values}), {field: field for field in FIELDS if field}, **(given_ or {}))


def draft(given_: dict[str, Any] | None = None, /, **values: str) -> Draft:
    found = converted(given_, **values)
    assert isinstance(found, Draft)
    return found


def test_a_whole_row() -> None:
    found = draft(street=" Via  Po ", city="Torino", founded="1.3.1998", website="WWW.Rosa.IT/", lat="45.07", lon="7.68", country="Italia")
    assert found == Draft(
        7,
        {"name": "La Rosa", "street": "Via Po", "city": "Torino", "founded": 1998, "website": "https://www.rosa.it", "country": "IT"}
        | {"lon": 7.68, "lat": 45.07},
    )


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2019-03-01", 2019), ("01/03/2019", 2019), ("1.3.2019", 2019), ("31/12/1899", 1899), ("12/31/1999", 1999), ("2019", 2019), ("03/2019", 2019),
        ("2019-03", 2019), ("20190301", 2019), ("43525", 2019), ("43525.5", 2019), ("2019.0", 2019), ("2019-03-01T10:00:00Z", 2019),
        ("1 mars 2019", 2019), ("c. 1890", 1890), ("1505836684470", 2017), ("1505836684", 2017),
    ],
)  # fmt: skip
def test_years_of_dates(text: str, year: int) -> None:
    assert draft(founded=text).values["founded"] == year


@pytest.mark.parametrize("text", ["31/02/2019", "01/03/19", "soon", "0000-00-00", "2019-13-45", "1998-2003", "99999999"])
def test_dates_no_calendar_has_are_left_out_and_told(text: str) -> None:
    found = draft(founded=text)
    assert "founded" not in found.values
    assert [note.code for note in found.problems] in ([NoteCode.BAD_DATE], [NoteCode.BAD_YEAR])
    assert found.problems[0].facts == {"field": "founded", "value": text}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("rosa.it", "https://rosa.it"), ("http://rosa.it", "http://rosa.it"), ("https://rosa.it/a?b=c#d", "https://rosa.it/a?b=c#d"),
        ("www.rosa.it; www.altro.it", "https://www.rosa.it"), ("Sito: www.rosa.it", "https://www.rosa.it"), ("//rosa.it/x", "https://rosa.it/x"),
        ("http:/rosa.it", "https://rosa.it"), ("https://espaço.pt", "https://espaço.pt"), ("<a href='x'>rosa.it</a>", ""), ("javascript:alert(1)", ""),
        ("https://me:secret@rosa.it", ""), ("update6", ""), ("#", ""), ("info@rosa.it", ""), ("http://127.0.0.1/x", ""), ("http://localhost", ""),
        ("https://rosa.it:8443/x", "https://rosa.it:8443/x"), ("https://rosa.it\u202e/x", "https://rosa.it/x"),
    ],
)  # fmt: skip
def test_websites(text: str, address: str) -> None:
    found = draft(website=text, city="Vic")
    if address or text.startswith("<"):
        assert found.values.get("website", "").startswith(address)
    else:
        assert "website" not in found.values
        assert [note.code for note in found.problems] == [NoteCode.BAD_WEBSITE]


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("45.0703", "7.6869"), ("45,0703", "7,6869"), ("45,0703 ", "+7,6869"), ("45° 4' 13.08\" N", "7°41'12.84\"E"), ("N 45,0703", "7.6869 E"),
        ("45°4.218'N", "7°41.214'E"),
    ],
)  # fmt: skip
def test_coordinates_as_people_write_them(lat: str, lon: str) -> None:
    values = draft(lat=lat, lon=lon).values
    assert math.dist((values["lon"], values["lat"]), (7.6869, 45.0703)) < 1e-6


@pytest.mark.parametrize(
    "text",
    [
        "45.0703, 7.6869", "45.0703,7.6869", "45,0703; 7,6869", "45.0703 7.6869", "(45.0703, 7.6869)", "[45.0703, 7.6869]", "POINT (7.6869 45.0703)",
        "SRID=4326;POINT(7.6869 45.0703)", "45,0703,7,6869", "45,0703, 7,6869",
    ],
)  # fmt: skip
def test_one_column_for_both(text: str) -> None:
    values = draft(lonlat=text).values
    assert (values["lon"], values["lat"]) == (7.6869, 45.0703)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"lon": "7.6"}, "half_place"), ({"lat": "45.1"}, "half_place"), ({"lon": "east", "lat": "45"}, "bad_number"), ({"lonlat": "somewhere"}, "bad_number"),
        ({"lon": "200", "lat": "45"}, "outside_world"), ({"lon": "45", "lat": "122"}, "swapped_axes"), ({"lon": "504321.5", "lat": "4789012"}, "not_degrees"),
        ({"lon": "0", "lat": "0"}, "outside_world"), ({"lon": "inf", "lat": "1"}, "bad_number"), ({"lon": "1e999", "lat": "1"}, "bad_number"),
    ],
)  # fmt: skip
def test_a_bad_place_is_left_out_and_refuses_only_a_row_that_says_nothing_else(values: dict[str, str], code: str) -> None:
    kept = draft(city="Torino", **values)
    assert [note.code for note in kept.problems] == [NoteCode(code)]
    assert "lon" not in kept.values
    refused = converted(**values)
    assert isinstance(refused, Rejected)
    assert refused.reason == Reason(code)
    assert refused.text.startswith("La Rosa")


def test_metres_of_a_grid() -> None:
    x, y = Transformer.from_crs("EPSG:4326", "EPSG:32632", always_xy=True).transform(7.68, 45.07)
    values = draft({"crs": "EPSG:32632"}, lon=f"{x:.3f}".replace(".", ","), lat=f"{y:.3f}").values
    assert math.dist((values["lon"], values["lat"]), (7.68, 45.07)) < 1e-7
    assert draft({"crs": "EPSG:32632"}, lon="7.68", lat="45.07").values["lon"] == 7.68
    with pytest.raises(FileFault, match="unknown_crs"):
        converted({"crs": "moon"}, lon="1000", lat="2000")


def test_a_row_without_a_name_is_refused() -> None:
    for name in ("", "  ", "-", "N/A", "\u200b"):
        found = convert(RawRow(3, {"name": name, "city": "Vic"}), {"name": "name", "city": "city"})
        assert isinstance(found, Rejected)
        assert found.reason == Reason.NO_NAME


def test_a_refused_row_shows_no_column_that_is_left_out() -> None:
    found = convert(RawRow(2, {"name": "", "city": "Vic", "president": "M. R."}), {"name": "name", "city": "city", "president": ""})
    assert isinstance(found, Rejected)
    assert found.text == "Vic"


def test_texts_are_cleaned_but_not_interpreted() -> None:
    found = draft(city="To\x00ri\x1bno\ud800", activity="<script>alert(1)</script>", district="Cafe\u0301", key="=1+1", address="a\u202eb")
    assert found.values["city"] == "To ri no"
    assert found.values["activity"] == "<script>alert(1)</script>"
    assert found.values["district"] == "Café"
    assert found.values["key"] == "=1+1"
    assert found.values["address"] == "ab"


def test_long_texts_are_cut_and_told() -> None:
    found = draft(city="x" * 1000)
    assert len(found.values["city"]) == 300
    assert found.problems[0].facts == {"field": "city", "limit": 300}


def test_several_columns_for_one_field() -> None:
    row = RawRow(2, {"n": "A", "via": "Via Po", "civico": "12", "w1": "none.", "w2": "rosa.it", "a": "bread", "b": "bread", "c": "beer"})
    mapping = {
        "n": "name",
        "via": "street",
        "civico": "street",
        "w1": "website",
        "w2": "website",
        "a": "activity",
        "b": "activity",
        "c": "activity",
    }
    found = convert(row, mapping)
    assert isinstance(found, Draft)
    assert found.values == {"name": "A", "street": "Via Po 12", "website": "https://rosa.it", "activity": "bread; beer"}
    assert found.problems == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [("it", "IT"), ("ITA", "IT"), ("Polska", "PL"), ("Országország", ""), ("Pays-Bas", "NL"), ("대한민국", "KR"), ("UK", "GB")],
)
def test_countries(text: str, code: str) -> None:
    assert draft(country=text).values.get("country", "") == code
    assert draft({"country": "pt"}, city="x").values["country"] == "PT"


def test_a_column_about_a_person_has_no_field() -> None:
    assert "person" not in FIELDS
    with pytest.raises(ValueError, match="no field"):
        convert(RawRow(2, {"a": "b"}), {"a": "person"})


@given(st.dictionaries(st.sampled_from([field for field in FIELDS if field]), st.text(max_size=60)))
def test_no_text_breaks_it(values: dict[str, str]) -> None:
    found = convert(RawRow(2, values), {field: field for field in values})
    if isinstance(found, Draft):
        assert found.values["name"]
        assert ("lon" in found.values) == ("lat" in found.values)
        assert -180 <= found.values.get("lon", 0) <= 180
        assert all("\0" not in str(value) and "\n" not in str(value) for value in found.values.values())
        str(found.values).encode("utf-8")


@given(st.floats(-180, 180).filter(lambda x: abs(x) > 1e-3), st.floats(-90, 90).filter(lambda x: abs(x) > 1e-3), st.booleans())
def test_every_place_in_the_world_comes_back(lon: float, lat: float, comma: bool) -> None:
    texts = [f"{value:.6f}".replace(".", "," if comma else ".") for value in (lon, lat)]
    values = draft({"decimal_comma": comma}, lon=texts[0], lat=texts[1]).values
    assert math.isclose(values["lon"], lon, abs_tol=1e-6)
    assert math.isclose(values["lat"], lat, abs_tol=1e-6)
