"""Loads solutions and the effects that studies state of them from the starter content, published and searchable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from rrr.core.audit import Actor
from rrr.explore.actions import effects, solutions
from rrr.explore.models import Effect, Solution
from rrr.places import content, ledger
from rrr.places.content import Counts, Row

STEP = "explore"
FILES = ("solutions.csv", "effects.csv")
Report = Callable[[str, int, int], None]


@transaction.atomic
def load(*, root: Path, by: Actor, report: Report) -> Counts:
    digest = content.digest(root, FILES)
    if ledger.loaded(STEP) == digest:
        return Counts()
    counts = _solutions(root, by, report) + _effects(root, by, report)
    ledger.mark_loaded(STEP, digest)
    return counts


def _solutions(root: Path, by: Actor, report: Report) -> Counts:
    book = ledger.Ledger("solution")
    known = {one.slug: one for one in Solution.objects.all()}
    rows, fresh = content.rows(root, "solutions.csv"), []
    for done, row in enumerate(rows):
        report("Solutions", done, len(rows))
        wanted, existing = _values(row), known.get(row["slug"])
        changes = book.changes(row["slug"], wanted, _now(existing, wanted))
        if changes and existing is not None:
            solutions.update(by=by, solution=existing, changes=changes, reason="starter content")
        elif changes:
            fresh.append(solutions.Draft(changes, row["slug"], tuple(content.links(row["sources"])), date.fromisoformat(row["read_on"])))
    solutions.add(by=by, drafts=fresh, publish=True)
    report("Solutions", len(rows), len(rows))
    return book.save()


def _effects(root: Path, by: Actor, report: Report) -> Counts:
    book = ledger.Ledger("effect")
    of = {one.slug: one for one in Solution.objects.all()}
    known = {one.key: one for one in Effect.objects.all()}
    rows, fresh = content.rows(root, "effects.csv"), []
    for done, row in enumerate(rows):
        report("Effects", done, len(rows))
        if row["solution"] not in of:
            continue  # somebody deleted the solution: what was stated of it stays away too
        wanted, existing = _effect(row), known.get(row["id"])
        changes = book.changes(row["id"], wanted, _now(existing, wanted))
        sources = tuple(content.links(row["sources"]))
        if changes and existing is not None:
            effects.record(by=by, solution=of[row["solution"]], key=row["id"], values=changes)
        elif changes:
            fresh.append(effects.Draft(of[row["solution"]], row["id"], changes, sources, date.fromisoformat(row["read_on"])))
    effects.add(by=by, drafts=fresh)
    report("Effects", len(rows), len(rows))
    return book.save()


def _now(existing: Solution | Effect | None, wanted: dict[str, Any]) -> dict[str, Any] | None:
    return None if existing is None else {name: getattr(existing, name) for name in wanted}


def _values(row: Row) -> dict[str, Any]:
    plain = {
        name: row[name]
        for name in (
            "name", "summary", "problem", "how_it_works", "origin_organisation", "legal_form", "origin_place", "scale_reached", "cost_stated",
            "effect_stated", "language", "source_note",
        )
    }  # fmt: skip
    lists = {name: content.items(row[name]) for name in ("core_parts", "adaptable_parts", "target_groups", "horizons", "places_adopted")}
    numbers = {"start_year": _whole(row["start_year"]), "source_grade": _whole(row["evidence_level"])}
    sdgs = [int(number) for number in content.items(row["sdgs"])]
    return {**plain, **lists, **numbers, "sdgs": sdgs, "topics": content.items(row["sectors"])}


def _effect(row: Row) -> dict[str, Any]:
    plain = {name: row[name] for name in ("study", "place", "design", "design_stated", "outcome", "measure", "unit", "note")}
    names = {
        "value": "effect", "low": "ci_low", "high": "ci_high", "standard_error": "se", "share_treated": "pct_treated",
        "share_control": "pct_control",
    }  # fmt: skip
    decimals = {name: float(row[column]) if row[column] else None for name, column in names.items()}
    whole = {"year": _whole(row["year"]), "number_treated": _whole(row["n_treated"]), "number_other": _whole(row["n_control_or_total"])}
    marks = {"pools_others": row["is_pooled"] == "1", "derived": row["derived"] == "1"}
    url = (content.links(row["sources"]) or [""])[0]
    return {**plain, **decimals, **whole, **marks, "value_text": row["effect_text"], "url": url}


def _whole(cell: str) -> int | None:
    return int(cell) if cell else None
