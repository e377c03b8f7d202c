"""The files of the starter content: read, digest and check them. No database; every step's loader reads its rows through this."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

Row = dict[str, str]
TABLES = (
    "organisations.csv", "relations.csv", "challenges.csv", "country_figures.csv", "solutions.csv", "effects.csv", "programme.csv",
    "indicator_definitions.csv", "indicators.csv", "sources.csv",
)  # fmt: skip
TERRITORIES = "territories.yaml"


@dataclass
class Counts:
    """What a loader did to the objects it knows."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0  # left as people made them

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.new + other.new, self.updated + other.updated, self.unchanged + other.unchanged, self.kept + other.kept)


@dataclass(frozen=True)
class Problem:
    """What is wrong, where, and how to mend it."""

    file: str
    row: int  # the line a spreadsheet shows; 0 where the whole file is meant
    column: str
    sentence: str

    def __str__(self) -> str:
        place = ", ".join(
            part for part in (self.file, f"row {self.row}" if self.row else "", f"column {self.column}" if self.column else "") if part
        )
        return f"{place}: {self.sentence}"


def rows(root: Path, name: str) -> list[Row]:
    with (root / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def territories(root: Path) -> list[dict[str, Any]]:
    document = yaml.safe_load((root / TERRITORIES).read_text(encoding="utf-8"))
    return list(document["territories"])


def items(cell: str) -> list[str]:
    """The parts of a cell that holds a list."""
    return cell.split(";") if cell else []


def links(cell: str) -> list[str]:
    """The addresses in a cell."""
    return cell.split()


def digest(root: Path, names: Iterable[str]) -> str:
    """One hash over the named files, so that unchanged content is noticed without reading it row by row."""
    total = hashlib.sha256()
    for name in sorted(names):
        total.update(name.encode() + b"\0" + hashlib.sha256((root / name).read_bytes()).digest())
    return total.hexdigest()


def check(root: Path) -> list[Problem]:
    """Every fault of every file: shape against the schemas, doubles, references between files, addresses that must not be linked."""
    problems: list[Problem] = []
    read: dict[str, list[Row]] = {}
    schemas: dict[str, Mapping[str, Any]] = {}
    for name in (TERRITORIES, *TABLES):
        try:
            schemas[name] = json.loads((root / "schema" / f"{Path(name).stem}.json").read_text(encoding="utf-8"))
            if name == TERRITORIES:
                found = territories(root)
                problems += _document_faults(root, schemas[name])
                read[name] = [{"slug": str(one.get("slug", ""))} for one in found]
            else:
                read[name] = rows(root, name)
                problems += _table_faults(root, name, read[name], schemas[name])
        except FileNotFoundError as error:
            problems.append(Problem(name, 0, "", f"the file {Path(error.filename).name} is missing; restore it from the repository."))
        except (UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
            reason = str(error).replace("\n", " ")
            problems.append(Problem(name, 0, "", f"the file cannot be read ({reason}); save it as UTF-8 and keep its form."))
    for name in read:
        problems += _double_rows(name, read[name], schemas[name])
        problems += _broken_references(name, read[name], schemas[name], read)
    whole = {name: found for name, found in read.items() if not any(problem.file == name for problem in problems)}
    return [*problems, *_forbidden(root), *_sense(whole)]


def _document_faults(root: Path, schema: Mapping[str, Any]) -> Iterator[Problem]:
    document = yaml.safe_load((root / TERRITORIES).read_text(encoding="utf-8"))
    # Dates in YAML become dates; the schema speaks of texts.
    plain = json.loads(json.dumps(document, default=str))
    for error in Draft202012Validator(schema).iter_errors(plain):
        where = [str(part) for part in error.absolute_path]
        place = " of ".join(reversed(where[2:])) if len(where) > 2 else ""
        number = int(where[1]) + 1 if len(where) > 1 else 0
        yield Problem(TERRITORIES, number, place, _sentence(error))


def _table_faults(root: Path, name: str, found: list[Row], schema: Mapping[str, Any]) -> Iterator[Problem]:
    with (root / name).open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file), [])
    wanted = list(schema["properties"])
    if header != wanted:
        missing, extra = [c for c in wanted if c not in header], [c for c in header if c not in wanted]
        said = f"missing: {', '.join(missing) or 'none'}; unknown: {', '.join(extra) or 'none'}"
        yield Problem(name, 1, "", f"the columns must be {', '.join(wanted)} ({said}).")
        return
    validator = Draft202012Validator(schema)
    for number, row in enumerate(found, start=2):
        if None in row or None in row.values():
            yield Problem(name, number, "", "the row has too many or too few cells; check quotes and commas.")
            continue
        for error in validator.iter_errors(row):
            yield Problem(name, number, ".".join(str(part) for part in error.absolute_path), _sentence(error))


