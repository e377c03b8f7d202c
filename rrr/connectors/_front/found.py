"""Which formats there are, and which one a file has: its content decides, its name only between equals."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache
from pathlib import Path

from rrr.connectors._front.disguise import disguise
from rrr.records.register import FileFault, Format, Reason

HEAD = 2**16


@lru_cache(maxsize=1)
def formats() -> tuple[Format, ...]:
    """The FORMAT of every folder of rrr.connectors, by name."""
    here = str(Path(__file__).parents[1])
    folders = sorted(entry.name for entry in pkgutil.iter_modules([here]) if entry.ispkg and not entry.name.startswith("_"))
    return tuple(importlib.import_module(f"rrr.connectors.{folder}").FORMAT for folder in folders)


def format_of(path: Path, name: str) -> Format:
    """Raises FileFault for an empty file and for one that is something else, saying what it is."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        raise FileFault(Reason.BROKEN_FILE, what="read") from None
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise FileFault(Reason.EMPTY_FILE)
    shown = (name or path.name).lower()
    what = disguise(path, head)
    if what:
        raise FileFault(Reason.ENCRYPTED) if what == "encrypted" else FileFault(Reason.NOT_A_TABLE, what=what)
    best = max(formats(), key=lambda one: one.recognise(path, head, shown))
    if best.recognise(path, head, shown) <= 0:
        raise FileFault(Reason.NOT_A_TABLE, what="binary")
    return best
