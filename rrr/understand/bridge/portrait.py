"""What a portrait holds: gathered for a version, and read back for its page.

A version keeps organisations as numbers. Their names are looked up when the page is shown, so that what was hidden or removed since is hidden here too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rrr.core.version import code_version
from rrr.places.models import Territory
from rrr.records.estimate import Estimate
from rrr.understand import queries
from rrr.understand.blocks import BuildingBlock
from rrr.understand.bridge import diagnosis
from rrr.understand.bridge.network import network_picture
from rrr.understand.models import Portrait
from rrr.understand.queries import portrait

FORMAT = 1
MOST_NAMED = 8


@dataclass(frozen=True)
class Node:
    """`name` is "" where the organisation may not be named any more."""

    x: float
    y: float
    radius: float
    group: int
    ties: int
    labelled: bool
    name: str = ""
    slug: str = ""


@dataclass(frozen=True)
class Network:
    ties: int
    nodes: Sequence[Node]
    lines: Sequence[Sequence[float]]

    @property
    def most(self) -> Sequence[Node]:
        return [node for node in self.nodes if node.name][:MOST_NAMED]


@dataclass(frozen=True)
class Rated:
    code: str
    label: str
    mean: Estimate | None
    rated: int
    unknown: int


def content(of: Territory, texts: Portrait) -> dict[str, Any]:
    """The whole content of a version, ready for `canonical`."""
    return {
        "format": FORMAT,
        "territory": {"slug": of.slug, "name": of.name, "country": of.country, "authority": of.authority_name},
        "language": texts.language,
        "summary": texts.summary,
        "unknown": texts.unknown,
        "figures": portrait.figures(of),
        "network": _network(of),
        "diagnosis": _diagnosis(of),
        "code_version": code_version(),
    }


def canonical(given: Mapping[str, Any]) -> tuple[str, str]:
    """The text of a content and its SHA-256: keys in order, no spaces, UTF-8."""
    text = json.dumps(given, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text, hashlib.sha256(text.encode()).hexdigest()


def _network(of: Territory) -> dict[str, Any]:
    relations = queries.relations(of)
    pairs = len({frozenset((one.source_id, one.target_id)) for one in relations})  # two organisations count once, as on the other pages
    drawn = network_picture(queries.tied(relations), relations)
    if drawn is None:
        return {"ties": pairs, "nodes": [], "lines": []}
    nodes = [[dot.organisation.pk, round(dot.x, 1), round(dot.y, 1), dot.radius, dot.group, dot.ties, dot.labelled] for dot in drawn.dots]
    lines = [[round(end, 1) for end in (line.x1, line.y1, line.x2, line.y2)] for line in drawn.lines]
    return {"ties": pairs, "nodes": nodes, "lines": lines}


def _diagnosis(of: Territory) -> dict[str, Any] | None:
    round = portrait.latest_round(of)
    if round is None or round.closed_at is None:
        return None
    found = diagnosis.figures(round)
    blocks = [
        {"block": one.code, "rated": one.rated, "unknown": one.unknown, "mean": [one.mean.value, one.mean.low, one.mean.high]}
        for one in found.blocks
        if one.mean is not None
    ]
    return {"key": round.key, "title": round.title, "closed": round.closed_at.date().isoformat(), "people": found.people, "blocks": blocks}


def network(of: Territory, given: Mapping[str, Any]) -> Network:
    names = portrait.names(of, [pk for pk, *_rest in given["nodes"]])
    nodes = []
    for pk, x, y, radius, group, ties, labelled in given["nodes"]:
        one = names.get(pk)
        nodes.append(Node(x, y, radius, group, ties, labelled, one.name if one else "", one.slug if one else ""))
    return Network(given["ties"], nodes, given["lines"])


def rated(given: Mapping[str, Any] | None) -> list[Rated]:
    if given is None:
        return []
    found = {one["block"]: one for one in given["blocks"]}
    return [_rated(code, str(label), found.get(code)) for code, label in BuildingBlock.choices]


def _rated(code: str, label: str, one: Mapping[str, Any] | None) -> Rated:
    if one is None:
        return Rated(code, label, None, 0, 0)
    value, low, high = one["mean"]
    return Rated(code, label, Estimate(value, low, high, diagnosis.LEVEL), one["rated"], one["unknown"])
