"""An address as a code that phones read, as one SVG path: no image file, no inline style."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

QUIET = 4  # empty modules around it, as ISO/IEC 18004 asks


@dataclass(frozen=True)
class Code:
    """`size`: modules a side with the quiet edge; `path`: the dark ones."""

    size: int
    path: str


@lru_cache(maxsize=256)
def code(text: str) -> Code:
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    made = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    made.add_data(text)
    made.make(fit=True)
    rows = made.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return Code(len(rows), path)
