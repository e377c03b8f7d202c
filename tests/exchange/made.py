"""A pilot with plan, data, result and decision, and its case: written straight into the database up to the case."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from itertools import count
from typing import Any

from rrr.core.models import RawFile
from rrr.exchange.actions import cases
from rrr.exchange.models import Case
from rrr.experiment import plan as plans
from rrr.experiment.models import DataUpload, Decision, Pilot, PlanVersion, Result
from tests.factories import places, thread

FROZEN = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
_number = count(1)


def plan(of: Pilot, *, question: str = "Do more young people find a job?", design: str = "individual", **fields: Any) -> PlanVersion:
    """A frozen plan as step 4 writes it."""
    number = of.plans.count() + 1
    given = plans.Plan(
        question=question, outcome="Weeks in work", outcome_unit="weeks", measured_how="payroll", measured_when="after a year",
        direction="higher", smallest=2.0, design=design, units_what="young people", units=[plans.Unit(f"U{n:03}") for n in range(60)],
        arms_by="none" if design == "before_after" else "rrr", later_value="lottery", start="2026-03-02", end="2027-03-01",
        simulated=of.simulated,
    )  # fmt: skip
    document = plans.document(given, pilot={"pilot": of.slug, "territory": of.territory.slug}, version=number)
    text = json.dumps(document, sort_keys=True)
    more = {"number": number, "text": text, "sha256": hashlib.sha256(text.encode()).hexdigest(), "frozen_at": FROZEN}
    more["reason"] = "" if number == 1 else "the office moved"
    return PlanVersion.objects.create(pilot=of, chain=hashlib.sha256(str(next(_number)).encode()).hexdigest(), **{**more, **fields})


def result(of: Pilot, **fields: Any) -> Result:
    """4.2 weeks more, between 1.1 and 7.3, unless said otherwise."""
    frozen = of.plans.order_by("-number").first() or plan(of, design=fields.get("design", "individual"))
    digest = hashlib.sha256(f"data {next(_number)}".encode()).hexdigest()
    file = RawFile.objects.create(sha256=digest, size=10)
    upload = DataUpload.objects.create(pilot=of, plan=frozen, file=file, file_name="outcome.csv")
    given = {
        "outcome": "Weeks in work", "unit": "weeks", "design": "individual", "value": 4.2, "low": 1.1, "high": 7.3, "number_treated": 30,
        "number_control": 30, "weak": False,
    }  # fmt: skip
    return Result.objects.create(pilot=of, plan=frozen, upload=upload, **{**given, **fields})


def decision(of: Pilot, verdict: str = "scale", reason: str = "The low end still pays for itself.") -> Decision:
    return Decision.objects.create(pilot=of, result=of.results.first(), verdict=verdict, reason=reason)


def pilot(territory: Any = None, *, simulated: bool = False, challenge: dict[str, Any] | None = None, **of_result: Any) -> Pilot:
    """A decided pilot in Turin, from a challenge, a solution and an adaptation of their own."""
    place = territory or places.territory("turin")
    adaptation = thread.adaptation(thread.challenge(place, **(challenge or {})), thread.solution(), summary="Six months in a bakery.")
    adaptation.parts.filter(kind="core").update(decision="keep", reason="the trials tested it")
    made = thread.pilot(adaptation, state="decided", simulated=simulated)
    result(made, **of_result)
    decision(made)
    return made


def draft(territory: Any = None, by: Any = None, **given: Any) -> Case:
    """A draft with its three sentences written."""
    begun = cases.start(by=by, pilot=pilot(territory, **given))
    text = {"limits": "One bakery.", "cost": "- 40 000 euros\n- two mentors"}
    return cases.edit(by=by, case=begun, changes={"title": "A first job in a bakery", "summary": "We tried. It worked. Go on."}, text=text)


def published(territory: Any = None, by: Any = None, **given: Any) -> Case:
    return cases.publish(by=by, case=draft(territory, by, **given))
