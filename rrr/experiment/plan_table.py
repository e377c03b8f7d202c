"""A frozen plan as a table of plain words, the same for every reader."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from rrr.experiment import sentences
from rrr.experiment.plan import Plan
from rrr.experiment.vocabulary import PILOT_DESIGN_SENTENCES, Arm, ArmsBy, Direction, Ethics, PilotDesign

Row = tuple[str, Any]
FROZEN = "en"  # sentences that are part of the hashed document are the same for every reader


def _in(language: str, text: Any) -> Any:
    """Text as somebody wrote it, marked with its language for screen readers and hyphenation."""
    return format_html('<span lang="{}">{}</span>', language, text) if text else text


def rows(plan: Plan, language: str) -> list[Row]:
    """(what, value); None where the plan leaves it open. `language`: the one the team writes in."""
    return [
        (_("Question"), _in(language, plan.question)),
        (_("Outcome"), _("%(outcome)s, in %(unit)s") % {"outcome": plan.outcome, "unit": plan.outcome_unit}),
        (_("Measured"), _in(language, f"{plan.measured_how}. {plan.measured_when}".replace("..", "."))),
        (_("Better"), Direction(plan.direction).label if plan.direction else None),
        (_("Smallest difference worth having"), sentences.difference(plan.smallest, plan.outcome_unit) if plan.smallest else None),
        (_("Possible range"), _range(plan)),
        (_("Design"), PilotDesign(plan.design).label),
        (_("What that means"), PILOT_DESIGN_SENTENCES[plan.design]),
        (_("Units"), _units(plan)),
        (_("Lot"), _lot(plan)),
        (_("Analysis"), _in(FROZEN, plan.estimator)),
        (_("Missing outcomes"), _in(FROZEN, plan.extra.get("analysis", {}).get("missing"))),
        (_("Interval"), _("95%")),
        (_("Columns of the data"), ", ".join(plan.columns)),
        (_("Dates"), _("%(start)s to %(end)s") % {"start": plan.start, "end": plan.end}),
        (_("Fair to people"), _ethics(plan)),
    ]


def _range(plan: Plan) -> str | None:
    if plan.minimum is None or plan.maximum is None:
        return None
    return _("%(low)s to %(high)s") % {"low": sentences.number(plan.minimum), "high": sentences.number(plan.maximum)}


def _units(plan: Plan) -> str:
    words = f"{sentences.number(len(plan.units))} ({plan.units_what})"
    if plan.design == PilotDesign.CLUSTER:
        return _("%(units)s in %(clusters)s clusters") % {"units": words, "clusters": sentences.number(len(plan.clusters))}
    return words


def _lot(plan: Plan) -> str:
    share = sentences.number(round(100 * plan.share_treated, 1))
    if plan.arms_by == ArmsBy.RRR:
        return _("Drawn here after the freezing; %(share)s%% begin now. Into it goes: %(value)s") % {
            "share": share,
            "value": plan.later_value,
        }
    if plan.arms_by == ArmsBy.GIVEN:
        numbers = {"treated": plan.count(Arm.TREATED), "control": plan.count(Arm.CONTROL), "how": plan.arms_how}
        return _("Drawn before: %(treated)s begin, %(control)s are the comparison. %(how)s") % numbers
    return _("None: nobody is compared with")


def _ethics(plan: Plan) -> str:
    ticked = _("%(number)s of %(total)s points hold.") % {"number": len(plan.ethics), "total": len(Ethics)}
    return f"{ticked} {plan.ethics_note}".strip()
