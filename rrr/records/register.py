"""What reading a register file gives: what was recognised, its rows as they stand, its rows as we understand them, and what was refused.

Connectors fill these; steps turn the codes into sentences. `facts` hold what a sentence needs: numbers and short texts of the file,
never markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

Fact = str | int
Box = tuple[float, float, float, float]  # west, south, east, north in degrees

# What a column may be mapped to; "" leaves it out. There is no field for a person: such a column cannot be kept.
FIELDS = (
    "key", "name", "local_names", "kind", "legal_form", "activity", "website", "founded", "closed", "lon", "lat", "lonlat", "street",
    "postcode", "city", "country", "address", "district", "tax_id", "register_id", "phone", "email", "last_seen", "",
)  # fmt: skip
SEVERAL = frozenset({"local_names", "activity", "street", "address"})  # several columns may share these; their texts are joined
LIMITS = {"key": 200, "legal_form": 200, "district": 200, "website": 500, "activity": 2000, "local_names": 1000}
LIMIT = 300  # characters of every other text
TEXT_CUT = 200  # characters of a refused row that are kept to show it


class Reason(StrEnum):
    """Why a file (raised with FileFault) or a row (Rejected) is refused. The facts each carries stand beside it."""

    # of a whole file
    EMPTY_FILE = "empty_file"
    NO_ROWS = "no_rows"  # a header and nothing below: columns
    NOT_A_TABLE = "not_a_table"  # what: pdf, html, xls, ods, image, zip, gzip, xml, json, doc, sqlite, parquet, binary, text
    WRONG_ENCODING = "wrong_encoding"  # file: encoding; row: encoding
    NO_HEADER = "no_header"  # text: the first line
    LINE_TOO_LONG = "line_too_long"  # line, limit (characters)
    TOO_MANY_COLUMNS = "too_many_columns"  # found, limit; row: found, expected
    ZIP_BOMB = "zip_bomb"  # megabytes, limit
    TOO_LARGE = "too_large"  # megabytes, limit
    BROKEN_FILE = "broken_file"  # what: xlsx, xml, read
    ENCRYPTED = "encrypted"
    NO_SUCH_SHEET = "no_such_sheet"  # sheet, sheets
    BAD_JSON = "bad_json"  # line; row: line
    NOT_GEOJSON = "not_geojson"  # what: the type it states, or ""
    NOT_DEGREES = "not_degrees"  # value: largest number met
    UNKNOWN_CRS = "unknown_crs"  # crs
    BAD_OPTION = "bad_option"  # option, value
    # of a row
    UNCLOSED_QUOTE = "unclosed_quote"
    TOO_FEW_COLUMNS = "too_few_columns"  # found, expected
    NO_NAME = "no_name"
    NOT_A_FEATURE = "not_a_feature"  # what
    NO_GEOMETRY = "no_geometry"  # coordinates that cannot be read
    NOT_A_POINT = "not_a_point"  # what: the type of geometry
    # of a place; the row is refused only when it says nothing else beside its name
    HALF_PLACE = "half_place"  # missing: lon or lat
    BAD_NUMBER = "bad_number"  # field, value
    OUTSIDE_WORLD = "outside_world"  # lon, lat
    SWAPPED_AXES = "swapped_axes"  # lon, lat: a latitude beyond 90 that would do as a longitude


class NoteCode(StrEnum):
    """What was done or seen without refusing anything: of a file (Inspection.notes) or of a row (Draft.problems)."""

    # of a file
    ENCODING_GUESSED = "encoding_guessed"  # encoding
    DELIMITER_GUESSED = "delimiter_guessed"  # delimiter
    HEADER_BELOW_TITLE = "header_below_title"  # line, lines: how many stand above
    DUPLICATE_HEADER = "duplicate_header"  # name, as: the name it has now
    UNNAMED_COLUMN = "unnamed_column"  # as
    DECIMAL_COMMA = "decimal_comma"
    AXES_SWAPPED = "axes_swapped"
    CRS_CONVERTED = "crs_converted"  # crs
    CRS_IGNORED = "crs_ignored"  # crs: named, but the numbers are degrees
    PROJECTED = "projected"  # value: the columns of the place are not degrees; name the crs
    FORMULAS = "formulas"  # count: read by their stored value
    FORMULAS_WITHOUT_VALUE = "formulas_without_value"  # count: read as empty
    CELL_ERRORS = "cell_errors"  # count: cells such as #N/A, read as empty
    MERGED_CELLS = "merged_cells"  # count
    FIRST_SHEET = "first_sheet"  # sheet, sheets: how many there are
    HIDDEN_SHEETS = "hidden_sheets"  # sheets
    AREAS_AS_POINTS = "areas_as_points"  # count
    WITHOUT_GEOMETRY = "without_geometry"  # count
    PERSON_COLUMN = "person_column"  # name: left out, because it is about a person
    ROWS_REFUSED = "rows_refused"  # count, reason; line and facts of the first of them
    BLANK_LINES = "blank_lines"  # count
    LEFT_OUT = "left_out"  # count: rows that the register marks as none of ours
    # of a row: the value was left out, the row kept
    BAD_YEAR = "bad_year"  # field, value
    BAD_DATE = "bad_date"  # field, value
    BAD_WEBSITE = "bad_website"  # value
    BAD_EMAIL = "bad_email"  # value
    BAD_COUNTRY = "bad_country"  # value
    TEXT_CUT = "text_cut"  # field, limit
    BAD_IDENTIFIER = "bad_identifier"  # column, value, check: kept as it stands
    HALF_PLACE = "half_place"
    BAD_NUMBER = "bad_number"
    OUTSIDE_WORLD = "outside_world"
    SWAPPED_AXES = "swapped_axes"
    NOT_DEGREES = "not_degrees"


class FileFault(Exception):
    """The whole file cannot be read; `reason` says why, `facts` what to name in the sentence."""

    def __init__(self, reason: Reason, **facts: Fact) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.facts: dict[str, Fact] = facts

    def __str__(self) -> str:
        told = ", ".join(f"{key} {value}" for key, value in self.facts.items())
        return f"{self.reason} ({told})" if told else str(self.reason)


@dataclass(frozen=True)
class Note:
    code: NoteCode
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Options:
    """What a person decided about a file; empty (or None) is guessed. `header_line` counts from 1 as a spreadsheet does."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_line: int = 0
    crs: str = ""
    decimal_comma: bool | None = None
    register: str = ""  # slug of a known register; "none": recognise none


