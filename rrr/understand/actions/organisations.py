"""Add, correct, confirm, close, hide and blur organisations."""

from __future__ import annotations

from collections import defaultdict
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
from rrr.understand.models import Organisation, OrganisationSource, RegisterImport, Status, Visibility

PLACE_FIELDS = ("lon", "lat", "precision", "address", "district", "place_note")
FIELDS = (
    "name", "local_names", "kind", "legal_form", "roles", "activity", "sdgs", "website", "founded", "closed", "closed_note", *PLACE_FIELDS,
    "confidence", "last_seen", "offers", "needs",
)  # fmt: skip
OWN = (
    "local_names", "roles", "activity", "sdgs", "website", "founded", "address", "district", "lon", "lat", "precision", "offers", "needs",
)  # fmt: skip
AUDITED = (*FIELDS, "status", "visibility", "owned")
RESERVED = frozenset({"new"})  # …/organisations/new/ is the page that adds one


@dataclass(frozen=True)
class FileRow:
    """A row of an imported file that states something about an organisation."""

    register_import: RegisterImport
    line: int

    def source(self, organisation: Organisation, fields: Iterable[str]) -> OrganisationSource:
        one = self.register_import
        return OrganisationSource(
            organisation=organisation, file_id=one.file_id, row=self.line, register_import=one, fields=list(fields), read_on=one.file_date
        )


@dataclass(frozen=True)
class Draft:
    """What is known of an organisation before it is kept: values by field name, and where they were read."""

    values: Mapping[str, Any]
    slug: str = ""
    sources: tuple[str, ...] = ()
    place_sources: tuple[str, ...] = ()
    read_on: date | None = None
    row: FileRow | None = None


def free_slug(taken: set[str], name: str) -> str:
    """A short name for addresses that no other organisation of the territory has; `taken` is extended."""
    base = slugify(name)[:110].strip("-") or "organisation"
    slug, number = base, 2
    while slug in taken or slug in RESERVED:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return slug


@transaction.atomic
def add(*, by: Actor, territory: Any, drafts: Iterable[Draft]) -> list[Organisation]:
    """Keep new organisations of one territory, all or none."""
    given = list(drafts)
    taken = set(Organisation.objects.filter(territory=territory).values_list("slug", flat=True))
    rows = [_row(territory, taken, draft) for draft in given]
    made = Organisation.objects.bulk_create(rows, batch_size=500)
    links = [link for row, draft in zip(made, given, strict=True) for link in _sources(row, draft)]
    OrganisationSource.objects.bulk_create(links, batch_size=1000, ignore_conflicts=True)
    changes = [(row, None, audit.snapshot(row, *AUDITED)) for row in made]
    audit.record_many(by=by, action="organisations.add", changes=changes, territory=territory.slug)
    return made


def _row(territory: Any, taken: set[str], draft: Draft) -> Organisation:
    _known(draft.values)
    row = Organisation(territory=territory, slug=free_slug(taken, draft.slug or draft.values["name"]), **draft.values)
    row.status = Status.CLOSED if row.closed else Status.UNVERIFIED
    row.clean_fields(exclude=["territory"])
    return row


def _known(values: Mapping[str, Any]) -> None:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ValidationError(_("An organisation has no field %(name)s.") % {"name": ", ".join(sorted(unknown))})


def _sources(row: Organisation, draft: Draft) -> list[OrganisationSource]:
    """Each page supports the fields that have a value; the place belongs to its own pages where there are any."""
    filled = [name for name in FIELDS if draft.values.get(name) not in (None, "", [])]
    place = [name for name in filled if name in PLACE_FIELDS]
    facts = [name for name in filled if not (draft.place_sources and name in place)]
    pairs = [("facts", url, facts) for url in draft.sources] + [("place", url, place) for url in draft.place_sources]
    read_on = draft.read_on or timezone.localdate()
    pages = [OrganisationSource(organisation=row, url=url, about=about, fields=fields, read_on=read_on) for about, url, fields in pairs]
    return [*pages, draft.row.source(row, filled)] if draft.row else pages


@transaction.atomic
def update(*, by: Actor, organisation: Organisation, changes: Mapping[str, Any], reason: str = "") -> Organisation:
    """Correct the named fields; only real differences are kept in the trail. A year of closing closes, taking it away reopens."""
    _known(changes)
    before = _locked(organisation)
    differing = _differing(before, changes)
    if "closed" in differing and (before.status == Status.CLOSED) != bool(differing["closed"]):
        differing["status"] = Status.CLOSED if differing["closed"] else Status.UNVERIFIED
    return _write(by, "organisations.update", organisation, before, differing, reason)


