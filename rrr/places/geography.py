"""Which countries there are and roughly where, from the tz database: enough to notice a map drawn with its axes swapped."""

from __future__ import annotations

import math
import re
from functools import cache
from importlib.resources import files

_KM_PER_DEGREE = 111.2


@cache
def countries() -> tuple[tuple[str, str], ...]:
    """Two-letter code and English name, by name."""
    lines = (files("tzdata.zoneinfo") / "iso3166.tab").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple(sorted(((code, name) for code, name in pairs), key=lambda pair: pair[1]))


@cache
def _zones() -> tuple[tuple[str, float, float, str], ...]:
    """Country, longitude, latitude and name of each zone's chief place."""
    lines = (files("tzdata.zoneinfo") / "zone.tab").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((row[0], *_position(row[1]), row[2]) for row in rows)


def zones(country: str = "") -> tuple[str, ...]:
    """Names of the time zones of a country, or of all."""
    return tuple(sorted(name for code, _lon, _lat, name in _zones() if not country or code == country))


def _position(text: str) -> tuple[float, float]:
    """ISO 6709 (+4852+00220): longitude first, in degrees."""
    match = re.fullmatch(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?", text)
    if match is None:
        raise ValueError(f"{text} is no position of zone.tab")
    ns, lat_d, lat_m, lat_s, ew, lon_d, lon_m, lon_s = match.groups(default="0")
    lat = int(lat_d) + int(lat_m) / 60 + int(lat_s) / 3600
    lon = int(lon_d) + int(lon_m) / 60 + int(lon_s) / 3600
    return (-lon if ew == "-" else lon, -lat if ns == "-" else lat)


def distance_km(country: str, lon: float, lat: float) -> float | None:
    """To the nearest chief place of the country's zones; None for a country without one."""
    found = [_km(lon, lat, other_lon, other_lat) for code, other_lon, other_lat, _name in _zones() if code == country]
    return min(found) if found else None


def _km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Haversine on a sphere; good to half a per cent."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * math.degrees(math.asin(math.sqrt(min(half, 1.0)))) * _KM_PER_DEGREE
