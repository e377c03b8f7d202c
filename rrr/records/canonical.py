"""One way of writing a document as bytes, so that its SHA-256 is the same whoever computes it, wherever it was stored in between.

RFC 8785 (JSON canonicalization scheme): keys sorted by UTF-16 code units, no spaces, UTF-8, numbers as ECMAScript writes them (1.0 is 1,
1e-07 is 1e-7). Stricter than it in two points: texts are first brought to Unicode NFC, and whole numbers lie within 2^53, as RFC 7493 asks,
because JavaScript and some databases round larger ones.
"""

from __future__ import annotations

import hashlib
import json
import math
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

LARGEST = 2**53 - 1


def canonical(data: Any) -> bytes:
    """UTF-8 bytes of mappings, lists, texts, numbers, booleans and None; anything else raises ValueError."""
    try:
        return _write(data).encode()
    except UnicodeEncodeError:
        raise ValueError("A text holds half a character (a lone surrogate); write it anew.") from None


def digest(data: Any) -> str:
    """SHA-256 of the canonical bytes, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(canonical(data)).hexdigest()


def _write(data: Any) -> str:
    if data is None or isinstance(data, bool):
        return json.dumps(data)
    if isinstance(data, str):
        return json.dumps(unicodedata.normalize("NFC", data), ensure_ascii=False)
    if isinstance(data, int | float):
        return _number(data)
    if isinstance(data, Mapping):
        return _mapping(data)
    if isinstance(data, list | tuple):
        return f"[{','.join(map(_write, data))}]"
    raise ValueError(f"JSON has no {type(data).__name__}; write {data!r} as text or number.")


def _mapping(data: Mapping[Any, Any]) -> str:
    named: dict[str, Any] = {}
    for key, value in data.items():
        if not isinstance(key, str):
            raise ValueError(f"A name in JSON is text; {key!r} is not.")
        name = unicodedata.normalize("NFC", key)
        if name in named:
            raise ValueError(f"The name {name!r} stands twice.")
        named[name] = value
    pairs = sorted(named.items(), key=lambda pair: pair[0].encode("utf-16-be"))
    return f"{{{','.join(f'{_write(name)}:{_write(value)}' for name, value in pairs)}}}"


def _number(value: int | float) -> str:
    if not math.isfinite(value):
        raise ValueError("JSON has no infinity and no 'not a number'; leave the value out or write null.")
    if abs(value) > LARGEST:
        raise ValueError(f"The number {value} is larger than 2^53; write it as text.")
    if value == int(value):
        return str(int(value))
    exact = Decimal(repr(float(value)))  # repr gives the shortest digits that read back as the same number, as ECMAScript does
    if abs(exact) >= Decimal("1e-6"):
        return format(exact, "f")
    sign, digits, _ = exact.as_tuple()
    tail = "".join(map(str, digits[1:]))
    return f"{'-' if sign else ''}{digits[0]}{'.' if tail else ''}{tail}e{exact.adjusted()}"
