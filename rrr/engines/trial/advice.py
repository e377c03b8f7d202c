"""What to say of a plan before it is frozen."""

from __future__ import annotations

from rrr.engines.trial.design import Advice, Plan


def power_of(plan: Plan) -> float | None:
    """The chance that the interval excludes 0 if the smallest worthwhile effect is true; None where something needed is unknown."""
    raise NotImplementedError


def detectable(plan: Plan) -> float | None:
    """The smallest effect seen with the plan's power, in the unit of the outcome; None where something needed is unknown."""
    raise NotImplementedError


def checks(plan: Plan) -> tuple[Advice, ...]:
    raise NotImplementedError
