"""Entry of the `rrr` command."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

from rrr import __version__
from rrr.cli import commands
from rrr.cli.output import CommandError, show


def modules() -> dict[str, ModuleType]:
    """Name of each subcommand -> its module."""
    return {entry.name: importlib.import_module(f"rrr.cli.commands.{entry.name}") for entry in pkgutil.iter_modules(commands.__path__)}


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="rrr", description="The engines of RRR on files: no database, no server, nothing sent anywhere.")
    made.add_argument("--version", action="version", version=f"rrr {__version__}")
    group = made.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module in modules().items():
        one = group.add_parser(
            name,
            help=module.HELP,
            description=module.HELP,
            epilog=f"Example: {module.EXAMPLE}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        one.add_argument("--json", action="store_true", help="print one JSON document on standard output")
        module.arguments(one)
    return made


def main(words: Sequence[str] | None = None) -> int:
    given = parser().parse_args(words)
    try:
        show(modules()[given.command].run(given), as_json=given.json)
    except CommandError as error:
        print(f"rrr {given.command}: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
