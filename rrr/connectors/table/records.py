"""Physical lines into rows of cells, losing none.

Neither Python's csv nor DuckDB tells when a quote that is never closed swallows the rows after it. So a quoted cell that runs over lines
is only believed when the whole closes to a row of the right width and none of the lines inside looks like a row of its own; otherwise
the first line alone is refused and the others are read again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field

from rrr.connectors.table.lines import LIMIT, Cut, Lines
from rrr.records.register import TEXT_CUT, Account, Fact, Reason
from rrr.text.clean import text

MOST_LINES = 500  # of one cell
_WIDE = 4  # from here on a line with the right number of separators is a row by itself
_OPEN = "unexpected end of data"
csv.field_size_limit(2 * LIMIT)


@dataclass(frozen=True)
class Refused:
    text: str
    reason: Reason
    facts: dict[str, Fact] = field(default_factory=dict)


class Splitter:
    """Iterates over records: cells, None for a blank line, or Refused. `width` is set once the header is known (0: any)."""

    def __init__(self, lines: Lines, delimiter: str, account: Account, *, skip_space: bool = False) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._account = account
        self._skip_space = skip_space
        self.width = 0

    def __iter__(self) -> Iterator[list[str] | Refused | None]:
        while block := self._lines.block():
            rows = self._at_once(block) if self.width else None
            if rows is None:
                self._lines.put_back(block)
                yield from self._one_by_one(len(block))
                continue
            self._account.lines += len(block)
            for row in rows:
                yield row if row and (row[0].strip() or any(cell.strip() for cell in row)) else None

    def _at_once(self, block: list[str]) -> list[list[str]] | None:
        """The rows of a block in which every line is a row by itself and nothing is wrong; None for any other."""
        text_ = "\n".join(block)
        if '\\"' in text_ or _lost(text_) or any(isinstance(line, Cut) for line in block):
            return None
        try:
            rows = list(csv.reader(block, delimiter=self._delimiter, strict=True, skipinitialspace=self._skip_space))
        except csv.Error:
            return None
        return rows if len(rows) == len(block) else None

    def _one_by_one(self, count: int) -> Iterator[list[str] | Refused | None]:
        """At least `count` lines; more when a cell runs over the end of the block."""
        account, delimiter = self._account, self._delimiter
        blanks = " \t\r\x1a" + delimiter
        upto = account.lines + count
        while account.lines < upto and (line := self._lines.next()) is not None:
            account.lines += 1
            if isinstance(line, Cut):
                yield Refused(shown(line), Reason.LINE_TOO_LONG, {"limit": LIMIT})
            elif not line.strip(blanks):
                yield None
            elif _lost(line):
                yield Refused(shown(line), Reason.WRONG_ENCODING)
            elif '"' in line:
                found = self._quoted(line)
                yield found if isinstance(found, Refused) or any(cell.strip() for cell in found) else None
            else:
                yield line.split(delimiter)

    def _parse(self, lines: list[str], *, strict: bool = True) -> list[str]:
        """One row. A backslash before a quote is a sign like any other (RFC 4180), or takes the quote's meaning away, as some databases write:
        the first is tried first, and what gives as many cells as the header wins.
        """
        if not any('\\"' in line for line in lines):
            return self._row(lines, strict, None)
        try:
            plain = self._row(lines, strict, None)
        except csv.Error as error:
            try:
                return self._row(lines, strict, "\\")
            except csv.Error:
                raise error from None
        if not self.width or len(plain) == self.width:
            return plain
        try:
            escaped = self._row(lines, strict, "\\")
        except csv.Error:
            return plain
        return escaped if len(escaped) == self.width else plain

    def _row(self, lines: list[str], strict: bool, escape: str | None) -> list[str]:
        rows = list(
            csv.reader(
                [f"{line}\n" for line in lines],
                delimiter=self._delimiter,
                strict=strict,
                skipinitialspace=self._skip_space,
                escapechar=escape,
                doublequote=escape is None,
            )
        )
        if len(rows) != 1:
            raise csv.Error("more than one row")
        return rows[0]

    def _quoted(self, line: str) -> list[str] | Refused:
        try:
            return self._parse([line])
        except csv.Error as error:
            if _OPEN in str(error):
                return self._over_lines(line)
        try:  # such as "La Rosa" coop: a quote that closes too early
            cells = self._parse([line], strict=False)
        except csv.Error:
            cells = []
        return cells if cells and len(cells) == self.width else Refused(shown(line), Reason.UNCLOSED_QUOTE)

    def _over_lines(self, line: str) -> list[str] | Refused:
        taken, length = [line], len(line)
        while len(taken) < MOST_LINES and length < LIMIT:
            following = self._lines.next()
            if following is None:
                break
            taken.append(following)
            length += len(following)
            if '"' not in following:
                if self.width >= _WIDE and following.count(self._delimiter) == self.width - 1:
                    break
                continue
            try:
                cells = self._parse(taken)
            except csv.Error as error:
                if _OPEN in str(error):
                    continue
                break
            if self.width and len(cells) != self.width:
                break
            if any(_lost(one) for one in taken) or self._rows_by_themselves(taken):
                break
            self._account.lines += len(taken) - 1
            self._account.continued += len(taken) - 1
            return cells
        self._lines.put_back(taken[1:])
        return Refused(shown(line), Reason.UNCLOSED_QUOTE)

    def _rows_by_themselves(self, taken: list[str]) -> bool:
        """In a narrow table every line has to look like a row, one of them without any quote: a text has commas too."""
        return self.width == _WIDE - 1 and len(taken) > 2 and all(line.count(self._delimiter) == self.width - 1 for line in taken)


def _lost(line: str) -> bool:
    """Are there bytes that the encoding could not read?"""
    if line.isascii():
        return False
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def shown(line: str) -> str:
    return text(line[: 2 * TEXT_CUT].encode("utf-8", "replace").decode("utf-8"))[:TEXT_CUT]
