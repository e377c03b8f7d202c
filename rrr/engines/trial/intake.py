"""Observations looked through before anything is computed: the first thing that does not fit refuses the whole, for a trial with
some rows left out silently would be another trial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rrr.engines.trial.design import Arm, Design, Observation, Period, Refusal, RefusalCode, Settings

LARGEST = 1e100  # beyond it squares leave the range of floating numbers
ARMS: Mapping[str, bool] = {str(Arm.TREATED): True, str(Arm.CONTROL): False}
PERIODS: Mapping[str, bool] = {str(Period.AFTER): True, str(Period.BEFORE): False}


@dataclass(frozen=True)
class Rows:
    """Values by cluster (or by unit, where units are drawn or measured twice); None is missing. Treated is "after", control "before"."""

    treated: Mapping[str, tuple[float | None, ...]]
    control: Mapping[str, tuple[float | None, ...]]

    @cached_property
    def known(self) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
        """Treated and control with known values only; a cluster without any is left out."""
        return _known(self.treated), _known(self.control)

    def missing(self) -> dict[str, int]:
        return {name: sum(value is None for values in side.values() for value in values) for name, side in self._sides()}

    def listed(self) -> dict[str, int]:
        return {name: sum(map(len, side.values())) for name, side in self._sides()}

    def _sides(self) -> tuple[tuple[str, Mapping[str, tuple[float | None, ...]]], ...]:
        return ("treated", self.treated), ("control", self.control)


def _known(side: Mapping[str, tuple[float | None, ...]]) -> dict[str, list[float]]:
    return {key: found for key, values in side.items() if (found := [value for value in values if value is not None])}


def completed(side: Mapping[str, tuple[float | None, ...]], value: float) -> dict[str, list[float]]:
    return {key: [value if one is None else one for one in values] for key, values in side.items()}


def read(design: Design, observations: Sequence[Observation], settings: Settings) -> Rows | Refusal:
    if not observations:
        return Refusal(RefusalCode.NO_OBSERVATIONS)
    sides: dict[bool, dict[str, list[float | None]]] = {True: {}, False: {}}
    seen: set[tuple[str, str]] = set()
    arm_of: dict[str, bool] = {}
    by_cluster, by_period = design is Design.CLUSTER, design is Design.BEFORE_AFTER
    for one in observations:
        treated = PERIODS.get(one.period) if by_period else ARMS.get(one.arm)
        place = (one.cluster if by_cluster else one.period if by_period else "", one.unit)
        key = one.cluster if by_cluster else one.unit
        if treated is None or (by_cluster and not key):
            return _odd(one, by_period)
        if place in seen:
            return Refusal(RefusalCode.UNIT_TWICE, {"unit": one.unit})
        if by_cluster and arm_of.setdefault(key, treated) != treated:
            return Refusal(RefusalCode.CLUSTER_IN_BOTH_ARMS, {"cluster": key})
        if one.value is not None and (refusal := _value(one.unit, one.value, settings)):
            return refusal
        seen.add(place)
        sides[treated].setdefault(key, []).append(one.value)
    return Rows(*({key: tuple(values) for key, values in sorted(sides[side].items())} for side in (True, False)))


def _odd(one: Observation, by_period: bool) -> Refusal:
    if by_period:
        return Refusal(RefusalCode.UNKNOWN_PERIOD, {"period": one.period, "unit": one.unit})
    if one.arm not in ARMS:
        return Refusal(RefusalCode.UNKNOWN_ARM, {"arm": one.arm, "unit": one.unit})
    return Refusal(RefusalCode.NO_CLUSTER, {"unit": one.unit})


def _value(unit: str, value: float, settings: Settings) -> Refusal | None:
    if not -LARGEST <= value <= LARGEST:
        return Refusal(RefusalCode.NOT_A_NUMBER, {"unit": unit})
    if settings.range_low is not None and settings.range_high is not None and not settings.range_low <= value <= settings.range_high:
        return Refusal(RefusalCode.OUT_OF_RANGE, {"unit": unit, "value": value})
    return None


def enough(design: Design, rows: Rows) -> Refusal | None:
    """Is there anything to compare? Two known outcomes a side (pairs are counted later), and two clusters where they are drawn."""
    treated, control = rows.known
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
