"""Physical lines of a text, in blocks, none longer than about a megabyte in memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

LIMIT = 2**20
_CHUNK = 2**18


class Cut(str):
    """The first LIMIT characters of a line that is longer."""

    __slots__ = ()


class Lines:
    """Lines without their ends, which may be LF, CR LF or CR. `next` gives None at the end of the file.

    Bytes that the encoding does not have come as lone surrogates (UTF-8 and code pages) or U+FFFD (UTF-16).
    """

    def __init__(self, path: Path, encoding: str) -> None:
        errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
        self._file = path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors=errors, newline=None)
        self._back: deque[str] = deque()
        self._rest = self._file.read(1).removeprefix("\ufeff")
        self._skipping = False

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def block(self) -> list[str]:
        """The lines put back, else the next quarter of a megabyte; empty at the end of the file."""
        if self._back:
            block = list(self._back)
            self._back.clear()
            return block
        while True:
            chunk = self._file.read(_CHUNK)
            if not chunk:
                last, self._rest = self._rest, ""
                return [last] if last else []
            lines = (self._rest + chunk).split("\n")
            self._rest = lines.pop()
            lines = self._cut(lines)
            if lines:
                return lines

    def _cut(self, lines: list[str]) -> list[str]:
        """Pass over the rest of a line that was cut, and cut one that grows too long."""
        if self._skipping:
            if not lines:
                self._rest = ""
                return []
            del lines[0]
            self._skipping = False
        if len(self._rest) > LIMIT:
            lines.append(Cut(self._rest[:LIMIT]))
            self._rest, self._skipping = "", True
        return lines

    def next(self) -> str | None:
        if not self._back:
            self._back.extend(self.block())
        return self._back.popleft() if self._back else None

    def put_back(self, lines: Iterable[str]) -> None:
        self._back.extendleft(reversed(list(lines)))
