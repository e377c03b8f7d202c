"""What the verdicts of an audit sample say about all pairs, through the linkage engine."""

from __future__ import annotations

from collections import Counter

from rrr.engines import linkage
from rrr.engines.linkage import AuditResult
from rrr.places.models import Territory
from rrr.understand.models import AuditPair, AuditSample, Verdict
from rrr.understand.queries import audits as queries
from rrr.understand.queries.unseen import Recall

# A branch is an organisation of its own here, so a pair that is one is two; who cannot tell leaves the pair open.
_SAME = {Verdict.SAME.value: True, Verdict.NEW.value: False, Verdict.BRANCH.value: False}


def of_comparison(sample: AuditSample) -> AuditResult:
    """How good the comparison is by itself: what it left to people counts as not linked."""
    return linkage.estimate(_judged(sample, with_people=False))


def measured(of: Territory) -> Recall | None:
    """Of the pairs that are one organisation, how many are joined now, people's decisions included; None before an audit can say.

    By the newest sample with enough verdicts. Only the nearest organisation of each record is in it, so the share is at most this.
    """
    for one in queries.samples(of):
        found = linkage.estimate(_judged(one, with_people=True))
        if found.recall is not None and found.found + found.missed > 0:
            return Recall(found.found, found.missed, found.wrong, found.recall.low, found.recall.high, on=one.created_at.date())
    return None


def _judged(sample: AuditSample, *, with_people: bool) -> list[linkage.Judged]:
    """The pairs as the engine takes them. Strata that people have since parted into joined and not are parted by the shares in the sample."""
    populations = {str(row["stratum"]): float(row["population"]) for row in sample.strata}
    pairs = list(sample.pairs.select_related("record").order_by("place")) if with_people else list(sample.pairs.order_by("place"))
    drawn = Counter(one.stratum for one in pairs)
    joined = {one.pk: one.linked or (with_people and _joined(one)) for one in pairs}
    parts = Counter((one.stratum, joined[one.pk]) for one in pairs)
    made = []
    for one in pairs:
        linked = joined[one.pk]
        population = populations[one.stratum] * parts[one.stratum, linked] / drawn[one.stratum]
        name = one.stratum if linked is one.linked else f"{one.stratum}:joined"
        pair = linkage.AuditPair(str(one.record_id), str(one.organisation_id), one.weight, linked)
        made.append(linkage.Judged(linkage.Sampled(pair, name, population, one.probability), _SAME.get(one.verdict)))
    return made


def _joined(one: AuditPair) -> bool:
    """Whether the record belongs to that organisation now."""
    record = getattr(one, "record", None)
    return record is not None and record.published and record.organisation_id == one.organisation_id
