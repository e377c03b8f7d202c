"""Records as columns to compare: folded names without legal forms, rare tokens, street and number, bare identifiers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rrr.records.organisation import OrganisationRecord
from rrr.text.fold import fold, words
from rrr.text.legal_forms import identify, split

MOST_PER_TOKEN = 100  # a token of more records is no ground to compare all of them
# Sites that host pages of many organisations: sharing one says nothing.
SHARED_HOSTS = frozenset({
    "facebook.com", "instagram.com", "twitter.com", "x.com", "linkedin.com", "youtube.com", "google.com", "wordpress.com", "blogspot.com",
    "wixsite.com", "linktr.ee", "bit.ly", "meetup.com", "eventbrite.com", "github.io", "weebly.com", "squarespace.com", "tiktok.com",
})  # fmt: skip
FAMILIES = {"social_cooperative": "cooperative", "wise": "social_enterprise", "community_enterprise": "social_enterprise"}
_STREET_WORDS = {
    "st": "street", "str": "strasse", "ave": "avenue", "av": "avenue", "blvd": "boulevard", "bd": "boulevard", "rd": "road",
    "dr": "drive", "ln": "lane", "pl": "place", "sq": "square", "c": "calle", "ctra": "carretera", "avda": "avenida",
    "pza": "plaza", "pzza": "piazza", "v": "via", "cso": "corso", "ul": "ulica", "r": "rua", "n": "north", "s": "south", "e": "east", "w": "west",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    unique_id: str
    name: str | None
    tokens: list[str]
    token_set: str | None
    joined: str | None
    acronym: str | None
    rare1: str | None
    rare2: str | None
    digits: str | None
    form: str | None
    street: str | None
    house: str | None
    address: str | None
    postcode: str | None
    city: str | None
    lon: float | None
    lat: float | None
    cell: str | None
    start: str | None
    domain: str | None
    phone: str | None
    tax: str | None
    register: str | None
    source: str | None
    territory: str


def prepare(records: Sequence[OrganisationRecord], counts: Counter[str]) -> list[Row]:
    """`counts` tells in how many records of both sides a name token occurs (see `token_counts`)."""
    return [_row(record, counts) for record in records]


def token_counts(records: Sequence[OrganisationRecord]) -> Counter[str]:
    return Counter(token for record in records for token in set(_core(record)))


def _core(record: OrganisationRecord) -> tuple[str, ...]:
    return _split(record.name, record.country)


@lru_cache(maxsize=200_000)
def _split(name: str, country: str) -> tuple[str, ...]:
    return split(name, country).core


def _row(record: OrganisationRecord, counts: Counter[str]) -> Row:
    core = _core(record)
    tokens = sorted(set(core))
    rare = [token for token in sorted(tokens, key=lambda token: (counts[token], token)) if len(token) > 1][:2]
    usable: list[str | None] = [token if counts[token] <= MOST_PER_TOKEN else None for token in rare]
    usable += [None, None]
    street, house = _address(record.street)
    city = " ".join(words(record.city)) or None
    form = identify(record.legal_form, record.country) or identify(record.name, record.country)
    return Row(
        unique_id=record.key,
        name=" ".join(core) or None,
        tokens=tokens,
        token_set=" ".join(tokens) or None,
        joined="".join(core) or None,
        acronym="".join(token[0] for token in core) if len(core) >= 3 else None,
        rare1=usable[0],
        rare2=usable[1],
        digits=" ".join(re.findall(r"\d+", " ".join(core))) or None,
        form=FAMILIES.get(form.type, form.type) if form and form.type != "company" else None,
        street=street,
        house=house,
        address=f"{street} {house}" if street and house else None,
        postcode=_bare(record.postcode),
        city=city,
        lon=record.lon,
        lat=record.lat,
        cell=None if record.lon is None or record.lat is None else f"{record.lon:.2f} {record.lat:.2f}",
        start="".join(core)[:4] or None,
        domain=_domain(record.website),
        phone=_phone(record.phone),
        tax=_bare(record.tax_id),
        register=_bare(record.register_id),
        source=record.source or None,
        territory=record.territory,
    )


def _address(street: str) -> tuple[str | None, str | None]:
    """Street and house number, wherever the number stands. "Via Roma, 12/B" and "12B via roma" are one."""
    found = [_STREET_WORDS.get(word, word) for word in words(street)]
    numbers = [word for word in found if re.fullmatch(r"\d+[a-z]?", word)]
    named = [word for word in found if word not in numbers[:1] and not (len(word) == 1 and numbers)]
    return " ".join(named) or None, re.sub(r"\D", "", numbers[0]) if numbers else None


def _bare(text: str) -> str | None:
    return "".join(words(text)) or None


def _domain(website: str) -> str | None:
    host = re.sub(r"^[a-z]+://", "", fold(website.strip())).split("/")[0].split("@")[-1].split(":")[0].removeprefix("www.")
    shared = any(host == known or host.endswith("." + known) for known in SHARED_HOSTS)
    return host if "." in host and not shared else None


def _phone(phone: str) -> str | None:
    """The last nine digits: country codes and leading zeros are written in many ways."""
    digits = re.sub(r"\D", "", phone)
    return digits[-9:] if len(digits) >= 6 else None
