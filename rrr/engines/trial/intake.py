"""Observations looked through before anything is computed: the first thing that does not fit refuses the whole, for a trial with
some rows left out silently would be another trial."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rrr.engines.trial.design import Arm, Design, Observation, Period, Refusal, RefusalCode, Settings

LARGEST = 1e100  # beyond it squares leave the range of floating numbers
SIDES = {Arm.TREATED: True, Arm.CONTROL: False, Period.AFTER: True, Period.BEFORE: False}


@dataclass(frozen=True)
class Rows:
    """Values by cluster (or by unit, where units are drawn or measured twice); None is missing. Treated is "after", control "before"."""

    treated: Mapping[str, tuple[float | None, ...]]
    control: Mapping[str, tuple[float | None, ...]]

    def missing(self) -> dict[str, int]:
        return {name: sum(value is None for values in side.values() for value in values) for name, side in self._sides()}

    def listed(self) -> dict[str, int]:
        return {name: sum(map(len, side.values())) for name, side in self._sides()}

    def _sides(self) -> tuple[tuple[str, Mapping[str, tuple[float | None, ...]]], ...]:
        return ("treated", self.treated), ("control", self.control)


def known(side: Mapping[str, tuple[float | None, ...]]) -> dict[str, list[float]]:
    """Only what has a known value; a cluster without any is left out."""
    found = {key: [value for value in values if value is not None] for key, values in side.items()}
    return {key: values for key, values in found.items() if values}


def completed(side: Mapping[str, tuple[float | None, ...]], value: float) -> dict[str, list[float]]:
    return {key: [value if one is None else one for one in values] for key, values in side.items()}


def read(design: Design, observations: Sequence[Observation], settings: Settings) -> Rows | Refusal:
    if not observations:
        return Refusal(RefusalCode.NO_OBSERVATIONS)
    sides: dict[bool, dict[str, list[float | None]]] = {True: {}, False: {}}
    seen: set[tuple[str, str]] = set()
    arm_of: dict[str, bool] = {}
    for one in observations:
        refusal = _odd(one, design) or _value(one, settings)
        if refusal:
            return refusal
        treated = SIDES[_side(one, design)]
        place = (one.cluster if design is Design.CLUSTER else one.period if design is Design.BEFORE_AFTER else "", one.unit)
        if place in seen:
            return Refusal(RefusalCode.UNIT_TWICE, {"unit": one.unit})
        seen.add(place)
        key = one.cluster if design is Design.CLUSTER else one.unit
        if design is Design.CLUSTER and arm_of.setdefault(key, treated) != treated:
            return Refusal(RefusalCode.CLUSTER_IN_BOTH_ARMS, {"cluster": key})
        sides[treated].setdefault(key, []).append(one.value)
    return Rows(*({key: tuple(values) for key, values in sorted(sides[side].items())} for side in (True, False)))


def _side(one: Observation, design: Design) -> Arm | Period:
    return Period(one.period) if design is Design.BEFORE_AFTER else Arm(one.arm)


def _odd(one: Observation, design: Design) -> Refusal | None:
    try:
        _side(one, design)
    except ValueError:
        if design is Design.BEFORE_AFTER:
            return Refusal(RefusalCode.UNKNOWN_PERIOD, {"period": one.period, "unit": one.unit})
        return Refusal(RefusalCode.UNKNOWN_ARM, {"arm": one.arm, "unit": one.unit})
    if design is Design.CLUSTER and not one.cluster:
        return Refusal(RefusalCode.NO_CLUSTER, {"unit": one.unit})
    return None


def _value(one: Observation, settings: Settings) -> Refusal | None:
    if one.value is None:
        return None
    if not math.isfinite(one.value) or abs(one.value) > LARGEST:
        return Refusal(RefusalCode.NOT_A_NUMBER, {"unit": one.unit})
    if settings.range_low is not None and settings.range_high is not None and not settings.range_low <= one.value <= settings.range_high:
        return Refusal(RefusalCode.OUT_OF_RANGE, {"unit": one.unit, "value": one.value})
    return None


def enough(design: Design, rows: Rows) -> Refusal | None:
    """Is there anything to compare? Two known outcomes a side (pairs are counted later), and two clusters where they are drawn."""
    treated, control = known(rows.treated), known(rows.control)
    counts = {"treated": sum(map(len, treated.values())), "control": sum(map(len, control.values()))}
    if not any(counts.values()):
        return Refusal(RefusalCode.ALL_MISSING, {"observations": sum(rows.listed().values())})
    if design is Design.BEFORE_AFTER:
        few = Refusal(RefusalCode.TOO_FEW_UNITS, {"before": counts["control"], "after": counts["treated"]})
        return few if min(counts.values()) < 2 else None
    if not (rows.treated and rows.control):
        return Refusal(RefusalCode.ONE_ARM_ONLY, {"arm": str(Arm.TREATED if rows.treated else Arm.CONTROL)})
    if design is Design.CLUSTER and min(len(treated), len(control)) < 2:
        return Refusal(RefusalCode.TOO_FEW_CLUSTERS, {"treated": len(treated), "control": len(control)})
    return Refusal(RefusalCode.TOO_FEW_PER_ARM, counts) if min(counts.values()) < 2 else None