def _sentence(error: ValidationError) -> str:
    value = str(error.instance)
    shown = value if len(value) <= 60 else f"{value[:57]}..."
    if error.validator == "enum":
        return f"“{shown}” is not one of: {', '.join(one for one in cast('list[str]', error.validator_value) if one)}."
    if error.validator == "pattern":
        return (
            "the cell is empty; fill it or leave the row out."
            if value == ""
            else f"“{shown}” does not have the form {error.validator_value}."
        )
    return f"{error.message}."


def _double_rows(name: str, found: list[Row], schema: Mapping[str, Any]) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(found, start=2):
        key = tuple(str(row.get(column, "")) for column in schema["x-unique"])
        if key in seen:
            yield Problem(name, number, schema["x-unique"][0], f"“{' / '.join(key)}” stands in row {seen[key]} already; keep one.")
        seen.setdefault(key, number)


def _broken_references(name: str, found: list[Row], schema: Mapping[str, Any], read: Mapping[str, list[Row]]) -> Iterator[Problem]:
    for column, rule in schema.get("properties", {}).items():
        if "x-refers" not in rule:
            continue
        file, key = rule["x-refers"].split("/")
        known = {row.get(key) for row in read.get(file, [])}
        for number, row in enumerate(found, start=2):
            if row.get(column) and row[column] not in known:
                yield Problem(name, number, column, f"“{row[column]}” is not in {file}; add it there or correct it.")


def _forbidden(root: Path) -> Iterator[Problem]:
    """The programme lead's own news pages carry injected spam: its copy under w.upsocial.org is clean."""
    for name in (TERRITORIES, *TABLES):
        path = root / name
        if not path.is_file():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if "//upsocial.org" in line or "//www.upsocial.org" in line:
                yield Problem(
                    name, number, "sources", "links a page of upsocial.org; use the Metropolis page or the copy under w.upsocial.org."
                )
            if "@" in line and "://" not in line.split("@")[0][-60:]:
                yield Problem(name, number, "", "seems to hold an e-mail address; leave it out.")


def _sense(read: Mapping[str, list[Row]]) -> Iterator[Problem]:
    """What a schema cannot say: halves of a pair, ends of an interval, territories of both ends."""
    for number, row in enumerate(read.get("organisations.csv", []), start=2):
        if bool(row["lon"]) != bool(row["lat"]) or bool(row["lon"]) != bool(row["place_precision"]):
            yield Problem("organisations.csv", number, "lon", "lon, lat and place_precision stand together or not at all.")
        if not row["id"].startswith(f"{row['territory']}/"):
            yield Problem("organisations.csv", number, "id", f"must begin with {row['territory']}/.")
    for number, row in enumerate(read.get("relations.csv", []), start=2):
        if row["source"] == row["target"]:
            yield Problem("relations.csv", number, "target", "an organisation has no relation with itself; name another.")
    for number, row in enumerate(read.get("effects.csv", []), start=2):
        if bool(row["effect"]) == bool(row["effect_text"]):
            yield Problem("effects.csv", number, "effect", "give either a number (effect) or words (effect_text).")
        if bool(row["ci_low"]) != bool(row["ci_high"]):
            yield Problem("effects.csv", number, "ci_low", "an interval needs both ends; leave out a lone one.")
        elif row["ci_low"] and row["effect"] and not float(row["ci_low"]) <= float(row["effect"]) <= float(row["ci_high"]):
            yield Problem("effects.csv", number, "ci_low", "the interval does not hold the effect; check signs and order.")
