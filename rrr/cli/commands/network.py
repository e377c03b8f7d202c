"""Ties between organisations: who has how many."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from rrr.cli import tables
from rrr.cli.output import CommandError, Result

HELP = "Count stated ties between organisations and lay them out as a picture."
EXAMPLE = "rrr network relations.csv --source source --target target --json"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", help="table with one tie a row (CSV); - reads standard input")
    parser.add_argument("--source", default="source", help="column with one end of the tie (source)")
    parser.add_argument("--target", default="target", help="column with the other end (target)")
    parser.add_argument("--top", type=int, default=10, help="how many organisations to list (10)")


def run(given: Namespace) -> Result:
    from rrr.engines import network

    rows = tables.read(given.file, needed=(given.source, given.target))
    ties = [(row[given.source], row[given.target]) for row in rows if row[given.source] and row[given.target]]
    try:
        drawn = network.draw(ties)
    except ValueError as error:
        raise CommandError(f"{given.file}: {error} Split the table.") from None
    nodes = [{"name": n, "ties": d, "x": x, "y": y} for n, d, x, y in zip(drawn.nodes, drawn.degree, drawn.x, drawn.y, strict=True)]
    lines = [f"{len(drawn.nodes)} organisations, {sum(drawn.degree) // 2} distinct ties. Ties nobody wrote down are missing."]
    lines += [f"{one['ties']:5}  {one['name']}" for one in nodes[: given.top]]
    return Result({"nodes": nodes, "rows": len(rows)}, lines)
