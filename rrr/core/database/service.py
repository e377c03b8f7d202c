"""Start, stop, dump and restore. Several processes may call `ensure` at once: a file lock lets one of them work.

Measured traps this follows (docs/adr/0002-embedded-postgresql.md): a killed postmaster leaves children that hold its shared
memory for a moment, so starting is tried again; `initdb` killed half-way leaves a folder that looks whole, so it works
beside the real name; liveness is what `pg_isready` says, never a process id in a file.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rrr.core.database.connection import Connection, DatabaseError, parse
from rrr.core.database.programs import Place, find_place, find_programs, run_as

NAME = USER = "rrr"
ADMIN = "rrr_admin"
PORT = 5432
EXTENSIONS = ("vector", "pg_trgm", "unaccent")


def external() -> Connection | None:
    url = os.environ.get("DATABASE_URL", "").strip()
    return parse(url) if url else None


def _password(state: Path, role: str) -> str:
    """Made once, kept in a 0600 file that only the starting account can read."""
    path = state / f"database-password-{role}"
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        made = secrets.token_urlsafe(32)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(made)
        return made


def _connection(state: Path, place: Place, user: str = USER, name: str = NAME) -> Connection:
    return Connection(str(place.sockets), PORT, user, _password(state, user), name)


@contextmanager
def _lock(state: Path) -> Iterator[None]:
    state.mkdir(parents=True, exist_ok=True)
    with open(state / "database.lock", "w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _alive(place: Place) -> bool:
    return place.run("pg_isready", "-q", "-h", str(place.sockets), "-p", str(PORT), "-t", "3").returncode == 0


def _initialise(state: Path, place: Place) -> None:
    """`initdb` beside the real folder, then one rename: a half-made cluster is never taken for a whole one."""
    fresh = place.base / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    place.own(fresh)
    secret = place.base / "initdb-password"
    handle = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(_password(state, ADMIN))
    place.own(secret)
    locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--locale=C"]
    words = ["-D", str(fresh), "-U", ADMIN, "--auth=scram-sha-256", f"--pwfile={secret}", "--data-checksums", *locale]
    done = place.run("initdb", *words)
    secret.unlink()
    if done.returncode:
        raise DatabaseError(f"PostgreSQL's folder could not be made in {place.base}: {_last(done.stdout)}. Check that the disk has room.")
    with open(fresh / "postgresql.conf", "a", encoding="utf-8") as file:
        file.write(
            "\n# RRR: every acknowledged commit is on disk\nfsync = on\nsynchronous_commit = on\nfull_page_writes = on\nmax_connections = 60\n"
        )
    fresh.rename(place.data)


def _last(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason was given"


def _start(place: Place) -> None:
    options = f"-k '{place.sockets}' -p {PORT} -c listen_addresses=''"
    if not place.log.exists():
        place.log.touch(mode=0o600)
    place.own(place.log)
    for attempt in range(20):
        done = place.run("pg_ctl", "start", "-w", "-t", "120", "-D", str(place.data), "-l", str(place.log), "-o", options)
        if _alive(place):
            return
        time.sleep(min(1.0, 0.1 * (attempt + 1)))
    reason = _last(place.log.read_text(encoding="utf-8", errors="replace")) or _last(done.stdout)
    raise DatabaseError(f"PostgreSQL did not start: {reason}. The whole log is {place.log}.")


def _sql(place: Place, connection: Connection, statements: str) -> str:
    words = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
    done = place.run("psql", *words, env=connection.environment(), text=statements)
    if done.returncode:
        raise DatabaseError(f"The database {connection.name} refused a statement: {_last(done.stdout)}.")
    return done.stdout.strip()


def _set_up(state: Path, place: Place) -> None:
    """Roles, extensions and the database; safe to repeat after a stop half-way."""
    admin = _connection(state, place, ADMIN, "template1")
    extensions = "".join(f"CREATE EXTENSION IF NOT EXISTS {name};" for name in EXTENSIONS)
    web = _password(state, USER)  # urlsafe base64: holds no quote
    role = (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{USER}') THEN "
        f"CREATE ROLE {USER} LOGIN CREATEDB; END IF; END $$; ALTER ROLE {USER} PASSWORD '{web}';"
    )
    _sql(place, admin, extensions + role)
    server = _connection(state, place, ADMIN, "postgres")
    if not _sql(place, server, f"SELECT 1 FROM pg_database WHERE datname = '{NAME}'"):  # noqa: S608 - a constant
        _sql(place, server, f"CREATE DATABASE {NAME} OWNER {USER}")
    (place.base / "complete").touch()


def ensure(state: Path) -> Connection:
    """A database that answers: DATABASE_URL as it is, else the embedded one, made and started where needed.

    state: the folder that keeps the cluster, its passwords and its lock. Raises DatabaseError with one sentence.
    """
    given = external()
    if given:
        return given
    state = state.resolve()
    place = find_place(state)
    if (place.base / "complete").exists() and _alive(place):
        return _connection(state, place)
    with _lock(state):
        if not place.data.exists():
            _initialise(state, place)
        if not _alive(place):
            _start(place)
        if not (place.base / "complete").exists():
            _set_up(state, place)
    return _connection(state, place)


def status(state: Path) -> str:
    """One sentence: which database, and whether it answers."""
    given = external()
    if given:
        return f"DATABASE_URL names {given.name} on {given.host or 'the local socket'}."
    place = find_place(state.resolve())
    if not place.data.exists():
        return "There is no embedded database yet; ./dev run makes it."
    return f"The embedded database in {place.base} {'answers' if _alive(place) else 'is stopped'}."


def stop(state: Path) -> str:
    """Stop the embedded server; nothing happens where it is stopped already or is not ours."""
    if external():
        return "DATABASE_URL names a server of your own; it is not stopped from here."
    place = find_place(state.resolve())
    with _lock(state.resolve()):
        if not place.data.exists() or not _alive(place):
            return "The embedded database is stopped."
        done = place.run("pg_ctl", "stop", "-w", "-t", "60", "-m", "fast", "-D", str(place.data))
        if done.returncode:
            raise DatabaseError(f"PostgreSQL did not stop: {_last(done.stdout)}. The log is {place.log}.")
    return "The embedded database is stopped."


def dump(state: Path, path: Path) -> None:
    """Write the database to one file in PostgreSQL's custom format (0600); the old file stays until the new one is whole."""
    connection = ensure(state)
    fresh = path.with_name(path.name + ".part")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.close(handle)
    command = [str(find_programs() / "pg_dump"), "-Fc", "--no-owner", "--no-privileges", "-f", str(fresh)]
    done = run_as(None, command, env=connection.environment())
    if done.returncode:
        fresh.unlink(missing_ok=True)
        raise DatabaseError(f"The database could not be dumped to {path}: {_last(done.stdout)}.")
    fresh.replace(path)


