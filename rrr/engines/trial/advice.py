"""What to say of a plan before it is frozen, and of the units that came in. Codes with facts; the step makes sentences of them.

Thresholds. Ten per arm: where 6 of 20 get twice a skewed outcome the interval covers .88, not .95 (benchmarks.trial). Six clusters per arm: below it
the trial sees only large effects, and one odd cluster moves the result. Four degrees of freedom: Tipton 2015, Psychological Methods 20(3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rrr.engines.trial import power
from rrr.engines.trial.design import Advice, Code, Design, Plan

FEW_UNITS = 10
FEW_CLUSTERS = 6
LOW_DEGREES = 4.0
UNEVEN = 5.0
UNEVEN_MISSING = 0.10


def power_of(plan: Plan) -> float | None:
    """The chance that the interval excludes 0 if the smallest worthwhile effect is true; None where something needed is unknown."""
    if plan.sd is None or plan.smallest_worthwhile is None or not _enough(plan):
        return None
    if plan.design is Design.BEFORE_AFTER:
        return power.power_paired(plan.units_treated, plan.sd, plan.correlation, plan.smallest_worthwhile, plan.alpha)
    if plan.design is Design.INDIVIDUAL:
        return power.power_individual(plan.units_treated, plan.units_control, plan.sd, plan.smallest_worthwhile, plan.alpha)
    if plan.icc is None:
        return None
    clusters = plan.clusters_treated, plan.clusters_control
    return power.power_cluster(*clusters, _size(plan), plan.icc, plan.sd, plan.smallest_worthwhile, plan.alpha)


def detectable(plan: Plan) -> float | None:
    """The smallest effect seen with the plan's power, in the unit of the outcome; None where something needed is unknown."""
    if plan.sd is None or not _enough(plan) or plan.power <= plan.alpha:
        return None
    if plan.design is Design.BEFORE_AFTER:
        return power.mde_paired(plan.units_treated, plan.sd, plan.correlation, plan.power, plan.alpha)
    if plan.design is Design.INDIVIDUAL:
        return power.mde_individual(plan.units_treated, plan.units_control, plan.sd, plan.power, plan.alpha)
    if plan.icc is None:
        return None
    return power.mde_cluster(plan.clusters_treated, plan.clusters_control, _size(plan), plan.icc, plan.sd, plan.power, plan.alpha)


def checks(plan: Plan) -> tuple[Advice, ...]:
    """Everything worth saying of this plan, gravest first. Empty when there is nothing to say."""
    return (*_comparison(plan), *_numbers(plan), *_unknown(plan), *_sight(plan))


def few(treated: int, control: int, design: Design) -> Iterator[Advice]:
    """`treated` and `control` are units, or clusters when they are drawn."""
    facts = {"treated": treated, "control": control}
    if design is Design.CLUSTER:
        if min(treated, control) <= 2:
            yield Advice(Code.NO_CLUSTERS_TO_SPARE, facts)
        if min(treated, control) < FEW_CLUSTERS:
            yield Advice(Code.FEW_CLUSTERS, facts)
    elif min(treated, control) < FEW_UNITS:
        yield Advice(Code.UNDER_10_PER_ARM, facts)


def uneven(sizes: Sequence[int]) -> Iterator[Advice]:
    if sizes and max(sizes) > UNEVEN * min(sizes):
        yield Advice(Code.UNEVEN_CLUSTERS, {"smallest": min(sizes), "largest": max(sizes)})


def _comparison(plan: Plan) -> Iterator[Advice]:
    if plan.design is Design.BEFORE_AFTER:
        yield Advice(Code.BEFORE_AFTER_IS_WEAK)
        yield Advice(Code.NO_COMPARISON)
        return
    if (plan.clusters_control if plan.design is Design.CLUSTER else plan.units_control) == 0:
        yield Advice(Code.NO_COMPARISON)
    if not plan.randomised:
        yield Advice(Code.NOT_RANDOMISED)


def _numbers(plan: Plan) -> Iterator[Advice]:
    treated, control = _drawn(plan)
    yield from few(treated, control, plan.design)
    if plan.design is not Design.BEFORE_AFTER and treated and control:
        smallest = power.smallest_p(treated, control)
        if smallest > plan.alpha:
            yield Advice(Code.CANNOT_REACH_ALPHA, {"smallest": smallest, "alpha": plan.alpha})


def _unknown(plan: Plan) -> Iterator[Advice]:
    if plan.smallest_worthwhile is None:
        yield Advice(Code.EFFECT_UNKNOWN)
    if plan.sd is None:
        yield Advice(Code.SPREAD_UNKNOWN)
    if plan.icc is None and plan.design is Design.CLUSTER:
        yield Advice(Code.ICC_UNKNOWN)


def _sight(plan: Plan) -> Iterator[Advice]:
    chance, smallest = power_of(plan), detectable(plan)
    if chance is not None and smallest is not None and plan.smallest_worthwhile is not None and chance < plan.power:
        facts = {"power": chance, "wanted": plan.power, "smallest_worthwhile": plan.smallest_worthwhile, "detectable": smallest}
        yield Advice(Code.TOO_SMALL_TO_SEE, facts)


def _drawn(plan: Plan) -> tuple[int, int]:
    """What each arm holds of that which is drawn; before/after has the same units twice."""
    if plan.design is Design.CLUSTER:
        return plan.clusters_treated, plan.clusters_control
    return plan.units_treated, plan.units_treated if plan.design is Design.BEFORE_AFTER else plan.units_control


def _enough(plan: Plan) -> bool:
    return min(_drawn(plan)) >= 2


def _size(plan: Plan) -> float:
    units = plan.units_treated + plan.units_control
    return max(1.0, units / (plan.clusters_treated + plan.clusters_control))
