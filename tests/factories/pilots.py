"""Pilots for tests, walked through the same actions a team uses."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from rrr.experiment.actions import data, draws, plans
from rrr.experiment.models import DataUpload, Pilot, PlanVersion
from rrr.experiment.plan import Unit
from rrr.experiment.vocabulary import Ethics
from tests.factories import thread

VALUES: dict[str, Any] = {
    "question": "Does a paid first job bring young people into work?",
    "outcome": "days in paid work",
    "outcome_unit": "days",
    "measured_how": "From the register of the employment office.",
    "measured_when": "Twelve months after the start.",
    "direction": "higher",
    "smallest": 10.0,
    "minimum": 0.0,
    "maximum": 365.0,
    "design": "individual",
    "units_what": "young people",
    "assumed_sd": 40.0,
    "assumed_icc": 0.1,
    "arms_by": "rrr",
    "share_treated": 0.5,
    "later_value": "Winning numbers of the national lottery on 3 March 2027",
    "arms_how": "",
    "column_unit": "unit",
    "column_value": "value",
    "column_period": "period",
    "start": "2027-03-08",
    "end": "2028-03-08",
    "ethics": list(Ethics.values),
    "ethics_note": "",
}


def units(number: int = 40, *, clusters: int = 0, arms: bool = False) -> list[Unit]:
    """U001 …, in `clusters` clusters; with `arms` every second one (cluster) is treated."""
    made = []
    for place in range(number):
        cluster = f"school-{place % clusters}" if clusters else ""
        turn = (place % clusters) if clusters else place
        made.append(Unit(f"U{place + 1:03}", cluster, "", ("treated", "control")[turn % 2] if arms else ""))
    return made


def planned(territory: Any, *, by: Any = None, number: int = 40, clusters: int = 0, simulated: bool = False, **values: Any) -> Pilot:
    """A pilot whose plan is complete and not frozen."""
    adaptation = thread.adaptation(thread.challenge(territory), thread.solution())
    made = plans.begin(by=by, adaptation=adaptation, title=values.pop("title", "Supported first job"))
    given = {**VALUES, **values}
    if clusters:
        given["design"] = "cluster"
    if given["design"] == "before_after":
        given["arms_by"] = "none"
    if given["arms_by"] == "given":
        given["arms_how"] = "Drawn by the school board with dice before this site was used."
    plans.write(by=by, pilot=made, values=given, simulated=simulated)
    return plans.set_units(by=by, pilot=made, units=units(number, clusters=clusters, arms=given["arms_by"] == "given"))


def frozen(territory: Any, *, by: Any = None, **values: Any) -> tuple[Pilot, PlanVersion]:
    made = planned(territory, by=by, **values)
    return made, plans.freeze(by=by, pilot=made)


def drawn(territory: Any, *, by: Any = None, **values: Any) -> Pilot:
    made, version = frozen(territory, by=by, **values)
    if hasattr(version, "assignment"):
        draws.draw(
            by=by,
            pilot=made,
            later_value="3 11 19 24 40",
            later_source="https://example.org/lottery/2027-03-03",
            later_on=timezone.localdate(),
        )
    return made


def upload(pilot: Pilot, text: str, *, name: str = "outcomes.csv", by: Any = None) -> DataUpload:
    return data.upload(by=by, pilot=pilot, chunks=[text.encode()], name=name)
