"""Ties between organisations: who joins whom, and how far each finding holds."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from rrr.cli import network_sentences, tables
from rrr.cli.output import CommandError, Result

if TYPE_CHECKING:
    from rrr.engines.network import Analysis, Node, Picture

HELP = "Find communities, brokers between sectors and gaps in stated ties, and what falls apart if one organisation closes."
EXAMPLE = "rrr network ties.csv --nodes organisations.csv --json"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", help="table with one tie a row (CSV); - reads standard input")
    parser.add_argument(
        "--nodes",
        default="",
        metavar="FILE",
        help="table of the organisations with the columns name and group (sector or kind, may be empty), also those without a tie. Without it "
        "there are no roles and no gaps, and nothing is said of organisations without a tie",
    )
    parser.add_argument("--source", default="source", help="column with one end of the tie (source)")
    parser.add_argument("--target", default="target", help="column with the other end (target)")
    parser.add_argument("--close", action="append", default=[], metavar="NAME", help="who would be cut off if it closed; may be repeated")
    parser.add_argument("--top", type=int, default=8, help="how many brokers to list, at most a quarter of those with a tie (8)")
    parser.add_argument("--removals", type=int, default=100, help="runs without a tenth of the ties (100)")
    parser.add_argument("--draws", type=int, default=499, help="rewired networks for gaps (499)")
    parser.add_argument("--seed", type=int, default=3, help="the same seed gives the same figures (3)")


def run(given: Namespace) -> Result:
    from rrr.engines import network

    rows = tables.read(given.file, needed=(given.source, given.target))
    ties = [(row[given.source], row[given.target]) for row in rows if row[given.source] and row[given.target]]
    nodes = _nodes(given.nodes) if given.nodes else []
    try:
        rule = network.Rule(seed=given.seed, draws=given.draws, removals=given.removals, top=given.top)
        found = network.analyse(ties, nodes, rule)
        web = network.web(ties, nodes)
        closings = [network.close(web, name, network.thinned(web, rule)) for name in given.close]
    except KeyError as error:
        raise CommandError(f"{given.file} has no tie of {error.args[0]!r}; check the name given to --close.") from None
    except ValueError as error:
        raise CommandError(f"{given.file}: {error} Correct the table or the option.") from None
    document = {
        "settings": found.rule,
        "rows": len(rows),
        "incomplete_rows": len(rows) - len(ties),
        "unknown": found.unknown,
        "ties": found.ties,
        "parts": found.parts,
        "nodes": _with_places(found, _drawn(ties)),
        "communities": found.communities,
        "modularity": found.modularity,
        "strength_p": found.strength_p,
        "agreement": found.agreement,
        "gaps": found.gaps,
        "closings": closings,
    }
    return Result(document, network_sentences.lines(found, closings, listed=bool(nodes)))


def _nodes(path: str) -> list[Node]:
    from rrr.engines.network import Node

    seen: dict[str, Node] = {}
    for number, row in enumerate(tables.read(path, needed=("name", "group")), start=2):
        name = row["name"]
        if not name or name in seen:
            raise CommandError(f"{path}, row {number}: the name is {'listed twice' if name else 'empty'}; give every organisation one row.")
        seen[name] = Node(name, row["group"])
    return list(seen.values())


def _drawn(ties: list[tuple[str, str]]) -> Picture | None:
    """None where there are too many to draw; the figures stand without the picture."""
    from rrr.engines.network import draw

    try:
        return draw(ties)
    except ValueError:
        return None


def _with_places(found: Analysis, drawn: Picture | None) -> list[dict[str, Any]]:
    places = {} if drawn is None else dict(zip(drawn.nodes, zip(drawn.x, drawn.y, strict=True), strict=True))
    rows = []
    for one in found.nodes:
        x, y = places.get(one.name, (None, None))
        rows.append({**vars(one), "x": x, "y": y})
    return rows
