"""Reads about portraits, and what one holds: figures and sources of a territory as they are now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max, Q
from django.http import Http404

from rrr.places import queries as places
from rrr.places.models import Source, Territory
from rrr.understand.models import DiagnosisRound, ImportSource, Organisation, Portrait
from rrr.understand.queries.organisations import coverage, organisations


def versions(of: Territory, *, withdrawn: bool = False) -> list[Portrait]:
    """Published versions, the newest first, without their content."""
    found = Portrait.objects.filter(territory=of, number__isnull=False).select_related("territory").defer("text")
    return list(found if withdrawn else found.filter(withdrawn_at__isnull=True))


def newest(slug: str) -> Portrait | None:
    found = Portrait.objects.filter(territory__slug=slug, number__isnull=False, withdrawn_at__isnull=True)
    return found.select_related("territory").defer("text").order_by("-number").first()


def version(of: Territory, number: int, *, withdrawn: bool = False) -> Portrait:
    found = Portrait.objects.filter(territory=of, number=number).select_related("territory")
    one = (found if withdrawn else found.filter(withdrawn_at__isnull=True)).first()
    if one is None:
        raise Http404
    return one


def draft(of: Territory) -> Portrait | None:
    return Portrait.objects.filter(territory=of, number__isnull=True).select_related("territory").first()


def beginning(of: Territory) -> Portrait:
    """The draft, or a new one (not kept) that begins with the words of the newest version."""
    last = Portrait.objects.filter(territory=of, number__isnull=False).order_by("-number").first()
    if last is None:
        return draft(of) or Portrait(territory=of, language=of.languages[0])
    return draft(of) or Portrait(territory=of, language=last.language, summary=last.summary, unknown=last.unknown)


def figures(of: Territory) -> dict[str, Any]:
    """Numbers and stated facts, as JSON can keep them; organisations by number, never by name."""
    known = coverage(of)
    public = Organisation.objects.filter(territory=of).public()
    kinds = dict(public.values_list("kind").annotate(n=Count("pk")).order_by("-n", "kind"))
    facts = places.facts(of)
    return {
        "known": known.known,
        "placed": known.placed,
        "confirmed": public.filter(Q(status="confirmed") | Q(status="claimed")).count(),
        "kinds": [[kind, number] for kind, number in kinds.items() if kind],
        "kindless": kinds.get("", 0),
        "people": [
            {"value": one.value, "area": one.area, "year": one.year, "qualifier": one.qualifier, "source": _source(one.source)}
            for one in facts.populations
        ],
        "policy": [{"kind": one.kind, "fact": one.fact, "year": one.year, "sources": _sources(one.sources.all())} for one in facts.policy],
        "registers": [
            {"name": one.name, "licence": one.licence, "date": str(one.latest) if one.latest else None} for one in _registers(of)
        ],
    }


def _registers(of: Territory) -> list[Any]:
    """Registers that organisations of the territory rest on, with the date of their latest file."""
    found = ImportSource.objects.filter(territory=of, imports__source_rows__isnull=False)
    return list(found.annotate(latest=Max("imports__file_date")).order_by("name").distinct())


def _source(one: Source) -> dict[str, Any]:
    return {"url": one.url, "read_on": str(one.read_on) if one.read_on else None}


def _sources(found: Iterable[Source]) -> list[dict[str, Any]]:
    return [_source(one) for one in found]


def latest_round(of: Territory) -> DiagnosisRound | None:
    return (
        DiagnosisRound.objects.filter(territory=of, published_at__isnull=False).order_by("-closed_at").select_related("territory").first()
    )


def names(of: Territory, pks: Iterable[int]) -> dict[int, Organisation]:
    """Organisations of a portrait that may be named today."""
    return organisations(of).only("name", "slug").in_bulk(list(pks))


def of_person(user: Any) -> dict[str, list[dict[str, Any]]]:
    """Versions and drafts a person wrote, and versions they published."""
    found = {"portraits": Portrait.objects.filter(author=user), "portraits_published": Portrait.objects.filter(published_by=user)}
    return {name: [dict(row) for row in rows.values("territory__slug", "number", "created_at")] for name, rows in found.items()}
