"""Reads a JSON document piece by piece: the members of the top object, features one at a time, never the whole in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rrr.records.register import FileFault, Reason
from rrr.text.json_pieces import DECODER, MOST_VALUE, Pieces

FEATURE = "\0feature"  # stands for the name of a member: one element of "features"
_SPACE = " \t\r\n"


def members(path: Path, encoding: str) -> Iterator[tuple[str, Any]]:
    """(name, value) of the top object, (FEATURE, value) for each element of its "features". Raises FileFault with the line at fault.

    The elements keep their order; members come as they stand in the file.
    """
    with path.open(encoding=encoding, errors="replace") as file:
        text = Pieces(file)
        if not text.take("{"):
            raise FileFault(Reason.NOT_GEOJSON, what="")
        yield from _object(text)
        if text.peek():
            raise text.fault()


def _object(text: Pieces) -> Iterator[tuple[str, Any]]:
    if text.take("}"):
        return
    while True:
        name = text.value()
        if not isinstance(name, str) or not text.take(":"):
            raise text.fault()
        if name == "features" and text.take("["):
            yield from ((FEATURE, value) for value in text.array())
        else:
            yield name, text.value()
        if text.take("}"):
            return
        if not text.take(","):
            raise text.fault()


def one_a_line(path: Path, encoding: str) -> Iterator[tuple[int, Any]]:
    """(line, object) of newline-delimited GeoJSON; the object is None where the line cannot be read, and blank lines are left out."""
    with path.open(encoding=encoding, errors="replace") as file:
        number = 0
        while line := file.readline(MOST_VALUE):
            number += 1
            plain = line.strip("\x1e" + _SPACE)
            if plain:
                try:
                    yield number, DECODER.decode(plain)
                except (ValueError, RecursionError):
                    yield number, None
