"""The lists of objects in a document, wherever they stand, one element at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rrr.text.json_pieces import Pieces

_DEEPEST = 6  # members inside members; below, a value is read whole


def elements(path: Path, encoding: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """(names that lead to the list, element) of every list whose first element is an object. Raises FileFault with the line at fault."""
    with path.open(encoding=encoding, errors="replace") as file:
        text = Pieces(file)
        yield from _lists(text, ())
        if text.peek():
            raise text.fault()


def _lists(text: Pieces, at: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if text.peek() == "[":
        text.take("[")
        wanted = text.peek() == "{"
        for value in text.array():
            if wanted:
                yield at, value
    elif text.peek() == "{" and len(at) < _DEEPEST:
        text.take("{")
        yield from _members(text, at)
    else:
        text.value()


def _members(text: Pieces, at: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if text.take("}"):
        return
    while True:
        name = text.value()
        if not isinstance(name, str) or not text.take(":"):
            raise text.fault()
        yield from _lists(text, (*at, name))
        if text.take("}"):
            return
        if not text.take(","):
            raise text.fault()
