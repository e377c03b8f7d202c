"""Whose domain is it? The part of a web or mail address that somebody registered, by the public suffix list (publicsuffix.org)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList


def of_website(address: str) -> str:
    """The registered part of the host: "sole.it" of "https://www.sole.it/chi-siamo"; "" where there is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname
    except ValueError:
        return ""
    return _registered(host or "")


def of_mail(address: str) -> str:
    return _registered(address.rpartition("@")[2])


def is_provider(domain: str) -> bool:
    """Whether anybody can have an address or a page there: mail providers, networks, site builders."""
    return domain in _providers()


def _registered(host: str) -> str:
    try:
        plain = host.strip().rstrip(".").lower().encode("idna").decode("ascii")
    except UnicodeError:  # no name of a host: too long, or letters that cannot stand in one
        return ""
    return str(_list().privatesuffix(plain) or "") if "." in plain and not plain.replace(".", "").isdigit() else ""


@lru_cache(maxsize=1)
def _list() -> PublicSuffixList:
    return PublicSuffixList()


@lru_cache(maxsize=1)
def _providers() -> frozenset[str]:
    lines = Path(__file__).with_name("providers.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
