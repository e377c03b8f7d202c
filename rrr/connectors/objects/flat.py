"""An object as one flat row: members of members by their names with points between, lists as texts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from rrr.records.register import TEXT_CUT
from rrr.text import clean

_DEEPEST = 4
_MOST = 400  # columns of one object


def flat(given: Mapping[str, Any]) -> dict[str, str]:
    """{"geo": {"lat": 45}, "tags": ["a", "b"]} becomes {"geo.lat": "45", "tags": "a; b"}.

    Overpass gives ways and relations a `center` where nodes have lat and lon: it stands in their place.
    """
    center = given.get("center")
    if isinstance(center, dict) and "lat" not in given:
        given = {**{name: value for name, value in given.items() if name != "center"}, **center}
    made: dict[str, str] = {}
    _add(made, "", given, 0)
    return made


def _add(made: dict[str, str], name: str, value: Any, depth: int) -> None:
    if len(made) >= _MOST:
        return
    if isinstance(value, dict) and depth < _DEEPEST:
        for inner, one in value.items():
            _add(made, f"{name}.{inner}" if name else str(inner), one, depth + 1)
    elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        for inner in dict.fromkeys(key for one in value for key, cell in one.items() if not isinstance(cell, dict | list)):
            made[f"{name}.{inner}"] = "; ".join(filter(None, (_text(one.get(inner)) for one in value)))
    else:
        made[name] = _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(one, str | int | float) for one in value):
        return "; ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def shown(value: Any) -> str:
    return clean.text(json.dumps(value, ensure_ascii=False)[: 2 * TEXT_CUT])[:TEXT_CUT]
