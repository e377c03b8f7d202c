"""Which field each column is for: its name decides, its values confirm or, for a name nobody knows, suggest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rrr.records.register import SEVERAL, Column
from rrr.text import clean, numbers
from rrr.text.headers import PERSON, UNKNOWN, Meaning, meaning

# Fields that several columns may fill besides those whose texts are joined: the first usable value is taken.
_SHARED = SEVERAL | {"website", "email", "phone"}
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_PAIR = re.compile(r"[\[(]?\s*-?\d{1,3}[.,]\d+°?\s*[,; ]\s*-?\d{1,3}[.,]\d+°?\s*[\])]?|(?:SRID=\d+;)?POINT ?\(.*\)", re.IGNORECASE)
_GEOMETRY = {"geometry.lon": "lon", "geometry.lat": "lat"}


def guess_mapping(columns: Sequence[Column]) -> dict[str, str]:
    """See rrr.connectors.guess_mapping."""
    found = {column.name: "" for column in columns}
    meanings = {column.name: _confirmed(column) for column in columns}
    ranked = sorted(columns, key=lambda column: (-meanings[column.name].strength, -bool(column.filled)))
    taken: set[str] = set()
    for column in ranked:
        field = meanings[column.name].field
        if field and field != PERSON and (field not in taken or (field in _SHARED and meanings[column.name].strength == 1)):
            found[column.name] = field
            taken.add(field)
    _by_content(columns, found, taken)
    for half, other in (("lon", "lat"), ("lat", "lon")):
        if half in taken and other not in taken:
            found = {name: "" if field == half else field for name, field in found.items()}
    if "lonlat" in taken and {"lon", "lat"} <= taken:
        found = {name: "" if field == "lonlat" else field for name, field in found.items()}
    return found


def person_columns(columns: Sequence[Column]) -> list[str]:
    return [column.name for column in columns if meaning(column.name).field == PERSON]


def _confirmed(column: Column) -> Meaning:
    """What the name means, unless the values speak against it."""
    if column.name in _GEOMETRY:
        return Meaning(_GEOMETRY[column.name], 2.0)
    told = meaning(column.name)
    test = _TESTS.get(told.field)
    if test and column.samples and not _most(column.samples, test):
        return Meaning("lonlat", 0.8) if told.field in ("lon", "lat") and _most(column.samples, _is_pair) else UNKNOWN
    if told.field == "key" and not column.distinct:
        return UNKNOWN
    if told.field == "name" and not column.filled:
        return UNKNOWN
    return told


def _by_content(columns: Sequence[Column], found: dict[str, str], taken: set[str]) -> None:
    """Columns whose names nobody knows, by what stands in them. Mail and phone are never guessed so: they may be a person's."""
    free = [one for one in columns if not found[one.name] and one.samples and meaning(one.name).field != PERSON]
    for field, test in _CONTENT:
        column = next((one for one in free if field not in taken and not found[one.name] and _most(one.samples, test)), None)
        if column and not (field == "lonlat" and {"lon", "lat"} & taken):
            found[column.name] = field
            taken.add(field)


def _most(samples: Sequence[str], test: Callable[[str], bool]) -> bool:
    return sum(map(test, samples)) * 2 > len(samples)


def _is_pair(text: str) -> bool:
    return bool(_PAIR.fullmatch(text.strip()))


def _is_coordinate(text: str) -> bool:
    return numbers.degrees(text) is not None


def _is_year(text: str) -> bool:
    return numbers.year(text) is not None


def _is_website(text: str) -> bool:
    return bool(clean.website(text)) and "@" not in text


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "www.")) and _is_website(text)


def _is_name(text: str) -> bool:
    return bool(_LETTERS.search(text)) and 3 <= len(text) <= 200 and "@" not in text and "://" not in text and not clean.country(text)


def _is_text(text: str) -> bool:
    return any(map(str.isalpha, text))


_TESTS: dict[str, Callable[[str], bool]] = {
    "lon": _is_coordinate,
    "lat": _is_coordinate,
    "lonlat": _is_pair,
    "founded": _is_year,
    "closed": _is_year,
    "last_seen": _is_year,
    "website": _is_website,
    "email": lambda text: bool(clean.email(text)),
    "country": lambda text: bool(clean.country(text)),
    "name": _is_text,
    "city": _is_text,
    "phone": lambda text: sum(map(str.isdigit, text)) >= 5,
}
_CONTENT: tuple[tuple[str, Callable[[str], bool]], ...] = (("website", _is_address), ("lonlat", _is_pair), ("name", _is_name))
