"""Votes on statements: what people agree on, how sure that is, and how far silence could change it. No opinion groups yet."""

from rrr.engines.deliberation.agreement import Consensus, Settings, Statement, consensus
from rrr.engines.deliberation.intervals import missing_bounds, sharp_bounds, wilson
from rrr.engines.deliberation.votes import Reason, Rejected, Tally, Vote, count

__all__ = [
    "Consensus",
    "Reason",
    "Rejected",
    "Settings",
    "Statement",
    "Tally",
    "Vote",
    "consensus",
    "count",
    "missing_bounds",
    "sharp_bounds",
    "wilson",
]
