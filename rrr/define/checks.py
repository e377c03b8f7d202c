"""What a challenge still lacks, said plainly to its team. Nothing here stops anybody."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from rrr.define.models import Challenge
from rrr.define.vocabulary import Commitment

LEAST_SECTORS = 3
COMMITTED = (Commitment.LEADS, Commitment.CONTRIBUTES)


def checks(challenge: Challenge) -> list[str]:
    found = []
    sectors = set(challenge.stakeholders.filter(commitment__in=COMMITTED).values_list("sector", flat=True))
    if len(sectors) < LEAST_SECTORS:
        found.append(_("Fewer than three sectors have agreed to lead or contribute. A challenge one sector owns is seldom solved."))
    if not challenge.evidence.filter(kind="indicator").exists() and not challenge.evidence.filter(read_on__isnull=False).exists():
        found.append(_("No evidence with a date yet. Add an indicator, a document or a quote."))
    if not challenge.success:
        found.append(_("What success would be is not said. Say what would be different, by how much, by when."))
    elif not re.search(r"\d", challenge.success):
        found.append(_("What success would be has no number in it. Say by how much and by when."))
    if not challenge.question:
        found.append(_("There is no question yet. “How might we …” keeps the way open for solutions nobody thought of."))
    return found
