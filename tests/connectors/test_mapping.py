"""Names of columns in ten languages, and columns about persons left out."""

from __future__ import annotations

import pytest

from rrr.connectors import guess_mapping
from rrr.records.register import FIELDS, Column, NoteCode
from rrr.text.headers import PERSON, meaning
from tests.connectors.reading import whole, written

HEADERS = {
    "en": "Organisation name | Legal form | Address | Post code | Town | Latitude | Longitude | Website | Date of registration | Charity number",
    "fr": "Dénomination | Forme juridique | Adresse | Code postal | Commune | lat | lng | Site internet | Date de création | SIRET",
    "es": "Razón social | Forma jurídica | Dirección | C.P. | Municipio | Latitud | Longitud | Página web | Fecha de constitución | Nº registro",
    "pt": "Nome | Natureza jurídica | Morada | Código Postal | Concelho | Latitude | Longitude | Sítio web | Data de constituição | Número de registo",
    "it": "Denominazione sociale | Natura giuridica | Indirizzo | CAP | Comune | lat | long | Sito Web | Data costituzione | N. iscrizione",
    "nl": "Naam | Rechtsvorm | Adres | Postcode | Gemeente | Breedtegraad | Lengtegraad | Website | Oprichtingsdatum | KvK-nummer",
    "pl": "Nazwa podmiotu | Forma prawna | Adres | Kod pocztowy | Miejscowość | Szerokość geogr. | Długość geogr. | Strona www | Data wpisu | Numer KRS",
    "ca": "Nom de l'entitat | Forma jurídica | Adreça | Codi postal | Municipi | Latitud | Longitud | Lloc web | Data de constitució | Número de registre",
    "eu": "Izena | Lege forma | Helbidea | Posta kodea | Udalerria | lat | lon | Webgunea | Sorrera data | Erregistro zenbakia",
    "de": "Bezeichnung | Rechtsform | Anschrift | PLZ | Ort | Breitengrad | Längengrad | Webseite | Gründungsdatum | Registernummer",
}
WANTED = ("name", "legal_form", "address", "postcode", "city", "lat", "lon", "website", "founded", "register_id")


@pytest.mark.parametrize("language", HEADERS)
def test_headers_of_ten_languages(language: str) -> None:
    names = HEADERS[language].split(" | ")
    found = guess_mapping([Column(name, filled=1) for name in names])
    assert [found[name] for name in names] == list(WANTED)


@pytest.mark.parametrize(
    "name",
    [
        "Contact person", "contactPerson", "President", "Presidente", "Director's e-mail", "Nom du président", "Email responsable", "Date of birth",
        "Data di nascita", "Fecha de nacimiento", "Nationality", "Legale rappresentante", "Rappresentante legale", "Telefono del presidente", "Prezes zarządu",
        "Imię i nazwisko", "Bestuurder", "Geboortedatum", "Representante legal", "DNI", "Sexo", "Mobile phone", "First name", "Lehendakaria", "Vorname",
    ],
)  # fmt: skip
def test_columns_about_persons_are_left_out(name: str) -> None:
    assert meaning(name).field == PERSON
    assert guess_mapping([Column("name", ("A",), 1), Column(name, ("Mario Rossi", "Ana Gil"), 2)])[name] == ""


def test_persons_are_told(tmp_path) -> None:  # type: ignore[no-untyped-def]
    found = whole(written(tmp_path, "nome,presidente,email,email presidente\nLa Rosa,M. Rossi,info@rosa.it,mr@x.it\n"))
    assert found.guesses == {"nome": "name", "presidente": "", "email": "email", "email presidente": ""}
    assert [column.samples for column in found.inspection.columns] == [("La Rosa",), (), ("info@rosa.it",), ()]
    assert [note.facts["name"] for note in found.inspection.notes if note.code == NoteCode.PERSON_COLUMN] == [
        "presidente",
        "email presidente",
    ]


def test_values_confirm_or_refute_a_name() -> None:
    columns = [
        Column("x", ("north side", "south"), 2),
        Column("name", ("La Rosa", "El Sol"), 2),
        Column("id", ("7", "8"), 9, distinct=False),
        Column("link", ("see below", "none yet"), 2),
        Column("where", ("45.07, 7.68", "45.1, 7.7"), 2),
    ]
    assert guess_mapping(columns) == {"x": "", "name": "name", "id": "", "link": "", "where": "lonlat"}


def test_a_column_with_both_under_the_name_of_one() -> None:
    assert guess_mapping([Column("name", ("A b",), 1), Column("latitude", ("45.07,7.68", "45.1,7.7"), 2)])["latitude"] == "lonlat"


def test_unknown_names_are_guessed_from_content() -> None:
    columns = [
        Column("c1", ("1", "2"), 2),
        Column("c2", ("Cooperativa La Rosa", "El Sol"), 2),
        Column("c3", ("https://a.it", "www.b.it"), 2),
    ]
    assert guess_mapping(columns) == {"c1": "", "c2": "name", "c3": "website"}


def test_half_a_place_is_not_mapped() -> None:
    assert guess_mapping([Column("name", ("A b",), 1), Column("lat", ("45.1",), 1)])["lat"] == ""


def test_every_field_can_be_named() -> None:
    listed = {meaning(name).field for names in HEADERS.values() for name in names.split(" | ")}
    assert listed <= set(FIELDS) | {PERSON}


def test_swapped_columns_of_a_table_are_exchanged(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = written(tmp_path, "name,lat,lon\nA,-122.4,37.7\nB,-122.3,37.8\n")
    found = whole(path)
    assert (found.guesses["lat"], found.guesses["lon"]) == ("lon", "lat")
    assert NoteCode.AXES_SWAPPED in found.codes
    near = whole(written(tmp_path, "name,x,y\nA,45.07,7.6\nB,45.1,7.7\n"), near=(7.0, 44.9, 7.9, 45.3))
    assert (near.guesses["x"], near.guesses["y"]) == ("lat", "lon")


def test_columns_in_metres_are_told(tmp_path) -> None:  # type: ignore[no-untyped-def]
    found = whole(written(tmp_path, "nombre,x,y\nA,504321.5,4789012\nB,504322,4789013\n"))
    assert found.note(NoteCode.PROJECTED).facts == {"value": "4789013"}
