"""A JSON text read piece by piece: values one at a time, never the whole in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

from rrr.records.register import FileFault, Reason

MOST_VALUE = 32 * 2**20  # characters of one value
_CHUNK = 2**18
_SPACE = " \t\r\n"
_NEAR_END = 40  # an error this near the end of what was read may only mean that there is more
DECODER = json.JSONDecoder(parse_constant=lambda _name: None)  # NaN is not JSON, but some programs write it for "nothing"


class Pieces:
    """The part of the file that is being looked at, filled up as needed."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._buffer = ""
        self._at = 0
        self._line = 1
        self._ended = False

    def _fill(self) -> bool:
        self._line += self._buffer.count("\n", 0, self._at)
        # Doubling keeps a long value from being scanned again for every small piece.
        chunk = self._file.read(max(_CHUNK, len(self._buffer) - self._at))
        self._buffer = self._buffer[self._at :] + chunk
        self._at = 0
        self._ended = not chunk
        if len(self._buffer) > MOST_VALUE + _CHUNK:
            raise FileFault(Reason.TOO_LARGE, megabytes=len(self._buffer) // 2**20, limit=MOST_VALUE // 2**20)
        return bool(chunk)

    def fault(self, at: int | None = None) -> FileFault:
        return FileFault(Reason.BAD_JSON, line=self._line + self._buffer.count("\n", 0, self._at if at is None else at))

    def peek(self) -> str:
        """The next character that is no space, "" at the end; not taken."""
        while True:
            while self._at < len(self._buffer):
                if self._buffer[self._at] not in _SPACE:
                    return self._buffer[self._at]
                self._at += 1
            if not self._fill():
                return ""

    def take(self, wanted: str) -> bool:
        if self.peek() == wanted:
            self._at += 1
            return True
        return False

    def value(self) -> Any:
        """The next whole value. A value cut off by the end of the buffer is tried again with more."""
        self.peek()
        while True:
            try:
                found, end = DECODER.raw_decode(self._buffer, self._at)
            except RecursionError:
                raise self.fault() from None
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated") or error.pos > len(self._buffer) - _NEAR_END
                if cut and self._fill():
                    continue
                raise self.fault(error.pos) from None
            except ValueError:  # a number of thousands of digits
                raise self.fault() from None
            if end == len(self._buffer) and not isinstance(found, dict | list | str) and self._fill():
                continue  # a number may go on
            self._at = end
            return found

    def array(self) -> Iterator[Any]:
        """The elements of a list whose bracket was taken."""
        if self.take("]"):
            return
        while True:
            yield self.value()
            if self.take("]"):
                return
            if not self.take(","):
                raise self.fault()
