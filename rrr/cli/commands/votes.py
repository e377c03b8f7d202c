"""Votes on statements: what people agree on, with intervals and bounds."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from rrr.cli import tables
from rrr.cli.output import CommandError, Result

HELP = "Count agree / disagree / pass votes and list what people agree on, surest first."
EXAMPLE = "rrr votes votes.csv --person voter-id --statement comment-id --value vote --time timestamp"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", help="table with one vote a row (CSV); - reads standard input")
    parser.add_argument("--person", default="person", help="column with the person (person)")
    parser.add_argument("--statement", default="statement", help="column with the statement (statement)")
    parser.add_argument("--value", default="vote", help="column with 1, -1, 0 or agree, disagree, pass (vote)")
    parser.add_argument("--time", default="", help="column with a number that orders votes (the order of rows)")
    parser.add_argument("--people", type=int, help="how many could have voted (those who did)")
    parser.add_argument("--gamma", type=float, default=2.0, help="how far the odds of voting may differ (2)")
    parser.add_argument("--top", type=int, default=10, help="how many statements to list (10)")


def run(given: Namespace) -> Result:
    from rrr.engines import deliberation

    columns = tuple(name for name in (given.person, given.statement, given.value, given.time) if name)
    rows = tables.read(given.file, needed=columns)
    votes = [
        deliberation.Vote(row[given.person], row[given.statement], row[given.value], _time(row, number, given))
        for number, row in enumerate(rows, start=2)
    ]
    try:
        found = deliberation.consensus(votes, deliberation.Settings(gamma=given.gamma), people=given.people)
    except ValueError as error:
        raise CommandError(str(error)) from None
    lines = [
        f"{found.votes} votes of {found.people} people on {len(found.statements) + len(found.withheld)} statements; {found.replaced} replaced, "
        f"{len(found.rejected)} rejected, {len(found.withheld)} statements under {found.settings.least} voters not shown.",
        f"Agree (95% interval) [bounds if the odds of voting differ by up to {found.settings.gamma:g}]",
    ]
    for one in found.statements[: given.top]:
        share = one.agreement
        lines.append(
            f"{share.value:.2f} ({share.low:.2f}-{share.high:.2f}) [{share.wide_low:.2f}-{share.wide_high:.2f}]  {one.key}  "
            f"{one.agree} agree, {one.disagree} disagree, {one.passed} pass"
        )
    lines += [f"row {one.place + 2}: rejected, {one.reason}" for one in found.rejected[: given.top]]
    return Result({"consensus": found}, lines)


def _time(row: dict[str, str], number: int, given: Namespace) -> float | None:
    return tables.number(row[given.time], where=f"{given.file}, row {number}, {given.time}") if given.time else None
