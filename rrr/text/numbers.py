"""Numbers, degrees and years as people write them in tables. Each function returns None for what it cannot read; none guesses silently."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

_SPACES = str.maketrans({" ": None, "\u00a0": None, "\u202f": None, "\u2009": None, "'": None, "’": None, "\u2212": "-"})
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_GROUPED_COMMA = re.compile(r"[+-]?\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|[+-]?\d{1,3}(?:,\d{3})+\.\d+")  # 1,234,567.8
_GROUPED_DOT = re.compile(r"[+-]?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|[+-]?\d{1,3}(?:\.\d{3})+,\d+")  # 1.234.567,8
_DEGREES = re.compile(
    r"(?P<sign>[+-]?)(?P<d>\d{1,3}(?:[.,]\d+)?)\s*[°ºd]\s*(?:(?P<m>\d{1,2}(?:[.,]\d+)?)\s*['′’m]\s*)?(?:(?P<s>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''|s)\s*)?"
    r"(?P<side>[NSEWOLnsewol]?)"
)
_SIDE_BEFORE = re.compile(r"([NSEWOLnsewol])\s*(.+)")
_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d{2}|2100)(?!\d)")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[T ].*)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_COMPACT_MONTH = re.compile(r"(1[89]\d\d|20\d\d)(0[1-9]|1[0-2])")
_EXCEL_ZERO = date(1899, 12, 30)
_SERIALS = (10_000, 75_000)  # 1927 to 2105
EARLIEST, LATEST = 1000, 2100


def number(text: str, decimal_comma: bool | None = None) -> float | None:
    """A number with point or comma. Without `decimal_comma` a single comma is the decimal sign: places are not counted in thousands."""
    plain = text.strip().translate(_SPACES)
    if decimal_comma is not False and "," in plain:
        if "." in plain or plain.count(",") > 1:
            if _GROUPED_DOT.fullmatch(plain):
                plain = plain.replace(".", "").replace(",", ".")
            elif decimal_comma is None and _GROUPED_COMMA.fullmatch(plain):
                plain = plain.replace(",", "")
        else:
            plain = plain.replace(",", ".")
    elif decimal_comma is False:
        plain = plain.replace(",", "")
    elif decimal_comma and _GROUPED_DOT.fullmatch(plain):
        plain = plain.replace(".", "")
    return float(plain) if len(plain) < 60 and _PLAIN.fullmatch(plain) else None


def degrees(text: str, decimal_comma: bool | None = None) -> float | None:
    """A coordinate: a number, or degrees, minutes and seconds with a side (N, S, E, W, O, L)."""
    found = number(text, decimal_comma)
    if found is not None or len(text) > 60:
        return found
    plain = text.strip()
    before = _SIDE_BEFORE.fullmatch(plain)
    if before:
        plain = before.group(2) + before.group(1)
    if plain[-1:].upper() in "NSEWOL" and plain[:-1]:
        side = number(plain[:-1], decimal_comma)
        if side is not None:
            return -abs(side) if plain[-1].upper() in "SWO" else abs(side)
    match = _DEGREES.fullmatch(plain)
    if match is None:
        return None
    d, m, s = (float((match[part] or "0").replace(",", ".")) for part in "dms")
    if m >= 60 or s >= 60:
        return None
    value = d + m / 60 + s / 3600
    return -value if match["sign"] == "-" or match["side"].upper() in ("S", "W", "O") else value


def year(text: str) -> int | None:
    """The year of a date: 2019-03-01, 01/03/2019, 1.3.2019, 03/2019, 20190301, 201903, 2019, a text with one year in it, a day number of a
    spreadsheet (43525), or seconds or milliseconds since 1970. A date that no calendar has, or a year of two digits, is None."""
    plain = text.strip()
    if not plain or len(plain) > 80:
        return None
    if re.fullmatch(r"\d+(?:\.0*)?", plain):
        return _year_of_number(int(plain.split(".")[0]))
    if re.fullmatch(r"\d{5}\.\d+", plain):
        return _year_of_number(int(plain.split(".")[0]))
    for pattern, order in ((_ISO, (0, 1, 2)), (_DAY_FIRST, (2, 1, 0)), (_MONTH_YEAR, (1, 0))):
        match = pattern.fullmatch(plain)
        if match:
            parts = match.groups()
            return _checked(*(int(parts[at] or 1) for at in order))
    years = set(_YEAR.findall(plain))
    return _in_range(int(years.pop())) if len(years) == 1 else None


def _year_of_number(value: int) -> int | None:
    if EARLIEST <= value <= LATEST:
        return value
    if _SERIALS[0] <= value <= _SERIALS[1]:
        return (_EXCEL_ZERO + timedelta(days=value)).year
    compact = _COMPACT.fullmatch(str(value)) or _COMPACT_MONTH.fullmatch(str(value))
    if compact:
        return _checked(*map(int, compact.groups()))
    if 10**8 <= value < 10**10:
        return datetime.fromtimestamp(value, UTC).year
    if 10**11 <= value < 10**13:
        return datetime.fromtimestamp(value // 1000, UTC).year
    return None


def _checked(year_: int, month: int, day: int = 1) -> int | None:
    """Day and month may stand either way round: only the year is kept."""
    for first, second in ((month, day), (day, month)):
        try:
            date(year_, first, second)
        except ValueError:
            continue
        return _in_range(year_)
    return None


def _in_range(found: int) -> int | None:
    return found if EARLIEST <= found <= LATEST else None
