"""What others call: `ensure`, `status`, `stop`, `remove`. Several processes may call `ensure` at once: a lock lets one of them work."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rrr.core.database import cluster, server
from rrr.core.database.connection import Connection, DatabaseError, parse
from rrr.core.database.place import PORT, Place, find, lock, settle


def external() -> Connection | None:
    """The server of one's own that DATABASE_URL names."""
    url = os.environ.get("DATABASE_URL", "").strip()
    return parse(url) if url else None


@contextmanager
def readable(state: Path) -> Iterator[None]:
    """The system's refusals (no right, no room, a file where a folder should be) as one sentence."""
    try:
        yield
    except OSError as error:
        where = error.filename or state
        reason = error.strerror or str(error)
        advice = "mend that, or set RRR_STATE to another folder"
        raise DatabaseError(f"The database in {state} cannot be used ({where}: {reason}); {advice}.") from error


def ensure(state: Path) -> Connection:
    """A database that answers: DATABASE_URL as it is, else the embedded one, made and started where needed.

    state: the folder that keeps the cluster and its lock. Raises DatabaseError with one sentence.
    """
    given = external()
    if given:
        return given
    state = state.absolute()
    with readable(state):
        place = find(state)
        if not (place.complete.exists() and server.ask(place) is server.Answer.YES):
            place = _bring_up(state)
        return cluster.connection(place)


def _bring_up(state: Path) -> Place:
    with lock(state):
        place = settle(state)
        if not place.data.exists():
            cluster.initialise(place)
        server.start(place)
        if not place.complete.exists():
            cluster.set_up(place)
    return place


def status(state: Path) -> str:
    """One sentence: which database, and whether it answers."""
    state = state.absolute()
    given = external()
    with readable(state):
        place = find(state)
        if given:
            words = ["-q", "-t", "5", "-h", given.host, "-d", given.name, *(["-p", str(given.port)] if given.port else [])]
            answers = place.client("pg_isready", *words).code == 0
            where = f"on {given.host}" if given.host else "on this machine"
            return f"DATABASE_URL names the database {given.name} {where}, which {'answers' if answers else 'does not answer'}."
        if not place.data.exists():
            return "There is no embedded database yet; ./dev run makes it."
        says = {server.Answer.YES: "answers", server.Answer.NOT_YET: "is starting", server.Answer.NONE: "is stopped"}[server.ask(place)]
        who = f" as the account {place.account.name}" if place.account and says != "is stopped" else ""
        return f"The embedded database in {place.base} {says}{who} (socket {place.sockets}, port {PORT})."


def stop(state: Path) -> str:
    """Stop the embedded server; nothing happens where it is stopped already or is not ours."""
    if external():
        return "DATABASE_URL names a server of your own; it is not stopped from here."
    state = state.absolute()
    with readable(state):
        if not find(state).data.exists():
            return "There is no embedded database yet; nothing to stop."
        with lock(state):
            return "The embedded database is stopped." if server.halt(find(state)) else "The embedded database was stopped already."


def remove(state: Path) -> str:
    """Stop the embedded server and delete its data, passwords and socket, wherever they lie. There is no way back."""
    state = state.absolute()
    with readable(state):
        if not state.is_dir():
            return "There is no embedded database; nothing to remove."
        with lock(state):
            place = find(state)
            server.halt(place)
            for folder in (place.sockets, place.base):
                if folder.is_dir():
                    shutil.rmtree(folder)
            (state / "database-folder").unlink(missing_ok=True)
    return f"The embedded database in {place.base} is removed."
