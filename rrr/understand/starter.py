"""Loads organisations and their stated ties from the starter content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from rrr.core.audit import Actor
from rrr.places import content, ledger
from rrr.places.content import Counts, Row
from rrr.places.models import Territory
from rrr.understand.actions import organisations, relations
from rrr.understand.models import Organisation

STEP = "understand"
FILES = ("organisations.csv", "relations.csv")


@transaction.atomic
def load(*, root: Path, by: Actor, report: Callable[[str, int, int], None]) -> Counts:
    digest = content.digest(root, FILES)
    if ledger.loaded(STEP) == digest:
        return Counts()
    book = ledger.Ledger("organisation")
    known = {f"{one.territory.slug}/{one.slug}": one for one in Organisation.objects.select_related("territory")}
    fresh: dict[str, list[organisations.Draft]] = defaultdict(list)
    rows = content.rows(root, "organisations.csv")
    for done, row in enumerate(rows):
        report("Organisations", done, len(rows))
        _one(by, book, row, known.get(row["id"]), fresh)
    for slug, drafts in fresh.items():
        organisations.add(by=by, territory=Territory.objects.get(slug=slug), drafts=drafts)
    counts = book.save()
    _relations(by, root)
    report("Organisations", len(rows), len(rows))
    ledger.mark_loaded(STEP, digest)
    return counts


def _one(by: Actor, book: ledger.Ledger, row: Row, existing: Organisation | None, fresh: dict[str, list[organisations.Draft]]) -> None:
    wanted = _values(row)
    current = None if existing is None else {name: getattr(existing, name) for name in wanted}
    changes = book.changes(row["id"], wanted, current)
    if not changes:
        return
    if existing is not None:
        organisations.update(by=by, organisation=existing, changes=changes, reason="starter content")
        return
    fresh[row["territory"]].append(
        organisations.Draft(
            values=changes,
            slug=row["id"].partition("/")[2],
            sources=tuple(content.links(row["sources"])),
            place_sources=tuple(content.links(row["place_sources"])),
            read_on=date.fromisoformat(row["read_on"]),
        )
    )


def _values(row: Row) -> dict[str, Any]:
    plain = {
        name: row[name]
        for name in ("name", "kind", "legal_form", "activity", "website", "closed_note", "address", "district", "place_note")
    }
    numbers = {name: int(row[name]) if row[name] else None for name in ("founded", "closed", "last_seen")}
    place = {name: float(row[name]) if row[name] else None for name in ("lon", "lat")}
    lists = {"roles": content.items(row["roles"]), "sdgs": [int(number) for number in content.items(row["sdgs"])]}
    return plain | numbers | place | lists | {"precision": row["place_precision"], "confidence": row["confidence"]}


def _relations(by: Actor, root: Path) -> None:
    found = {f"{one.territory.slug}/{one.slug}": one for one in Organisation.objects.select_related("territory")}
    drafts = [
        relations.Draft(
            source=found[row["source"]],
            target=found[row["target"]],
            kind=row["relation"],
            note=row["note"],
            url=(content.links(row["sources"]) or [""])[0],
            read_on=date.fromisoformat(row["read_on"]),
        )
        for row in content.rows(root, "relations.csv")
        if row["source"] in found and row["target"] in found
    ]
    relations.add(by=by, drafts=drafts)
