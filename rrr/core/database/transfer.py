"""Dump to one file, restore from it."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from rrr.core.database import accounts, cluster, programs
from rrr.core.database.connection import Connection, DatabaseError
from rrr.core.database.place import Place, find
from rrr.core.database.service import ensure, external, readable

FRESH, BEFORE = f"{cluster.NAME}_fresh", f"{cluster.NAME}_before"


def _programs(state: Path) -> Path:
    """Those of the embedded cluster's own version; for a server of your own the newest there are."""
    return programs.complete()[0] if external() else programs.for_cluster(find(state).made_by)


def dump(state: Path, path: Path) -> None:
    """Write the database to one file in PostgreSQL's custom format (0600); an older file stays until the new one is whole."""
    state, path = state.absolute(), path.absolute()
    connection = ensure(state)
    fresh = path.with_name(path.name + ".part")
    with readable(path.parent):
        fresh.unlink(missing_ok=True)
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        command = [str(_programs(state) / "pg_dump"), "-Fc", "--no-owner", "--no-privileges", "-f", str(fresh), "-d", connection.open_url]
        done = accounts.run(None, command, env=connection.environment())
        if done.code:
            fresh.unlink(missing_ok=True)
            raise DatabaseError(f"The database could not be dumped to {path} ({done.last}); the file was not changed.")
        fresh.replace(path)


def restore(state: Path, path: Path) -> str:
    """Load a dump. Whole or not at all: a dump that does not load leaves the database as it was. Returns a sentence.

    The embedded database is loaded beside the present one, then they swap names, and the present one stays as `rrr_before`.
    A server of your own is loaded in one transaction, since making databases there may not be ours to do.
    """
    state, path = state.absolute(), path.absolute()
    if not path.is_file():
        raise DatabaseError(f"There is no file {path}; name a file that ./dev db dump has written.")
    connection = ensure(state)
    with readable(state):
        if external():
            _load(state, connection, path, "--clean", "--if-exists", "--single-transaction")
            return f"{path.name} is restored into {connection.name}."
        place = find(state)
        server = cluster.connection(place, cluster.ADMIN, "postgres")
        cluster.sql(place, server, f"DROP DATABASE IF EXISTS {FRESH} WITH (FORCE)")
        cluster.sql(place, server, f"CREATE DATABASE {FRESH} OWNER {cluster.USER} TEMPLATE template1")
        try:
            _load(state, cluster.connection(place, name=FRESH), path, "--exit-on-error")
        except DatabaseError:
            cluster.sql(place, server, f"DROP DATABASE IF EXISTS {FRESH} WITH (FORCE)")
            raise
        _swap(place, server)
    return f"{path.name} is restored; the database as it was is kept as {BEFORE} until the next restore."


def _load(state: Path, connection: Connection, path: Path, *words: str) -> None:
    program = str(_programs(state) / "pg_restore")
    done = accounts.run(None, [program, "-l", str(path)])
    if done.code == 0:
        # The extensions stand in every database already, and only the superuser may make or describe them.
        chosen = "\n".join(line for line in done.output.splitlines() if " EXTENSION " not in line)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".list") as listed:
            listed.write(chosen)
            listed.flush()
            command = [program, "--no-owner", "--no-privileges", *words, "-L", listed.name, "-d", connection.open_url, str(path)]
            done = accounts.run(None, command, env=connection.environment())
    if done.code:
        raise DatabaseError(f"{path} could not be restored ({done.last}); the database is as it was.")


def _swap(place: Place, server: Connection) -> None:
    """Both renames in one transaction; tried again while clients come back faster than they are sent away."""
    cluster.sql(place, server, f"DROP DATABASE IF EXISTS {BEFORE} WITH (FORCE)")
    away = f"SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE datname = '{cluster.NAME}';\n"  # noqa: S608 - a constant
    rename = f"ALTER DATABASE {cluster.NAME} RENAME TO {BEFORE};\nALTER DATABASE {FRESH} RENAME TO {cluster.NAME};\n"
    for remaining in range(4, -1, -1):
        try:
            cluster.sql(place, server, f"{away}BEGIN;\n{rename}COMMIT;\n")
            return
        except DatabaseError:
            if not remaining:
                raise
            time.sleep(0.2)
