"""The lines by which anybody repeats a draw or an estimate on files, with the `rrr` command and without this site."""

from __future__ import annotations

import shlex

from rrr.experiment import plan as plans
from rrr.experiment.plan import Plan
from rrr.experiment.vocabulary import PilotDesign


def estimate(plan: Plan, slug: str) -> str:
    """For the CSV of accepted rows (views.data.rows_csv): columns unit, arm, cluster, period, value."""
    words = ["rrr", "trial", "estimate", f"{slug}-rows.csv", "--design", plan.design, "--outcome", "value", "--unit", "unit"]
    if plan.minimum is not None and plan.maximum is not None:
        words += ["--range", f"{plan.minimum:g}", f"{plan.maximum:g}"]
    words += ["--level", f"{plans.LEVEL:g}"]
    if plan.smallest:
        words += ["--smallest", f"{plan.smallest:g}", "--better", plan.direction]
    return shlex.join(words)


def assign(plan: Plan, slug: str, seed: str) -> str:
    """For the CSV of units (views.plans.arms_csv), whose column arm the answer must agree with."""
    words = ["rrr", "trial", "assign", f"{slug}-units.csv", "--key", "unit", "--seed", seed, "--share", f"{plan.share_treated:g}"]
    if plan.design == PilotDesign.CLUSTER:
        words += ["--cluster", "cluster"]
    if any(unit.stratum for unit in plan.units):
        words += ["--stratum", "stratum"]
    return shlex.join(words)


def seed(plan_sha256: str, secret: str, later_value: str) -> str:
    """Any program that knows SHA-256 makes the seed."""
    return f"printf '%s\\0%s\\0%s' {plan_sha256} {secret} {shlex.quote(later_value)} | sha256sum"
