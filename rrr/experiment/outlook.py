"""What a plan can see before it begins, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rrr.experiment import bridge, commands, sentences
from rrr.experiment.plan import Plan
from rrr.experiment.vocabulary import PILOT_DESIGN_SENTENCES, Arm, PilotDesign


@dataclass(frozen=True)
class Outlook:
    """`headline` is "" where nothing can be computed yet; `advice` is never empty then. `command` runs the numbers again."""

    headline: str
    advice: Sequence[str]
    design: str
    assumption: str = ""
    command: str = ""


def of(plan: Plan) -> Outlook | None:
    """None before there are a design and units."""
    if not plan.design or len(plan.units) < 2:
        return None
    design = str(PILOT_DESIGN_SENTENCES[plan.design])
    try:
        seen = bridge.prospect(plan)
    except ValueError as problem:
        return Outlook("", [str(problem)], design)
    headline = ""
    if seen.detectable is not None:
        headline = _("With %(numbers)s the pilot sees a difference of %(amount)s or more in 80 of 100 cases.") % {
            "numbers": _numbers(plan, seen),
            "amount": sentences.difference(seen.detectable, plan.outcome_unit),
        }
    advice = [sentences.advice(one.code, one.facts) for one in seen.sayings]
    return Outlook(headline, advice, design, _assumption(plan), commands.power(plan, seen.per_arm, seen.clusters))


def _assumption(plan: Plan) -> str:
    """What the figure hangs on, beside the units."""
    if plan.weak:
        return _(
            "With the spread you assumed, an interval of 95%, and a unit’s values before and after half alike (correlation 0.5, our assumption)."
        )
    if plan.design == PilotDesign.CLUSTER:
        return _("With the spread and the likeness you assumed, an interval of 95%, and clusters of one size.")
    return _("With the spread you assumed, and an interval of 95%.")


def _numbers(plan: Plan, seen: bridge.Prospect) -> str:
    if plan.weak:
        return _("%(number)s units") % {"number": sentences.number(len(plan.units))}
    pair = seen.clusters if plan.design == PilotDesign.CLUSTER else seen.per_arm
    facts = {"treated": sentences.number(pair[0]), "control": sentences.number(pair[1])}
    if plan.design == PilotDesign.CLUSTER:
        return _("%(treated)s clusters that begin and %(control)s that wait") % facts
    return _("%(treated)s that begin and %(control)s that wait") % facts


def tally(arms: Mapping[str, str]) -> list[tuple[str, int]]:
    found = bridge.tally(arms)
    return [(str(Arm(code).label), found.get(code, 0)) for code in Arm.values] if arms else []
