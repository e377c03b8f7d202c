"""Loads territories, their facts, figures of countries and yearly indicators from the starter content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from rrr.places import content, ledger
from rrr.places.actions import facts, series, territory
from rrr.places.content import Counts
from rrr.places.models import CountryFigure, Indicator, Observation, ProgrammeStatement, Territory

STEP = "places"
FILES = (content.TERRITORIES, *content.TABLES)  # all of them: every address any row names is kept here once
Report = Callable[[str, int, int], None]
Actor = AbstractBaseUser | None


@transaction.atomic
def load(*, root: Path, by: Actor, report: Report) -> Counts:
    """Bring the database up to the files; nothing happens where the files are those loaded last."""
    digest = content.digest(root, FILES)
    if ledger.loaded(STEP) == digest:
        return Counts()
    total = Counts()
    parts = (_sources, _territories, _country_figures, _statements, _indicators)
    for done, part in enumerate(parts):
        report("Territories and facts", done, len(parts))
        total += part(root, by)
    report("Territories and facts", len(parts), len(parts))
    ledger.mark_loaded(STEP, digest)
    return total


def _sources(root: Path, by: Actor) -> Counts:
    notes = {row["url"]: row["note"] for row in content.rows(root, "sources.csv")}
    drafts = {url: facts.SourceDraft(url, read_on=read_on, note=notes.get(url, "")) for url, read_on in _addresses(root)}
    facts.keep_sources(by=by, drafts=drafts.values())
    return Counts()


def _addresses(root: Path) -> Iterator[tuple[str, date]]:
    for one in content.territories(root):
        groups = [
            one["authority"],
            one["participation"],
            *one["populations"],
            *one["policy"],
            {"sources": one.get("population_sources", [])},
        ]
        for url in (url for group in groups for url in group["sources"]):
            yield url, _day(one["read_on"])
    for name in content.TABLES:
        for row in content.rows(root, name):
            for url in content.links(row.get("sources", "")) + content.links(row.get("place_sources", "")):
                yield url, _day(row["read_on"])


def _day(value: object) -> date:
    return date.fromisoformat(str(value))


def _territories(root: Path, by: Actor) -> Counts:
    fields, populations, policy = (ledger.Ledger(kind) for kind in ("territory", "territory.populations", "territory.policy"))
    now = {one.slug: one for one in Territory.objects.all()}
    for one in content.territories(root):
        slug = one["slug"]
        existing = now.get(slug)
        wanted = _fields(one)
        current = None if existing is None else {name: getattr(existing, name) for name in wanted}
        changes = fields.changes(slug, wanted, current)
        if existing is None and changes:
            existing = territory.create(by=by, slug=slug, **changes)
            territory.publish(by=by, territory=existing)
        elif existing is not None and changes:
            territory.update(by=by, territory=existing, changes=changes)
        if existing is not None:
            _lists(by, existing, one, populations, policy)
    populations.save()
    policy.save()
    return fields.save()


def _fields(one: Mapping[str, Any]) -> dict[str, Any]:
    west, south, east, north = (float(value) for value in one["box"])
    lon, lat = (float(value) for value in one["centre"])
    return {
        "name": one["name"],
        "local_name": one["local_name"],
        "country": one["country"],
        "languages": one["languages"],
        "time_zone": one["time_zone"],
        "is_peer": one["peer"],
        "authority_name": one["authority"]["name"],
        "authority_type": one["authority"]["type"],
        "authority_website": one["authority"]["website"] or "",
        "authority_sources": one["authority"]["sources"],
        "centre_lon": lon,
        "centre_lat": lat,
        "west": west,
        "south": south,
        "east": east,
        "north": north,
        "boundary_approximate": one["box_approximate"],
        "population_note": one["population_note"] or "",
        "participation": one["participation"]["statement"],
        "participation_sources": one["participation"]["sources"],
    }


def _lists(by: Actor, of: Territory, one: Mapping[str, Any], populations: ledger.Ledger, policy: ledger.Ledger) -> None:
    """Head counts and policy facts are written whole: a list that somebody edited is left alone."""
    heads = [
        facts.PopulationDraft(row["value"], row["area"], row["year"], row["quality"], row["sources"][0], row["qualifier"] or "")
        for row in one["populations"]
    ]
    wanted = {"rows": [[draft.value, draft.qualifier, draft.area, draft.year, draft.quality, draft.source] for draft in heads]}
    found = of.populations.order_by("pk").values_list("value", "qualifier", "area", "year", "quality", "source__url")
    if populations.changes(of.slug, wanted, {"rows": [list(row) for row in found]} if found else None):
        facts.set_populations(by=by, territory=of, drafts=heads)
    drafts = [facts.PolicyDraft(row["kind"], row["fact"], row["year"], row["sources"]) for row in one["policy"]]
    stated = {"rows": [[draft.kind, draft.fact, draft.year, sorted(draft.sources)] for draft in drafts]}
    existing = of.policy_facts.prefetch_related("sources")
    now = {"rows": [[fact.kind, fact.fact, fact.year, sorted(source.url for source in fact.sources.all())] for fact in existing]}
    if policy.changes(of.slug, stated, now if now["rows"] else None):
        facts.set_policy(by=by, territory=of, drafts=drafts)


def _country_figures(root: Path, by: Actor) -> Counts:
    figures = ledger.Ledger("country_figures")
    wanted: dict[str, list[facts.FigureDraft]] = defaultdict(list)
    for row in content.rows(root, "country_figures.csv"):
        number = float(row["number"]) if row["number"] else None
        taken = {name: row[name] for name in ("country", "scope", "indicator", "value", "qualifier", "unit", "year", "note")}
        wanted[row["country"]].append(facts.FigureDraft(**taken, number=number, source=content.links(row["sources"])[0]))
    for country, drafts in wanted.items():
        found = CountryFigure.objects.filter(country=country).order_by("pk").values_list("indicator", "scope", "year", "value")
        plain = {"rows": [[one.indicator, one.scope, one.year, one.value] for one in drafts]}
        if figures.changes(country, plain, {"rows": [list(row) for row in found]} if found else None):
            facts.set_country_figures(by=by, country=country, drafts=drafts)
    return figures.save()


def _statements(root: Path, by: Actor) -> Counts:
    statements = ledger.Ledger("programme")
    there = {"", *Territory.objects.values_list("slug", flat=True)}  # people may have deleted a territory
    drafts = [
        facts.StatementDraft(row["id"], row["territory"], row["kind"], row["statement"], content.links(row["sources"])[0])
        for row in content.rows(root, "programme.csv")
        if row["territory"] in there
    ]
    found = ProgrammeStatement.objects.values_list("key", "statement")
    plain = {"rows": [[draft.key, draft.statement] for draft in drafts]}
    if statements.changes("all", plain, {"rows": [list(row) for row in found]} if found else None):
        facts.set_statements(by=by, drafts=drafts)
    return statements.save()


def _indicators(root: Path, by: Actor) -> Counts:
    definitions, values = ledger.Ledger("indicator"), ledger.Ledger("indicator.values")
    wanted: dict[str, list[series.ValueDraft]] = defaultdict(list)
    for row in content.rows(root, "indicators.csv"):
        wanted[row["indicator"]].append(series.ValueDraft(int(row["year"]), float(row["value"]), country=row["country"]))
    now = {one.code: one for one in Indicator.objects.all()}
    for row in content.rows(root, "indicator_definitions.csv"):
        source = facts.kept(content.links(row["sources"]))[content.links(row["sources"])[0]]
        taken = {name: row[name] for name in ("name", "unit", "dataset", "licence", "attribution")}
        taken["definition"] = f"Series {row['series']} of the data set."
        indicator = now.get(row["code"])
        current = None if indicator is None else {name: getattr(indicator, name) for name in taken}
        changes = definitions.changes(row["code"], taken, current)
        if changes:
            indicator = series.define(by=by, draft=series.IndicatorDraft(code=row["code"], **{**(current or {}), **changes}), source=source)
        if indicator is not None:
            _values(by, indicator, wanted[row["code"]], values)
    values.save()
    return definitions.save()


def _values(by: Actor, indicator: Indicator, drafts: list[series.ValueDraft], values: ledger.Ledger) -> None:
    plain = {"rows": [[one.country, one.year, one.value] for one in sorted(drafts, key=lambda one: (one.country, one.year))]}
    found = (
        Observation.objects.filter(indicator=indicator, territory=None).order_by("country", "year").values_list("country", "year", "value")
    )
    if values.changes(indicator.code, plain, {"rows": [list(row) for row in found]} if found else None):
        series.set_values(by=by, indicator=indicator, values=drafts)
