"""An indicator against its path before a crisis."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from rrr.cli import tables
from rrr.cli.output import CommandError, Result

if TYPE_CHECKING:
    from rrr.engines.shock import Gap, Refusal, Settings

HELP = "Compare an indicator with its path before a crisis: the gap, its interval, and how often that interval was right before."
EXAMPLE = "rrr shock starter/indicators.csv --where indicator=unemployment --where country=CA --country CA --worse higher"
_PERIOD = re.compile(r"(\d{4})(?:-?[Qq]([1-4])|-(\d{2})(?:-\d{2})?)")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", help="table with one time a row (CSV); - reads standard input")
    parser.add_argument("--time", default="", help="column with the time: 2019, 2019.25, 2019-Q2 or 2019-04 (time, else year)")
    parser.add_argument("--value", default="value", help="column with the value; an empty cell is a gap (value)")
    parser.add_argument("--where", action="append", default=[], metavar="COLUMN=VALUE", help="keep these rows only; may be repeated")
    parser.add_argument("--cut", type=float, default=2020, help="first time that does not belong to the path (2020)")
    parser.add_argument("--level", type=float, default=0.95, help="wanted level; a short record gets .90 or .80, and says so (0.95)")
    parser.add_argument("--country", default="", help="two letters, for the dated recessions (none)")
    parser.add_argument("--worse", choices=["either", "higher", "lower"], default="either", help="which way is bad (either)")


def run(given: Namespace) -> Result:
    from rrr.engines import shock

    try:
        settings = shock.Settings(level=given.level, country=given.country, worse=shock.Worse(given.worse))
    except ValueError as error:
        raise CommandError(f"{error} Correct the option.") from None
    found = shock.gap(_series(given), cut=given.cut, settings=settings)
    if isinstance(found, shock.Refusal):
        return Result({"refusal": found}, [_refusal(found, given)])
    return Result({"gap": found, "settings": settings}, _lines(found, settings))


def _series(given: Namespace) -> list[tuple[float, float | None]]:
    rows = tables.read(given.file, needed=(given.value,))
    name = given.time or next((one for one in ("time", "year") if one in rows[0]), "time")
    wanted = dict(_condition(text) for text in given.where)
    for column in (name, *wanted):
        if column not in rows[0]:
            raise CommandError(f"{given.file} has no column {column}; it has: {', '.join(rows[0])}.")
    series: list[tuple[float, float | None]] = []
    for number, row in enumerate(rows, start=2):
        if any(row[column] != value for column, value in wanted.items()):
            continue
        where = f"{given.file}, row {number}"
        value = tables.number(row[given.value], where=f"{where}, {given.value}") if row[given.value] else None
        series.append((_time(row[name], f"{where}, {name}"), value))
    if not series:
        raise CommandError(f"{given.file}: no row has {' and '.join(given.where)}; check the spelling.")
    return series


def _condition(text: str) -> tuple[str, str]:
    column, sign, value = text.partition("=")
    if not sign:
        raise CommandError(f"--where {text!r} is not COLUMN=VALUE; write for example country=CA.")
    return column, value


def _time(text: str, where: str) -> float:
    period = _PERIOD.fullmatch(text)
    if not period:
        return tables.number(text, where=where)
    year, quarter, month = period.groups()
    if month and not 1 <= int(month) <= 12:
        raise CommandError(f"{where}: there is no month {month}; correct the cell.")
    return int(year) + ((int(quarter) - 1) / 4 if quarter else (int(month) - 1) / 12)


def _refusal(found: Refusal, given: Namespace) -> str:
    from rrr.engines.shock import Reason

    facts = {name: f"{value:g}" for name, value in found.facts.items()}
    if found.reason is Reason.NO_VALUES:
        raise CommandError(f"{given.file} has no value before {given.cut:g}; check the columns or choose another --cut.")
    if found.reason is Reason.REPEATED_TIME:
        raise CommandError(f"{given.file} has two values for {facts['time']}; choose one series with --where COLUMN=VALUE.")
    if found.reason is Reason.IRREGULAR_TIMES:
        raise CommandError(
            f"{given.file}: {facts['time']} fits neither years, quarters nor months like the rest; correct the column of times."
        )
    sentences = {
        Reason.TOO_FEW_VALUES: "{values} values before the cut, {needed} are needed.",
        Reason.GAPS_IN_SERIES: "{missing} of {times} times before the cut have no value.",
        Reason.NO_VALUES_AFTER: "the last value is of {last}, before the cut.",
        Reason.TOO_FEW_ORIGINS: "the interval could be tried at {origins} earlier dates, {needed} are needed.",
        Reason.COVERAGE_TOO_LOW: "at {origins} earlier dates the {level} interval held the value in {coverage} of the checks, under {needed}.",
    }
    return "No figure: " + sentences[found.reason].format(**facts)


def _lines(found: Gap, settings: Settings) -> list[str]:
    lines = [
        f"Gap against the path before {found.cut:g}: {len(found.path)} values, {found.method.value.replace('_', ' ')}, {found.level:.0%} interval. "
        "No effect: nobody was spared, so the own past is all there is to compare with."
    ]
    if found.level < settings.level:
        lines.append(f"The record is too short to check {settings.level:.0%}.")
    covered = found.placebo_coverage
    for row in found.rows:
        gap = "not measured" if row.gap is None else f"gap {row.gap:+.4g} ({row.gap_low:+.4g} to {row.gap_high:+.4g})"
        lines.append(f"{row.time:.6g}  {gap}; expected {row.expected:.4g}; before, such intervals held {covered[row.horizon]:.0%}")
    for one in found.unjudged:
        lines.append(f"{one.time:.6g}  {one.actual:.4g}, no figure: {one.reason.value.replace('_', ' ')}")
    if found.ever_outside:
        lines.append("Still outside the interval." if found.reentry is None else f"Back inside the interval since {found.reentry:.6g}.")
    rough = found.placebos[-1]
    if rough.recession_checks:
        lines.append(
            f"Where a recession began in between, they held {rough.recession_covered} of {rough.recession_checks} (longest horizon)."
        )
    hardest = found.worst_recession
    if hardest:
        word = "no worse" if found.within_recession else "worse"
        lines.append(f"The largest gap is {word} than in the recession of {hardest.name} ({hardest.gap:+.4g}; dated by {hardest.source}).")
    return lines
