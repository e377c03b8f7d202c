"""How many organisations of a territory its registers do not show (capture-recapture), or why no figure is given."""

from rrr.engines.coverage.links import recall_from_audit
from rrr.engines.coverage.records import (
    Audited,
    Capture,
    Caution,
    Facts,
    Figure,
    Method,
    Model,
    Reason,
    Recall,
    Refusal,
    Register,
    Settings,
    Stratum,
    Warned,
)
from rrr.engines.coverage.strata import coverage

__all__ = [
    "Audited",
    "Capture",
    "Caution",
    "Facts",
    "Figure",
    "Method",
    "Model",
    "Reason",
    "Recall",
    "Refusal",
    "Register",
    "Settings",
    "Stratum",
    "Warned",
    "coverage",
    "recall_from_audit",
]
