"""Register files through the connectors: what they are, and their rows as records. Codes stay codes; `sentences` words them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from rrr import connectors
from rrr.records.register import FIELDS, FileFault, NoteCode, Options, Rejected
from rrr.text.fold import words
from rrr.understand.models import RegisterImport

FIRST_ROWS = 5
CELL = 300  # characters of a cell that are kept to show


@dataclass(frozen=True)
class Accepted:
    line: int
    key: str
    values: dict[str, Any]
    raw: dict[str, str]
    problems: list[dict[str, Any]]


@dataclass(frozen=True)
class Refused:
    line: int
    text: str
    reason: str
    facts: dict[str, Any]


def options(given: Mapping[str, Any]) -> Options:
    return Options(**{name: value for name, value in given.items() if value not in ("", None)})


def recognise(one: RegisterImport) -> dict[str, Any]:
    """What the file is, as `RegisterImport.inspection` keeps it; with `fault` where it cannot be read."""
    chosen = options(one.options)
    try:
        found = connectors.inspect(one.file.path, options=chosen, **_where(one))
        first = list(islice(connectors.read(one.file.path, chosen, **_where(one)), FIRST_ROWS))
    except FileFault as fault:
        return {"fault": {"code": str(fault.reason), "facts": _plain(fault.facts)}}
    persons = {str(note.facts.get("name", "")) for note in found.notes if note.code == NoteCode.PERSON_COLUMN}
    seen: dict[str, Any] = {
        "format": found.format,
        "encoding": found.encoding,
        "delimiter": found.delimiter,
        "sheet": found.sheet,
        "sheets": list(found.sheets),
        "header_line": found.header_line,
        "rows": found.rows,
        "crs": found.crs,
        "register": _register(found.register, found.register_fit),
        "columns": [
            {
                "name": column.name,
                "samples": [sample[:CELL] for sample in column.samples],
                "filled": column.filled,
                "guess": "" if column.name in persons else column.guess,
                "person": column.name in persons,
            }
            for column in found.columns
        ],
        "notes": [{"code": str(note.code), "facts": dict(note.facts)} for note in found.notes],
        "first": [
            {"line": row.line, "cells": [_cell(row.values.get(column.name, ""), column.name in persons) for column in found.columns]}
            for row in first
            if not isinstance(row, Rejected)
        ],
    }
    return _plain(seen)


def _cell(text: str, person: bool) -> str:
    """A cell as the page shows it; of a column about persons nothing is kept, not even in the first rows."""
    return "" if person else text[:CELL]


def _register(slug: str, fit: int) -> dict[str, Any]:
    """What a page says of a known register, and what its words for kinds mean; empty where none was recognised."""
    one = connectors.register(slug)
    if one is None:
        return {}
    told = {name: getattr(one, name) for name in ("slug", "name", "keeper", "page", "licence_note", "verified")}
    return {**told, "fit": fit, "kinds": one.words}


def registers() -> list[tuple[str, str]]:
    """Registers a person may choose: slug and name, by country."""
    known = sorted(connectors.registers(), key=lambda one: (one.country or "~", one.name))
    return [(one.slug, f"{one.country}: {one.name}" if one.country else one.name) for one in known]


def _where(one: RegisterImport) -> dict[str, Any]:
    """What helps to recognise a file; the same each time, so that reading guesses what was shown."""
    return {"name": one.file_name, "country": one.territory.country, "near": one.territory.bbox}


def fields() -> tuple[str, ...]:
    """What a column may be mapped to."""
    return FIELDS


def rows(one: RegisterImport) -> Iterator[Accepted | Refused]:
    """Every row of the file, as a stream. Raises FileFault as `unreadable` tells."""
    mapping = {column: name for column, name in one.mapping.items() if name}
    chosen, country = options(one.options), one.territory.country
    comma = chosen.decimal_comma
    if comma is None and any(note["code"] == NoteCode.DECIMAL_COMMA for note in one.inspection.get("notes", [])):
        comma = True
    crs = chosen.crs or str(one.inspection.get("crs", ""))
    known = str((one.inspection.get("register") or {}).get("slug", ""))
    said: dict[str, Any] = {"decimal_comma": comma, "country": country, "crs": crs, "register": known}
    for row in connectors.read(one.file.path, chosen, **_where(one)):
        done = row if isinstance(row, Rejected) else connectors.convert(row, mapping, **said)
        if isinstance(done, Rejected):
            yield Refused(done.line, _clean(done.text), str(done.reason), _plain(done.facts))
            continue
        raw = {} if isinstance(row, Rejected) else {column: _clean(row.values.get(column, "")) for column in mapping}
        values = _plain(done.values)
        problems = [{"code": str(note.code), "facts": _plain(note.facts)} for note in done.problems]
        yield Accepted(done.line, key(values), values, {name: text for name, text in raw.items() if text}, problems)


def key(values: Mapping[str, Any]) -> str:
    """The register's own number, else a digest of name and place: what the next delivery is recognised by."""
    own = str(values.get("key") or values.get("register_id") or "").strip()
    if own:
        return own[:200]
    said = [" ".join(words(str(values.get(name, "")))) for name in ("name", "street", "address", "postcode", "city", "tax_id")]
    said += [f"{values[name]:.5f}" if isinstance(values.get(name), float) else "" for name in ("lon", "lat")]
    return "~" + hashlib.sha256("|".join(said).encode()).hexdigest()[:40]


def fault_of(error: Exception) -> dict[str, Any] | None:
    """Code and facts of an error of the connectors, None for any other."""
    return {"code": str(error.reason), "facts": dict(error.facts)} if isinstance(error, FileFault) else None


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # NUL and lone surrogates: JSON files may hold them, the database may not


def _clean(text: str) -> str:
    return _UNSTORABLE.sub("", text)


def _storable(value: Any) -> Any:
    """The same with every text in it cleaned, names of columns too."""
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, Mapping):
        return {_clean(str(name)): _storable(part) for name, part in value.items()}
    return [_storable(part) for part in value] if isinstance(value, list | tuple) else value


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _storable(value) for name, value in values.items()}