GUESS = Options()


@dataclass(frozen=True)
class Column:
    """A column as the file names it, a few of its values, how many of the rows looked at fill it, and our field for it ("": none)."""

    name: str
    samples: tuple[str, ...] = ()
    filled: int = 0
    guess: str = ""
    distinct: bool = True  # no value was met twice


@dataclass
class Account:
    """Where each physical line went. Filled while rows are read; `closes` is true once the file was read to its end.

    A line counts once: above the header and the header itself, blank, the first line of a row accepted or rejected, or a further line
    of such a row (a cell with a line break), or left out because the recognised register marks the row as none of ours. XLSX counts rows,
    GeoJSON features.
    """

    lines: int = 0
    above: int = 0
    blank: int = 0
    accepted: int = 0
    rejected: int = 0
    continued: int = 0
    left_out: int = 0

    @property
    def rows(self) -> int:
        return self.accepted + self.rejected

    @property
    def closes(self) -> bool:
        return self.lines == self.above + self.blank + self.accepted + self.rejected + self.continued + self.left_out


@dataclass(frozen=True)
class Inspection:
    """What a file is. `rows` counts all data rows, those refused while reading among them (`account.rejected`)."""

    format: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    header_line: int = 0
    columns: tuple[Column, ...] = ()
    rows: int = 0
    notes: tuple[Note, ...] = ()
    account: Account = field(default_factory=Account)
    crs: str = ""  # to give `convert` for columns that hold metres of a grid
    register: str = ""  # slug of the register that was recognised (rrr.connectors.register)
    register_fit: int = 0  # percentage of its columns that the file has


@dataclass(frozen=True)
class RawRow:
    """A row as the file has it. `line` counts as a spreadsheet does, the header being 1; of GeoJSON it is the number of the feature."""

    line: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class Rejected:
    """A row refused, with the start of its text so that a person finds it.

    Of a row refused while reading, the text is the line as it stands, columns about persons included: keep it no longer than it is needed.
    """

    line: int
    text: str
    reason: Reason
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """A row in our fields. Only what is known is in `values`: lon and lat are floats in degrees, founded, closed and last_seen are years
    (int), everything else is a clean text; several names or activities are parted by "; ". `problems` are the values left out and why."""

    line: int
    values: Mapping[str, Any]
    problems: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Format:
    """A file format: the object FORMAT of a folder in rrr/connectors.

    `recognise(path, head, name)` tells from the first 64 kB, then the name, how surely the file is of this format (0 to 100), or raises
    FileFault for a file it knows and cannot read. `inspect` and `read` take what rrr.connectors.inspect and read take; `inspect` leaves
    the guesses of columns empty.
    """

    name: str
    recognise: Callable[[Path, bytes, str], int]
    inspect: Callable[[Path, Options, str, Box | None], Inspection]  # path, options, country, near
    read: Callable[[Path, Options, str, Box | None, Account], Iterator[RawRow | Rejected]]
