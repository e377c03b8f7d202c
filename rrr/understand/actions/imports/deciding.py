"""What people decide about records: one row of the ledger each, never changed; the newest counts."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.understand.actions.imports.work import batches, held, under_way
from rrr.understand.facts import pattern_of
from rrr.understand.models import TIED, LinkDecision, Organisation, RegisterImport, RegisterRecord, Verdict
from rrr.understand.queries import imports as queries
from rrr.understand.queries import ledger


@transaction.atomic
def decide(*, by: Actor, record: RegisterRecord, verdict: str, organisation: Organisation | None = None, reason: str = "") -> LinkDecision:
    """Say what a record is: the same as an organisation, a branch of it, a new one, left out, or open again."""
    if record.register_import.busy:  # the job holds the rows; whoever asked for one would wait for its end
        raise under_way()
    one = RegisterRecord.objects.select_for_update(of=("self",)).select_related("register_import__territory").get(pk=record.pk)
    said = Verdict(verdict)
    if said == Verdict.UNSURE:
        raise ValidationError(_("Nothing was decided. Choose one of the buttons."))
    if one.published:
        raise ValidationError(_("This record is published. Undo the import to decide about it again."))
    if said in TIED and (organisation is None or organisation.territory_id != one.register_import.territory_id):
        raise ValidationError(_("Choose the organisation of this territory that it is the same as, or a branch of."))
    made = LinkDecision.objects.create(**row_of(by, one, said, organisation if said in TIED else None, reason))
    one.verdict = said.value
    if said in TIED:
        one.organisation = organisation
    elif said == Verdict.OPEN:
        one.organisation = queries.computed_organisation(one)
    one.save(update_fields=["verdict", "organisation"])
    after = {"verdict": said.value, "organisation": made.organisation_id, "weight": made.weight}
    place = one.register_import.territory.slug
    audit.record(by=by, action="links.decide", subject=one, after=after, territory=place, reason=made.reason)
    return made


def row_of(by: Actor, record: RegisterRecord, verdict: Verdict, organisation: Organisation | None, reason: str = "") -> dict[str, Any]:
    """A row of the ledger: the decision with what the comparison had said about the pair."""
    pk = organisation.pk if organisation else None
    given = next(
        (one for one in record.candidates if one["organisation"] == pk), record.candidates[0] if record.candidates and not pk else {}
    )
    return {
        "source_id": record.register_import.source_id,
        "register_import_id": record.register_import_id,
        "record_id": record.pk,
        "key": record.key,
        "organisation_id": pk,
        "verdict": verdict.value,
        "by_id": by.pk if by else None,
        "weight": given.get("weight", record.weight),
        "pattern": pattern_of(given),
        "reason": " ".join(reason.split()),
    }


@transaction.atomic
def decide_obvious(*, by: Actor, register_import: RegisterImport, verdict: str) -> int:
    """Decide every doubtful record that is obvious (`queries.obvious`), each with its own row in the ledger. Returns how many."""
    one, said, number = held(register_import), Verdict(verdict), 0
    for batch in batches(queries.obvious(one, said), 500):
        rows = [LinkDecision(**row_of(by, record, said, record.organisation if said == Verdict.SAME else None)) for record in batch]
        LinkDecision.objects.bulk_create(rows)
        for record in batch:
            record.verdict = said.value
        RegisterRecord.objects.bulk_update(batch, ["verdict"], batch_size=500)
        number += len(batch)
    after = {"verdict": said.value, "records": number}
    audit.record(by=by, action="links.decide_obvious", subject=one, after=after, territory=one.territory.slug)
    return number


@transaction.atomic
def undo_decision(*, by: Actor, decision: LinkDecision, reason: str = "") -> LinkDecision:
    """Open again what a row of the ledger decided: a new row, whoever made the first. Refused where it no longer holds or is published."""
    record = ledger.in_force(decision)
    if record is None:
        raise ValidationError(_("This decision does not hold any more: a newer one stands, or the record is gone. Nothing was changed."))
    return decide(by=by, record=record, verdict=Verdict.OPEN, reason=reason)


@transaction.atomic
def reopen_last(*, by: Actor, register_import: RegisterImport) -> RegisterRecord | None:
    """Open again what this person decided last here; None where there is nothing."""
    last = queries.last_decision(register_import, by)
    if last is None:
        return None
    record = RegisterRecord.objects.get(pk=last.record_id)
    decide(by=by, record=record, verdict=Verdict.OPEN)
    return record
