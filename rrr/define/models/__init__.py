"""Challenges of a territory, the evidence for them, who is at the table, and votes on statements."""

from rrr.define.models.challenges import Challenge, ChallengeQuerySet, Stakeholder
from rrr.define.models.evidence import Evidence
from rrr.define.models.polls import Participant, Poll, Statement, Vote

__all__ = ["Challenge", "ChallengeQuerySet", "Evidence", "Participant", "Poll", "Stakeholder", "Statement", "Vote"]
