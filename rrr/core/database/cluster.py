"""Making a cluster: its folder, its two roles, its extensions and its database."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from rrr.core.database import accounts, programs
from rrr.core.database.connection import Connection, DatabaseError
from rrr.core.database.place import PORT, Place

NAME = USER = "rrr"
ADMIN = "rrr_admin"
EXTENSIONS = ("vector", "pg_trgm", "unaccent")
_CONFIGURATION = """
# RRR: every acknowledged commit is on disk
fsync = on
synchronous_commit = on
full_page_writes = on
# RRR: no network; the socket's folder is given at the start
listen_addresses = ''
max_connections = 100
"""


def password(place: Place, role: str) -> str:
    """Made once, kept beside the data in a 0600 file of whoever starts the server; whole or absent, never half-written."""
    path = place.base / f"password-{role}"
    if not path.exists():
        _write_secret(path, secrets.token_urlsafe(32))
    return path.read_text(encoding="utf-8")


def _write_secret(path: Path, content: str) -> None:
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """A new name in a folder survives a power cut only once the folder itself is on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def connection(place: Place, user: str = USER, name: str = NAME) -> Connection:
    return Connection(str(place.sockets), PORT, user, password(place, user), name)


def _locale(version: int) -> list[str]:
    """The same order and case rules on every machine; what PostgreSQL offers for that grew with its versions."""
    if version >= 18:
        return ["--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--locale=C"]
    if version == 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


def initialise(place: Place) -> None:
    """`initdb` beside the real folder, then one rename: a half-made cluster is never taken for a whole one."""
    folder = programs.for_cluster(None)
    fresh, secret = place.base / "data.new", place.base / "initdb-password"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    accounts.hand_over(fresh, place.account)
    _write_secret(secret, password(place, ADMIN))
    accounts.hand_over(secret, place.account)
    reach = programs.within_reach(folder, place.account, place.base)
    words = ["-D", str(fresh), "-U", ADMIN, "--encoding=UTF8", "--auth=scram-sha-256", f"--pwfile={secret}", "--data-checksums"]
    done = accounts.run(place.account, [str(reach / "initdb"), *words, *_locale(programs.major(folder))])
    secret.unlink()
    if done.code:
        raise DatabaseError(f"PostgreSQL's folder could not be made in {place.base} ({done.last}); check that the disk has room.")
    with open(fresh / "postgresql.conf", "a", encoding="utf-8") as file:
        file.write(_CONFIGURATION)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(place.data)
    sync_folder(place.base)


def sql(place: Place, reach: Connection, statements: str) -> str:
    """Run statements through psql; a failing one never reaches the server's log, since some hold a password."""
    quiet = "SET log_min_error_statement = panic; SET log_statement = none;\n" if reach.user == ADMIN else ""
    words = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", reach.open_url]
    done = place.client("psql", *words, env=reach.environment(), text=quiet + statements)
    if done.code:
        raise DatabaseError(f"The database {reach.name} in {place.base} refused a statement ({done.last}).")
    return done.output.strip()


def set_up(place: Place) -> None:
    """Roles, extensions and the database; safe to repeat after a stop half-way.

    The web's role is no superuser, so the extensions go into template1 first: every database made later, those of the tests too, has them.
    """
    extensions = "".join(f"CREATE EXTENSION IF NOT EXISTS {name};\n" for name in EXTENSIONS)
    role = (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{USER}') THEN "
        f"CREATE ROLE {USER} LOGIN CREATEDB; END IF; END $$;\n"
        f"ALTER ROLE {USER} PASSWORD '{password(place, USER)}';\n"  # URL-safe base64: holds no quote
    )
    sql(place, connection(place, ADMIN, "template1"), extensions + role)
    server = connection(place, ADMIN, "postgres")
    if not sql(place, server, f"SELECT 1 FROM pg_database WHERE datname = '{NAME}'"):  # noqa: S608 - a constant
        sql(place, server, f"CREATE DATABASE {NAME} OWNER {USER} TEMPLATE template1")
    place.complete.touch()
