"""What people decide about records: one row of the ledger each, never changed; the newest counts."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.understand.actions.imports.work import batches, held, under_way
from rrr.understand.models import LinkDecision, Organisation, RegisterImport, RegisterRecord, Verdict
from rrr.understand.queries import imports as queries


@transaction.atomic
def decide(*, by: Actor, record: RegisterRecord, verdict: str, organisation: Organisation | None = None) -> LinkDecision:
    """Say what a record is: the same as an organisation, a new one, left out, or open again."""
    if record.register_import.busy:  # the job holds the rows; whoever asked for one would wait for its end
        raise under_way()
    one = RegisterRecord.objects.select_for_update(of=("self",)).select_related("register_import__territory").get(pk=record.pk)
    said = Verdict(verdict)
    if one.published:
        raise ValidationError(_("This record is published. Undo the import to decide about it again."))
    if said == Verdict.SAME and (organisation is None or organisation.territory_id != one.register_import.territory_id):
        raise ValidationError(_("Choose the organisation of this territory that it is the same as."))
    made = LinkDecision.objects.create(**_row(by, one, said, organisation if said == Verdict.SAME else None))
    one.verdict = said.value
    if said == Verdict.SAME:
        one.organisation = organisation
    one.save(update_fields=["verdict", "organisation"])
    after = {"verdict": said.value, "organisation": made.organisation_id, "weight": made.weight}
    audit.record(by=by, action="links.decide", subject=one, after=after, territory=one.register_import.territory.slug)
    return made


def _row(by: Actor, record: RegisterRecord, verdict: Verdict, organisation: Organisation | None) -> dict[str, Any]:
    pk = organisation.pk if organisation else None
    weights = {given["organisation"]: given["weight"] for given in record.candidates}
    return {
        "source_id": record.register_import.source_id,
        "register_import_id": record.register_import_id,
        "record_id": record.pk,
        "key": record.key,
        "organisation_id": pk,
        "verdict": verdict.value,
        "by_id": by.pk if by else None,
        "weight": weights.get(pk, record.weight),
    }


@transaction.atomic
def decide_obvious(*, by: Actor, register_import: RegisterImport, verdict: str) -> int:
    """Decide every doubtful record that is obvious (`queries.obvious`), each with its own row in the ledger. Returns how many."""
    one, said, number = held(register_import), Verdict(verdict), 0
    for batch in batches(queries.obvious(one, said), 500):
        rows = [LinkDecision(**_row(by, record, said, record.organisation if said == Verdict.SAME else None)) for record in batch]
        LinkDecision.objects.bulk_create(rows)
        for record in batch:
            record.verdict = said.value
        RegisterRecord.objects.bulk_update(batch, ["verdict"], batch_size=500)
        number += len(batch)
    after = {"verdict": said.value, "records": number}
    audit.record(by=by, action="links.decide_obvious", subject=one, after=after, territory=one.territory.slug)
    return number


@transaction.atomic
def reopen_last(*, by: Actor, register_import: RegisterImport) -> RegisterRecord | None:
    """Open again what this person decided last here; None where there is nothing."""
    last = queries.last_decision(register_import, by)
    if last is None:
        return None
    record = RegisterRecord.objects.get(pk=last.record_id)
    decide(by=by, record=record, verdict=Verdict.OPEN)
    return record
