"""Is this the plan that was frozen?"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any, NoReturn

from rrr.cli.output import CommandError, Result

HELP = "Check that a plan is, byte for byte in canonical JSON (RFC 8785, NFC), the one whose SHA-256 was published."
EXAMPLE = "rrr verify plan.json --sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
MOST_BYTES = 20 * 2**20


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", help="the plan (JSON)")
    parser.add_argument("--sha256", default="", metavar="HEX", help="the digest that was published; without it, the digest is printed")


def run(given: Namespace) -> Result:
    from rrr.records.canonical import digest

    document = _read(given.file)
    try:
        found = digest(document)
    except ValueError as error:
        raise CommandError(f"{given.file}: {error}") from None
    except RecursionError:
        raise CommandError(f"{given.file} is nested too deeply to be a plan.") from None
    wanted = given.sha256.strip().lower()
    if not wanted:
        return Result({"sha256": found}, [found])
    if wanted != found:
        raise CommandError(f"{given.file} is not the plan that was frozen: its SHA-256 is {found}, the published one {wanted}.")
    return Result({"sha256": found, "same": True}, [f"{given.file} is the plan that was frozen: SHA-256 {found}."])


def _read(path: str) -> Any:
    file = Path(path)
    if not file.is_file():
        raise CommandError(f"There is no file {path}; check the name.")
    if file.stat().st_size > MOST_BYTES:
        raise CommandError(f"{path} is larger than {MOST_BYTES // 2**20} MB; a plan is smaller.")
    try:
        return json.loads(file.read_bytes().decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError:
        raise CommandError(f"{path} is nested too deeply to be a plan.") from None
    except ValueError as error:  # also of JSON and of UTF-8
        raise CommandError(f"{path} is no valid JSON in UTF-8 ({error}); take the file as it was published.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Python would keep the last of two members with one name, others the first: then they would read two plans."""
    names = [name for name, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ValueError(f"the name {twice!r} stands twice")
    return dict(pairs)


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number in JSON")
