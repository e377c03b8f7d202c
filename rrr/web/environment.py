"""Typed readers for environment variables: a bad value stops the start with one sentence that says what to set."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool) -> bool:
    raw = os.environ.get(name)
    if raw is None:
        return default
    value = raw.strip().lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {raw!r}; set it to 1 or 0.")


def number(name: str, default: int, *, least: int = 0) -> int:
    raw = text(name)
    if not raw:
        return default
    try:
        value = int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {raw!r}; set it to a whole number.") from None
    if value < least:
        raise ImproperlyConfigured(f"{name} is {value}; set it to {least} or more.")
    return value


def words(name: str, default: list[str]) -> list[str]:
    raw = text(name)
    return [word.strip() for word in raw.split(",") if word.strip()] if raw else default


def folder(name: str, default: Path) -> Path:
    raw = text(name)
    path = Path(raw).expanduser() if raw else default
    if path.exists() and not path.is_dir():
        raise ImproperlyConfigured(f"{name} is {path}, which is a file; set it to a folder.")
    return path.resolve()


@dataclass(frozen=True)
class Mail:
    """A mail server: where it is and who signs in."""

    host: str
    port: int
    user: str
    password: str
    start_tls: bool
    tls: bool


def mail(name: str) -> Mail | None:
    """`smtp://` (STARTTLS on 587), `smtps://` (TLS on 465) or `smtp+plain://` (no encryption, a relay on the same machine)."""
    raw = text(name)
    if not raw:
        return None
    url = urlsplit(raw)
    ports = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
    if url.scheme not in ports or not url.hostname:
        raise ImproperlyConfigured(f"{name} is not a mail address of the form smtp://user:password@host:587; correct it or leave it empty.")
    return Mail(
        host=url.hostname,
        port=url.port or ports[url.scheme],
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        start_tls=url.scheme == "smtp",
        tls=url.scheme == "smtps",
    )
