"""What a download of organisations needs beside the list: whose rows they are, and under which terms."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from rrr.places.models import Territory
from rrr.understand.models import ImportSource, Organisation, OrganisationQuerySet, OrganisationSource


def registers(of: Territory) -> QuerySet[ImportSource]:
    """Registers that rows of organisations of the territory come from."""
    return ImportSource.objects.filter(territory=of, imports__source_rows__isnull=False).order_by("name").distinct()


def with_sources(found: OrganisationQuerySet) -> Iterator[Organisation]:
    """A list of any length with the sources of each, a few thousand in memory at a time."""
    return found.select_related("territory").prefetch_related("sources__register_import__source").iterator(chunk_size=2000)


def terms(one: ImportSource) -> str:
    """The licence of a register: its code, and its own words where somebody wrote them."""
    return " ".join(part for part in (one.licence or "unknown", f"({one.licence_words})" if one.licence_words else "") if part)


def rights(of: Organisation) -> list[str]:
    """Terms of the registers it comes from, each once; what public pages state is free to reuse with its source."""
    found = [f"{one.register_import.source.name}: {terms(one.register_import.source)}" for one in of.shown_sources if one.register_import]
    return list(dict.fromkeys(found))


def where(one: OrganisationSource) -> str:
    """An address; for a row of a file the register and the line."""
    return f"{one.register_import.source.name}:{one.row}" if one.register_import else one.url
