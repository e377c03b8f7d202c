"""What a subcommand gives back, and how it is printed."""

from __future__ import annotations

import dataclasses
import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TextIO

from rrr import __version__


class CommandError(Exception):
    """Bad input: one sentence with what, where and how to mend it. The command ends with status 2."""


@dataclass(frozen=True)
class Result:
    """`document` is printed with --json; `lines` are what a person reads otherwise."""

    document: Mapping[str, Any]
    lines: Sequence[str] = field(default_factory=list)


def plain(value: Any) -> Any:
    """Dataclasses, tuples and numbers of numpy as JSON can hold them; a number that is none becomes null."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if hasattr(value, "item") and not isinstance(value, str):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def show(result: Result, *, as_json: bool, stream: TextIO | None = None) -> None:
    out = stream or sys.stdout
    if as_json:
        json.dump({"rrr": __version__, **plain(result.document)}, out, ensure_ascii=False, indent=2)
        out.write("\n")
    else:
        out.write("\n".join(result.lines) + "\n")
