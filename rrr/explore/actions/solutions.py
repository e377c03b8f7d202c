"""Add, change, publish and take back solutions of the catalogue. What is published is searchable when the transaction ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.explore import bridge
from rrr.explore.actions import index
from rrr.explore.models import Solution
from rrr.explore.vocabulary import SolutionStatus
from rrr.places.actions import facts
from rrr.places.models import Source

FIELDS = (
    "name", "summary", "problem", "how_it_works", "core_parts", "adaptable_parts", "target_groups", "topics", "horizons", "sdgs",
    "origin_organisation", "legal_form", "origin_place", "start_year", "places_adopted", "scale_reached", "cost_stated", "effect_stated",
    "source_grade", "language", "text_language", "source_note",
)  # fmt: skip
RESERVED = frozenset({"new", "drafts"})


@dataclass(frozen=True)
class Draft:
    """A solution before it is kept: values by field name, its short name, and where it was read."""

    values: Mapping[str, Any]
    slug: str = ""
    sources: tuple[str, ...] = ()
    read_on: date | None = None


@transaction.atomic
def add(*, by: Actor, drafts: Iterable[Draft], publish: bool = False) -> list[Solution]:
    """Keep new solutions, all or none; `publish` shows them to everybody at once."""
    given = list(drafts)
    taken = set(Solution.objects.values_list("slug", flat=True))
    rows = [_row(taken, draft, publish) for draft in given]
    made = Solution.objects.bulk_create(rows, batch_size=500)
    kept = facts.keep_sources(by=by, drafts=[_source(url, draft) for draft in given for url in draft.sources])
    link(made, [[kept[url] for url in draft.sources] for draft in given], through=Solution.sources.through)
    audit.record_many(by=by, action="solutions.add", changes=[(row, None, audit.snapshot(row, *FIELDS, "status")) for row in made])
    if publish:
        index.keep([bridge.text_of(row) for row in made])
    return made


def link(rows: Sequence[Any], sources: Sequence[Sequence[Source]], *, through: Any) -> None:
    """Tie each row to its sources in one statement; `through` is the table between them."""
    field = f"{rows[0]._meta.model_name}_id" if rows else ""
    links = [through(**{field: row.pk, "source_id": one.pk}) for row, found in zip(rows, sources, strict=True) for one in found]
    through.objects.bulk_create(links, batch_size=1000, ignore_conflicts=True)


def _row(taken: set[str], draft: Draft, publish: bool) -> Solution:
    _known(draft.values)
    status = SolutionStatus.PUBLISHED if publish else SolutionStatus.DRAFT
    row = Solution(slug=_free_slug(taken, draft.slug or str(draft.values.get("name", ""))), status=status, **draft.values)
    row.clean_fields()
    return row


def _free_slug(taken: set[str], name: str) -> str:
    base = slugify(name)[:110].strip("-") or "solution"
    slug, number = base, 2
    while slug in taken or slug in RESERVED:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return slug


def _source(url: str, draft: Draft) -> facts.SourceDraft:
    return facts.SourceDraft(url, read_on=draft.read_on or timezone.localdate())


def _known(values: Mapping[str, Any]) -> None:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ValidationError(_("A solution has no field %(name)s.") % {"name": ", ".join(sorted(unknown))})


@transaction.atomic
def update(
    *, by: Actor, solution: Solution, changes: Mapping[str, Any], sources: Sequence[str] | None = None, reason: str = ""
) -> Solution:
    """Change the named fields; only real differences are kept in the trail. `sources` replaces where it was read."""
    _known(changes)
    before = Solution.objects.select_for_update().get(pk=solution.pk)
    differing = {name: value for name, value in changes.items() if getattr(before, name) != value}
    was, now = audit.snapshot(before, *differing) if differing else {}, {}
    for name, value in differing.items():
        setattr(before, name, value)
    if differing:
        before.clean_fields()
        before.save(update_fields=[*differing, "updated_at"])
        now = audit.snapshot(before, *differing)
    linked = sorted(before.sources.values_list("url", flat=True))
    if sources is not None and linked != sorted(set(sources)):
        kept = facts.keep_sources(by=by, drafts=[facts.SourceDraft(url, read_on=timezone.localdate()) for url in sources])
        before.sources.set([kept[url] for url in sources])
        was["sources"], now["sources"] = linked, sorted(set(sources))
    if now:
        audit.record(by=by, action="solutions.update", subject=before, before=was, after=now, reason=reason)
        if before.status == SolutionStatus.PUBLISHED:
            index.keep([bridge.text_of(before)])
    return before


@transaction.atomic
def publish(*, by: Actor, solution: Solution) -> Solution:
    """Show it to everybody. What nobody can check is not published: it needs a source."""
    if not solution.sources.exists():
        raise ValidationError(_("“%(name)s” names no source. Add the page that describes it, then publish.") % {"name": solution.name})
    found = _set_status(by, solution, SolutionStatus.PUBLISHED, "solutions.publish", "")
    index.keep([bridge.text_of(found)])
    return found


@transaction.atomic
def take_back(*, by: Actor, solution: Solution, reason: str) -> Solution:
    """Show it to curators only. Shortlists that hold it keep it."""
    found = _set_status(by, solution, SolutionStatus.DRAFT, "solutions.take_back", reason)
    index.drop([found.slug])
    return found


def _set_status(by: Actor, solution: Solution, status: str, action: str, reason: str) -> Solution:
    found = Solution.objects.select_for_update().get(pk=solution.pk)
    was, found.status = found.status, status
    found.save(update_fields=["status", "updated_at"])
    audit.record(by=by, action=action, subject=found, before={"status": was}, after={"status": status}, reason=reason)
    return found
