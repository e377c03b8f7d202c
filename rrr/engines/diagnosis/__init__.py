"""What people who know an ecosystem say about it, block by block on a scale from 0 to 10, and how sure that is."""

from rrr.engines.diagnosis.intervals import difference, mean_interval, share_interval
from rrr.engines.diagnosis.records import (
    DEFAULT,
    SCALE,
    Answer,
    Block,
    BlockCounts,
    Counts,
    Diagnosis,
    Difference,
    Group,
    Reason,
    Rejected,
    Settings,
    Tally,
)
from rrr.engines.diagnosis.summary import changes, diagnose
from rrr.engines.diagnosis.tally import count, guarded

__all__ = [
    "DEFAULT",
    "SCALE",
    "Answer",
    "Block",
    "BlockCounts",
    "Counts",
    "Diagnosis",
    "Difference",
    "Group",
    "Reason",
    "Rejected",
    "Settings",
    "Tally",
    "changes",
    "count",
    "diagnose",
    "difference",
    "guarded",
    "mean_interval",
    "share_interval",
]
