"""The audit of the linkage: draw a sample, judge its pairs. Neither changes what a record is."""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.places.models import Territory
from rrr.understand.actions.imports.deciding import row_of
from rrr.understand.bridge import samples
from rrr.understand.models import AuditPair, AuditSample, LinkDecision, Purpose, RegisterRecord, Verdict
from rrr.understand.models.audits import NEW, Part, part_of
from rrr.understand.queries import audits
from rrr.understand.queries import imports as queries

JUDGEMENTS = (Verdict.SAME, Verdict.BRANCH, Verdict.NEW, Verdict.UNSURE, Verdict.OPEN)


@transaction.atomic
def draw_audit(*, by: Actor, territory: Territory, size: int, seed: int | None = None) -> AuditSample:
    """A random sample of at most `size` pairs, in equal parts of what was linked, left to people and taken for new."""
    units = audits.units(territory)
    strata: dict[str, list[int]] = defaultdict(list)
    for pk, unit in units.items():
        strata[unit.stratum].append(pk)
    chosen = secrets.randbits(62) if seed is None else seed
    drawn = samples.draw(strata, size, chosen)
    near = _nearest(territory, [one.key for one in drawn if one.stratum == NEW])
    if not drawn:
        raise ValidationError(
            _("There is nothing to draw from: no record was compared with known organisations yet. Import a register first.")
        )
    counts = Counter(one.stratum for one in drawn)
    described = [{"stratum": name, "population": len(keys), "drawn": counts[name]} for name, keys in sorted(strata.items())]
    made = AuditSample.objects.create(territory=territory, by_id=by.pk if by else None, seed=chosen, strata=described)
    pairs = []
    for place, one in enumerate(drawn):
        found: audits.Unit | samples.Nearest = near.get(one.key) or units[one.key]
        values = {"organisation_id": found.organisation, "weight": found.weight, "pattern": found.pattern, "stratum": one.stratum}
        linked = part_of(one.stratum) is Part.LINKED
        pairs.append(AuditPair(sample=made, place=place, record_id=one.key, probability=one.probability, linked=linked, **values))
    AuditPair.objects.bulk_create(pairs, batch_size=500)
    audit.record(by=by, action="links.draw_audit", subject=made, after={"seed": chosen, "strata": described}, territory=territory.slug)
    return made


def _nearest(territory: Territory, pks: list[int]) -> dict[int, samples.Nearest]:
    """What comes nearest to records that were taken for new, without what their own import made of them."""
    of_import: dict[int, list[RegisterRecord]] = defaultdict(list)
    for record in RegisterRecord.objects.filter(pk__in=pks).select_related("register_import").defer("raw").order_by("pk"):
        of_import[record.register_import_id].append(record)
    known = queries.known(territory) if of_import else []
    found: dict[int, samples.Nearest] = {}
    for pk, records in of_import.items():
        own = audits.made_by(pk)
        others = [entry for entry in known if entry.pk not in own]
        source = str(records[0].register_import.source_id)
        found |= samples.nearest(records, others, source=source, country=territory.country)
    return found


@transaction.atomic
def judge(*, by: Actor, pair: AuditPair, verdict: str, reason: str = "") -> LinkDecision:
    """Say what a drawn pair is. It stands in the ledger as audit; no link changes by it."""
    said = Verdict(verdict)
    if said not in JUDGEMENTS:
        raise ValidationError(_("Nothing was decided. Choose one of the buttons."))
    one = AuditPair.objects.select_for_update(of=("self",)).select_related("record__register_import", "organisation").get(pk=pair.pk)
    row = row_of(by, one.record, said, one.organisation, reason)
    row |= {"purpose": Purpose.AUDIT, "weight": one.weight, "pattern": one.pattern, "model_version": pair.sample.model_version}
    made = LinkDecision.objects.create(**row)
    one.verdict, one.decision = ("" if said == Verdict.OPEN else said.value), made
    one.save(update_fields=["verdict", "decision"])
    after = {"verdict": said.value, "place": one.place}
    audit.record(by=by, action="links.judge", subject=pair.sample, after=after, territory=pair.sample.territory.slug, reason=made.reason)
    return made
