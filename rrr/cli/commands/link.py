"""Compare a new list of organisations with a known one."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from typing import TYPE_CHECKING, Any

from rrr.cli import tables
from rrr.cli.output import CommandError, Result

if TYPE_CHECKING:
    from rrr.records.organisation import OrganisationRecord

HELP = "Find which organisations of a new list are already in a known one, and why."
EXAMPLE = "rrr link upload.csv register.csv --map name=denominazione --map street=indirizzo --country IT"
TEXTS = (
    "key", "name", "legal_form", "street", "postcode", "city", "country", "website", "phone", "email", "tax_id", "register_id", "activity", "source",
)  # fmt: skip


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("new", help="table of new organisations (CSV)")
    parser.add_argument("known", help="table of known organisations (CSV)")
    parser.add_argument(
        "--map", action="append", default=[], metavar="FIELD=COLUMN", help=f"name of a column; fields: {', '.join(TEXTS)}, lon, lat"
    )
    parser.add_argument("--country", default="", help="country code where a row has none")
    parser.add_argument("--top", type=int, default=20, help="how many pairs to list (20)")


def run(given: Namespace) -> Result:
    from rrr.engines import linkage

    new, known = (_records(path, given) for path in (given.new, given.known))
    print(f"Comparing {len(new)} with {len(known)} records …", file=sys.stderr)
    try:
        found = linkage.compare(new, known)
    except ValueError as error:
        raise CommandError(str(error)) from None
    names = [{record.key: record.name for record in side} for side in (new, known)]
    best = {one.new_key: one.band for one in reversed(found)}
    bands = Counter(best.values())
    lines = [", ".join(f"{bands[band]} {band}" for band in linkage.Band) + f" of {len(new)} new records."]
    pairs = sorted((one for one in found if one.known_key and one.weight is not None), key=lambda one: -(one.weight or 0.0))
    for one in pairs[: given.top]:
        bars = ", ".join(f"{bar.comparison} {bar.level} {bar.weight:+.1f}" for bar in one.comparisons if bar.level != "missing")
        flags = f" ({', '.join(one.flags)})" if one.flags else ""
        lines.append(f"{one.weight:+6.1f}  {one.band}{flags}  {names[0][one.new_key]} = {names[1][one.known_key or '']}: {bars}")
    return Result({"bands": {str(band): bands[band] for band in linkage.Band}, "prior": linkage.PRIOR, "candidates": found}, lines)


def _records(path: str, given: Namespace) -> list[OrganisationRecord]:
    columns = _columns(given.map)
    rows = tables.read(path, needed=(columns.get("name", "name"),))
    return [_record(path, number, row, columns, given.country) for number, row in enumerate(rows, start=2)]


def _columns(pairs: list[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        field, separator, column = pair.partition("=")
        if not separator or field not in (*TEXTS, "lon", "lat"):
            raise CommandError(f"--map {pair}: write FIELD=COLUMN with one of the fields {', '.join(TEXTS)}, lon, lat.")
        found[field] = column
    return found


def _record(path: str, number: int, row: dict[str, str], columns: dict[str, str], country: str) -> OrganisationRecord:
    from rrr.records.organisation import OrganisationRecord

    texts: dict[str, Any] = {field: row.get(columns.get(field, field), "") for field in TEXTS}
    texts["key"] = texts["key"] or str(number)
    texts["country"] = (texts["country"] or country).upper()
    texts["source"] = texts["source"] or path
    place = [row.get(columns.get(field, field), "") for field in ("lon", "lat")]
    if not all(place):
        return OrganisationRecord(**texts)
    lon, lat = (tables.number(text, where=f"{path}, row {number}") for text in place)
    return OrganisationRecord(**texts, lon=lon, lat=lat)
