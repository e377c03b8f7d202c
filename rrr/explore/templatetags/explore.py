"""What templates of step 3 need beside the components."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(found: Mapping[str, Any], key: str) -> Any:
    """`{{ states|at:slug }}`: the value under a key; empty where there is none."""
    return found.get(key, "")
