"""Why a register file or a row of it is refused, in English sentences for the terminal. Pages have their own, translated ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rrr.records.register import FileFault, Reason

WHAT = {
    "pdf": "a PDF", "html": "a web page", "xls": "an Excel file of the old kind (.xls)", "xlsb": "a binary Excel file (.xlsb)", "ods": "an OpenDocument table",
    "doc": "a text document", "zip": "an archive", "gzip": "an archive", "archive": "an archive", "image": "an image", "xml": "XML", "sqlite": "a database",
    "parquet": "a Parquet file", "shapefile": "a shapefile", "program": "a program", "binary": "not text", "text": "running text without columns",
}  # fmt: skip
SENTENCES = {
    "empty_file": "The file is empty; choose another file.",
    "no_rows": "The file has a header and no rows; export it again.",
    "not_a_table": "The file is {what}, not a table; export it as CSV, XLSX or GeoJSON.",
    "wrong_encoding": "The text cannot be read as {encoding}; save it as UTF-8 or name its encoding.",
    "no_header": "No line names the columns (the first is “{text}”); add a header, or name its line with --header-line.",
    "line_too_long": "A line is longer than {limit} characters; check that the file has line breaks.",
    "too_many_columns": "{found} columns are more than {limit}; leave some out.",
    "zip_bomb": "The file would unpack to {megabytes} MB, more than {limit} MB; save only the sheet you need.",
    "too_large": "A part of the file has {megabytes} MB, more than {limit} MB; split it.",
    "broken_file": "The file is damaged and cannot be opened; save it again.",
    "encrypted": "The file is protected by a password; save it without.",
    "no_such_sheet": "There is no sheet {sheet}; there are: {sheets}.",
    "bad_json": "Line {line} is no JSON; export the file again.",
    "not_geojson": "The file is JSON but no GeoJSON collection of features ({what}); export it as GeoJSON.",
    "not_degrees": "The coordinates (up to {value}) are metres of a grid; name their system with --crs, for example EPSG:25830.",
    "unknown_crs": "The coordinate system {crs} is not known; name it as a number, for example EPSG:25830.",
    "bad_option": "The {option} “{value}” does not fit this file.",
}
ROWS = {
    "wrong_encoding": "bytes that {encoding} does not have",
    "line_too_long": "longer than {limit} characters",
    "unclosed_quote": "a quote that is not closed",
    "too_many_columns": "{found} cells where the header has {expected}",
    "too_few_columns": "{found} cells where the header has {expected}",
    "no_name": "no name",
    "bad_json": "no JSON",
    "not_a_feature": "no feature ({what})",
    "no_geometry": "coordinates that cannot be read",
    "not_a_point": "neither point nor area ({what})",
    "half_place": "only half a place ({missing} is missing) and nothing else",
    "bad_number": "“{value}” is no coordinate, and there is nothing else",
    "not_degrees": "coordinates that are no degrees ({value}), and nothing else",
    "outside_world": "a place outside the world ({lon}, {lat}), and nothing else",
    "swapped_axes": "latitude and longitude confused ({lon}, {lat}), and nothing else",
}


def fault(error: FileFault) -> str:
    return SENTENCES[error.reason].format_map(
        _Facts({**error.facts, "what": WHAT.get(str(error.facts.get("what", "")), error.facts.get("what") or "?")})
    )


def row(reason: Reason, facts: Mapping[str, str | int]) -> str:
    return ROWS[reason].format_map(_Facts(facts))


class _Facts(dict[str, str | int]):
    def __missing__(self, key: str) -> str:
        return "?"
