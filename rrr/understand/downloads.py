"""Organisations as files: rows for CSV and XLSX, a workbook, and Turtle. Places are read through `Organisation.place`, which says nothing
of a blurred one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile

from django.conf import settings
from django.urls import reverse

from rrr.core import turtle
from rrr.core.tables import safe_cell
from rrr.understand import skos
from rrr.understand.models import ImportSource, Organisation
from rrr.understand.queries import downloads as queries

COLUMNS = (
    "slug", "name", "kind", "legal_form", "roles", "activity", "sdgs", "website", "founded", "closed", "lon", "lat",
    "precision", "address", "district", "confidence", "last_seen", "status", "offers", "needs",
)  # fmt: skip
PLACE = ("lon", "lat", "precision", "address", "district")
MOST_CELLS = 2_000_000  # of a workbook: 100,000 organisations
HEADER = [*COLUMNS, "sources", "licences"]
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # characters XML has no place for
PREFIXES = {
    "schema": "https://schema.org/",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def row(one: Organisation) -> list[str]:
    sources = " ".join(map(queries.where, one.shown_sources))
    return [safe_cell(cell) for cell in (*(_cell(one, name) for name in COLUMNS), sources, "; ".join(queries.rights(one)))]


def _cell(one: Organisation, name: str) -> str:
    value = getattr(one.place, name, None) if name in PLACE else getattr(one, name)
    return ";".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def workbook(found: Iterable[Organisation], registers: Iterable[ImportSource]) -> bytes:
    """XLSX with the list on one sheet and the terms of its registers on the other. Every cell is text or a plain number."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("organisations")
    sheet.append(HEADER)
    for one in found:
        sheet.append([_number(cell, name) for cell, name in zip(row(one), HEADER, strict=True)])
    terms = book.create_sheet("licences")
    terms.append(["register", "licence", "in_its_own_words", "address"])
    for source in registers:
        cells = (source.name, source.licence or "unknown", source.licence_words, source.url)
        terms.append([_REFUSED.sub("", safe_cell(cell)) for cell in cells])
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        return file.read()


def _number(cell: str, name: str) -> str | float | None:
    if name in ("lon", "lat", "founded", "closed", "last_seen") and cell:
        return float(cell) if name in ("lon", "lat") else int(cell)
    return _REFUSED.sub("", cell)


def as_turtle(found: Iterable[Organisation]) -> Iterator[str]:
    """One organisation a block: schema.org for what it is, the vocabularies of this site for type, role and goal."""
    yield "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
    for one in found:
        said = [*_facts(one), *_kinds(one), *_place(one), *_sources(one)]
        yield f"\n{turtle.address(_page(one))} a schema:Organization ;\n" + " ;\n".join(f"  {part}" for part in said) + " .\n"


def _page(one: Organisation) -> str:
    return f"{settings.SITE_URL}{reverse('understand:organisation', args=[one.territory.slug, one.slug])}"


def _facts(one: Organisation) -> Iterator[str]:
    yield f"schema:name {turtle.text(one.name)}"
    for name in one.local_names:
        yield f"schema:alternateName {turtle.text(name)}"
    if one.activity:
        yield f"schema:description {turtle.text(one.activity)}"
    if one.website:
        yield f"schema:url {turtle.address(one.website)}"
    for name, year in (("foundingDate", one.founded), ("dissolutionDate", one.closed)):
        if year:
            yield f'schema:{name} "{year:04}"^^xsd:gYear'


def _kinds(one: Organisation) -> Iterator[str]:
    if one.kind:
        yield f"dct:type {_word('types', one.kind)}"
    for role in one.roles:
        yield f"dct:subject {_word('roles', role)}"
    for goal in one.sdgs:
        yield f"dct:subject {_word('goals', goal)}"


def _word(vocabulary: str, code: object) -> str:
    return turtle.address(f"{skos.scheme(vocabulary)}#{code}")


def _place(one: Organisation) -> Iterator[str]:
    place = one.place
    if place is None:
        return
    parts: list[str] = []
    if place.words:
        parts.append(f"schema:address {turtle.text(place.words)}")
    if place.lon is not None and place.lat is not None:
        parts.append(f"schema:geo [ a schema:GeoCoordinates ; schema:longitude {place.lon:.6f} ; schema:latitude {place.lat:.6f} ]")
    if parts:
        yield f"schema:location [ a schema:Place ; {' ; '.join(parts)} ]"


def _sources(one: Organisation) -> Iterator[str]:
    for source in one.shown_sources:
        known = source.register_import is not None or not source.url
        yield f"dct:source {turtle.text(queries.where(source)) if known else turtle.address(source.url)}"
    for right in queries.rights(one):
        yield f"dct:rights {turtle.text(right)}"


def too_many(number: int) -> bool:
    return number > MOST_CELLS // len(HEADER)