def restore(state: Path, path: Path) -> None:
    """Load a dump beside the present database, then swap names; the present one stays as it is if the dump does not load."""
    if not path.is_file():
        raise DatabaseError(f"There is no file {path}; name a file that ./dev db dump has written.")
    connection = ensure(state)
    if external():
        raise DatabaseError("DATABASE_URL names a server of your own; restore there with pg_restore --clean --if-exists --no-owner.")
    place = find_place(state.resolve())
    server = _connection(state.resolve(), place, ADMIN, "postgres")
    _sql(place, server, f"DROP DATABASE IF EXISTS {NAME}_fresh")
    _sql(place, server, f"CREATE DATABASE {NAME}_fresh OWNER {USER} TEMPLATE template0")
    fresh = _connection(state.resolve(), place, USER, f"{NAME}_fresh")
    command = [str(find_programs() / "pg_restore"), "--no-owner", "--exit-on-error", "-d", fresh.name, str(path.resolve())]
    done = run_as(None, command, env=fresh.environment())
    if done.returncode:
        _sql(place, server, f"DROP DATABASE IF EXISTS {NAME}_fresh")
        raise DatabaseError(f"{path} could not be restored: {_last(done.stdout)}. The database is as it was.")
    _sql(place, server, f"DROP DATABASE IF EXISTS {connection.name}_before WITH (FORCE)")
    _sql(place, server, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{connection.name}'")  # noqa: S608 - a constant
    _sql(place, server, f"ALTER DATABASE {connection.name} RENAME TO {connection.name}_before")
    _sql(place, server, f"ALTER DATABASE {NAME}_fresh RENAME TO {connection.name}")
