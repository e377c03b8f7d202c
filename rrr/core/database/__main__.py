"""`python -m rrr.core.database start|stop|status|url|dump FILE|restore FILE|remove [--state FOLDER]`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from rrr.core.database import DatabaseError, dump, ensure, remove, restore, status, stop

ROOT = Path(__file__).resolve().parents[3]
COMMANDS = {
    "start": "make the embedded database where there is none, and start it",
    "stop": "stop it",
    "status": "say which database is used and whether it answers",
    "url": "start it and print its address, with the password",
    "dump": "write the database to FILE",
    "restore": "load FILE; the present database is kept as rrr_before",
    "remove": "stop the embedded database and delete it",
}


def _read(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m rrr.core.database", description="The database of RRR.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, purpose in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose)
        if name in ("dump", "restore"):
            command.add_argument("file", type=Path, metavar="FILE")
        command.add_argument("--state", type=Path, default=Path(os.environ.get("RRR_STATE") or ROOT / ".state"), help="the state folder")
    return parser.parse_args(words)


def _carry_out(command: str, state: Path, file: Path | None) -> str:
    if command == "dump" and file:
        dump(state, file)
        return f"The database is in {file}."
    if command == "restore" and file:
        return restore(state, file)
    if command == "url":
        return ensure(state).url
    if command == "start":
        ensure(state)
    return {"stop": stop, "remove": remove}.get(command, status)(state)


def main(words: list[str]) -> int:
    given = _read(words)
    try:
        print(_carry_out(given.command, given.state.expanduser(), getattr(given, "file", None)))
    except DatabaseError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
