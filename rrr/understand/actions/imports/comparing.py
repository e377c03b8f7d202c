"""Which records are organisations we know: what was decided before, else the linkage engine."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.understand.actions.imports.work import Step, batches, held, not_while_published, quiet
from rrr.understand.bridge import links
from rrr.understand.models import TIED, Group, ImportState, Organisation, RegisterImport, RegisterRecord, Verdict
from rrr.understand.queries import imports as queries

COMPARE_AT_MOST = 20_000  # records of one import inside the scope; more do not fit the memory and time of a small machine
BATCH = 2_000
CHANGED = ("group", "organisation", "weight", "candidates", "pattern", "verdict")


@transaction.atomic
def compare(*, by: Actor, register_import: RegisterImport, step: Step = quiet) -> RegisterImport:
    """Sort the records of the scope into new, same and doubtful. It begins from the start each time, so it can be repeated."""
    one = held(register_import)
    not_while_published(one)
    inside = one.records.filter(presence__in=queries.PRESENCE_OF_SCOPE[one.scope])
    total, done = inside.count(), 0
    if total > COMPARE_AT_MOST:
        text = _(
            "%(number)s records lie in what you chose; at most %(limit)s can be compared at once. "
            "Choose a narrower scope, or split the file and import its parts. The file and your columns are kept."
        )
        raise ValidationError(text % {"number": total, "limit": COMPARE_AT_MOST})
    step(done, total, _("Leaving out what lies elsewhere"))
    outside = one.records.exclude(presence__in=queries.PRESENCE_OF_SCOPE[one.scope]).exclude(group=Group.OUT, verdict="")
    outside.update(group=Group.OUT, organisation=None, weight=None, candidates=[], pattern="", verdict="")
    known = queries.known(one.territory)
    for batch in batches(inside.defer("raw").order_by("line").iterator(BATCH), BATCH):
        step(done, total, _("Comparing with %(known)s known organisations") % {"known": len(known)})
        _compare(one, batch, known)
        done += len(batch)
        step(done, total, _("%(done)s of %(total)s records compared") % {"done": done, "total": total})
    one.state = ImportState.COMPARED
    one.save(update_fields=["state", "updated_at"])
    audit.record(by=by, action="imports.compare", subject=one, after=queries.tally(one), territory=one.territory.slug)
    return one


def _compare(one: RegisterImport, batch: Sequence[RegisterRecord], known: Sequence[queries.KnownOrganisation]) -> None:
    keys = [record.key for record in batch]
    linked, verdicts = queries.linked(one.source, keys), queries.verdicts(one.source, keys)
    found = links.compare(batch, known, source=str(one.source_id), country=one.territory.country)
    alive = {entry.pk for entry in known}
    for record in batch:
        said = found[record.pk]
        record.group, record.organisation_id = said.group, said.organisation
        record.weight, record.candidates, record.pattern, record.verdict = said.weight, said.candidates, said.pattern, ""
        decision = verdicts.get(record.key)
        tied = decision is not None and decision.verdict in TIED
        if decision and decision.verdict != Verdict.OPEN and not (tied and decision.organisation_id not in alive):
            record.verdict = decision.verdict
            record.organisation_id = decision.organisation_id if tied else record.organisation_id
        if record.key in linked:  # an earlier delivery of this register was published into this organisation
            record.group, record.organisation_id, record.verdict = Group.SAME, linked[record.key], ""
    _only_here(one, batch)
    RegisterRecord.objects.bulk_update(batch, CHANGED, batch_size=500)


def _only_here(one: RegisterImport, batch: Sequence[RegisterRecord]) -> None:
    """A link to an organisation that has left the territory does not hold."""
    wanted = {record.organisation_id for record in batch if record.organisation_id}
    here = set(Organisation.objects.filter(pk__in=wanted, territory=one.territory).values_list("pk", flat=True))
    for record in batch:
        if record.organisation_id and record.organisation_id not in here:
            record.organisation_id = None
            record.group = Group.DOUBTFUL if record.group == Group.SAME else record.group
