"""Does every frozen plan of a site still hold on to the one before?"""

from __future__ import annotations

import hashlib
from argparse import ArgumentParser, Namespace

from rrr.cli import tables
from rrr.cli.output import CommandError, Result

HELP = "Check the chain of frozen plans of a site: nothing changed, taken out or backdated since a line you kept."
EXAMPLE = "rrr chain chain.csv --kept 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
COLUMNS = ("plan_sha256", "frozen_at", "before", "chain")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", help="the chain as a site offers it (CSV); - reads standard input")
    parser.add_argument("--kept", action="append", default=[], metavar="HEX", help="a chain hash you wrote down before; may be repeated")


def run(given: Namespace) -> Result:
    before = ""
    links = tables.read(given.file, needed=COLUMNS)
    for number, row in enumerate(links, start=2):
        digest = hashlib.sha256("\n".join((before, row["plan_sha256"], row["frozen_at"])).encode()).hexdigest()
        if row["before"] != before:
            raise CommandError(f"{given.file}, row {number}: it does not follow the row before; a plan was taken out or put in between.")
        if row["chain"] != digest:
            raise CommandError(f"{given.file}, row {number}: plan, time and chain do not fit; one of them was changed.")
        before = digest
    known = {row["chain"] for row in links}
    for kept in given.kept:
        if kept.strip().lower() not in known:
            raise CommandError(f"{given.file}: the chain hash {kept} is not in it any more; what stood before it was changed.")
    kept = f" {len(given.kept)} kept hashes are in it." if given.kept else ""
    return Result({"links": len(links), "last": before}, [f"All {len(links)} links hold.{kept}", f"The last is {before}; keep it."])
