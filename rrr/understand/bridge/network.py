"""Rows into engine records and results into rows: the only place of this step that knows engines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rrr.engines import network
from rrr.understand.models import Kind, Organisation, Relation

FINANCE = {Kind.FOUNDATION, Kind.ETHICAL_FINANCE}
PUBLIC = {Kind.PUBLIC_BODY, Kind.RESEARCH}


@dataclass(frozen=True)
class Dot:
    organisation: Organisation
    x: float
    y: float
    radius: float
    group: int  # 1 social economy, 2 public and research, 3 finance
    ties: int
    labelled: bool


@dataclass(frozen=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class NetworkPicture:
    dots: Sequence[Dot]
    lines: Sequence[Line]
    most: Sequence[Dot]


def network_picture(organisations: Sequence[Organisation], relations: Sequence[Relation]) -> NetworkPicture | None:
    """The stated ties as a picture; None where there are none, or too many to read."""
    known = {str(one.pk): one for one in organisations}
    ties = tuple(sorted((str(r.source_id), str(r.target_id)) for r in relations if str(r.source_id) in known and str(r.target_id) in known))
    try:
        drawn = _drawn(ties)
    except ValueError:
        return None
    if not drawn.nodes:
        return None
    dots = []
    for number, (node, x, y, degree) in enumerate(zip(drawn.nodes, drawn.x, drawn.y, drawn.degree, strict=True)):
        one = known[node]
        group = 2 if one.kind in PUBLIC else 3 if one.kind in FINANCE else 1
        dots.append(Dot(one, x, y, round(5 + 2.2 * degree**0.5, 1), group, degree, number < 4))
    spot = {str(dot.organisation.pk): dot for dot in dots}
    lines = [Line(spot[a].x, spot[a].y, spot[b].x, spot[b].y) for a, b in sorted(set(ties))]
    return NetworkPicture(dots, lines, dots[:8])


@lru_cache(maxsize=64)
def _drawn(ties: tuple[tuple[str, str], ...]) -> network.Picture:
    """The same ties give the same picture: it is most of what a territory's page costs."""
    return network.draw(ties)
