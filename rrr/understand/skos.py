"""A vocabulary as a table and as linked data (SKOS): the same concepts as CSV rows, as JSON-LD and as Turtle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse

from rrr.core import turtle
from rrr.understand import vocabularies as data
from rrr.understand.queries import vocabularies as queries

PREFIXES = {"skos": "http://www.w3.org/2004/02/skos/core#", "dct": "http://purl.org/dc/terms/"}
CONTEXT: dict[str, Any] = {
    **PREFIXES,
    **{f"skos:{name}": {"@type": "@id"} for name in ("inScheme", "broader", "exactMatch", "broadMatch", "relatedMatch")},
}
RELATIONS = {data.SAME: "skos:exactMatch", data.WITHIN: "skos:broadMatch", data.PARTLY: "skos:relatedMatch"}
TRANSLATED = ("types", "activities", "goals", "roles")


@dataclass
class Concept:
    """`links`: (property, address)."""

    address: str
    notation: str
    labels: dict[str, str]
    source: str
    links: list[tuple[str, str]] = field(default_factory=list)


def scheme(slug: str) -> str:
    return f"{settings.SITE_URL}{reverse('understand:vocabulary', args=[slug])}"


def concepts(slug: str) -> list[Concept]:
    """Every concept of a vocabulary once, in its order."""
    if slug == "crosswalks":
        return _crosswalks()
    if slug == "legal-forms":
        types = scheme("types")
        return [
            Concept(
                f"{scheme(slug)}#{one.country}-{one.code}",
                f"{one.country} {one.code}",
                {one.language: one.name},
                one.law,
                [("skos:broadMatch", f"{types}#{one.type}")],
            )
            for one in data.legal_forms()
        ]
    return [_translated(slug, row) for row in data.rows(slug)]


def _translated(slug: str, row: dict[str, str]) -> Concept:
    source = data.sources()[row["source"]].title
    made = Concept(f"{scheme(slug)}#{row['code']}", row["code"], queries.labels(slug, row["code"]), source)
    family = row.get("family", "")
    if family and family != row["code"]:
        made.links.append(("skos:broader", f"{scheme(slug)}#{family}"))
    if row.get("same"):
        made.links.append(("skos:exactMatch", row["same"]))
    return made


def _crosswalks() -> list[Concept]:
    made: dict[str, Concept] = {}
    for one in data.crosswalks():
        address = f"{scheme('crosswalks')}#{one.system}-{one.code}"
        known = made.setdefault(address, Concept(address, f"{one.system} {one.code}", {"en": one.title}, data.sources()[one.source].title))
        known.links.append((RELATIONS[one.match], f"{scheme('activities')}#{one.activity}"))
    return list(made.values())


def table(slug: str) -> Iterator[list[str]]:
    """Header and rows of the CSV: the data file, with labels in seven languages where it takes them from the translations."""
    found = data.rows(slug.replace("-", "_"))
    added = slug in TRANSLATED and slug != "activities"
    yield [*found[0], *(data.LANGUAGES if added else ())]
    for row in found:
        labels = queries.labels(slug, row["code"]) if added else {}
        yield [*row.values(), *labels.values()]


def jsonld(slug: str) -> dict[str, Any]:
    about = {"@id": scheme(slug), "@type": "skos:ConceptScheme", "dct:title": {"@language": "en", "@value": slug.replace("-", " ")}}
    graph = [about]
    for one in concepts(slug):
        node: dict[str, Any] = {
            "@id": one.address,
            "@type": "skos:Concept",
            "skos:inScheme": scheme(slug),
            "skos:notation": one.notation,
            "skos:prefLabel": [{"@language": language, "@value": label} for language, label in one.labels.items()],
            "dct:source": one.source,
        }
        for name, address in one.links:
            node.setdefault(name, []).append(address)
        graph.append(node)
    return {"@context": CONTEXT, "@graph": graph}


def as_turtle(slug: str) -> str:
    lines = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    lines += ["", f"<{scheme(slug)}> a skos:ConceptScheme ; dct:title {turtle.text(slug.replace('-', ' '), 'en')} ."]
    for one in concepts(slug):
        said = [f"skos:inScheme <{scheme(slug)}>", f"skos:notation {turtle.text(one.notation)}", f"dct:source {turtle.text(one.source)}"]
        said += [f"skos:prefLabel {turtle.text(label, language)}" for language, label in one.labels.items()]
        said += [f"{name} <{address}>" for name, address in one.links]
        lines += ["", f"<{one.address}> a skos:Concept ;", " ;\n".join(f"  {part}" for part in said) + " ."]
    return "\n".join(lines) + "\n"
