"""Where the embedded cluster of a state folder lies: its data, its log, its socket, and the account that serves it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rrr.core.database import accounts, programs
from rrr.core.database.accounts import Account, Outcome
from rrr.core.database.connection import DatabaseError

SOCKET_LIMIT = 90  # kernels allow 103 to 107 bytes for the whole path
PORT = 5432  # only names the socket: nothing listens on the network
_OPEN_PARENTS = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108 - the folder made there is owner-checked
_SHORT_PARENTS = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - the folder made there is owner-checked


@dataclass(frozen=True)
class Place:
    """One embedded cluster. `account` is None where the server runs as ourselves."""

    base: Path
    account: Account | None

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def log(self) -> Path:
        return self.base / "server.log"

    @property
    def complete(self) -> Path:
        """Stands once roles, extensions and the database are made."""
        return self.base / "complete"

    @property
    def made_by(self) -> int | None:
        try:
            return int((self.data / "PG_VERSION").read_text().split(".")[0])
        except FileNotFoundError:
            return None

    @property
    def sockets(self) -> Path:
        folder = self.base / "run"
        length = len(os.fsencode(folder / f".s.PGSQL.{PORT}"))
        if length < SOCKET_LIMIT and re.fullmatch(r"[\w./+-]+", str(folder), re.ASCII):  # a comma or quote would split the setting
            return folder
        return _short(_hash(self.base), self.account.uid if self.account else os.getuid())

    def client(self, name: str, *words: str, env: dict[str, str] | None = None, text: str = "") -> Outcome:
        """Run a client program as ourselves."""
        return accounts.run(None, [str(programs.complete()[0] / name), *words], env=env, text=text)


def _hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _short(digest: str, uid: int) -> Path:
    """Steps aside where somebody else sits on the name."""
    for parent in _SHORT_PARENTS:
        folder = parent / f"rrr-{digest}-{uid}"
        try:
            found = folder.lstat()
        except FileNotFoundError:
            return folder
        if stat.S_ISDIR(found.st_mode) and found.st_uid == uid:
            return folder
    raise DatabaseError(f"{folder} belongs to somebody else; remove it, or set RRR_STATE to a shorter path.")


@contextmanager
def lock(state: Path) -> Iterator[None]:
    """One process at a time; the kernel lets go when the holder dies."""
    state.mkdir(parents=True, exist_ok=True)
    handle = os.open(state / "database.lock", os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _pointer(state: Path) -> Path:
    return state / "database-folder"


def find(state: Path) -> Place:
    """The place as it stands; makes nothing, so that asking for the state of things changes none."""
    pointer = _pointer(state)
    base = Path(pointer.read_text(encoding="utf-8")) if pointer.exists() else state / "postgres"
    try:
        owner = (base / "data").stat()
    except FileNotFoundError:
        return Place(base, None)
    if owner.st_uid == os.getuid():
        return Place(base, None)
    account = Account(owner.st_uid, owner.st_gid)
    if os.getuid() != 0:
        raise DatabaseError(
            f"The database in {base} belongs to the account {account.name}, since root made it; "
            "run this as root too, or set RRR_STATE to a folder of your own."
        )
    return Place(base, account)


def settle(state: Path) -> Place:
    """Choose and make the folders of a new cluster, or confirm those of the present one. Call under the lock."""
    place = find(state)
    if not place.data.exists():
        place = _choose(state, place.base)
    elif place.account and not accounts.can_enter(place.account, place.data):
        raise DatabaseError(
            f"The account {place.account.name} can no longer reach its database in {place.base}; open the folders above it "
            f"(chmod a+x), or move the state folder to where it can."
        )
    if bad := re.search(r'["$`\\\n]', str(place.base)):  # pg_ctl hands its paths to a shell between double quotes
        raise DatabaseError(f"The folder {place.base} has the character {bad[0]!r} in its name; set RRR_STATE to a folder without it.")
    _make_sockets(place)
    return place


def _choose(state: Path, base: Path) -> Place:
    _make_open(base)
    if os.getuid() != 0:
        return Place(base, None)
    known = accounts.candidates()
    for account in known:
        if accounts.can_write(account, base):
            return Place(base, account)
    elsewhere = _open_base(state)
    pointer = _pointer(state)
    pointer.write_text(str(elsewhere), encoding="utf-8")
    print(f"The account {known[0].name} cannot reach {state}: the database lies in {elsewhere} ({pointer.name} says so).", file=sys.stderr)
    found = find(state)  # a cluster may stand there from before the state folder was cleared
    return found if found.data.exists() else Place(elsewhere, known[0])


def _open_base(state: Path) -> Path:
    for parent in _OPEN_PARENTS:
        base = parent / f"rrr-{_hash(state)}"
        if parent.is_dir() and os.access(parent, os.W_OK):
            _make_open(base)
            found = base.lstat()
            if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid():
                return base
    raise DatabaseError("Neither /var/lib nor /var/tmp can be written; set RRR_STATE to a folder that other accounts can reach.")


def _make_open(folder: Path) -> None:
    """Others may pass through, whatever the umask is; what is secret in it has its own mode."""
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o755)


def _make_sockets(place: Place) -> None:
    """Only the server's account (and root) may enter. Never follows a link that somebody laid in a shared folder."""
    folder = place.sockets
    if not folder.is_symlink():
        folder.mkdir(mode=0o700, exist_ok=True)
    wanted = place.account.uid if place.account else os.getuid()
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (wanted, os.getuid()):
        raise DatabaseError(f"{folder} belongs to somebody else; remove it, or set RRR_STATE to a shorter path.")
    if place.account and found.st_uid != wanted:
        os.chown(folder, place.account.uid, place.account.gid, follow_symlinks=False)
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)
