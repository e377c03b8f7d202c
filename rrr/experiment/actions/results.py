"""Estimate what the frozen plan asks for, and decide."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import rrr
from rrr.core import audit
from rrr.core.audit import Actor
from rrr.experiment import bridge, queries
from rrr.experiment import plan as plans
from rrr.experiment.models import DataUpload, Decision, Pilot, PlanVersion, Result
from rrr.experiment.vocabulary import ORDER, PilotState, Verdict


@transaction.atomic
def estimate(*, by: Actor, pilot: Pilot) -> Result:
    """Run the frozen plan's estimator on the newest data. A refusal is kept as an answer too."""
    fresh = Pilot.objects.select_for_update().get(pk=pilot.pk)
    version, upload = queries.frozen_plan(fresh), queries.latest_upload(fresh)
    if version is None or upload is None:
        raise ValidationError(_("There is nothing to estimate yet: first the frozen plan, then the data."))
    plan = plans.read(version.text)
    found = bridge.answer(plan, queries.arms(version), upload.rows)
    made = _keep(by, pilot, version, upload, plan, found)
    if not found.refusal:
        _forward(fresh, PilotState.ESTIMATED)
    pilot.state = fresh.state
    after = {"value": made.value, "low": made.low, "high": made.high, "refusal": made.refusal, "plan": version.sha256}
    audit.record(by=by, action="pilots.estimate", subject=pilot, after=after, territory=pilot.territory.slug)
    return made


def _keep(by: Actor, pilot: Pilot, version: PlanVersion, upload: DataUpload, plan: plans.Plan, found: bridge.Answer) -> Result:
    details: dict[str, Any] = {**found.details, "code": rrr.__version__, "estimator": plan.estimator, "smallest": plan.smallest}
    if found.estimate is not None and plan.smallest:
        details["verdict"] = bridge.verdict(found.estimate, plan.smallest, plan.direction)
        if found.estimate.wide_low is not None:
            details["verdict_wide"] = bridge.verdict(found.estimate, plan.smallest, plan.direction, wide=True)
    return Result.objects.create(
        pilot=pilot,
        plan=version,
        upload=upload,
        outcome=plan.outcome,
        unit=plan.outcome_unit,
        design=plan.design,
        value=found.estimate.value if found.estimate else None,
        refusal=found.refusal,
        low=found.estimate.low if found.estimate else None,
        high=found.estimate.high if found.estimate else None,
        number_treated=found.treated,
        number_control=found.control,
        clusters=found.clusters,
        weak=found.weak,
        details=details,
        by_id=by.pk if by else None,
    )


def _forward(fresh: Pilot, state: PilotState) -> None:
    if ORDER.index(PilotState(fresh.state)) < ORDER.index(state):
        fresh.state = state
        fresh.save(update_fields=["state", "updated_at"])


@transaction.atomic
def decide(*, by: Actor, pilot: Pilot, verdict: str, reason: str) -> Decision:
    """What follows, and why. Everybody can read it; a later decision stands beside the earlier ones."""
    fresh = Pilot.objects.select_for_update().get(pk=pilot.pk)
    answer = queries.latest_answer(fresh)
    if answer is None:
        raise ValidationError(_("There is no result yet. Estimate first; a refusal is an answer too."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why. Whoever reads the decision in a year will ask.")})
    made = Decision.objects.create(
        pilot=pilot, result=answer, verdict=Verdict(verdict).value, reason=reason.strip(), by_id=by.pk if by else None
    )
    _forward(fresh, PilotState.DECIDED)
    pilot.state = fresh.state
    after = {"verdict": made.verdict, "result": answer.pk}
    audit.record(by=by, action="pilots.decide", subject=pilot, after=after, territory=pilot.territory.slug, reason=made.reason)
    return made
