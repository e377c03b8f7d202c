"""Tables that were published, and captures made from counts by history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from rrr.engines.coverage import Capture, Figure, Recall, Refusal, Register, Settings, coverage

# Counts in the order 1111, 1110, 1101, ... 0001 (last list fastest).
# Known diabetes in Casale Monferrato, 1988: clinic or family doctor, hospital, prescriptions, test strips. Bruno et al. 1994, Diabetes Care 17:548.
CASALE = (58, 157, 18, 104, 46, 650, 12, 709, 14, 20, 7, 74, 8, 182, 10)
# Darroch, Fienberg, Glonek & Junker 1993, JASA 88:1137: stratum R3 of the 1988 dress rehearsal census of St. Louis.
DARROCH = (72, 155, 7, 71, 13, 53, 43)
# Deaths at work, Cormack, Chang & Smith 2000, table 3b.
CORMACK = (72, 5, 29, 54, 24, 3, 14)

EXACT = Recall(found=1e9, missed=0.0, wrong=0.0)


def by_bits(counts: Sequence[int]) -> list[float]:
    """The same counts by bit set: list i is bit i, from 1."""
    lists = len(counts).bit_length()
    histories = list(product((1, 0), repeat=lists))[:-1]
    found = [0.0] * len(counts)
    for history, count in zip(histories, counts, strict=True):
        found[sum(1 << place for place, listed in enumerate(history) if listed) - 1] = float(count)
    return found


def registers(count: int, forms: frozenset[str] = frozenset({"association"})) -> list[Register]:
    return [Register(name, forms) for name in "abcd"[:count]]


def captures(counts: Mapping[str, int], type: str = "association", legal_form: str = "") -> list[Capture]:
    """From {"ab": 3}: three organisations in registers a and b."""
    return [
        Capture(f"{type} {legal_form} {sources} {number}", frozenset(sources), type, legal_form)
        for sources, count in counts.items()
        for number in range(count)
    ]


def figure(counts: Mapping[str, int], lists: int, recall: Recall | None = EXACT, **options: object) -> Figure:
    found = answer(counts, lists, recall, **options)
    assert isinstance(found, Figure), found
    return found


def answer(counts: Mapping[str, int], lists: int, recall: Recall | None = EXACT, **options: object) -> Figure | Refusal:
    return coverage(captures(counts), registers(lists), recall, Settings(**options))[0].result  # type: ignore[arg-type]


def named(counts: Sequence[int]) -> dict[str, int]:
    """Published counts as {"abc": 3, ...}."""
    lists = len(counts).bit_length()
    return {
        "".join(name for name, listed in zip("abcd", history, strict=False) if listed): count
        for history, count in zip(product((1, 0), repeat=lists), counts, strict=False)
    }
