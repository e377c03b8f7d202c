"""Ties between organisations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.understand.models import Organisation, Relation


@dataclass(frozen=True)
class Draft:
    source: Organisation
    target: Organisation
    kind: str
    note: str = ""
    url: str = ""
    read_on: date | None = None


@transaction.atomic
def add(*, by: Actor, drafts: Iterable[Draft]) -> list[Relation]:
    """Keep ties that are not there yet."""
    given = list(drafts)
    for draft in given:
        if draft.source.pk == draft.target.pk:
            raise ValidationError(_("A tie joins two organisations; %(name)s stands at both ends.") % {"name": draft.source.name})
    known = set(Relation.objects.filter(source__in=[d.source for d in given]).values_list("source_id", "target_id", "kind"))
    fresh = {(d.source.pk, d.target.pk, d.kind): d for d in given if (d.source.pk, d.target.pk, d.kind) not in known}.values()
    rows = [Relation(source=d.source, target=d.target, kind=d.kind, note=d.note, url=d.url, read_on=d.read_on) for d in fresh]
    made = Relation.objects.bulk_create(rows, batch_size=500)
    by_territory: dict[str, list[tuple[Relation, None, dict[str, Any]]]] = defaultdict(list)
    for row in made:
        by_territory[row.source.territory.slug].append((row, None, audit.snapshot(row)))
    for slug, changes in by_territory.items():
        audit.record_many(by=by, action="relations.add", changes=changes, territory=slug)
    return made


@transaction.atomic
def remove(*, by: Actor, relation: Relation, reason: str = "") -> None:
    """Take a tie away that does not hold; the trail keeps it."""
    before = audit.snapshot(relation)
    audit.record(by=by, action="relations.remove", subject=relation, before=before, territory=relation.source.territory.slug, reason=reason)
    relation.delete()
