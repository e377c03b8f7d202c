"""Every row of an outcome file against the frozen plan: good ones go through, each other gets its reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rrr.experiment.plan import Plan, Unit, arm_code

LIMIT = 200_000
SHOWN_TEXT = 200
PLAIN = re.compile(r"[+\-−]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
GROUPED = re.compile(r"[+\-−]?[1-9]\d{0,2},\d{3}")  # 1,234 may be a thousand or one and a bit
PERIODS = {"before": "before", "after": "after", "0": "before", "1": "after", "pre": "before", "post": "after"}


class NotANumber(ValueError):
    """`code` says which way: no number at all, or one that can be read in two ways."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Checked:
    """`rows`: unit, value (None = missing), period. `rejected`: line, text, code, facts."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    decimal_commas: int = 0


def missing_columns(plan: Plan, columns: Iterable[str]) -> list[str]:
    known = {_folded(one) for one in columns}
    return [name for name in plan.columns if _folded(name) not in known]


def check(plan: Plan, arms: Mapping[str, str], rows: Iterable[tuple[int, Mapping[str, str]]], found: Checked) -> None:
    """Fill `found`. `rows` are pairs of line and cells by the file's own column names."""
    units = {one.key: one for one in plan.units}
    first: dict[tuple[str, str], int] = {}
    for line, values in rows:
        cells = {_folded(name): unicodedata.normalize("NFC", value or "").strip() for name, value in values.items()}
        row, code, facts = _row(plan, units, arms, cells, first, line, found)
        if code:
            text = " ; ".join(values.values())[:SHOWN_TEXT]
            found.rejected.append({"line": line, "text": text, "code": code, "facts": facts})
        else:
            first[(row["unit"], row["period"])] = line
            found.rows.append(row)


Verdict = tuple[dict[str, Any], str, dict[str, Any]]


def _row(
    plan: Plan,
    units: Mapping[str, Unit],
    arms: Mapping[str, str],
    cells: Mapping[str, str],
    first: Mapping[tuple[str, str], int],
    line: int,
    found: Checked,
) -> Verdict:
    key = cells.get(_folded(plan.column_unit), "")
    if not key:
        return {}, "no_unit", {}
    if key not in units:
        return {}, "unknown_unit", {"unit": key[:80]}
    code, facts, period = _period(plan, cells)
    if not code and (key, period) in first:
        code, facts = "unit_twice", {"unit": key, "first": first[(key, period)]}
    if not code:
        code, facts = _as_planned(units[key], arms, cells)
    if code:
        return {}, code, facts
    return _value(plan, key, period, cells.get(_folded(plan.column_value), ""), found)


def _period(plan: Plan, cells: Mapping[str, str]) -> tuple[str, dict[str, Any], str]:
    if not plan.weak:
        return "", {}, ""
    given = cells.get(_folded(plan.column_period), "")
    period = PERIODS.get(given.casefold(), "")
    return ("", {}, period) if period else ("unknown_period", {"period": given[:80]}, "")


def _as_planned(unit: Unit, arms: Mapping[str, str], cells: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    """Arm and cluster need not be in the file; where they are, they agree with the plan."""
    arm, cluster = cells.get("arm", ""), cells.get("cluster", "")
    planned = arms.get(unit.key, "")
    if arm and planned and arm_code(arm) != planned:
        return "other_arm", {"given": arm[:80], "planned": planned}
    if cluster and unit.cluster and cluster != unit.cluster:
        return "other_cluster", {"given": cluster[:80], "planned": unit.cluster}
    return "", {}


def _value(plan: Plan, key: str, period: str, text: str, found: Checked) -> Verdict:
    row = {"unit": key, "value": None, "period": period}
    if not text:
        return row, "", {}
    try:
        value, comma = number(text)
    except NotANumber as problem:
        return {}, problem.code, {"value": text[:80]}
    low, high = plan.minimum, plan.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        return {}, "out_of_range", {"value": text[:80], "minimum": low, "maximum": high}
    found.decimal_commas += comma
    return {**row, "value": value}, "", {}


def number(text: str) -> tuple[float, bool]:
    """A cell as a number, and whether it had a decimal comma. Raises NotANumber."""
    tight = text.replace(" ", "").replace("\u00a0", "").replace("\u202f", "").replace("'", "")
    if tight.count(",") + tight.count(".") > 1 or GROUPED.fullmatch(tight):
        digits = re.fullmatch(r"[+\-−]?[\d.,]+", tight)
        raise NotANumber("ambiguous_number" if digits else "not_a_number")
    if not PLAIN.fullmatch(tight):
        raise NotANumber("not_a_number")
    value = float(tight.replace(",", ".").replace("−", "-"))
    if value in (float("inf"), float("-inf")):
        raise NotANumber("not_a_number")
    return value, "," in tight


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()