@transaction.atomic
def remove(*, by: Actor, organisations: Sequence[Organisation], reason: str = "") -> None:
    """Take organisations away with their sources; the trail keeps what they were. Refused while something else still names one."""
    by_territory: dict[str, list[tuple[Organisation, dict[str, Any], None]]] = defaultdict(list)
    for one in organisations:
        by_territory[one.territory.slug].append((one, audit.snapshot(one), None))
    for slug, changes in by_territory.items():
        audit.record_many(by=by, action="organisations.remove", changes=changes, territory=slug, reason=reason)
    Organisation.objects.filter(pk__in=[one.pk for one in organisations]).delete()


@transaction.atomic
def confirm(*, by: Actor, organisation: Organisation, year: int, reason: str = "") -> Organisation:
    """Somebody vouches that it is there, seen in this year."""
    before = _locked(organisation)
    if before.status == Status.CLOSED:
        raise ValidationError(_("%(name)s is closed; take the year of closing away first.") % {"name": before.name})
    changes = {"status": Status.CONFIRMED, "last_seen": max(year, before.last_seen or year)}
    return _write(by, "organisations.confirm", organisation, before, _differing(before, changes), reason)


@transaction.atomic
def close(*, by: Actor, organisation: Organisation, year: int | None = None, note: str = "", reason: str = "") -> Organisation:
    """It ended or was merged; the year may be unknown."""
    before = _locked(organisation)
    changes = {"status": Status.CLOSED, "closed": year, "closed_note": note}
    return _write(by, "organisations.close", organisation, before, _differing(before, changes), reason)


@transaction.atomic
def speak(*, by: Actor, organisation: Organisation, changes: Mapping[str, Any], visibility: str) -> Organisation:
    """What its own people write: kept over every import. They may always show less, and more again of what they took back themselves."""
    if set(changes) - set(OWN):
        raise ValidationError(_("An organisation has no field %(name)s.") % {"name": ", ".join(sorted(set(changes) - set(OWN)))})
    before = _locked(organisation)
    differing = _differing(before, {**changes, "visibility": Visibility(visibility).value})
    if "visibility" in differing and _more(visibility, than=before.visibility) and "visibility" not in before.owned:
        raise ValidationError(_("The team of the territory shows less of it, for a reason. Ask the coordinator to change that."))
    if set(differing) - set(before.owned):
        differing["owned"] = sorted({*before.owned, *differing})
    if before.status != Status.CLOSED:  # whoever writes today is there today
        year = timezone.localdate().year
        differing |= _differing(before, {"status": Status.CONFIRMED, "last_seen": max(year, before.last_seen or year)})
    return _write(by, "organisations.speak", organisation, before, differing, "")


def _more(visibility: str, *, than: str) -> bool:
    order = [Visibility.HIDDEN, Visibility.BLURRED, Visibility.PUBLISHED]
    return order.index(Visibility(visibility)) > order.index(Visibility(than))


@transaction.atomic
def show(*, by: Actor, organisation: Organisation, visibility: str, reason: str = "") -> Organisation:
    """Publish, blur or hide an organisation everywhere at once."""
    before = _locked(organisation)
    if "visibility" in before.owned and _more(visibility, than=before.visibility):
        raise ValidationError(_("Its own people asked for this. Ask them, or write to them why it has to be public."))
    changes = {"visibility": Visibility(visibility).value}
    return _write(by, "organisations.show", organisation, before, _differing(before, changes), reason)


def hide(*, by: Actor, organisation: Organisation, reason: str = "") -> Organisation:
    return show(by=by, organisation=organisation, visibility=Visibility.HIDDEN, reason=reason)


def blur(*, by: Actor, organisation: Organisation, reason: str = "") -> Organisation:
    return show(by=by, organisation=organisation, visibility=Visibility.BLURRED, reason=reason)


def _locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _differing(before: Organisation, changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in changes.items() if getattr(before, name) != value}


def _write(
    by: Actor, action: str, organisation: Organisation, before: Organisation, differing: Mapping[str, Any], reason: str
) -> Organisation:
    if not differing:
        return organisation
    for name, value in differing.items():
        setattr(organisation, name, value)
    organisation.clean_fields(exclude=["territory"])
    organisation.save(update_fields=[*differing, "updated_at"])
    was, now = audit.snapshot(before, *differing), audit.snapshot(organisation, *differing)
    place = organisation.territory.slug
    audit.record(by=by, action=action, subject=organisation, before=was, after=now, territory=place, reason=reason)
    return organisation
