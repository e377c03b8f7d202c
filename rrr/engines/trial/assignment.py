"""Who is treated: a draw nobody could steer and anybody can repeat.

Stratified complete randomisation (Imbens & Rubin 2015, "Causal inference", ch. 4 and 9): within each stratum exactly k of n are treated.
No generator of random numbers is used, because their streams change between versions. The order of the draw is the order of
SHA-256(seed || unit key): to whoever cannot know the seed, every order is equally likely. The same draw in a dozen lines:

    import hashlib, math
    from fractions import Fraction
    share, half = Fraction("<share_treated>"), Fraction(1, 2)
    seed = bytes.fromhex("<seed_hex>")
    def place(key): return hashlib.sha256(seed + key.encode("utf-8")).digest()
    strata = {"<stratum>": ["<key of each unit, or of each cluster when clusters are drawn>", ...]}
    for stratum in sorted(strata, key=lambda s: s.encode()):
        order = sorted(strata[stratum], key=lambda key: (place(key), key.encode()))
        k = math.floor(share * len(order) + (place("stratum\\0" + stratum)[0] >= 128 if share * len(order) % 1 == half else half))
        treated = order[:k]

Where share * n is no whole number it is rounded; an exact half goes up or down by the first bit of SHA-256(seed || "stratum" NUL stratum), so
that many odd strata do not all lean one way. Keys are brought to Unicode NFC first.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from rrr.engines.trial.design import Arm

ALGORITHM = "sha256-order/1"


@dataclass(frozen=True)
class Unit:
    key: str
    cluster: str = ""
    stratum: str = ""


@dataclass(frozen=True)
class Stratum:
    """Counts of what was drawn: units, or clusters when clusters are drawn."""

    treated: int
    control: int


@dataclass(frozen=True)
class Assignment:
    arms: Mapping[str, Arm]  # unit key -> arm
    clusters: Mapping[str, Arm]  # cluster -> arm; empty when units are drawn
    strata: Mapping[str, Stratum]
    seed_hex: str
    share_treated: str  # as a fraction, "1/2"
    by: str
    algorithm: str = ALGORITHM


def seed(plan_sha256: str, secret_hex: str, later_value: str) -> str:
    """SHA-256 of "plan NUL secret NUL later value": nobody alone can choose it.

    The plan is frozen, the secret committed to by its own hash before, and the later value (another body's later entry, a public
    draw) was known to nobody then. Hexadecimal digits are taken in lower case, the later value in NFC without spaces around it.
    """
    plan, secret = _hex(plan_sha256, 32, "The hash of the plan"), _hex(secret_hex, 16, "The secret")
    value = unicodedata.normalize("NFC", later_value).strip()
    if not value or "\0" in value:
        raise ValueError("The later value is a text of at least one letter or digit.")
    return hashlib.sha256("\0".join((plan, secret, value)).encode()).hexdigest()


def commitment(secret_hex: str) -> str:
    """What is published when the secret is made: SHA-256 of its bytes, so that it cannot be changed later."""
    return hashlib.sha256(bytes.fromhex(_hex(secret_hex, 16, "The secret"))).hexdigest()


def _hex(text: str, least_bytes: int, what: str) -> str:
    tidy = text.strip().lower()
    try:
        data = bytes.fromhex(tidy)
    except ValueError:
        raise ValueError(f"{what} is written in hexadecimal digits (0-9, a-f).") from None
    if len(data) < least_bytes or len(tidy) != 2 * len(data):
        raise ValueError(f"{what} has at least {2 * least_bytes} hexadecimal digits; it has {len(tidy)}.")
    return tidy


def assign(
    units: Sequence[Unit],
    *,
    seed_hex: str,
    share_treated: Fraction | float = Fraction(1, 2),
    by: Literal["individual", "cluster"] = "individual",
) -> Assignment:
    """Arms of all units. Raises ValueError for a key given twice, a unit without cluster, a cluster in two strata."""
    data = bytes.fromhex(_hex(seed_hex, 16, "The seed"))
    share = Fraction(share_treated).limit_denominator(10_000)
    if not 0 < share < 1:
        raise ValueError(f"The share treated lies between 0 and 1; it is {share_treated}.")
    tidy = [Unit(*(unicodedata.normalize("NFC", text) for text in (unit.key, unit.cluster, unit.stratum))) for unit in units]
    strata = _strata(tidy, by)
    drawn: dict[str, Arm] = {}
    counts: dict[str, Stratum] = {}
    for stratum in sorted(strata, key=str.encode):
        order = sorted(strata[stratum], key=lambda key: (_place(data, key), key.encode()))
        treated = _rounded(share * len(order), _place(data, f"stratum\0{stratum}"))
        counts[stratum] = Stratum(treated, len(order) - treated)
        drawn |= {key: Arm.TREATED if place < treated else Arm.CONTROL for place, key in enumerate(order)}
    arms = {unit.key: drawn[unit.cluster if by == "cluster" else unit.key] for unit in sorted(tidy, key=lambda one: one.key.encode())}
    return Assignment(arms, drawn if by == "cluster" else {}, counts, data.hex(), str(share), by)


def _place(seed_bytes: bytes, key: str) -> bytes:
    return hashlib.sha256(seed_bytes + key.encode()).digest()


def _rounded(exact: Fraction, bit: bytes) -> int:
    if exact % 1 == Fraction(1, 2):
        return math.floor(exact) + (bit[0] >= 128)
    return math.floor(exact + Fraction(1, 2))


def _strata(units: Sequence[Unit], by: str) -> dict[str, set[str]]:
    """What is drawn, by stratum."""
    if by not in ("individual", "cluster"):
        raise ValueError(f"Units are drawn by individual or by cluster, not by {by!r}.")
    if not units:
        raise ValueError("There is nobody to draw from; give at least two units.")
    seen: set[str] = set()
    home: dict[str, str] = {}
    strata: dict[str, set[str]] = {}
    for unit in units:
        if not unit.key or unit.key in seen:
            raise ValueError(f"The unit {unit.key!r} stands twice." if unit.key else "A unit has no key.")
        seen.add(unit.key)
        drawn = unit.cluster if by == "cluster" else unit.key
        if not drawn:
            raise ValueError(f"The unit {unit.key!r} has no cluster.")
        if home.setdefault(drawn, unit.stratum) != unit.stratum:
            raise ValueError(f"The cluster {drawn!r} lies in two strata, {home[drawn]!r} and {unit.stratum!r}.")
        strata.setdefault(unit.stratum, set()).add(drawn)
    return strata
