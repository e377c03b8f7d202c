"""Reads of step 1. Everything public starts from `Organisation.objects.public()`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.http import Http404
from django.urls import reverse

from rrr.core import audit
from rrr.core.models import AuditEntry
from rrr.places import queries as places
from rrr.places.models import Territory
from rrr.understand.models import ActorRole, Kind, Organisation, OrganisationQuerySet, OrganisationSource, Relation


@dataclass(frozen=True)
class Tally:
    label: str
    number: int
    share: int  # per cent of the largest, for the bar


@dataclass(frozen=True)
class Coverage:
    known: int
    placed: int
    confidence: Mapping[str, int]

    @property
    def unplaced(self) -> int:
        return self.known - self.placed


def territory(slug: str, *, drafts: bool = False) -> Territory:
    found = places.territory(slug, drafts=drafts)
    if found is None:
        raise Http404
    return found


def organisations(of: Territory, *, hidden: bool = False) -> OrganisationQuerySet:
    base = Organisation.objects.filter(territory=of)
    return (base if hidden else base.public()).order_by("name")


def filtered(of: Territory, given: Mapping[str, Any], *, hidden: bool = False) -> OrganisationQuerySet:
    """The list's filters: words in name or activity, kind, role, with a place, from an imported register."""
    found = organisations(of, hidden=hidden)
    words = str(given.get("words") or "").strip()
    if words:
        found = found.filter(Q(name__icontains=words) | Q(activity__icontains=words) | Q(legal_form__icontains=words))
    if given.get("kind"):
        found = found.filter(kind=given["kind"])
    if given.get("role"):
        found = found.filter(roles__contains=[given["role"]])
    if given.get("placed"):
        found = found.placed()
    if given.get("source"):
        found = found.filter(
            Exists(OrganisationSource.objects.filter(organisation=OuterRef("pk"), register_import__source=given["source"]))
        )
    return found


def organisation(of: Territory, slug: str, *, hidden: bool = False) -> Organisation:
    found = (
        organisations(of, hidden=hidden)
        .select_related("territory")
        .prefetch_related("sources__register_import__source")
        .filter(slug=slug)
        .first()
    )
    if found is None:
        raise Http404
    return found


def coverage(of: Territory) -> Coverage:
    public = Organisation.objects.filter(territory=of).public()
    confidence = Counter(public.values_list("confidence", flat=True))
    return Coverage(public.count(), public.placed().count(), confidence)


def _tallies(numbers: Mapping[str, int], labels: Mapping[str, Any]) -> list[Tally]:
    top = max(numbers.values(), default=1)
    ordered = sorted(numbers.items(), key=lambda pair: (-pair[1], str(labels.get(pair[0], pair[0]))))
    return [Tally(str(labels.get(code, code)), number, round(100 * number / top)) for code, number in ordered]


def by_kind(of: Territory) -> list[Tally]:
    found = Organisation.objects.filter(territory=of).public().values_list("kind").annotate(n=Count("pk")).order_by()
    return _tallies(dict(found), dict(Kind.choices))


def by_role(of: Territory) -> list[Tally]:
    """An organisation counts once for every role it has."""
    found = Counter(role for roles in Organisation.objects.filter(territory=of).public().values_list("roles", flat=True) for role in roles)
    return _tallies(found, dict(ActorRole.choices))


def relations(of: Territory) -> list[Relation]:
    public = Organisation.objects.filter(territory=of).public()
    return list(Relation.objects.filter(source__in=public, target__in=public).order_by("pk"))


def ties(of: Organisation) -> list[Relation]:
    shown = Organisation.objects.public().filter(Q(territory__status="published") | Q(territory=of.territory_id))
    found = Relation.objects.filter(Q(source=of) | Q(target=of), source__in=shown, target__in=shown)
    return list(found.select_related("source__territory", "target__territory").order_by("kind", "pk"))


def counts() -> dict[str, int]:
    """Territory -> organisations everybody may see."""
    return dict(Organisation.objects.everywhere().values_list("territory__slug").annotate(n=Count("pk")).order_by())


def number_in(slug: str, *, drafts: bool = False) -> int:
    """How many organisations the readers of a territory may see; of a draft nobody else learns even that."""
    found = Organisation.objects.public() if drafts else Organisation.objects.everywhere()
    return found.filter(territory__slug=slug).count()


SHOWN = 200  # rows beside the map; the list has all


@dataclass(frozen=True)
class OnMap:
    """What stands beside the map: the first rows with a place, then the first without; `more` are only in the list."""

    placed: Sequence[Organisation]
    unplaced: Sequence[Organisation]
    bounds: list[list[float]]
    more: int


def shown_on_map(of: Territory, coverage: Coverage) -> OnMap:
    light = organisations(of).only("slug", "name", "kind", "district", "closed", "visibility", "lon", "territory_id")
    placed = list(light.placed()[:SHOWN])
    rest = SHOWN - len(placed)
    unplaced = list(light.filter(Q(lon__isnull=True) | ~Q(visibility="published"))[:rest]) if rest and coverage.unplaced else []
    return OnMap(placed, unplaced, bounds(of), coverage.known - len(placed) - len(unplaced))


def tied(found: Sequence[Relation]) -> list[Organisation]:
    """The organisations at the ends of these ties."""
    ends = {pk for one in found for pk in (one.source_id, one.target_id)}
    return list(Organisation.objects.filter(pk__in=ends).order_by("name")) if ends else []


def features(of: Territory, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Organisations that may be drawn, as GeoJSON; the number is the one in the list beside the map, later ones name their page.

    With the filters of the list the numbers are those of no list, so each names its page.
    """
    shown = 0 if given else SHOWN
    placed = filtered(of, given or {}).placed().values_list("lon", "lat", "name", "slug", "precision")
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [lon, lat]},
                "properties": {"number": number, "name": name, "slug": slug, "approximate": True, "precision": precision}
                | ({"url": reverse("understand:organisation", args=[of.slug, slug])} if number > shown else {}),
            }
            for number, (lon, lat, name, slug, precision) in enumerate(placed, 1)
        ],
    }


def bounds(of: Territory) -> list[list[float]]:
    """South-west and north-east corner that show every place; the territory's box where there is none, [] where that is unknown."""
    ends = Organisation.objects.filter(territory=of).public().placed()
    found = ends.aggregate(west=Min("lon"), south=Min("lat"), east=Max("lon"), north=Max("lat"))
    if found["west"] is not None:
        return [[found["west"] - 0.005, found["south"] - 0.005], [found["east"] + 0.005, found["north"] + 0.005]]
    box = of.bbox
    return [list(box[:2]), list(box[2:])] if box else []


def history(of: Any) -> list[AuditEntry]:
    return list(audit.history(of)[:100])
