"""The fixed first model: for each comparison its levels, how often true pairs (m) and other pairs (u) fall there.

Source: Fellegi & Sunter 1969, "A theory for record linkage", JASA 64(328); run by Splink 5 on DuckDB. A level weighs log2(m/u); the sum with the
prior is the match weight. m and u are ours, set by judgement from what names, addresses and identifiers of registers are like,
not fitted to any data set: few territories have enough pairs to fit them, and reviewed decisions will refit them later.
The prior says one pair in a thousand, among those with anything in common, is the same organisation.
What cannot be compared (a side is empty) weighs nothing. Address and coordinates say the same thing and are ONE comparison.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

PRIOR = 1 / 1000


@dataclass(frozen=True)
class Level:
    code: str
    sql: str  # "ELSE" for the last
    m: float
    u: float

    @property
    def weight(self) -> float:
        return math.log2(self.m / self.u)


@dataclass(frozen=True)
class Comparison:
    """Levels from the strictest down; `missing` says when there is nothing to compare."""

    code: str
    missing: str
    levels: tuple[Level, ...]


_SHARED = "len(list_intersect(tokens_l, tokens_r))"
_NEARBY = "lat_l IS NOT NULL AND lat_r IS NOT NULL AND {metres} > 111195 * sqrt(pow(lat_l - lat_r, 2) + pow((lon_l - lon_r) * cos(radians(lat_l)), 2))"
_SAME_AREA = "(coalesce(postcode_l = postcode_r, false) OR coalesce(city_l = city_r, false) OR (postcode_l IS NULL OR postcode_r IS NULL) AND (city_l IS NULL OR city_r IS NULL))"  # noqa: E501 - one condition
_NO_STREETS = "(street_l IS NULL OR street_r IS NULL) AND (lat_l IS NULL OR lat_r IS NULL)"

NAME = Comparison(
    "name",
    "name_l IS NULL OR name_r IS NULL",
    (
        Level("same_words", "token_set_l = token_set_r", 0.60, 0.0003),
        Level("near_identical", "jaro_winkler_similarity(joined_l, joined_r) >= 0.95 AND length(joined_l) >= 6", 0.14, 0.0003),
        Level("contained", f"{_SHARED} >= 2 AND {_SHARED} = least(len(tokens_l), len(tokens_r))", 0.10, 0.0012),
        Level("half", f"{_SHARED} >= 2 AND 2 * {_SHARED} >= greatest(len(tokens_l), len(tokens_r))", 0.06, 0.002),
        Level("acronym", "(acronym_l = joined_r OR joined_l = acronym_r)", 0.02, 0.0005),
        Level("rarest_word", "(list_contains(tokens_r, rare1_l) AND list_contains(tokens_l, rare1_r))", 0.04, 0.004),
        Level("other", "ELSE", 0.04, 0.9917),
    ),
)
PLACE = Comparison(
    "place",
    f"{_NO_STREETS} AND (postcode_l IS NULL OR postcode_r IS NULL) AND (city_l IS NULL OR city_r IS NULL)",
    (
        Level("same_address", f"address_l = address_r AND {_SAME_AREA}", 0.45, 0.0005),
        Level("within_50_m", _NEARBY.format(metres=50), 0.13, 0.001),
        Level("same_street", f"street_l = street_r AND (house_l IS NULL OR house_r IS NULL) AND {_SAME_AREA}", 0.08, 0.003),
        Level("within_500_m", _NEARBY.format(metres=500), 0.06, 0.02),
        Level("area_only", f"{_NO_STREETS} AND (postcode_l = postcode_r OR city_l = city_r)", 0.15, 0.12),
        Level("elsewhere", "ELSE", 0.13, 0.8555),
    ),
)
TAX = Comparison(
    "tax_id",
    "tax_l IS NULL OR tax_r IS NULL",
    (Level("same", "tax_l = tax_r", 0.97, 0.00001), Level("different", "ELSE", 0.03, 0.99999)),
)
REGISTER = Comparison(
    "register_id",
    # Numbers of two registers have nothing to do with each other, unless they are equal.
    "register_l IS NULL OR register_r IS NULL OR (register_l <> register_r AND coalesce(source_l <> source_r, true))",
    (
        Level("same", "register_l = register_r", 0.94, 0.0001),
        Level("one_typo", "length(register_l) >= 6 AND damerau_levenshtein(register_l, register_r) = 1", 0.02, 0.001),
        Level("different", "ELSE", 0.04, 0.9989),
    ),
)
DOMAIN = Comparison(
    "website",
    "domain_l IS NULL OR domain_r IS NULL",
    (Level("same", "domain_l = domain_r", 0.85, 0.0008), Level("different", "ELSE", 0.15, 0.9992)),
)
PHONE = Comparison(
    "phone",
    "phone_l IS NULL OR phone_r IS NULL",
    (Level("same", "phone_l = phone_r", 0.80, 0.0002), Level("different", "ELSE", 0.20, 0.9998)),
)
DIGITS = Comparison(
    "numbers_in_name",
    "digits_l IS NULL OR digits_r IS NULL",
    (Level("same", "digits_l = digits_r", 0.97, 0.3), Level("different", "ELSE", 0.03, 0.7)),
)
FORM = Comparison(
    "legal_form",
    "form_l IS NULL OR form_r IS NULL",
    (Level("same", "form_l = form_r", 0.90, 0.35), Level("different", "ELSE", 0.10, 0.65)),
)
COMPARISONS = (NAME, PLACE, TAX, REGISTER, DOMAIN, PHONE, DIGITS, FORM)

# Two records are compared when any of these holds.
BLOCKING = (
    *(f"l.{column} = r.{column}" for column in ("tax", "register", "phone", "domain", "token_set", "address")),
    "l.postcode = r.postcode AND l.start = r.start",
    "l.cell = r.cell AND l.start = r.start",
    *(f"l.{left} = r.{right}" for left in ("rare1", "rare2") for right in ("rare1", "rare2")),
    "l.acronym = r.joined",
    "l.joined = r.acronym",
)
