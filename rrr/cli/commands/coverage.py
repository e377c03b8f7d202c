"""How many organisations the registers do not show."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from rrr.cli import coverage_sentences, tables
from rrr.cli.output import CommandError, Result

if TYPE_CHECKING:
    from rrr.engines.coverage import Capture, Recall, Register

HELP = "Estimate how many organisations none of the registers shows, by type and legal form, or say why no figure can be given."
EXAMPLE = "rrr coverage captures.csv --registers registers.csv --recall audit.csv --json"
_YES, _NO = {"1", "yes", "true"}, {"0", "no", "false"}

CAPTURES = (
    "one row a record, CSV with the columns organisation, source, type, legal_form; or counts: sources (parted by ;), type, legal_form, "
    "organisations (how many stand in exactly these); - reads standard input"
)
MOST = 20_000_000  # organisations a table of counts may stand for
RECALL = (
    "judged pairs, one a row: same (yes or no: of one organisation), linked (yes or no: by the linkage), weight (one over the chance to be drawn; "
    "1 without the column); or one row with found, missed and any of low, high, wrong. Without it no figure is given"
)
REGISTERS = (
    "one row a register: name, forms (types or legal forms it can contain, parted by ;), date (2024-12-31, may be empty). Without it a register is "
    "taken to contain the legal forms it lists and no others"
)


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("captures", help=CAPTURES)
    parser.add_argument("--recall", default="", metavar="FILE", help=RECALL)
    parser.add_argument("--registers", default="", metavar="FILE", help=REGISTERS)
    parser.add_argument(
        "--by", choices=["legal_form", "type"], default="legal_form", help="one figure a legal form, or a type (legal_form)"
    )
    parser.add_argument("--level", type=float, default=0.95, help="level of the intervals (0.95)")
    parser.add_argument("--odds", type=float, default=3.0, help="dependence no register can show, for the wide bounds (3)")
    parser.add_argument("--draws", type=int, default=400, help="draws of the bootstrap (400)")
    parser.add_argument("--seed", type=int, default=20, help="the same seed gives the same figures (20)")


def run(given: Namespace) -> Result:
    from rrr.engines import coverage

    captures = _captures(given.captures)
    registers = _registers(given.registers) if given.registers else _assumed(captures)
    recall = _recall(given.recall) if given.recall else None
    try:
        settings = coverage.Settings(
            level=given.level, odds=given.odds, draws=given.draws, seed=given.seed, by_legal_form=given.by == "legal_form"
        )
        strata = coverage.coverage(captures, registers, recall, settings)
    except ValueError as error:
        raise CommandError(f"{error} Correct the table or the option.") from None
    document = {"settings": settings, "forms_assumed": not given.registers, "recall": recall, "strata": strata}
    return Result(document, coverage_sentences.lines(strata, assumed=not given.registers))


def _captures(path: str) -> list[Capture]:
    rows = tables.read(path, needed=("type", "legal_form"))
    return _counted(path, rows) if {"sources", "organisations"} <= rows[0].keys() else _named(path, rows)


def _counted(path: str, rows: list[dict[str, str]]) -> list[Capture]:
    from rrr.engines.coverage import Capture

    made: list[Capture] = []
    for place, row in enumerate(rows, start=2):
        where = f"{path}, row {place}"
        sources = frozenset(one.strip() for one in row["sources"].split(";") if one.strip())
        number = tables.number(row["organisations"], where=f"{where}, organisations")
        if not sources or number < 0 or number != int(number):
            raise CommandError(f"{where}: sources are named and organisations is a whole number; correct the row.")
        if len(made) + number > MOST:
            raise CommandError(f"{where}: more than {MOST} organisations; give a part of the table.")
        made += [Capture(f"{place}-{one}", sources, row["type"], row["legal_form"]) for one in range(int(number))]
    return made


def _named(path: str, rows: list[dict[str, str]]) -> list[Capture]:
    from rrr.engines.coverage import Capture

    missing = [name for name in ("organisation", "source") if name not in rows[0]]
    if missing:
        raise CommandError(f"{path} has no column {missing[0]}; see rrr coverage --help.")
    kinds: dict[str, tuple[str, str]] = {}
    sources: dict[str, set[str]] = defaultdict(set)
    for number, row in enumerate(rows, start=2):
        name, source, kind = row["organisation"], row["source"], (row["type"], row["legal_form"])
        if not name or not source:
            raise CommandError(f"{path}, row {number}: the organisation or its source is empty; fill the cell.")
        if kinds.setdefault(name, kind) != kind:
            raise CommandError(f"{path}, row {number}: {name} has another type or legal form above; give all its rows the same.")
        sources[name].add(source)
    return [Capture(name, frozenset(sources[name]), *kind) for name, kind in kinds.items()]


def _registers(path: str) -> list[Register]:
    from rrr.engines.coverage import Register

    found = []
    for number, row in enumerate(tables.read(path, needed=("name", "forms")), start=2):
        forms = frozenset(one.strip() for one in row["forms"].split(";") if one.strip())
        found.append(Register(row["name"], forms, _date(row.get("date", ""), f"{path}, row {number}")))
    return found


def _date(text: str, where: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(f"{where}: {text!r} is no date; write it as 2024-12-31 or leave it empty.") from None


def _assumed(captures: list[Capture]) -> list[Register]:
    from rrr.engines.coverage import Register

    forms: dict[str, set[str]] = defaultdict(set)
    for one in captures:
        for source in one.sources:
            forms[source].add(one.legal_form or one.type)
    return [Register(name, frozenset(some)) for name, some in sorted(forms.items())]


def _recall(path: str) -> Recall | None:
    from rrr.engines.coverage import Audited, Recall, recall_from_audit

    rows = tables.read(path)
    if {"same", "linked"} <= rows[0].keys():
        pairs = []
        for number, row in enumerate(rows, start=2):
            where = f"{path}, row {number}"
            weight = tables.number(row["weight"], where=f"{where}, weight") if row.get("weight") else 1.0
            if not weight > 0:
                raise CommandError(f"{where}: a weight is more than 0; correct the cell.")
            pairs.append(Audited(_said(row, "same", where), _said(row, "linked", where), weight))
        return recall_from_audit(pairs)
    if not {"found", "missed"} <= rows[0].keys() or len(rows) > 1:
        raise CommandError(f"{path} has neither the columns same and linked nor one row of found and missed; see rrr coverage --help.")
    numbers = {
        name: tables.number(rows[0][name], where=f"{path}, {name}")
        for name in ("found", "missed", "low", "high", "wrong")
        if rows[0].get(name)
    }
    try:
        return Recall(numbers.get("found", 0.0), numbers.get("missed", 0.0), **_optional(numbers))
    except ValueError as error:
        raise CommandError(f"{path}: {error} Correct the row.") from None


def _optional(numbers: Mapping[str, float]) -> dict[str, float]:
    return {name: value for name, value in numbers.items() if name in ("low", "high", "wrong")}


def _said(row: Mapping[str, str], column: str, where: str) -> bool:
    word = row[column].casefold()
    if word not in _YES | _NO:
        raise CommandError(f"{where}, {column}: {row[column]!r} is neither yes nor no; correct the cell.")
    return word in _YES
