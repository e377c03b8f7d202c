"""Starting and stopping the server process of a cluster. Everything here is called under the lock of the state folder.

Traps this follows, each with a test (docs/adr/0002-embedded-postgresql.md): a killed postmaster leaves a pid file, whose number another
process may bear by now; its children may hold the shared memory for as long as their query runs; a server that replays its
log refuses connections but is alive; a server whose socket was swept away is alive and cannot be reached.
"""

from __future__ import annotations

import os
import shlex
import signal
import sys
import time
from enum import IntEnum
from pathlib import Path

from rrr.core.database import accounts, programs
from rrr.core.database.connection import DatabaseError
from rrr.core.database.place import PORT, Place

PATIENCE = 300.0  # seconds for replaying the log after a crash
_TRIES = 12
_LOG_LIMIT = 20 * 2**20
_LIST = 'cd /proc && for p in [0-9]*; do [ "$p/cwd" -ef "$1" ] && echo "$p"; done; :'


class Answer(IntEnum):
    """What `pg_isready` says, by its exit code."""

    YES = 0
    NOT_YET = 1  # starting, replaying its log, or stopping
    NONE = 2


def ask(place: Place) -> Answer:
    code = place.client("pg_isready", "-q", "-h", str(place.sockets), "-p", str(PORT), "-t", "5").code
    return Answer(code) if code in (0, 1) else Answer.NONE


def processes(place: Place) -> set[int] | None:
    """PostgreSQL processes that work in our data folder; None where the system has no /proc to tell.

    Asked as the server's account: in a container root may not look into other accounts' processes.
    """
    if not Path("/proc/self/cwd").exists():
        return None
    listed = accounts.run(place.account, ["/bin/sh", "-c", _LIST, "sh", str(place.data)]).output.split()
    return {int(pid) for pid in listed if pid.isdigit() and _is_postgres(int(pid))}


def _is_postgres(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
    except OSError:
        return False


def _noted_pid(place: Place) -> int:
    try:
        return int((place.data / "postmaster.pid").read_text().split("\n")[0])
    except (FileNotFoundError, ValueError):
        return 0


def _runs(place: Place) -> bool:
    """Is there a postmaster of ours? Its pid file alone proves nothing."""
    alive = processes(place)
    if alive is None:
        return _control(place, "status").code == 0
    return _noted_pid(place) in alive


def _control(place: Place, verb: str, *words: str) -> accounts.Outcome:
    folder = programs.within_reach(programs.for_cluster(place.made_by), place.account, place.base)
    return accounts.run(place.account, [str(folder / "pg_ctl"), verb, "-D", str(place.data), *words])


def _clear_leavings(place: Place) -> None:
    """What a killed postmaster leaves and `pg_ctl` will not touch: orphaned children, and two files with its number.

    PostgreSQL takes such a file for a living server when the number answers: another process may bear it, and so may the
    dead postmaster itself, until init has reaped it (in a container without an init: for ever).
    """
    alive = processes(place)
    if alive is None or _noted_pid(place) in alive:
        return
    patience = time.monotonic() + 2  # idle children notice by themselves; one deep in a query does not
    while alive and time.monotonic() < patience:
        time.sleep(0.1)
        alive = processes(place) or set()
    for pid in alive:
        try:
            os.kill(pid, signal.SIGKILL)  # the advice of PostgreSQL's own manual for a postmaster that is gone
        except ProcessLookupError:
            continue
    lock = place.sockets / f".s.PGSQL.{PORT}.lock"
    for left in (place.data / "postmaster.pid", lock, lock.with_suffix("")):
        left.unlink(missing_ok=True)


def _launch(place: Place) -> accounts.Outcome:
    if place.log.exists() and place.log.stat().st_size > _LOG_LIMIT:
        place.log.replace(place.log.with_suffix(".log.1"))
    if not place.log.exists():
        place.log.touch(mode=0o600)
        accounts.hand_over(place.log, place.account)
    options = f"-k {shlex.quote(str(place.sockets))} -p {PORT} -c listen_addresses="
    return _control(place, "start", "-w", "-t", "60", "-l", str(place.log), "-o", options)


def start(place: Place) -> None:
    """Return once the server takes connections."""
    began, told, tries = time.monotonic(), False, 0
    said = accounts.Outcome(0, "")
    while (answer := ask(place)) is not Answer.YES:
        waited = time.monotonic() - began
        if waited > PATIENCE or tries >= _TRIES:
            raise DatabaseError(f"PostgreSQL did not start ({_reason(place, said)}); the whole log is {place.log}.")
        if answer is Answer.NOT_YET:
            if waited > 10 and not told:
                print("PostgreSQL replays its log after a crash; this can take some minutes.", file=sys.stderr)
                told = True
            time.sleep(0.1)
            continue
        if _runs(place):  # alive, yet its socket is gone or not there yet
            time.sleep(0.5)
            if ask(place) is Answer.NONE and tries:
                halt(place)
        else:
            _clear_leavings(place)
        said = _launch(place)
        tries += 1
        if said.code:
            time.sleep(min(2.0, 0.1 * tries))


def _reason(place: Place, said: accounts.Outcome) -> str:
    try:
        return accounts.Outcome(1, place.log.read_text(encoding="utf-8", errors="replace")[-4000:] or said.output).last
    except FileNotFoundError:
        return said.last


def halt(place: Place) -> bool:
    """Stop the server in good order; False where it did not run."""
    if not place.data.exists() or not _runs(place):
        return False
    done = _control(place, "stop", "-w", "-t", "60", "-m", "fast")
    if done.code and _runs(place):
        raise DatabaseError(f"PostgreSQL did not stop ({done.last}); the log is {place.log}.")
    return True
