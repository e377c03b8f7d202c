"""How many organisations of a territory its registers do not show (capture-recapture), or why no figure is given."""

from rrr.engines.coverage.links import recall_from_audit
from rrr.engines.coverage.records import (
    Audited,
    Capture,
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
    Warning,
)
from rrr.engines.coverage.strata import coverage

__all__ = [
    "Audited",
    "Capture",
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
    "Warning",
    "coverage",
    "recall_from_audit",
]
