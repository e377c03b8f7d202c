"""Registers and what they saw through the coverage engine; what public registers can contain from their folders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

from rrr import connectors
from rrr.engines import coverage as engine
from rrr.places.models import Territory
from rrr.records.estimate import Estimate
from rrr.understand.bridge import audits
from rrr.understand.queries import unseen as queries
from rrr.understand.queries.unseen import Recall, Register, Seen

SETTINGS = engine.Settings(by_legal_form=False)
Facts = dict[str, str | float]
Said = tuple[str, Facts]  # a code of the engine and what its sentence needs


@dataclass(frozen=True)
class Reach:
    """A register and the kinds it can contain: said by a person, by its description, or by nobody (None)."""

    register: Register
    kinds: tuple[str, ...] | None
    by_person: bool


@dataclass(frozen=True)
class Stratum:
    """One kind: how many are listed, in which registers that can contain it, and the figure or why there is none. Whole organisations."""

    kind: str
    listed: int
    registers: tuple[str, ...]
    total: Estimate | None
    missing: Estimate | None
    refused: Said | None
    warnings: tuple[Said, ...]


@dataclass(frozen=True)
class Coverage:
    reaches: list[Reach]
    seen: list[Seen]
    strata: tuple[Stratum, ...]
    recall: Recall | None


def coverage(of: Territory) -> Coverage:
    reaches = [reach(one) for one in queries.registers(of)]
    seen = queries.seen(of, [one.register for one in reaches])
    measured = recall(of)
    return Coverage(reaches, seen, _strata(tuple(seen), tuple(_engine_register(one) for one in reaches), measured), measured)


def recall(of: Territory) -> Recall | None:
    """An audit of this site goes before what a person entered."""
    return audits.measured(of) or queries.entered_recall(of)


def reach(one: Register) -> Reach:
    """What a person said goes before the register's description; a description without kinds (maps of everything) says nothing."""
    if one.said is not None:
        return Reach(one, tuple(one.said.kinds), True)
    profile = connectors.register(one.known)
    return Reach(one, profile.kinds if profile is not None and profile.kinds else None, False)


def registers_table(reaches: Sequence[Reach]) -> list[list[str]]:
    """The table of registers that `rrr coverage --registers` reads."""
    rows = [[one.register.label, ";".join(one.kinds or ()), one.register.date.isoformat()] for one in reaches]
    return [["name", "forms", "date"], *rows]


def _engine_register(one: Reach) -> engine.Register:
    return engine.Register(one.register.label, frozenset(one.kinds or ()), one.register.date)


def recall_estimate(one: Recall) -> Estimate:
    """Recall in per cent with its 95% interval (Wilson's, unless the audit brings one)."""
    low, high = one.low, one.high
    if low is None or high is None:
        pairs = [engine.Audited(True, True)] * round(one.found) + [engine.Audited(True, False)] * round(one.missed)
        judged = engine.recall_from_audit(pairs)
        low, high = (judged.low, judged.high) if judged else (0.0, 1.0)
    ends = [None if end is None else round(100 * end, 1) for end in (low, high)]
    return Estimate(round(100 * one.value, 1), ends[0], ends[1], unit="%")


@lru_cache(maxsize=64)
def _strata(seen: tuple[Seen, ...], registers: tuple[engine.Register, ...], recall: Recall | None) -> tuple[Stratum, ...]:
    """The same answer for the same numbers, so it is computed once."""
    captures = [
        engine.Capture(f"{place}-{number}", frozenset(one.registers), one.kind, "")
        for place, one in enumerate(seen)
        for number in range(one.number)
    ]
    judged = engine.Recall(recall.found, recall.missed, recall.low, recall.high, wrong=recall.wrong) if recall else None
    return tuple(_stratum(one) for one in engine.coverage(captures, registers, judged, SETTINGS))


def _stratum(one: engine.Stratum) -> Stratum:
    found = one.result
    if isinstance(found, engine.Refusal):
        return Stratum(one.type, one.listed, one.registers, None, None, (str(found.reason), dict(found.facts)), ())
    warnings = tuple((str(warned.code), dict(warned.facts)) for warned in found.warnings)
    return Stratum(one.type, one.listed, one.registers, _whole(found.total), _whole(found.missing), None, warnings)


def _whole(one: Estimate) -> Estimate:
    """Whole organisations: ends outwards, so that the interval never gets narrower."""

    def down(value: float | None) -> float | None:
        return None if value is None else floor(value)

    def up(value: float | None) -> float | None:
        return None if value is None else ceil(value)

    low, high, wide_low, wide_high = down(one.low), up(one.high), down(one.wide_low), up(one.wide_high)
    return Estimate(round(one.value), low, high, one.level, wide_low=wide_low, wide_high=wide_high)
