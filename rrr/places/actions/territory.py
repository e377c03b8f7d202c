"""Make, change and publish a territory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from shapely import MultiPolygon
from shapely.geometry import mapping

from rrr.core import audit
from rrr.places.models import District, Status, Territory

RESERVED = frozenset({"new"})  # /territories/new/ is the page that makes one
FIELDS = (
    "slug", "name", "local_name", "country", "languages", "time_zone", "authority_name", "authority_type", "authority_website",
    "authority_sources", "centre_lon", "centre_lat", "west", "south", "east", "north", "boundary_approximate", "population_note",
    "is_peer", "participation", "participation_sources",
)  # fmt: skip
AUDITED = (*FIELDS, "status")


@dataclass(frozen=True)
class DistrictDraft:
    code: str
    name: str
    geometry: MultiPolygon


def free_slug(name: str) -> str:
    """A short name for addresses that no territory has yet."""
    stem = slugify(name)[:50].strip("-") or "territory"
    if stem in RESERVED:
        stem = f"{stem}-territory"
    taken = set(Territory.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _validated(territory: Territory) -> None:
    if territory.slug in RESERVED:
        raise ValidationError({"slug": _("“%(slug)s” is used by the site itself; choose another short name.") % {"slug": territory.slug}})
    if territory.time_zone not in available_timezones():
        text = _("“%(zone)s” is not a time zone; choose one such as Europe/Rome.") % {"zone": territory.time_zone}
        raise ValidationError({"time_zone": text})
    territory.full_clean()


@transaction.atomic
def create(
    *,
    by: AbstractBaseUser | None,
    name: str,
    country: str,
    languages: Sequence[str],
    time_zone: str,
    authority_name: str,
    slug: str = "",
    **others: Any,
) -> Territory:
    """A draft. `others`: further fields of FIELDS."""
    _known(others)
    territory = Territory(
        slug=slug or free_slug(name),
        name=name,
        country=country,
        languages=list(languages),
        time_zone=time_zone,
        authority_name=authority_name,
        **others,
    )
    _validated(territory)
    territory.save(force_insert=True)
    audit.record(by=by, action="territory.create", subject=territory, after=audit.snapshot(territory, *AUDITED), territory=territory.slug)
    return territory


@transaction.atomic
def update(*, by: AbstractBaseUser | None, territory: Territory, changes: Mapping[str, Any], reason: str = "") -> Territory:
    """Write the fields named in `changes`; nothing is written or recorded where nothing differs."""
    _known(changes)
    different = {name: value for name, value in changes.items() if getattr(territory, name) != value}
    if not different:
        return territory
    before = audit.snapshot(territory, *AUDITED)
    for name, value in different.items():
        setattr(territory, name, value)
    _validated(territory)
    territory.save(update_fields=[*different, "updated_at"])
    after = audit.snapshot(territory, *AUDITED)
    audit.record(by=by, action="territory.update", subject=territory, before=before, after=after, territory=territory.slug, reason=reason)
    return territory


def _known(fields: Mapping[str, Any]) -> None:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"A territory has no field {', '.join(sorted(unknown))}.")


@transaction.atomic
def set_boundary(
    *, by: AbstractBaseUser | None, territory: Territory, boundary: MultiPolygon | None, approximate: bool = False, reason: str = ""
) -> Territory:
    """Draw the outline; box and centre follow it. None takes the outline away and keeps the box."""
    before = _outline(territory)
    territory.boundary = None if boundary is None else _geojson(boundary)
    territory.boundary_approximate = True if boundary is None else approximate
    if boundary is not None:
        territory.west, territory.south, territory.east, territory.north = boundary.bounds
        inside = boundary.representative_point()
        territory.centre_lon, territory.centre_lat = round(inside.x, 5), round(inside.y, 5)
    territory.full_clean()
    territory.save(
        update_fields=["boundary", "boundary_approximate", "west", "south", "east", "north", "centre_lon", "centre_lat", "updated_at"]
    )
    after = _outline(territory)
    audit.record(
        by=by, action="territory.set_boundary", subject=territory, before=before, after=after, territory=territory.slug, reason=reason
    )
    return territory


def _outline(territory: Territory) -> dict[str, object]:
    box = audit.snapshot(territory, "west", "south", "east", "north", "centre_lon", "centre_lat", "boundary_approximate")
    return {**box, "boundary": territory.boundary}


def _geojson(geometry: MultiPolygon) -> dict[str, Any]:
    """Six decimals are a tenth of a metre: more would only be longer."""

    def rounded(value: Any) -> Any:
        return round(value, 6) if isinstance(value, float) else [rounded(one) for one in value]

    return {"type": "MultiPolygon", "coordinates": rounded(mapping(geometry)["coordinates"])}


@transaction.atomic
def set_up(
    *,
    by: AbstractBaseUser | None,
    territory: Territory | None,
    fields: Mapping[str, Any],
    boundary: MultiPolygon | None = None,
    approximate: bool = False,
    districts: Sequence[DistrictDraft] | None = None,
) -> Territory:
    """What the form gives, in one go: make (territory None) or change, then draw. None leaves boundary or districts as they are."""
    made = create(by=by, **fields) if territory is None else update(by=by, territory=territory, changes=fields)
    if boundary is not None:
        set_boundary(by=by, territory=made, boundary=boundary, approximate=approximate)
    elif made.boundary is not None:
        update(by=by, territory=made, changes={"boundary_approximate": approximate})
    if districts is not None:
        set_districts(by=by, territory=made, districts=districts)
    return made


@transaction.atomic
def set_districts(*, by: AbstractBaseUser | None, territory: Territory, districts: Sequence[DistrictDraft], reason: str = "") -> int:
    """Replace all districts; the count of the new ones is returned."""
    codes = [one.code for one in districts]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise ValidationError(_("Two districts have the code “%(code)s”; give each its own.") % {"code": twice[0]})
    before = {"districts": sorted(territory.districts.values_list("code", flat=True))}
    territory.districts.all().delete()
    made = [District(territory=territory, code=one.code, name=one.name, geometry=_geojson(one.geometry)) for one in districts]
    District.objects.bulk_create(made)
    after: dict[str, object] = {"districts": sorted(codes)}
    audit.record(
        by=by, action="territory.set_districts", subject=territory, before=before, after=after, territory=territory.slug, reason=reason
    )
    return len(made)


def publish(*, by: AbstractBaseUser | None, territory: Territory, reason: str = "") -> Territory:
    return _set_status(by=by, territory=territory, status=Status.PUBLISHED, action="territory.publish", reason=reason)


def withdraw(*, by: AbstractBaseUser | None, territory: Territory, reason: str = "") -> Territory:
    """Back to a draft that only its own people see."""
    return _set_status(by=by, territory=territory, status=Status.DRAFT, action="territory.withdraw", reason=reason)


@transaction.atomic
def _set_status(*, by: AbstractBaseUser | None, territory: Territory, status: Status, action: str, reason: str) -> Territory:
    if territory.status == status:
        return territory
    before = audit.snapshot(territory, "status")
    territory.status = status
    territory.save(update_fields=["status", "updated_at"])
    after = audit.snapshot(territory, "status")
    audit.record(by=by, action=action, subject=territory, before=before, after=after, territory=territory.slug, reason=reason)
    return territory
