"""Physical lines of a text, none longer than a megabyte in memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

LIMIT = 2**20


class Lines:
    """`next` gives a line with its end, "" at the end of the file. `overlong` tells that the line just given was cut at LIMIT.

    Bytes that the encoding does not have come as lone surrogates (UTF-8 and code pages) or U+FFFD (UTF-16).
    """

    def __init__(self, path: Path, encoding: str) -> None:
        errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
        self._file = path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors=errors, newline="")
        self._back: deque[str] = deque()
        self.overlong = False
        self._first = True

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def next(self) -> str:
        self.overlong = False
        if self._back:
            return self._back.popleft()
        line = self._file.readline(LIMIT)
        if self._first:
            self._first = False
            line = line.removeprefix("\ufeff")
        if len(line) == LIMIT and line[-1] not in "\r\n":
            return self._cut(line)
        return line

    def _cut(self, line: str) -> str:
        """Pass over the rest of the line without keeping it."""
        while True:
            rest = self._file.readline(LIMIT)
            self.overlong = self.overlong or bool(rest.strip("\r\n"))
            if not rest or rest[-1] in "\r\n":
                return line + "\n"

    def put_back(self, lines: Iterable[str]) -> None:
        self._back.extendleft(reversed(list(lines)))
