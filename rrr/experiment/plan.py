"""The pilot plan: one plain value, read from a draft or from a frozen text, written as the document that is hashed.

No database here: what is frozen must mean the same to a page, to a file and to a stranger.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from rrr.experiment.vocabulary import Arm, ArmsBy, PilotDesign

SCHEMA = "rrr.plan/1"
LEVEL = 0.95
# What each design computes; the codes are the engine's, the words go into the frozen plan (English, as code and files).
ESTIMATORS = {
    PilotDesign.INDIVIDUAL: "difference in means by intention to treat, HC2 standard error, Bell-McCaffrey degrees of freedom",
    PilotDesign.CLUSTER: "difference in means by intention to treat, CR2 standard error by cluster, Satterthwaite degrees of freedom",
    PilotDesign.BEFORE_AFTER: "mean of the differences after minus before in the same units, t interval; a gap, not an effect",
}
MISSING_RULE = (
    "Units without an outcome are left out of the estimate; bounds are given for what they could have been within the possible range."
)
MISSING_RULE_BEFORE_AFTER = "Units without both measurements are left out of the estimate and counted."


@dataclass(frozen=True)
class Unit:
    """What is drawn, or measured twice. The key is a pseudonym: it becomes public with the plan."""

    key: str
    cluster: str = ""
    stratum: str = ""
    arm: str = ""


@dataclass(frozen=True)
class Plan:
    """Numbers of the outcome are in `outcome_unit`; `share_treated` is between 0 and 1; dates are ISO texts."""

    question: str = ""
    outcome: str = ""
    outcome_unit: str = ""
    measured_how: str = ""
    measured_when: str = ""
    direction: str = ""
    smallest: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    design: str = ""
    units_what: str = ""
    units: Sequence[Unit] = ()
    share_treated: float = 0.5
    arms_by: str = ""
    arms_how: str = ""
    later_value: str = ""
    column_unit: str = "unit"
    column_value: str = "value"
    column_period: str = "period"
    start: str = ""
    end: str = ""
    assumed_sd: float | None = None
    assumed_icc: float | None = None
    ethics: Sequence[str] = ()
    ethics_note: str = ""
    simulated: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def randomised(self) -> bool:
        return self.design in (PilotDesign.INDIVIDUAL, PilotDesign.CLUSTER)

    @property
    def weak(self) -> bool:
        return self.design == PilotDesign.BEFORE_AFTER

    @property
    def clusters(self) -> list[str]:
        return sorted({unit.cluster for unit in self.units if unit.cluster})

    @property
    def columns(self) -> list[str]:
        return [self.column_unit, self.column_value, *([self.column_period] if self.weak else [])]

    @property
    def when(self) -> str:
        """When it is measured, fit to stand inside a sentence."""
        return self.measured_when.rstrip(". ")

    @property
    def estimator(self) -> str:
        return ESTIMATORS[PilotDesign(self.design)]

    @property
    def given_arms(self) -> dict[str, str]:
        return {unit.key: unit.arm for unit in self.units if unit.arm}

    def count(self, arm: str) -> int:
        return sum(1 for unit in self.units if unit.arm == arm)


NAMES = frozenset(one.name for one in fields(Plan)) - {"units", "extra"}


def from_draft(draft: Mapping[str, Any], *, simulated: bool = False) -> Plan:
    """A draft as the form keeps it. Values nobody knows are left out: a draft may be older than the form."""
    given = {name: value for name, value in draft.items() if name in NAMES and value is not None}
    units = tuple(Unit(**one) for one in draft.get("units", ()))
    return Plan(**{**given, "units": units, "simulated": simulated})


def document(plan: Plan, *, pilot: Mapping[str, str], version: int, secret_sha256: str = "") -> dict[str, Any]:
    """What is frozen, as plain JSON. `pilot` says whose plan it is: territory, pilot, title, solution, challenge."""
    return {
        "schema": SCHEMA,
        "version": version,
        "pilot": dict(pilot),
        "simulated": plan.simulated,
        "question": plan.question,
        "outcome": {
            "name": plan.outcome, "unit": plan.outcome_unit, "how": plan.measured_how, "when": plan.measured_when,
            "direction": plan.direction, "smallest_worthwhile_effect": plan.smallest, "minimum": plan.minimum, "maximum": plan.maximum,
        },
        "design": plan.design,
        "units": {"what": plan.units_what, "number": len(plan.units), "list": [_unit(one) for one in plan.units]},
        "assignment": _assignment(plan, secret_sha256),
        "analysis": {
            "estimator": plan.estimator, "level": LEVEL,
            "missing": MISSING_RULE_BEFORE_AFTER if plan.weak else MISSING_RULE,
        },
        "data": {"columns": plan.columns},
        "assumed": {"sd": plan.assumed_sd, "icc": plan.assumed_icc},
        "dates": {"start": plan.start, "end": plan.end},
        "ethics": {"holds": sorted(plan.ethics), "note": plan.ethics_note},
    }  # fmt: skip


def _unit(one: Unit) -> dict[str, str]:
    return {
        name: value for name, value in (("key", one.key), ("cluster", one.cluster), ("stratum", one.stratum), ("arm", one.arm)) if value
    }


def _assignment(plan: Plan, secret_sha256: str) -> dict[str, Any]:
    if plan.arms_by == ArmsBy.RRR:
        return {
            "by": ArmsBy.RRR, "share_treated": plan.share_treated, "secret_sha256": secret_sha256, "later_value": plan.later_value,
            "seed": "SHA-256 of the hash of this plan, the secret and the later value",
        }  # fmt: skip
    if plan.arms_by == ArmsBy.GIVEN:
        return {"by": ArmsBy.GIVEN, "how": plan.arms_how}
    return {"by": ArmsBy.NONE}


def read(text: str) -> Plan:
    """A frozen plan from its text."""
    data = json.loads(text)
    outcome, assignment, columns = data["outcome"], data["assignment"], data["data"]["columns"]
    return Plan(
        question=data["question"],
        outcome=outcome["name"],
        outcome_unit=outcome["unit"],
        measured_how=outcome["how"],
        measured_when=outcome["when"],
        direction=outcome["direction"],
        smallest=outcome["smallest_worthwhile_effect"],
        minimum=outcome["minimum"],
        maximum=outcome["maximum"],
        design=data["design"],
        units_what=data["units"]["what"],
        units=tuple(Unit(**one) for one in data["units"]["list"]),
        share_treated=assignment.get("share_treated", 0.5),
        arms_by=assignment["by"],
        arms_how=assignment.get("how", ""),
        later_value=assignment.get("later_value", ""),
        column_unit=columns[0],
        column_value=columns[1],
        column_period=columns[2] if len(columns) > 2 else "period",
        start=data["dates"]["start"],
        end=data["dates"]["end"],
        assumed_sd=data["assumed"]["sd"],
        assumed_icc=data["assumed"]["icc"],
        ethics=tuple(data["ethics"]["holds"]),
        ethics_note=data["ethics"]["note"],
        simulated=data["simulated"],
        extra=data,
    )


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def chained(before: str, digest: str, at: str) -> str:
    """The next link of the chain over all frozen plans: SHA-256 of three lines. `at` is the time in UTC, ISO 8601."""
    return hashlib.sha256(f"{before}\n{digest}\n{at}".encode()).hexdigest()


def arm_code(text: str) -> str:
    """`treated` or `control` from what people write in a column, "" for anything else."""
    folded = text.strip().casefold()
    if folded in {Arm.TREATED.value, "treatment", "programme", "program", "1", "yes"}:
        return Arm.TREATED.value
    if folded in {Arm.CONTROL.value, "comparison", "0", "no"}:
        return Arm.CONTROL.value
    return ""


def twice(keys: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    found = []
    for key in keys:
        if key in seen:
            found.append(key)
        seen.add(key)
    return found
