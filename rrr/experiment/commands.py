"""The lines by which anybody repeats a draw or an estimate on files, with the `rrr` command and without this site."""

from __future__ import annotations

import shlex
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from rrr.experiment import plan as plans
from rrr.experiment.plan import Plan
from rrr.experiment.vocabulary import PilotDesign


def estimate(plan: Plan, slug: str) -> str:
    """For the CSV of accepted rows (views.data.rows_csv): columns unit, arm, cluster, period, value."""
    words = ["rrr", "trial", "estimate", f"{slug}-rows.csv", "--design", plan.design, "--outcome", "value", "--unit", "unit"]
    if plan.minimum is not None and plan.maximum is not None:
        words += ["--range", _exact(plan.minimum), _exact(plan.maximum)]
    words += ["--level", _exact(plans.LEVEL)]
    if plan.smallest:
        words += ["--smallest", _exact(plan.smallest), *(["--better", plan.direction] if plan.direction else [])]
    return shlex.join(words)


def power(plan: Plan, units: Sequence[int], clusters: Sequence[int]) -> str:
    """What the plan can see, from its numbers alone; "" where the spread is not known. `units`, `clusters`: treated and control."""
    if plan.assumed_sd is None or (plan.design == PilotDesign.CLUSTER and plan.assumed_icc is None):
        return ""
    words = ["rrr", "trial", "power", "--design", plan.design, "--treated", str(units[0]), "--control", str(units[1])]
    words += ["--sd", _exact(plan.assumed_sd)]
    if plan.design == PilotDesign.CLUSTER and plan.assumed_icc is not None:
        words += ["--clusters-treated", str(clusters[0]), "--clusters-control", str(clusters[1]), "--icc", _exact(plan.assumed_icc)]
    if plan.smallest:
        words += ["--effect", _exact(plan.smallest)]
    return shlex.join(words)


def _exact(value: float) -> str:
    """Every digit, without an exponent: 1234567.5, not 1.23457e+06, which would be another number."""
    text = format(Decimal(repr(float(value))), "f")
    return text.removesuffix(".0")


def assign(plan: Plan, slug: str, seed: str) -> str:
    """For the CSV of units (views.plans.arms_csv), whose column arm the answer must agree with."""
    words = ["rrr", "trial", "assign", f"{slug}-units.csv", "--key", "unit", "--seed", seed, "--share", _exact(plan.share_treated)]
    if plan.design == PilotDesign.CLUSTER:
        words += ["--cluster", "cluster"]
    if any(unit.stratum for unit in plan.units):
        words += ["--stratum", "stratum"]
    return shlex.join(words)


def seed(plan_sha256: str, secret: str, later_value: str) -> str:
    """Any program that knows SHA-256 makes the seed."""
    value = unicodedata.normalize("NFC", later_value).strip()
    return f"printf '%s\\0%s\\0%s' {plan_sha256} {secret} {shlex.quote(value)} | sha256sum"


def commitment(secret: str) -> str:
    """The SHA-256 of the secret's bytes, which stands in the plan."""
    return f"printf '%s' {secret} | xxd -r -p | sha256sum"
