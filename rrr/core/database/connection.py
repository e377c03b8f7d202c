"""How to reach a database, and the one error this package raises."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit


class DatabaseError(RuntimeError):
    """One sentence: what failed, where, and how to mend it."""


@dataclass(frozen=True)
class Connection:
    """What a client needs. `host` is a name, an address or the folder of a Unix socket; `port` 0 means the default."""

    host: str
    port: int
    user: str
    password: str
    name: str

    @property
    def url(self) -> str:
        port = f":{self.port}" if self.port else ""
        account = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        return f"postgresql://{account}@{quote(self.host, safe='')}{port}/{quote(self.name, safe='')}"

    def environment(self) -> dict[str, str]:
        """Variables that libpq programs read, so that no password stands on a command line."""
        made = {"PGHOST": self.host, "PGUSER": self.user, "PGPASSWORD": self.password, "PGDATABASE": self.name}
        return made | ({"PGPORT": str(self.port)} if self.port else {})


def parse(url: str) -> Connection:
    """DATABASE_URL -> Connection. A socket folder is written percent-encoded in place of the host, as libpq does."""
    parts = urlsplit(url)
    try:
        port = parts.port or 0
    except ValueError:
        port = -1
    name = unquote(parts.path.lstrip("/"))
    # urlsplit lowers the case of the host, which would break a socket folder: take it from the raw text.
    host = unquote(parts.netloc.rpartition("@")[2].partition(":")[0] if "[" not in parts.netloc else (parts.hostname or ""))
    if parts.scheme not in ("postgres", "postgresql") or not name or port < 0:
        raise DatabaseError(
            "DATABASE_URL does not name a PostgreSQL database; write postgresql://user:password@host:5432/name, "
            "or leave it empty for the embedded one."
        )
    return Connection(host, port, unquote(parts.username or ""), unquote(parts.password or ""), name)
