"""Turn decided records into organisations and sources. What it changed is kept row by row, so that undo takes back exactly that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.understand.actions import organisations, relations
from rrr.understand.actions.imports.work import Step, batches, held, quiet
from rrr.understand.facts import organisation_values
from rrr.understand.models import (
    Group,
    ImportChange,
    ImportState,
    Organisation,
    OrganisationSource,
    RegisterImport,
    RegisterRecord,
    RelationKind,
)
from rrr.understand.queries import imports as queries

BATCH = 500
PUBLISHABLE = (ImportState.COMPARED, ImportState.PUBLISHED, ImportState.UNDONE)
PLACE = ("lon", "lat", "precision")
FILLED = ("kind", "legal_form", "activity", "website", "founded", "address", "district", *PLACE)  # closing is left to a person


@transaction.atomic
def publish(*, by: Actor, register_import: RegisterImport, step: Step = quiet) -> RegisterImport:
    """New records become organisations, known ones get the row as a source and their empty fields filled. Doubtful ones wait.

    A branch becomes an organisation of its own with a tie to the one it belongs to: our organisations have one place each.

    It takes what is not published yet, so a second call changes nothing.
    """
    one = held(register_import)
    if one.state not in PUBLISHABLE:
        raise ValidationError(_("Compare the records first; then you can publish them."))
    for group in (Group.SAME, Group.BRANCH):
        queries.to_publish(one, group).filter(organisation=None).update(group=Group.DOUBTFUL, verdict="")
    fresh, known = queries.to_publish(one, Group.NEW), queries.to_publish(one, Group.SAME).select_related("organisation__territory")
    branches = queries.to_publish(one, Group.BRANCH).select_related("organisation__territory")
    total, done = fresh.count() + known.count() + branches.count(), 0
    for outcome, keep in ((fresh, _make), (known, _fill), (branches, _branch)):
        for batch in batches(list(outcome), BATCH):
            step(done, total, _("%(done)s of %(total)s records published") % {"done": done, "total": total})
            keep(by, one, batch)
            for record in batch:
                record.published = True
            RegisterRecord.objects.bulk_update(batch, ["published", "organisation"], batch_size=BATCH)
            done += len(batch)
    one.state, one.published_at, one.undone_at, one.kept = ImportState.PUBLISHED, timezone.now(), None, []
    one.save(update_fields=["state", "published_at", "undone_at", "kept", "updated_at"])
    audit.record(by=by, action="imports.publish", subject=one, after={"records": done}, territory=one.territory.slug)
    step(total, total, pgettext("import", "Published"))
    return one


def _make(by: Actor, one: RegisterImport, batch: Sequence[RegisterRecord]) -> list[ImportChange]:
    drafts = [
        organisations.Draft(
            values=organisation_values(record.values, one.kinds, one.territory.country), row=organisations.FileRow(one, record.line)
        )
        for record in batch
    ]
    made = organisations.add(by=by, territory=one.territory, drafts=drafts)
    changes = []
    for record, organisation in zip(batch, made, strict=True):
        record.organisation = organisation
        values = audit.snapshot(organisation, *organisations.AUDITED)
        changes.append(ImportChange(register_import=one, record=record, organisation=organisation, what=ImportChange.MADE, values=values))
    return ImportChange.objects.bulk_create(changes, batch_size=BATCH)


def _branch(by: Actor, one: RegisterImport, batch: Sequence[RegisterRecord]) -> None:
    wholes = [record.organisation for record in batch]  # `_make` puts the branch in its place
    changes = _make(by, one, batch)
    drafts = [
        relations.Draft(change.organisation, whole, RelationKind.BRANCH_OF, read_on=one.file_date)
        for change, whole in zip(changes, wholes, strict=True)
        if whole is not None
    ]
    ties = {tie.source_id: tie for tie in relations.add(by=by, drafts=drafts)}
    for change in changes:
        change.tie = ties.get(change.organisation_id)
    ImportChange.objects.bulk_update(changes, ["tie"], batch_size=BATCH)


def _fill(by: Actor, one: RegisterImport, batch: Sequence[RegisterRecord]) -> None:
    links, changes = [], []
    for record in batch:
        if record.organisation is None:
            continue
        organisation = Organisation.objects.select_related("territory").get(pk=record.organisation.pk)  # an earlier row may have filled it
        said = organisation_values(record.values, one.kinds, one.territory.country)
        filled = missing(organisation, said)
        if filled:
            reason = _("Empty fields filled from %(import)s, line %(line)s") % {"import": str(one), "line": record.line}
            organisation = organisations.update(by=by, organisation=organisation, changes=filled, reason=reason)
        supports = [
            name for name in organisations.FIELDS if said.get(name) not in (None, "", []) and getattr(organisation, name) == said[name]
        ]
        links.append(organisations.FileRow(one, record.line).source(organisation, supports))
        changes.append(ImportChange(register_import=one, record=record, organisation=organisation, what=ImportChange.FILLED, values=filled))
    OrganisationSource.objects.bulk_create(links, batch_size=BATCH, ignore_conflicts=True)
    ImportChange.objects.bulk_create(changes, batch_size=BATCH)


def missing(organisation: Organisation, said: dict[str, Any]) -> dict[str, Any]:
    """What the record says of fields that are empty. A place goes in whole or not at all; nothing is overwritten, and what its own
    people left empty stays so."""
    owned = set(organisation.owned)
    free = [name for name in FILLED if name in said and name not in PLACE and name not in owned]
    found = {name: said[name] for name in free if getattr(organisation, name) in (None, "")}
    if organisation.closed and "founded" in found and found["founded"] > organisation.closed:
        del found["founded"]
    if organisation.lon is None and not organisation.precision and "lon" in said and not owned & set(PLACE):
        found |= {name: said[name] for name in PLACE}
    return found


@transaction.atomic
def take_value(*, by: Actor, organisation: Organisation, record: RegisterRecord | None, field: str) -> Organisation:
    """Let a register's value stand instead of ours: a person's choice, in the trail like any correction."""
    if record is None:
        raise ValidationError(_("This row is gone; perhaps its import was undone. Nothing was changed."))
    one = record.register_import
    said = organisation_values(record.values, one.kinds, organisation.territory.country)
    names = PLACE if field == queries.PLACE else (field,) if field in queries.COMPARED_FIELDS else ()
    if record.organisation_id != organisation.pk or not names or any(name not in said for name in names):
        raise ValidationError(_("This row says nothing about that field."))
    reason = _("Taken from %(import)s, line %(line)s") % {"import": str(one), "line": record.line}
    return organisations.update(by=by, organisation=organisation, changes={name: said[name] for name in names}, reason=reason)
