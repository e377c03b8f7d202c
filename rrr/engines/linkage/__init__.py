"""Which records are one organisation: weights with every reason, groups with lasting ids, and how good they are."""

from rrr.engines.linkage.audit import AuditPair, AuditReason, AuditResult, Judged, Reliability, Sampled, estimate, sample
from rrr.engines.linkage.auditable import auditable
from rrr.engines.linkage.candidates import Band, Candidate, Settings, compare
from rrr.engines.linkage.link import Decision, Linked, LinkSettings, Pair, Placed, Verdict, link
from rrr.engines.linkage.model import COMPARISONS, PRIOR, Comparison, Level
from rrr.engines.linkage.rescore import Model, RefitReason, Refused
from rrr.engines.linkage.scoring import Compared, Flag

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
    "Decision",
    "Flag",
    "Judged",
    "Level",
    "LinkSettings",
    "Linked",
    "Model",
    "Pair",
    "Placed",
    "RefitReason",
    "Refused",
    "Reliability",
    "Sampled",
    "Settings",
    "Verdict",
    "auditable",
    "compare",
    "estimate",
    "link",
    "sample",
]
