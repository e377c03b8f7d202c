"""Numbers as people and programs send them."""

from __future__ import annotations

LONGEST = 18  # digits that always fit the database's largest whole number


def row_number(text: object) -> int:
    """The number of a row; 0, which no row has, for anything else. `isdigit` alone lets “²” and five thousand digits through."""
    given = str(text)
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= LONGEST else 0
