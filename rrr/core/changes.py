"""What an entry of the audit trail changed, in the words of the reader's language instead of names of columns and codes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.template.defaultfilters import yesno
from django.utils.formats import number_format
from django.utils.functional import Promise


@dataclass(frozen=True)
class Change:
    """One field. `coded`: it has no word, so `name` is the code itself, in English."""

    name: str
    before: str
    after: str
    coded: bool


def worded(subject_type: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    """Every field the entry names, in its order. A model or field that is gone keeps its code: the trail outlives the tables."""
    old, new = before or {}, after or {}
    return [_change(_field(subject_type, name), name, old.get(name), new.get(name)) for name in dict.fromkeys([*old, *new])]


def _field(subject_type: str, name: str) -> models.Field[Any, Any] | None:
    try:
        found = apps.get_model(subject_type)._meta.get_field(name.removesuffix("_id"))
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return found if isinstance(found, models.Field) else None


def _change(field: models.Field[Any, Any] | None, name: str, before: Any, after: Any) -> Change:
    word = getattr(field, "verbose_name", "")
    known = isinstance(word, Promise)  # a name made of the column's is no word
    return Change(str(word) if known else name, _value(field, before), _value(field, after), coded=not known)


def _value(field: models.Field[Any, Any] | None, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return ", ".join(_value(getattr(field, "base_field", field), one) for one in value)
    if isinstance(value, bool):
        return str(yesno(value)).capitalize()
    if isinstance(value, float):
        return str(number_format(value, use_l10n=True))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(dict(getattr(field, "flatchoices", ())).get(value, value))
