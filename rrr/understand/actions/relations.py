"""Ties between organisations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

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
    known = set(Relation.objects.filter(source__in=[d.source for d in given]).values_list("source_id", "target_id", "kind"))
    fresh = [d for d in given if (d.source.pk, d.target.pk, d.kind) not in known]
    rows = [Relation(source=d.source, target=d.target, kind=d.kind, note=d.note, url=d.url, read_on=d.read_on) for d in fresh]
    made = Relation.objects.bulk_create(rows, batch_size=500)
    for row in made:
        audit.record(by=by, action="relations.add", subject=row, after=audit.snapshot(row), territory=row.source.territory.slug)
    return made
