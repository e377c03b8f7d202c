"""Take back what an import changed, as far as nobody has built on it since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
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
from rrr.understand.models import (
    ImportChange,
    ImportState,
    Organisation,
    OrganisationSource,
    RegisterImport,
    RegisterRecord,
    Relation,
)

BATCH = 500
EMPTY: dict[str, Any] = {"founded": None, "lon": None, "lat": None}  # every other field empties to ""
OWN = {"OrganisationSource", "RegisterRecord", "ImportChange", "LinkDecision"}  # looked at by hand below


class Stays(StrEnum):
    """Why something the import made cannot be taken back."""

    EDITED = "edited"  # somebody changed it since
    IMPORT = "import"  # another import supports it
    USED = "used"  # a tie, a claim or a later step refers to it
    VALUE = "value"  # a filled field was changed since


@transaction.atomic
def undo(*, by: Actor, register_import: RegisterImport, step: Step = quiet) -> RegisterImport:
    """Organisations it made go, fields it filled empty again; what was edited or is used elsewhere stays and is listed in `kept`."""
    one = held(register_import)
    if not one.changes.exists():
        raise ValidationError(_("There is nothing to undo: this import has published nothing."))
    total, done, kept = one.changes.count(), 0, []
    changes = one.changes.select_related("organisation__territory", "record", "tie__source__territory").order_by("-pk")
    for batch in batches(list(changes), BATCH):
        step(done, total, _("%(done)s of %(total)s changes taken back") % {"done": done, "total": total})
        kept += _take_back(by, one, batch)
        done += len(batch)
    one.state, one.undone_at, one.kept = ImportState.UNDONE, timezone.now(), kept
    one.save(update_fields=["state", "undone_at", "kept", "updated_at"])
    after = {"changes": total, "kept": len(kept)}
    audit.record(by=by, action="imports.undo", subject=one, after=after, territory=one.territory.slug)
    step(total, total, pgettext("import", "Undone"))
    return one


def _take_back(by: Actor, one: RegisterImport, batch: Sequence[ImportChange]) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    gone: list[ImportChange] = []
    made = [change for change in batch if change.what == ImportChange.MADE]
    used = reasons(one, [change.organisation_id for change in made], [change.tie_id for change in made if change.tie_id])
    for change in batch:
        if change.what == ImportChange.FILLED:
            kept += _empty(by, one, change)
            gone.append(change)
            continue
        edited = audit.snapshot(change.organisation, *organisations.AUDITED) != change.values
        why = used.get(change.organisation_id) or (Stays.EDITED if edited else None)
        if why is None:
            gone.append(change)
        else:
            kept.append(_kept(change, why))
    _forget(by, one, gone)
    return kept


def _forget(by: Actor, one: RegisterImport, gone: Sequence[ImportChange]) -> None:
    """Ties and sources first, then the organisations: nothing else names them any more."""
    undone, lines = _("Import undone: %(import)s") % {"import": str(one)}, {change.record.line for change in gone}
    wholes = {change.record_id: change.tie.target_id for change in gone if change.tie}
    for change in gone:
        if change.tie:
            relations.remove(by=by, relation=change.tie, reason=undone)
    OrganisationSource.objects.filter(
        register_import=one, organisation__in=[change.organisation_id for change in gone], row__in=lines
    ).delete()
    RegisterRecord.objects.filter(pk__in=[change.record_id for change in gone]).update(published=False)
    removed = [change.organisation for change in gone if change.what == ImportChange.MADE]
    RegisterRecord.objects.filter(register_import=one, organisation__in=removed).update(organisation=None)
    for record, whole in wholes.items():  # a branch points to its organisation again, to be published again
        RegisterRecord.objects.filter(pk=record).update(organisation_id=whole)
    ImportChange.objects.filter(pk__in=[change.pk for change in gone]).delete()
    organisations.remove(by=by, organisations=removed, reason=undone)


def _empty(by: Actor, one: RegisterImport, change: ImportChange) -> list[dict[str, Any]]:
    """Empty the fields this change filled and that still hold what it put there; a place goes whole."""
    organisation = Organisation.objects.select_related("territory").get(pk=change.organisation_id)
    same = {name for name, value in change.values.items() if audit.snapshot(organisation, name)[name] == value}
    place = {"lon", "lat", "precision"} & set(change.values)
    if place - same:
        same -= place
    if same:
        reason = _("Import undone: %(import)s") % {"import": str(one)}
        organisations.update(by=by, organisation=organisation, changes={name: EMPTY.get(name, "") for name in same}, reason=reason)
    return [_kept(change, Stays.VALUE)] if set(change.values) - same else []


def _kept(change: ImportChange, why: Stays) -> dict[str, Any]:
    one = change.organisation
    return {"organisation": one.pk, "name": one.name, "slug": one.slug, "why": why.value, "line": change.record.line}


def reasons(one: RegisterImport, pks: Sequence[int], ties: Sequence[int] = ()) -> dict[int, Stays]:
    """Organisations that something else names. Later steps are asked through their own foreign keys, so none can be forgotten.

    `ties` are those by which this import made branches: they go with the branch.
    """
    found = dict.fromkeys(_used(pks, ties), Stays.USED)
    others = RegisterRecord.objects.filter(organisation__in=pks, published=True).exclude(register_import=one)
    found |= dict.fromkeys(others.values_list("organisation_id", flat=True), Stays.IMPORT)
    merged = OrganisationSource.objects.filter(organisation__in=pks).exclude(register_import=one)
    found |= dict.fromkeys(merged.filter(register_import__isnull=True).values_list("organisation_id", flat=True), Stays.EDITED)
    return found


def _used(pks: Iterable[int], ties: Sequence[int]) -> set[int]:
    used: set[int] = set()
    for link in Organisation._meta.related_objects:
        if link.related_model is None or link.related_model.__name__ in OWN:
            continue
        name = link.field.name
        held_by = link.related_model._base_manager.filter(**{f"{name}__in": list(pks)})
        if link.related_model is Relation and name == "source":
            held_by = held_by.exclude(pk__in=ties)
        used |= {pk for pk in held_by.values_list(name, flat=True) if pk is not None}
    return used
