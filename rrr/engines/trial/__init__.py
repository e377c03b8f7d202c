"""Trials: what a plan can see, who is treated, what came out, and how to read it against the smallest effect worth having."""

from rrr.engines.trial.advice import checks, detectable, power_of
from rrr.engines.trial.assignment import ALGORITHM, Assignment, Stratum, Unit, assign, commitment, seed
from rrr.engines.trial.design import (
    VERSION,
    Advice,
    Arm,
    Code,
    Design,
    Observation,
    Period,
    Plan,
    Refusal,
    RefusalCode,
    Settings,
)
from rrr.engines.trial.estimation import MISSING_WORRY, Estimation, Method, estimate
from rrr.engines.trial.power import (
    clusters_needed,
    individuals_needed,
    mde_cluster,
    mde_individual,
    mde_paired,
    power_cluster,
    power_individual,
    power_paired,
)
from rrr.engines.trial.verdict import Direction, Verdict, verdict_code

__all__ = [
    "ALGORITHM",
    "MISSING_WORRY",
    "VERSION",
    "Advice",
    "Arm",
    "Assignment",
    "Code",
    "Design",
    "Direction",
    "Estimation",
    "Method",
    "Observation",
    "Period",
    "Plan",
    "Refusal",
    "RefusalCode",
    "Settings",
    "Stratum",
    "Unit",
    "Verdict",
    "assign",
    "checks",
    "clusters_needed",
    "commitment",
    "detectable",
    "estimate",
    "individuals_needed",
    "mde_cluster",
    "mde_individual",
    "mde_paired",
    "power_cluster",
    "power_individual",
    "power_of",
    "power_paired",
    "seed",
    "verdict_code",
]
