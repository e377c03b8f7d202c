"""Texts, web addresses, mail addresses and countries of a register, as we keep them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from rrr.text.fold import words

_EMPTY = frozenset({"-", "--", "—", "–", "n/a", "n.a.", "na", "null", "none", "nan", "#n/a", "nd", "n.d.", "n/d", "s/n", "?", ".", "\\n"})
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})")
_COMMON = re.compile(r"(https?://)?((?:[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?\.){1,8}[a-z]{2,24})(/[A-Za-z0-9/_.%~-]{0,400})?")
_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@((?:[a-z0-9-]{1,63}\.)+[a-z]{2,24})", re.IGNORECASE)
_HIDDEN = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)  # zero width, and marks that turn the writing direction


def text(value: str) -> str:
    """One line in NFC without control characters, lone surrogates or invisible marks; "" for signs that mean nothing (-, n/a, null)."""
    if not value.isascii():
        value = unicodedata.normalize("NFC", _HIDDEN.sub("", value))
    if not value.isprintable():
        value = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in value)
    plain = " ".join(value.split())
    return "" if len(plain) < 6 and plain.lower() in _EMPTY else plain


def website(value: str) -> str:
    """The first web address in the text, with https:// where it names no scheme; "" when there is none."""
    for part in re.split(r"[\s;|<>\"]+|,\s", value.strip()):
        found = _address(part.strip("()[]'.,"))
        if found:
            return found
    return ""


def _address(part: str) -> str:
    common = _COMMON.fullmatch(part)
    if common:
        return f"{common[1] or 'https://'}{common[2]}{common[3] if common[3] and common[3] != '/' else ''}"
    scheme, separator, rest = part.partition("://")
    if not separator:
        scheme, rest = "https", part.removeprefix("//").replace("http:", "").replace("https:", "").lstrip("/")
    if scheme.lower() not in ("http", "https", "htpp", "htttp", "hhttp") or "@" in rest.split("/")[0]:
        return ""
    scheme = "https" if scheme.lower() == "https" else "http"
    try:
        split = urlsplit(f"{scheme}://{rest}")
        host = (split.hostname or "").encode("idna").decode("ascii") if split.hostname else ""
        port = f":{split.port}" if split.port else ""
    except (ValueError, UnicodeError):
        return ""
    if not _HOST.fullmatch(host):
        return ""
    shown = (split.hostname or "").rstrip(".")
    tail = split.path if split.path != "/" else ""
    return f"{scheme}://{shown}{port}{tail}{'?' + split.query if split.query else ''}{'#' + split.fragment if split.fragment else ''}"


def email(value: str) -> str:
    """The first mail address in the text, "" when there is none."""
    match = _EMAIL.search(value)
    return match.group(0) if match else ""


def country(value: str) -> str:
    """The alpha-2 code of a country written as a code or by name in one of our languages; "" when unknown."""
    plain = value.strip()
    if len(plain) == 2 and plain.upper() in _codes():
        return plain.upper()
    return _country_names().get(" ".join(words(plain)), "")


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    lines = (files("tzdata.zoneinfo") / "iso3166.tab").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    """English names of the tz database and our list (`countries.txt`): code of three letters and names in the programme's languages."""
    found = {" ".join(words(name)): code for code, name in _codes().items()}
    for line in Path(__file__).with_name("countries.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, names = line.split(": ", 1)
            found |= {" ".join(words(name)): code for name in names.split("|")}
    return found
