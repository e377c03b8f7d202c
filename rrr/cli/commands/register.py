"""What a register file is, and how many of its rows can be used."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rrr.cli import sentences
from rrr.cli.output import CommandError, Result

if TYPE_CHECKING:
    from rrr.records.register import Inspection, Options, Rejected

HELP = "Say what a register file holds (CSV, XLSX, GeoJSON), how its columns are understood, and which rows are refused, and why."
EXAMPLE = "rrr register albo.csv --country IT --map name=Denominazione --rejects refused.csv"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", help="table or GeoJSON")
    parser.add_argument(
        "--map", action="append", default=[], metavar="FIELD=COLUMN", help="what a column holds (guessed); =COLUMN leaves it out"
    )
    parser.add_argument("--country", default="", help="country code, where a row names none")
    parser.add_argument("--near", default="", metavar="W,S,E,N", help="box in degrees where the places are expected; shows swapped axes")
    parser.add_argument("--encoding", default="", help="such as utf-8, cp1252, cp1250 (guessed)")
    parser.add_argument("--delimiter", default="", help="what parts the columns; tab for a tabulator (guessed)")
    parser.add_argument("--sheet", default="", help="sheet of a workbook (the first)")
    parser.add_argument("--header-line", type=int, default=0, help="line with the names of the columns (guessed)")
    parser.add_argument("--crs", default="", help="coordinate system, such as EPSG:25830, where the places are no degrees")
    parser.add_argument("--register", default="", help="a known register (recognised by its columns); none: recognise none")
    parser.add_argument("--rejects", default="", metavar="FILE", help="write the refused rows to this CSV")
    parser.add_argument("--top", type=int, default=10, help="how many refused rows to list (10)")


def run(given: Namespace) -> Result:
    from rrr import connectors
    from rrr.records.register import FileFault, Options

    path = Path(given.file)
    if not path.is_file():
        raise CommandError(f"There is no file {given.file}; check the name.")
    options = Options(given.encoding, given.delimiter, given.sheet, given.header_line, given.crs, register=given.register)
    near = _box(given.near)
    try:
        found = connectors.inspect(path, options=options, country=given.country.upper(), near=near)
        mapping = _mapping(found, given.map)
        counted, problems, refused = _read(path, options, mapping, given, found, near)
    except FileFault as error:
        raise CommandError(f"{given.file}: {sentences.fault(error)}") from None
    if given.rejects:
        _write(given.rejects, refused)
    document = {
        "file": given.file, "inspection": found, "mapping": mapping, "rows": found.rows, "accepted": counted["accepted"],
        "rejected": counted["rejected"], "problems": dict(problems), "rejects": refused[: max(given.top, 0)],
    }  # fmt: skip
    return Result(document, _lines(document, found, mapping, refused, given.top))


def _box(text: str) -> tuple[float, float, float, float] | None:
    if not text:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise CommandError(f"--near {text}: write four numbers, west,south,east,north.") from None
    return west, south, east, north


def _mapping(found: Inspection, pairs: list[str]) -> dict[str, str]:
    from rrr.records.register import FIELDS

    mapping = {column.name: column.guess for column in found.columns}
    for pair in pairs:
        field, _, column = pair.partition("=")
        if field not in FIELDS:
            raise CommandError(f"--map {pair}: write FIELD=COLUMN with one of the fields {', '.join(filter(None, FIELDS))}.")
        if column not in mapping:
            raise CommandError(f"--map {pair}: there is no column {column}; there are {', '.join(mapping)}.")
        mapping = {name: "" if old == field else old for name, old in mapping.items()} | {column: field}
    return mapping


def _read(
    path: Path, options: Options, mapping: dict[str, str], given: Namespace, found: Inspection, near: Any
) -> tuple[Counter[str], Counter[str], list[Rejected]]:
    from rrr import connectors
    from rrr.records.register import Rejected

    counted, problems = Counter[str](), Counter[str]()
    refused: list[Rejected] = []
    country = given.country.upper()
    for row in connectors.read(path, options, country=country, near=near):
        draft = (
            row if isinstance(row, Rejected) else connectors.convert(row, mapping, country=country, crs=found.crs, register=found.register)
        )
        counted["rejected" if isinstance(draft, Rejected) else "accepted"] += 1
        if not isinstance(draft, Rejected):
            problems.update(str(problem.code) for problem in draft.problems)
        elif given.rejects or len(refused) < given.top:
            refused.append(draft)
    return counted, problems, refused


def _write(name: str, refused: list[Rejected]) -> None:
    import csv

    try:
        with Path(name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["line", "reason", "text"])
            # A text may begin like a formula; the apostrophe keeps a spreadsheet from running it.
            writer.writerows((one.line, sentences.row(one.reason, one.facts), f"'{one.text}") for one in refused)
    except OSError as error:
        raise CommandError(f"{name} cannot be written: {error.strerror}; name another file.") from None


def _lines(document: dict[str, Any], found: Inspection, mapping: dict[str, str], refused: list[Rejected], top: int) -> list[str]:
    layout = {
        "encoding": found.encoding,
        "separator": found.delimiter.replace("\t", "tab"),
        "sheet": found.sheet,
        "header in line": found.header_line,
    }
    said = ", ".join(f"{name} {value}" for name, value in layout.items() if value)
    lines = [
        f"{found.format}{': ' if said else ''}{said}. {found.rows} rows: {document['accepted']} accepted, {document['rejected']} rejected."
    ]
    lines += _register(found)
    lines += [f"  {field or '-':12} {name}" for name, field in mapping.items() if field] or [
        "  No column was understood; name one with --map."
    ]
    left = sum(not field for field in mapping.values())
    lines += [f"  {left} columns left out."] if left else []
    lines += [f"note: {note.code} {', '.join(f'{key} {value}' for key, value in note.facts.items())}".rstrip() for note in found.notes]
    lines += [f"left out: {code} in {count} rows" for code, count in document["problems"].items()]
    lines += [f"line {one.line}: {sentences.row(one.reason, one.facts)}: {one.text[:100]}" for one in refused[: max(top, 0)]]
    return lines


def _register(found: Inspection) -> list[str]:
    """Which register was recognised, and how sure its description is."""
    from rrr import connectors

    one = connectors.register(found.register)
    if one is None:
        return []
    checked = "checked against a live file" if one.verified else "from its public description, not checked against a live file"
    return [
        f"register: {one.english} ({one.slug}), {found.register_fit}% of its columns; its format is {checked}.",
        f"  licence: {one.licence_note} Described at {one.page}",
    ]
