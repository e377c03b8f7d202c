"""Loads challenges from the starter content: those of the territories, and the programme's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from rrr.core.audit import Actor
from rrr.define.actions import challenges
from rrr.define.models import Challenge
from rrr.define.vocabulary import State
from rrr.places import content, ledger
from rrr.places.content import Counts, Row
from rrr.places.models import StarterRow, Territory

STEP = "define"
KIND = "challenge"
FILES = ("challenges.csv",)


@transaction.atomic
def load(*, root: Path, by: Actor, report: Callable[[str, int, int], None]) -> Counts:
    digest = content.digest(root, FILES)
    if ledger.loaded(STEP) == digest:
        return Counts()
    book = ledger.Ledger(KIND)
    slugs = {row.key: row.values.get("slug", "") for row in StarterRow.objects.filter(kind=KIND)}
    territories = {one.slug: one for one in Territory.objects.all()}
    known = {(one.territory.slug if one.territory else "", one.slug): one for one in Challenge.objects.select_related("territory")}
    rows = content.rows(root, "challenges.csv")
    for done, row in enumerate(rows):
        report("Challenges", done, len(rows))
        if not row["territory"] or row["territory"] in territories:
            slug = slugs.get(row["id"], "")
            _one(by, book, row, slug, known.get((row["territory"], slug)), territories.get(row["territory"]))
    counts = book.save()
    report("Challenges", len(rows), len(rows))
    ledger.mark_loaded(STEP, digest)
    return counts


def _one(by: Actor, book: ledger.Ledger, row: Row, slug: str, existing: Challenge | None, territory: Territory | None) -> None:
    wanted = _values(row)
    if existing is None and not slug:
        taken = set(Challenge.objects.filter(territory=territory).values_list("slug", flat=True))
        slug = challenges.free_slug(taken, row["title"])
    current = None if existing is None else {name: getattr(existing, name) for name in wanted} | {"slug": existing.slug}
    changes = book.changes(row["id"], wanted | {"slug": slug}, current)
    changes.pop("slug", None)
    if not changes:
        return
    sources, read_on = tuple(content.links(row["sources"])), date.fromisoformat(row["read_on"])
    if existing is not None:
        challenges.update(by=by, challenge=existing, changes=changes, reason="starter content")
        return
    draft = challenges.Draft(changes, territory, slug, sources, read_on)
    challenges.create(by=by, draft=draft, state=State.OPEN, reason="starter content")


def _values(row: Row) -> dict[str, Any]:
    plain = {name: row[name] for name in ("title", "problem", "horizon", "named_by", "covid_link")}
    lists = {name: content.items(row[name]) for name in ("systems", "groups")}
    return plain | lists | {"stated_figures": row["figures"], "stated_years": row["figures_year"], "language": "en"}
