"""A published case as linked data (JSON-LD 1.1): schema.org for what it says, PROV-O for where every part comes from.

Explained in docs/reference/feeds-and-linked-data.md. Built from the frozen figures only, so that it never says more than the page.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from rrr.exchange import words
from rrr.exchange.models import Case
from rrr.exchange.vocabulary import LICENCE_URLS
from rrr.experiment.vocabulary import PilotDesign, Verdict

CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "derivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "generatedBy": {"@id": "prov:wasGeneratedBy", "@type": "@id"},
    "used": {"@id": "prov:used", "@type": "@id"},
    "license": {"@id": "dct:license", "@type": "@id"},
    "about": {"@id": "schema:about", "@type": "@id"},
    "isPartOf": {"@id": "schema:isPartOf", "@type": "@id"},
    "publisher": {"@id": "schema:publisher", "@type": "@id"},
    "spatial": {"@id": "schema:spatialCoverage", "@type": "@id"},
    "published": {"@id": "schema:datePublished", "@type": "xsd:dateTime"},
    "modified": {"@id": "schema:dateModified", "@type": "xsd:dateTime"},
    "created": {"@id": "schema:dateCreated", "@type": "xsd:dateTime"},
}


def document(case: Case, base: str) -> dict[str, Any]:
    """`base` is the address of the site without a slash at its end. Fragments name what has no page of its own."""
    figures = case.figures
    place = figures["place"]["slug"]
    page = base + reverse("exchange:case", args=[place, case.slug])
    pilot = base + reverse("experiment:pilot", args=[place, figures["pilot"]["slug"]])
    at = {
        "case": page,
        "place": base + reverse("understand:territory", args=[place]),
        "challenge": base + reverse("define:challenge", args=[place, figures["challenge"]["slug"]]),
        "solution": base + reverse("explore:solution", args=[figures["solution"]["slug"]]),
        "adaptation": base + reverse("experiment:adaptation", args=[place, figures["adaptation"]["id"]]),
        "pilot": pilot,
        "plan": f"{page}#plan",
        "data": f"{page}#data",
        "result": f"{page}#result",
        "decision": f"{page}#decision",
    }
    graph = [_case(case, at), _place(figures, at), *_sources(figures, at), *_pilot(figures, at), *_outcome(figures, at)]
    return {"@context": CONTEXT, "@graph": graph}


def _case(case: Case, at: dict[str, str]) -> dict[str, Any]:
    figures = case.figures
    made = [at[name] for name in ("decision", "result", "plan") if figures[name]]
    return {
        "@id": at["case"],
        "@type": ["schema:Report", "prov:Entity"],
        "schema:name": {"@value": case.title, "@language": case.language},
        "schema:abstract": {"@value": case.summary, "@language": case.language},
        "schema:inLanguage": case.language,
        "schema:creativeWorkStatus": "Simulated" if figures["simulated"] else "Published",
        "schema:identifier": _hash(case.figures_sha256, "figures"),
        "published": case.published_at and case.published_at.isoformat(),
        "modified": max(filter(None, (case.published_at, case.edited_at))).isoformat(),
        "license": LICENCE_URLS.get(case.licence, case.licence),
        "about": at["challenge"],
        "spatial": at["place"],
        "publisher": f"{at['place']}#authority",
        "derivedFrom": [*made, at["pilot"], at["adaptation"]],
    }


def _place(figures: dict[str, Any], at: dict[str, str]) -> dict[str, Any]:
    place = figures["place"]
    return {
        "@id": at["place"],
        "@type": "schema:AdministrativeArea",
        "schema:name": place["name"],
        "schema:addressCountry": place["country"],
        "schema:areaServed": {
            "@id": f"{at['place']}#authority",
            "@type": "schema:GovernmentOrganization",
            "schema:name": place["authority"],
        },
    }


def _sources(figures: dict[str, Any], at: dict[str, str]) -> list[dict[str, Any]]:
    """Challenge, solution, adaptation: what the pilot was made of."""
    challenge, solution, adaptation = figures["challenge"], figures["solution"], figures["adaptation"]
    return [
        {
            "@id": at["challenge"],
            "@type": ["schema:CreativeWork", "prov:Entity"],
            "schema:name": {"@value": challenge["title"], "@language": challenge["language"]},
            "schema:keywords": [challenge["horizon"], *challenge["systems"]],
            "spatial": at["place"],
            "derivedFrom": f"{at['place']}organisations/",
        },
        {
            "@id": at["solution"],
            "@type": ["schema:CreativeWork", "prov:Entity"],
            "schema:name": {"@value": solution["name"], "@language": solution["language"]},
            "schema:keywords": solution["topics"],
        },
        {
            "@id": at["adaptation"],
            "@type": ["schema:CreativeWork", "prov:Entity"],
            "schema:name": {"@value": adaptation["title"], "@language": adaptation["language"]},
            "derivedFrom": [at["solution"], at["challenge"]],
        },
    ]


def _pilot(figures: dict[str, Any], at: dict[str, str]) -> list[dict[str, Any]]:
    """The pilot and its frozen plan."""
    plan = figures["plan"]
    pilot = {
        "@id": at["pilot"],
        "@type": ["schema:Project", "prov:Activity"],
        "schema:name": figures["pilot"]["title"],
        "used": [at["adaptation"], *([at["plan"]] if plan else [])],
        "spatial": at["place"],
    }
    if not plan:
        return [pilot]
    frozen = {
        "@id": at["plan"],
        "@type": ["schema:CreativeWork", "prov:Entity"],
        "schema:name": plan["question"],
        "schema:identifier": [_hash(plan["sha256"], "plan"), _hash(plan["chain"], "chain")],
        "created": plan["frozen_at"],
        "derivedFrom": at["adaptation"],
    }
    return [pilot, frozen]


def _outcome(figures: dict[str, Any], at: dict[str, str]) -> list[dict[str, Any]]:
    """Data, result and decision, as far as they are there. A figure never stands without its interval."""
    result, decision = figures["result"], figures["decision"]
    made: list[dict[str, Any]] = []
    if result:
        made.append({
            "@id": at["data"], "@type": ["schema:Dataset", "prov:Entity"], "schema:name": result["outcome"],
            "schema:identifier": _hash(result["data_sha256"], "data"), "generatedBy": at["pilot"],
            "schema:creativeWorkStatus": "Simulated" if figures["simulated"] else "Measured",
        })  # fmt: skip
        made.append(_observation(figures, at))
    if decision:
        made.append({
            "@id": at["decision"], "@type": ["schema:CreativeWork", "prov:Entity"],
            "schema:name": words.label(Verdict, decision["verdict"]), "schema:text": decision["reason"],
            "created": decision["made_at"], "derivedFrom": [at["result"]] if result else [at["pilot"]],
        })  # fmt: skip
    return made


def _observation(figures: dict[str, Any], at: dict[str, str]) -> dict[str, Any]:
    result, found = figures["result"], words.estimate(figures)
    seen: dict[str, Any] = {
        "@id": at["result"],
        "@type": ["schema:Observation", "prov:Entity"],
        "schema:measuredProperty": result["outcome"],
        "schema:measurementMethod": words.label(PilotDesign, result["design"]),
        "schema:measurementQualifier": "Simulated" if figures["simulated"] else ("Weak design" if result["weak"] else "Drawn by lot"),
        "schema:observationAbout": {"@id": at["place"]},
        "schema:description": words.sentence(figures),
        "created": result["made_at"],
        "generatedBy": at["pilot"],
        "derivedFrom": [at["data"], at["plan"]],
        "isPartOf": at["case"],
    }
    if found:
        ends = {"schema:minValue": found.low, "schema:maxValue": found.high}
        seen["schema:value"] = found.value
        seen["schema:unitText"] = found.unit
        seen["schema:marginOfError"] = {
            "@type": "schema:QuantitativeValue",
            "schema:name": f"{round(100 * found.level, 1):g}% interval",
            **{name: end for name, end in ends.items() if end is not None},
        }
    return seen


def _hash(digest: str, of: str) -> dict[str, Any]:
    return {"@type": "schema:PropertyValue", "schema:propertyID": "SHA-256", "schema:name": of, "schema:value": digest}
