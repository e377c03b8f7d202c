"""Which new records are organisations we know: weights with every reason, three bands, and nothing merged by itself that may be a branch."""

from rrr.engines.linkage.audit import AuditPair, AuditReason, AuditResult, Judged, Reliability, Sampled, estimate, sample
from rrr.engines.linkage.candidates import Band, Candidate, Compared, Flag, Settings, compare
from rrr.engines.linkage.model import COMPARISONS, PRIOR, Comparison, Level

__all__ = [
    "COMPARISONS",
    "PRIOR",
    "AuditPair",
    "AuditReason",
    "AuditResult",
    "Band",
    "Candidate",
    "Compared",
    "Comparison",
    "Flag",
    "Judged",
    "Level",
    "Reliability",
    "Sampled",
    "Settings",
    "compare",
    "estimate",
    "sample",
]
