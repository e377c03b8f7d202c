"""What still stops a plan from being frozen, each as a sentence with the field it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rrr.experiment import bridge, sentences
from rrr.experiment import plan as plans
from rrr.experiment.vocabulary import Arm, ArmsBy, Ethics, PilotDesign


@dataclass(frozen=True)
class Fault:
    """`field` is a field of the plan form, or `units`."""

    field: str
    sentence: str


def faults(plan: plans.Plan) -> list[Fault]:
    found = [*_words(plan), *_outcome(plan), *_dates(plan), *_ethics(plan)]
    if not plan.design:
        found.append(Fault("design", _("Choose how the pilot finds out what would have been without it.")))
        return found
    found += [*_arms(plan), *_units(plan)]
    return found or list(_engine(plan))


def _words(plan: plans.Plan) -> Iterator[Fault]:
    if not plan.question:
        yield Fault("question", _("Write the question the pilot answers."))
    if not plan.outcome:
        yield Fault("outcome", _("Name the outcome."))
    if not plan.outcome_unit:
        yield Fault("outcome_unit", _("Say in which unit the outcome is counted."))
    if not plan.measured_how:
        yield Fault("measured_how", _("Say how the outcome is measured."))
    if not plan.measured_when:
        yield Fault("measured_when", _("Say when the outcome is measured."))
    if not plan.units_what:
        yield Fault("units_what", _("Say what a unit is: a person, a household, a class …"))
    if len(set(map(str.casefold, plan.columns))) < len(plan.columns):
        yield Fault("column_value", _("Each column of the data file needs a name of its own."))


def _outcome(plan: plans.Plan) -> Iterator[Fault]:
    if not plan.direction:
        yield Fault("direction", _("Say which way of the outcome is better."))
    if plan.smallest is None or not plan.smallest > 0:
        yield Fault(
            "smallest", _("Give the smallest effect worth having, a number above 0. Without it nobody can say what a result means.")
        )
    if (plan.minimum is None) != (plan.maximum is None):
        yield Fault("minimum" if plan.minimum is None else "maximum", _("The possible range has two ends. Give both, or neither."))
    elif plan.minimum is not None and plan.maximum is not None and not plan.minimum < plan.maximum:
        yield Fault("maximum", _("The possible range runs from the lowest to the highest value."))


def _dates(plan: plans.Plan) -> Iterator[Fault]:
    if not plan.start:
        yield Fault("start", _("Say when the pilot begins."))
    if not plan.end:
        yield Fault("end", _("Say when the pilot ends."))
    if plan.start and plan.end and plan.end < plan.start:
        yield Fault("end", _("The pilot cannot end before it begins."))


def _ethics(plan: plans.Plan) -> Iterator[Fault]:
    if set(Ethics.values) - set(plan.ethics) and not plan.ethics_note:
        yield Fault("ethics_note", _("Some points of what you owe the people are not ticked. Say in the note why they do not apply."))


def _arms(plan: plans.Plan) -> Iterator[Fault]:
    if plan.weak:
        return
    if plan.arms_by not in (ArmsBy.RRR, ArmsBy.GIVEN):
        yield Fault("arms_by", _("Say who draws the lot: RRR, or somebody who has drawn it already."))
    if plan.arms_by == ArmsBy.RRR and not plan.later_value:
        yield Fault("later_value", _("Name the public value nobody knows yet, which goes into the lot."))
    if plan.arms_by == ArmsBy.GIVEN and not plan.arms_how:
        yield Fault("arms_how", _("Say how the lot was drawn, by whom, and why not here."))
    if not 0 < plan.share_treated < 1:
        yield Fault("share_treated", _("The share that begins now lies between 1% and 99%."))


def _units(plan: plans.Plan) -> Iterator[Fault]:
    if len(plan.units) < 2:
        yield Fault("units", _("Give the list of units: at least two, many more to learn something."))
        return
    if plan.design == PilotDesign.CLUSTER and any(not one.cluster for one in plan.units):
        number = sum(1 for one in plan.units if not one.cluster)
        yield Fault("units", _("%(number)s units have no cluster. A cluster trial needs one for each.") % {"number": number})
    if plan.arms_by == ArmsBy.GIVEN and not plan.weak:
        bare = sum(1 for one in plan.units if one.arm not in Arm.values)
        if bare:
            yield Fault("units", _("%(number)s units have no arm. Give each “treated” or “control”.") % {"number": bare})
    elif any(one.arm for one in plan.units):
        yield Fault(
            "units", _("The list gives arms, but the plan says nobody has drawn them. Take the column arm away, or say it is drawn.")
        )
    yield from _clusters(plan)


def _clusters(plan: plans.Plan) -> Iterator[Fault]:
    if plan.design != PilotDesign.CLUSTER:
        return
    arm: dict[str, set[str]] = {}
    stratum: dict[str, set[str]] = {}
    for one in plan.units:
        arm.setdefault(one.cluster, set()).add(one.arm)
        stratum.setdefault(one.cluster, set()).add(one.stratum)
    for cluster, held in arm.items():
        if len(held) > 1:
            yield Fault("units", _("The cluster %(cluster)s has units in both arms.") % {"cluster": cluster})
    for cluster, held in stratum.items():
        if len(held) > 1:
            yield Fault("units", _("The cluster %(cluster)s lies in two strata.") % {"cluster": cluster})


def _engine(plan: plans.Plan) -> Iterator[Fault]:
    """What cannot be estimated is refused before anybody takes part, not after."""
    try:
        seen = bridge.prospect(plan)
    except ValueError as problem:
        yield Fault("units", str(problem))
        return
    least = 2
    if plan.randomised and min(seen.per_arm) < least:
        yield Fault("units", _("Each arm needs at least two units; the plan gives %(treated)s and %(control)s.") % _pair(seen.per_arm))
    if plan.design == PilotDesign.CLUSTER and min(seen.clusters) < least:
        yield Fault("units", _("Each arm needs at least two clusters; the plan gives %(treated)s and %(control)s.") % _pair(seen.clusters))
    for one in seen.blocking:
        yield Fault("units", sentences.advice(one.code, one.facts))


def _pair(numbers: tuple[int, int]) -> dict[str, int]:
    return {"treated": numbers[0], "control": numbers[1]}
