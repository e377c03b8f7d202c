"""Add, correct, hide and blur organisations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.understand.models import Organisation, OrganisationSource, Visibility

FIELDS = (
    "name", "kind", "legal_form", "roles", "activity", "sdgs", "website", "founded", "closed", "closed_note", "lon", "lat",
    "precision", "address", "district", "place_note", "confidence", "last_seen",
)  # fmt: skip


@dataclass(frozen=True)
class Draft:
    """What is known of an organisation before it is kept: values by field name, and where they were read."""

    values: Mapping[str, Any]
    slug: str = ""
    sources: tuple[str, ...] = ()
    place_sources: tuple[str, ...] = ()
    read_on: date | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


def free_slug(taken: set[str], name: str) -> str:
    """A short name for addresses that no other organisation of the territory has; `taken` is extended."""
    base = slugify(name)[:110] or "organisation"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return slug


@transaction.atomic
def add(*, by: Actor, territory: Any, drafts: Iterable[Draft]) -> list[Organisation]:
    """Keep new organisations of one territory, all or none."""
    given = list(drafts)
    taken = set(Organisation.objects.filter(territory=territory).values_list("slug", flat=True))
    rows = [Organisation(territory=territory, slug=free_slug(taken, draft.slug or draft.values["name"]), **draft.values) for draft in given]
    for row in rows:
        row.clean_fields(exclude=["territory"])
    made = Organisation.objects.bulk_create(rows, batch_size=500)
    links = [link for row, draft in zip(made, given, strict=True) for link in _sources(row, draft)]
    OrganisationSource.objects.bulk_create(links, batch_size=1000, ignore_conflicts=True)
    changes = [(row, None, audit.snapshot(row, *FIELDS)) for row in made]
    audit.record_many(by=by, action="organisations.add", changes=changes, territory=territory.slug)
    return made


def _sources(row: Organisation, draft: Draft) -> list[OrganisationSource]:
    pairs = [("facts", url) for url in draft.sources] + [("place", url) for url in draft.place_sources]
    return [OrganisationSource(organisation=row, url=url, about=about, read_on=draft.read_on or date.today()) for about, url in pairs]


@transaction.atomic
def update(*, by: Actor, organisation: Organisation, changes: Mapping[str, Any], reason: str = "") -> Organisation:
    """Correct the named fields; only real differences are kept in the trail."""
    unknown = set(changes) - set(FIELDS)
    if unknown:
        raise ValidationError(_("An organisation has no field %(name)s.") % {"name": ", ".join(sorted(unknown))})
    before = Organisation.objects.select_for_update().get(pk=organisation.pk)
    differing = [name for name, value in changes.items() if getattr(before, name) != value]
    if not differing:
        return organisation
    for name in differing:
        setattr(organisation, name, changes[name])
    organisation.clean_fields(exclude=["territory"])
    organisation.save(update_fields=[*differing, "updated_at"])
    audit.record(
        by=by,
        action="organisations.update",
        subject=organisation,
        before=audit.snapshot(before, *differing),
        after=audit.snapshot(organisation, *differing),
        territory=organisation.territory.slug,
        reason=reason,
    )
    return organisation


@transaction.atomic
def show(*, by: Actor, organisation: Organisation, visibility: str, reason: str = "") -> Organisation:
    """Publish, blur or hide an organisation everywhere at once."""
    before = organisation.visibility
    organisation.visibility = Visibility(visibility).value
    organisation.save(update_fields=["visibility", "updated_at"])
    changed = {"before": {"visibility": before}, "after": {"visibility": organisation.visibility}}
    audit.record(by=by, action="organisations.show", subject=organisation, territory=organisation.territory.slug, reason=reason, **changed)
    return organisation
