"""Made organisations with known truth: nine territories, three sources, and what makes real registers hard to link.

Each organisation has one or several sites; each source lists some of them, with its own habits and errors: legal-form variants of our lexicon, typos,
words left out or swapped, acronyms, old addresses, numbers and phones that are missing or mistyped. Hard negatives: branches (one organisation, several
sites), federations whose members share the name, the website and sometimes the house, and names made of a few common words. Names are made of common
nouns and invented words; none is a person's. The same seed gives the same records.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from rrr.records.organisation import OrganisationRecord
from rrr.text import legal_forms

TERRITORIES = (
    ("torino", "IT"), ("bilbao", "ES"), ("rotterdam", "NL"), ("dublin", "IE"), ("krakow", "PL"),
    ("montreal", "QC"), ("oakland", "US"), ("recife", "BR"), ("lyon", "FR"),
)  # fmt: skip
SOURCES = ("register", "directory", "members")
LISTED = {"register": 0.75, "directory": 0.55, "members": 0.5}  # chance that a source lists a site

_WORDS = {
    "IT": (
        "via piazza corso",
        "casa lavoro insieme solidale verde giovani quartiere teatro cultura sport amici bottega orto mensa scuola sole ponte "
        "radici terra mondo nuova vita futuro spazio comune arte musica sogno strada aurora fiume collina borgo officina "
        "laboratorio cantiere rete",
    ),
    "ES": (
        "calle plaza avenida",
        "casa trabajo juntos solidaria verde jovenes barrio teatro cultura deporte amigos tienda huerta comedor escuela sol "
        "puente raices tierra mundo nueva vida futuro espacio comun arte musica camino aurora rio monte taller red semilla luz",
    ),
    "NL": (
        "straat weg plein",
        "huis werk samen sociaal groen jeugd buurt theater cultuur sport vrienden winkel tuin keuken school zon brug wortel aarde "
        "wereld nieuw leven toekomst ruimte kunst muziek droom haven rivier dijk atelier werkplaats netwerk licht zaad",
    ),
    "IE": (
        "street road lane",
        "house work together community green youth village theatre arts sports friends shop garden kitchen school sun bridge "
        "roots earth world new life future space music dream harbour river hill workshop network light seed hope care",
    ),
    "PL": (
        "ulica aleja plac",
        "dom praca razem spoleczny zielony mlodzi osiedle teatr kultura sport przyjaciele sklep ogrod kuchnia szkola slonce most "
        "korzenie ziemia swiat nowe zycie przyszlosc przestrzen sztuka muzyka marzenie rzeka wzgorze warsztat siec swiatlo "
        "nadzieja",
    ),
    "QC": (
        "rue avenue boulevard",
        "maison travail ensemble solidaire verte jeunes quartier theatre culture sport amis boutique jardin cuisine ecole soleil "
        "pont racines terre monde nouvelle vie avenir espace commun art musique reve fleuve colline atelier reseau lumiere "
        "semence",
    ),
    "US": (
        "street avenue road",
        "house work together community green youth neighborhood theater arts sports friends shop garden kitchen school sun bridge "
        "roots earth world new life future space music dream bay river hill workshop network light seed hope care",
    ),
    "BR": (
        "rua avenida praca",
        "casa trabalho juntos solidaria verde jovens bairro teatro cultura esporte amigos loja horta cozinha escola sol ponte "
        "raizes terra mundo nova vida futuro espaco comum arte musica sonho rio morro oficina rede luz semente esperanca",
    ),
    "FR": (
        "rue avenue place",
        "maison travail ensemble solidaire verte jeunes quartier theatre culture sport amis boutique jardin cuisine ecole soleil "
        "pont racines terre monde nouvelle vie avenir espace commun art musique reve fleuve colline atelier reseau lumiere graine",
    ),
}  # fmt: skip
_SYLLABLES = [one + vowel for one in "bcdfglmnprstvz" for vowel in "aeio"]


@dataclass(frozen=True)
class Truth:
    """Of one record."""

    organisation: str
    site: str


@dataclass(frozen=True)
class _Site:
    name: str
    street: str
    house: int
    postcode: str
    lon: float
    lat: float
    phone: str


@dataclass(frozen=True)
class _Organisation:
    key: str
    words: tuple[str, ...]
    form: legal_forms.LegalForm
    tax: str
    number: str
    website: str
    sites: tuple[_Site, ...]


def make(count: int, seed: int = 7) -> tuple[list[OrganisationRecord], dict[str, Truth]]:
    """About `count` records over the nine territories, in no order, and the truth by key."""
    rng = random.Random(seed)
    records: list[OrganisationRecord] = []
    truth: dict[str, Truth] = {}
    for place, (territory, country) in enumerate(TERRITORIES):
        share = count // len(TERRITORIES) + (place < count % len(TERRITORIES))
        for one, told in _territory(territory, country, share, rng):
            truth[one.key] = told
            records.append(one)
    rng.shuffle(records)
    return records, truth


def _territory(territory: str, country: str, count: int, rng: random.Random) -> Iterator[tuple[OrganisationRecord, Truth]]:
    made = 0
    for organisation in _organisations(territory, country, max(count, 1), rng):
        for number, site in enumerate(organisation.sites):
            for source in SOURCES:
                if rng.random() >= LISTED[source] * (1 if number == 0 else 0.7):
                    continue
                if made == count:
                    return
                yield (
                    _listed(organisation, site, source, territory, country, f"{territory}-{made}", rng),
                    Truth(organisation.key, f"{organisation.key}/{number}"),
                )
                made += 1


def _organisations(territory: str, country: str, size: int, rng: random.Random) -> Iterator[_Organisation]:
    """Single organisations, one in seventeen with branches, and federations of three to nine members of their own."""
    own = [_word(rng) for _ in range(max(60, size // 4))]  # words of places and fancy names, each for a few organisations
    number = 0
    while True:
        words = _name(country, own, rng)
        if rng.random() < 0.05:
            domain = _domain(words, rng)
            shared = _site(country, rng)
            for _ in range(rng.randint(3, 9)):
                member = (*words, rng.choice(own))
                site = shared if rng.random() < 0.15 else _site(country, rng)
                yield _organisation(f"{territory}/{number}", member, country, (replace(site, phone=_phone(rng)),), domain, rng)
                number += 1
        else:
            count = rng.randint(2, 4) if rng.random() < 0.06 else 1
            first = _site(country, rng)
            sites = [first, *(_site(country, rng) for _ in range(count - 1))]
            if count > 1 and rng.random() < 0.5:
                sites = [replace(one, phone=first.phone) for one in sites]
            named = [replace(one, name="" if place == 0 or rng.random() < 0.6 else rng.choice(own)) for place, one in enumerate(sites)]
            yield _organisation(f"{territory}/{number}", words, country, tuple(named), _domain(words, rng), rng)
            number += 1


def _name(country: str, own: Sequence[str], rng: random.Random) -> tuple[str, ...]:
    common = _WORDS[country][1].split()
    kind = rng.random()
    if kind < 0.35:
        return (*rng.sample(common, rng.randint(1, 2)), rng.choice(own))
    if kind < 0.7:
        return tuple(rng.sample(common, rng.randint(2, 3)))
    if kind < 0.85:
        return (rng.choice(own), rng.choice(own))
    return (*rng.sample(common, 2), rng.choice(own), *rng.sample(common, 1))


def _organisation(
    key: str, words: tuple[str, ...], country: str, sites: tuple[_Site, ...], domain: str, rng: random.Random
) -> _Organisation:
    form = rng.choice([one for one in _forms(country) if one.type != "company"])
    tax, number = (str(rng.randrange(10**9, 10**10)) for _ in range(2))
    return _Organisation(key, words, form, tax, number, domain, sites)


def _site(country: str, rng: random.Random) -> _Site:
    area = rng.randrange(40)
    kind = rng.choice(_WORDS[country][0].split())
    street = f"{kind} {_STREETS[(area * 7 + rng.randrange(25)) % len(_STREETS)]}"
    lon, lat = area % 8 * 0.012 + rng.gauss(0, 0.003), area // 8 * 0.009 + rng.gauss(0, 0.002)
    return _Site("", street, rng.randint(1, 120), f"{10100 + area}", round(7.6 + lon, 6), round(45.0 + lat, 6), _phone(rng))


def _phone(rng: random.Random) -> str:
    return f"0{rng.randrange(10**8, 10**9)}"


def _domain(words: Sequence[str], rng: random.Random) -> str:
    return f"{''.join(words)[:18]}{rng.randrange(1000)}.example"


def _word(rng: random.Random) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 4)))


_STREETS = tuple(_word(random.Random(number)) for number in range(300))


# What a source makes of an organisation.


def _listed(one: _Organisation, site: _Site, source: str, territory: str, country: str, key: str, rng: random.Random) -> OrganisationRecord:
    official = source == "register"
    if rng.random() < 0.05:  # it has moved since this source looked
        site = replace(_site(country, rng), name=site.name, phone=site.phone if rng.random() < 0.6 else _phone(rng))
    apart = 0.0004 if official else 0.0012
    placed = rng.random() < (0.85 if official else 0.6)
    street = rng.random() < (0.95 if official else 0.85)
    return OrganisationRecord(
        key=key,
        name=_written(one, site, source, country, rng),
        legal_form=one.form.form.replace("_", " ") if official and rng.random() < 0.8 else "",
        street=_street(site, rng) if street else "",
        postcode=site.postcode if street and rng.random() < 0.95 else "",
        city=territory.title() if rng.random() < 0.9 else "",
        country={"QC": "CA"}.get(country, country),
        lon=round(site.lon + rng.gauss(0, apart), 6) if placed else None,
        lat=round(site.lat + rng.gauss(0, apart), 6) if placed else None,
        website=f"https://www.{one.website}/" if rng.random() < {"register": 0.15, "directory": 0.6, "members": 0.45}[source] else "",
        phone=_typed(site.phone, 0.03, rng) if rng.random() < {"register": 0.2, "directory": 0.6, "members": 0.5}[source] else "",
        tax_id=_typed(one.tax, 0.03, rng) if rng.random() < {"register": 0.9, "directory": 0.08, "members": 0.25}[source] else "",
        register_id=_typed(one.number, 0.03, rng) if rng.random() < {"register": 0.95, "directory": 0.0, "members": 0.12}[source] else "",
        source=source,
        territory=territory,
    )


def _written(one: _Organisation, site: _Site, source: str, country: str, rng: random.Random) -> str:
    official = source == "register"
    words = [*one.words, *([site.name] if site.name and rng.random() < 0.7 else [])]
    if not official and len(one.words) >= 3 and rng.random() < 0.05:
        return "".join(word[0] for word in one.words).upper()
    if not official and len(words) > 2 and rng.random() < 0.1:
        words.remove(rng.choice(words))
    if len(words) > 1 and rng.random() < 0.04:
        place = rng.randrange(len(words) - 1)
        words[place], words[place + 1] = words[place + 1], words[place]
    if not official and rng.random() < 0.05:
        words.insert(0, rng.choice(_WORDS[country][1].split()))
    words = [_misspelt(word, 0.015 if official else 0.04, rng) for word in words]
    name = " ".join(words).title()
    if rng.random() < (0.85 if official else 0.45):
        form = rng.choice(_variants(country, one.form.form))
        form = form.upper() if len(form) < 5 else form.title()
        name = f"{form} {name}" if rng.random() < 0.3 and len(form) > 4 else f"{name} {form}"
    return name.upper() if official and rng.random() < 0.5 else name


def _street(site: _Site, rng: random.Random) -> str:
    street = _misspelt(site.street, 0.05, rng).title()
    return rng.choice((f"{street} {site.house}", f"{street}, {site.house}", f"{site.house} {street}", f"{street} {site.house}/A", street))


def _misspelt(word: str, chance: float, rng: random.Random) -> str:
    if len(word) < 4 or rng.random() >= chance:
        return word
    place = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + rng.choice("aeiorstln") + word[place + (kind == 2) :]


def _typed(number: str, chance: float, rng: random.Random) -> str:
    if rng.random() >= chance:
        return number
    place = rng.randrange(len(number))
    return number[:place] + str((int(number[place]) + 1 + rng.randrange(9)) % 10) + number[place + 1 :]


@lru_cache(maxsize=20)
def _forms(country: str) -> tuple[legal_forms.LegalForm, ...]:
    return tuple(one for one in legal_forms.all_forms() if one.country == country)


@lru_cache(maxsize=200)
def _variants(country: str, form: str) -> tuple[str, ...]:
    with Path(legal_forms.__file__).with_name("legal_forms.csv").open(encoding="utf-8", newline="") as file:
        return next(tuple(row["variants"].split(";")) for row in csv.DictReader(file) if (row["country"], row["form"]) == (country, form))
