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


def safe_cell(value: str) -> str:
    """A cell no spreadsheet takes for a formula (OWASP, "CSV injection"): an apostrophe in front; numbers stay numbers."""
    if not value.startswith(_FORMULA):
        return value
    try:
        float(value)
    except ValueError:
        return "'" + value
    return value
