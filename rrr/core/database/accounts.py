"""Running PostgreSQL's programs, as ourselves or, started by root, as an account without rights."""

from __future__ import annotations

import os
import pwd
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rrr.core.database.connection import DatabaseError

NAMES = ("postgres", "nobody", "daemon")


@dataclass(frozen=True)
class Account:
    """Who the server runs as, where that is not us."""

    uid: int
    gid: int

    @property
    def name(self) -> str:
        try:
            return pwd.getpwuid(self.uid).pw_name
        except KeyError:  # a container may run under a number without a name
            return f"number {self.uid}"


@dataclass(frozen=True)
class Outcome:
    code: int
    output: str

    @property
    def last(self) -> str:
        """The line that says why, without PostgreSQL's prefix."""
        lines = [line.strip() for line in self.output.splitlines() if line.strip()]
        telling = [line for line in lines if any(word in line for word in ("FATAL:", "PANIC:", "ERROR:", "error:"))] or lines
        return telling[-1].rstrip(".") if telling else "no reason was given"


def run(account: Account | None, command: list[str], *, env: Mapping[str, str] | None = None, text: str = "") -> Outcome:
    """Run a program from `/` with a small environment, as another account where one is given (only root can)."""
    base = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", **(env or {})}
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as said:
        # Files, not pipes: the server keeps its parent's output open, and reading a pipe would wait for the server to end.
        told.write(text.encode())
        told.seek(0)
        code = subprocess.run(
            command,
            cwd="/",
            env=base,
            stdin=told,
            stdout=said,
            stderr=subprocess.STDOUT,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        ).returncode
        said.seek(0)
        return Outcome(code, said.read().decode(errors="replace"))


def candidates() -> list[Account]:
    """Accounts without rights that this machine has, best first."""
    found = []
    for name in NAMES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        found.append(Account(entry.pw_uid, entry.pw_gid))
    if not found:
        raise DatabaseError(f"PostgreSQL does not run as root, and this machine has none of the accounts {', '.join(NAMES)}; create one.")
    return found


def can_run(account: Account | None, program: Path) -> bool:
    """Asked by trying: access lists, mount options and closed parents all count."""
    try:
        return run(account, [str(program), "--version"]).code == 0
    except OSError:
        return False


def can_enter(account: Account, folder: Path) -> bool:
    return run(account, ["/bin/sh", "-c", 'test -w "$1" && test -x "$1"', "sh", str(folder)]).code == 0


def can_write(account: Account, folder: Path) -> bool:
    """Asked by trying, with a folder of that account inside `folder`."""
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix="probe-") as probe:
            os.chown(probe, account.uid, account.gid)
            return can_enter(account, Path(probe))
    except OSError:
        return False


def hand_over(path: Path, account: Account | None) -> None:
    if account:
        os.chown(path, account.uid, account.gid)
