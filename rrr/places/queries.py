"""Reads about territories. Who may see a draft is decided by the caller (rrr.people.permissions)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Prefetch
from shapely import Point
from shapely.geometry import shape
from shapely.prepared import prep

from rrr.places.models import (
    CountryFigure,
    District,
    Indicator,
    Observation,
    PolicyFact,
    Population,
    ProgrammeStatement,
    Source,
    Territory,
    TerritoryQuerySet,
)


@dataclass(frozen=True)
class Facts:
    """What sources state about a territory, as its page shows it."""

    populations: Sequence[Population]
    policy: Sequence[PolicyFact]
    country_figures: Sequence[CountryFigure]
    statements: Sequence[ProgrammeStatement]


@dataclass(frozen=True)
class YearValue:
    year: int
    value: float | None  # None: no source gives this year


@dataclass(frozen=True)
class Series:
    """One indicator over the years of one area, without a year left out: a gap is a year without a value."""

    indicator: Indicator
    values: Sequence[YearValue]

    @property
    def known(self) -> int:
        return sum(1 for point in self.values if point.value is not None)

    @property
    def gaps(self) -> int:
        return len(self.values) - self.known

    @property
    def points(self) -> list[tuple[int, float | None]]:
        return [(point.year, point.value) for point in self.values]

    @property
    def first(self) -> YearValue:
        """The earliest year with a value."""
        return next(point for point in self.values if point.value is not None)

    @property
    def last(self) -> YearValue:
        """The latest year with a value."""
        return next(point for point in reversed(self.values) if point.value is not None)


class MenuItem(NamedTuple):
    slug: str
    name: str


def menu() -> list[MenuItem]:
    """Every published territory, for the header."""
    return [MenuItem(*row) for row in Territory.objects.published().order_by("name").values_list("slug", "name")]


def exists(slug: str) -> bool:
    return Territory.objects.published().filter(slug=slug).exists()


def territories(*, drafts: bool = False) -> TerritoryQuerySet:
    found = Territory.objects.all() if drafts else Territory.objects.published()
    return found.order_by("name")


def territory(slug: str, *, drafts: bool = False) -> Territory | None:
    return territories(drafts=drafts).filter(slug=slug).first()


def facts(of: Territory) -> Facts:
    return Facts(
        populations=list(of.populations.select_related("source")),
        policy=list(of.policy_facts.prefetch_related("sources")),
        country_figures=country_figures(of.country),
        statements=list(of.statements.select_related("source")),
    )


def country_figures(country: str) -> list[CountryFigure]:
    return list(CountryFigure.objects.filter(country=country).select_related("source"))


def programme_statements() -> list[ProgrammeStatement]:
    """The course of the programme: statements about the whole and about each territory, in the order of the sources."""
    return list(ProgrammeStatement.objects.select_related("source", "territory"))


def indicators(*, country: str = "", of: Territory | None = None) -> list[Indicator]:
    """Indicators with at least one value for the country or the territory."""
    return list(Indicator.objects.filter(observations__country=country, observations__territory=of).select_related("source").distinct())


def series(code: str, *, country: str = "", of: Territory | None = None, since: int | None = None) -> Series | None:
    """The yearly values of one indicator; None where the area has none. Years between the first (or `since`) and the last are all there."""
    indicator = Indicator.objects.select_related("source").filter(code=code).first()
    if indicator is None:
        return None
    found = Observation.objects.filter(indicator=indicator, country=country, territory=of).values_list("year", "value")
    return _series(indicator, dict(found), since)


def country_series(country: str, *, since: int | None = None) -> list[Series]:
    """Every indicator of a country, in two queries."""
    known = Observation.objects.filter(country=country)
    wanted = Indicator.objects.filter(observations__country=country).distinct().select_related("source")
    made = (
        _series(indicator, {row.year: row.value for row in indicator.observations.all()}, since)
        for indicator in wanted.prefetch_related(Prefetch("observations", queryset=known))
    )
    return [one for one in made if one is not None]


def _series(indicator: Indicator, values: Mapping[int, float], since: int | None) -> Series | None:
    if not values:
        return None
    years = range(since if since is not None else min(values), max(values) + 1)
    return Series(indicator, [YearValue(year, values.get(year)) for year in years])


def districts(of: Territory) -> list[District]:
    return list(of.districts.all())


def outline(of: Territory) -> dict[str, object]:
    """Boundary (or box) and districts as one GeoJSON collection; `part` and `approximate` say what each shape is."""
    features: list[dict[str, object]] = []
    if of.boundary is not None:
        features.append(_feature(of.boundary, part="boundary", approximate=of.boundary_approximate, name=of.name))
    elif of.bbox is not None:
        west, south, east, north = of.bbox
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        features.append(_feature({"type": "Polygon", "coordinates": [ring]}, part="box", approximate=True, name=of.name))
    features += [_feature(one.geometry, part="district", approximate=False, name=one.name, code=one.code) for one in districts(of)]
    return {"type": "FeatureCollection", "features": features}


def _feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def outside(of: Territory, points: Sequence[tuple[float, float]]) -> list[int]:
    """Positions of the points (lon, lat) that lie outside the boundary, or outside the box where there is no boundary."""
    if of.boundary is not None:
        area = prep(shape(of.boundary))
        return [index for index, point in enumerate(points) if not area.intersects(Point(point))]
    if of.bbox is None:
        return []
    west, south, east, north = of.bbox
    return [index for index, (lon, lat) in enumerate(points) if not (west <= lon <= east and south <= lat <= north)]


def sources(urls: Sequence[str]) -> dict[str, Source]:
    return {source.url: source for source in Source.objects.filter(url__in=urls)}
