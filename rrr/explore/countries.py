"""Countries named in the free text of a place, so that a list can be narrowed by them. What names none stays without one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from rrr.places.geography import countries

# Names that sources use beside those of the tz database. Cities are not looked up: a place without its country has none.
ALIASES = {
    "USA": "US", "United States": "US", "UK": "GB", "United Kingdom": "GB", "England": "GB", "Scotland": "GB", "Wales": "GB",
    "Northern Ireland": "GB", "South Korea": "KR", "Korea": "KR", "Czechia": "CZ", "Bosnia": "BA", "Ivory Coast": "CI",
    "Trinidad": "TT", "St Lucia": "LC", "Antigua": "AG",
}  # fmt: skip


@cache
def _names() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = [(name, code) for code, name in countries() if "(" not in name] + list(ALIASES.items())
    return tuple((re.compile(rf"(?<![\w-])(?<!New ){re.escape(name)}(?![\w-])"), code) for name, code in sorted(pairs, key=_longest))


def _longest(pair: tuple[str, str]) -> int:
    return -len(pair[0])


@cache
def _named(text: str) -> frozenset[str]:
    """Longest names first, each taken out of the text, so that Northern Ireland is no Ireland."""
    found, left = set(), text
    for pattern, code in _names():
        left, hits = pattern.subn(" ", left)
        if hits:
            found.add(code)
    return frozenset(found)


def named(places: Iterable[str]) -> frozenset[str]:
    """Two-letter codes of the countries that the texts name."""
    return frozenset(code for place in places for code in _named(place))


@cache
def label(code: str) -> str:
    return {"GB": "United Kingdom", "US": "United States"}.get(code) or dict(countries()).get(code, code)
