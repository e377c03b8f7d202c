"""How to reach a database, and the one error this package raises."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_PLACES = {"host", "port", "user", "password", "dbname"}


class DatabaseError(RuntimeError):
    """One sentence: what failed, where, and how to mend it."""


@dataclass(frozen=True)
class Connection:
    """What a client needs. `host` is a name, an address or the folder of a Unix socket; `port` 0 means the default.

    `options` are the remaining parameters of a DATABASE_URL, such as ("sslmode", "require").
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    name: str
    options: tuple[tuple[str, str], ...] = ()

    @property
    def url(self) -> str:
        return self._url(f"{quote(self.user, safe='')}:{quote(self.password, safe='')}@" if self.password else self._account())

    @property
    def open_url(self) -> str:
        """Without the password, fit for a command line."""
        return self._url(self._account())

    def environment(self) -> dict[str, str]:
        """Goes with `open_url`: the password for libpq programs, where no other account can read it."""
        return {"PGPASSWORD": self.password} if self.password else {}

    def _account(self) -> str:
        return f"{quote(self.user, safe='')}@" if self.user else ""

    def _url(self, account: str) -> str:
        port = f":{self.port}" if self.port else ""
        query = f"?{urlencode(self.options)}" if self.options else ""
        return f"postgresql://{account}{quote(self.host, safe='')}{port}/{quote(self.name, safe='')}{query}"


def _host(netloc: str) -> str:
    """From the raw text: `urlsplit().hostname` lowers the case, which breaks the folder of a socket."""
    address = netloc.rpartition("@")[2]
    return address[1:].partition("]")[0] if address.startswith("[") else unquote(address.partition(":")[0])


def parse(url: str) -> Connection:
    """DATABASE_URL -> Connection. A socket folder stands percent-encoded in place of the host, or as `?host=`, as libpq has it."""
    try:
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        port = parts.port or int(query.get("port", 0))
    except ValueError:
        raise _unreadable() from None
    name = unquote(parts.path.lstrip("/")) or query.get("dbname", "")
    if parts.scheme not in ("postgres", "postgresql") or not name or "/" in name:
        raise _unreadable()
    return Connection(
        host=_host(parts.netloc) or query.get("host", ""),
        port=port,
        user=unquote(parts.username or "") or query.get("user", ""),
        password=unquote(parts.password or "") or query.get("password", ""),
        name=name,
        options=tuple((key, value) for key, value in query.items() if key not in _PLACES),
    )


def _unreadable() -> DatabaseError:
    return DatabaseError(
        "DATABASE_URL does not name a PostgreSQL database; write postgresql://user:password@host:5432/name, "
        "or leave it empty for the embedded one."
    )
