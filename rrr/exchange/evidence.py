"""How the result of a case becomes one row among the effects of the solution (rrr.explore.actions.effects)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from rrr.exchange.models import Case
from rrr.experiment.vocabulary import PilotDesign
from rrr.explore.vocabulary import Design, Measure

DESIGNS = {
    PilotDesign.INDIVIDUAL.value: Design.RANDOMISED,
    PilotDesign.CLUSTER.value: Design.CLUSTER_RANDOMISED,
    PilotDesign.BEFORE_AFTER.value: Design.BEFORE_AFTER,
}


def counts(figures: Mapping[str, Any]) -> bool:
    """Whether the result may stand as evidence: real units, and a number."""
    result = figures.get("result")
    return bool(result and result["value"] is not None and not figures["simulated"])


def key(figures: Mapping[str, Any]) -> str:
    return f"pilot:{figures['result']['id']}"


def values(case: Case, url: str) -> dict[str, Any]:
    """Fields of an Effect. The difference is in units of the outcome, as the plan named them."""
    result = case.figures["result"]
    points = result["unit"].strip() == "%"
    weak = _("Weak design: whatever else changed in the meantime is in this figure.") if result["weak"] else ""
    return {
        "study": case.title,
        "year": datetime.fromisoformat(result["made_at"]).year,
        "place": case.territory.name,
        "territory": case.territory,
        "design": DESIGNS[result["design"]],
        "outcome": result["outcome"],
        "measure": Measure.PERCENTAGE_POINTS if points else Measure.DIFFERENCE,
        "value": result["value"],
        "unit": "percentage points" if points else result["unit"],
        "low": result["low"],
        "high": result["high"],
        "number_treated": result["number_treated"],
        "number_other": result["number_control"],
        "reviewed": False,
        "note": weak,
        "url": url,
    }
