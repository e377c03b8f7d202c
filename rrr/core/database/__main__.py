"""`python -m rrr.core.database start|stop|status|url|dump FILE|restore FILE [--state FOLDER]`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from rrr.core.database import DatabaseError, dump, ensure, restore, status, stop

ROOT = Path(__file__).resolve().parents[3]


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m rrr.core.database", description="The database of RRR.")
    parser.add_argument("command", choices=["start", "stop", "status", "url", "dump", "restore"])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--state", type=Path, default=Path(os.environ.get("RRR_STATE") or ROOT / ".state"))
    given = parser.parse_args(words)
    if given.command in ("dump", "restore") and given.file is None:
        print(f"{given.command} needs a file: ./dev db {given.command} FILE", file=sys.stderr)
        return 2
    try:
        _carry_out(given.command, given.state.expanduser(), given.file)
    except DatabaseError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _carry_out(command: str, state: Path, file: Path) -> None:
    if command == "start":
        ensure(state)
        print(status(state))
    elif command == "stop":
        print(stop(state))
    elif command == "status":
        print(status(state))
    elif command == "url":
        print(ensure(state).url)
    elif command == "dump":
        dump(state, file)
        print(f"The database is in {file}.")
    else:
        restore(state, file)
        print(f"{file} is restored; the database before it is kept as rrr_before until the next restore.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
