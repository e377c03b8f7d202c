"""Cells of tables we write."""

from __future__ import annotations

_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)  # the last four: their wide forms, typed in East Asia


class Echo:
    """What csv.writer writes to where a table is streamed: hands each line back."""

    def write(self, line: str) -> str:
        return line


def safe_cell(value: str) -> str:
    """A cell no spreadsheet takes for a formula (OWASP, "CSV injection"): an apostrophe in front; numbers stay numbers."""
    if not value.startswith(_FORMULA):
        return value
    try:
        float(value)
    except ValueError:
        return "'" + value
    return value
