"""Link lists of organisations, or compare a new list with a known one."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rrr.cli import organisations, tables
from rrr.cli.organisations import TEXTS, Keys
from rrr.cli.output import CommandError, Result

if TYPE_CHECKING:
    from rrr.engines.linkage import Linked
    from rrr.records.organisation import OrganisationRecord

HELP = "Find which records of one or several lists are one organisation, and which of those one site, and why."
EXAMPLE = "rrr link register.csv directory.csv --out clusters.csv --pairs pairs.csv --decisions decisions.csv"
DECISIONS = (
    "pairs people decided: left, right (record ids; left_source, right_source where two sources share an id), verdict (same, branch, different), "
    "and weight (one over the chance that the pair was shown; 1 without the column). 300 of them make probabilities"
)


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("records", nargs="+", help="tables (CSV) with name and any of the fields below; - reads standard input")
    parser.add_argument(
        "--map", action="append", default=[], metavar="FIELD=COLUMN", help=f"name of a column; fields: {', '.join(TEXTS)}, lon, lat"
    )
    parser.add_argument("--country", default="", help="country code where a row has none")
    parser.add_argument("--out", default="", metavar="FILE", help="write record_id, source, organisation_id, site_id")
    parser.add_argument("--pairs", default="", metavar="FILE", help="write every compared pair with its weight, band and reasons")
    parser.add_argument("--decisions", default="", metavar="FILE", help=DECISIONS)
    parser.add_argument("--before", default="", metavar="FILE", help="an earlier --out: organisations and sites keep their ids")
    parser.add_argument("--only-new", action="store_true", help="keep the groups of --before and link only records that are not in it")
    parser.add_argument("--join", type=float, default=0.0, help="least weight that joins two records; 8 leaves doubtful pairs apart (0)")
    parser.add_argument(
        "--sample",
        default="",
        metavar="FILE",
        help="write a random sample of pairs to judge; filled in, it is what rrr coverage takes as --recall",
    )
    parser.add_argument("--size", type=int, default=400, help="pairs of --sample (400)")
    parser.add_argument("--seed", type=int, default=20, help="the same seed draws the same --sample (20)")
    parser.add_argument(
        "--known", default="", metavar="FILE", help="instead: compare the records with this list, as the import of a register does"
    )
    parser.add_argument("--top", type=int, default=20, help="how many pairs to list with --known (20)")


def run(given: Namespace) -> Result:
    read = [one for path in given.records for one in organisations.records(path, given)]
    try:
        return _compare(read, given) if given.known else _link(read, given)
    except ValueError as error:
        raise CommandError(str(error)) from None


def _link(read: list[OrganisationRecord], given: Namespace) -> Result:
    from rrr.engines import linkage

    if given.only_new and not given.before:
        raise CommandError("--only-new needs the groups of an earlier run; name them with --before.")
    keys = Keys(read)
    records = [replace(one, key=Keys.key(one.source, one.key)) for one in read]
    decided = organisations.decisions(given.decisions, keys) if given.decisions else []
    before = organisations.before(given.before, keys) if given.before else {}
    print(f"Linking {len(records)} records …", file=sys.stderr)
    settings = linkage.LinkSettings(join=given.join)
    found = linkage.link(records, settings, decisions=decided, before=before, only_new=given.only_new)
    if given.out:
        organisations.write_clusters(given.out, found.placed, keys)
    if given.pairs:
        organisations.write_pairs(given.pairs, found.pairs, keys)
    if given.sample:
        _sample(records, found, keys, given)
    document = _document(found, keys, given)
    return Result(document, _lines(document, found))


def _document(found: Linked, keys: Keys, given: Namespace) -> dict[str, Any]:
    from rrr.engines import linkage

    bands = Counter(one.band for one in found.pairs)
    document: dict[str, Any] = {
        "records": len(found.placed),
        "organisations": len({one.organisation for one in found.placed}),
        "sites": len({one.site for one in found.placed}),
        "pairs": {str(band): bands[band] for band in linkage.Band},
        "calibrated": isinstance(found.model, linkage.Model),
        "model": found.model,
        "retired": found.retired,
        "contradicted": [[*keys.of[one.left], *keys.of[one.right]] for one in found.broken],
    }
    if not given.out:
        document["clusters"] = [
            dict(zip(organisations.CLUSTERS, (*reversed(keys.of[one.key]), one.organisation, one.site), strict=True))
            for one in found.placed
        ]
    return document


def _lines(document: dict[str, Any], found: Linked) -> list[str]:
    from rrr.engines import linkage

    pairs = ", ".join(f"{count} {band}" for band, count in document["pairs"].items())
    lines = [
        f"{document['records']} records are {document['organisations']} organisations at {document['sites']} sites.",
        f"Pairs with something in common: {pairs}.",
    ]
    if isinstance(found.model, linkage.Model):
        lines.append(f"Probabilities come from {found.model.decided} decided pairs.")
    elif found.model.reason is linkage.RefitReason.TOO_FEW_DECISIONS:
        lines.append("Weights are no probabilities: {decided} pairs were decided, {needed} are needed.".format(**found.model.facts))
    else:
        lines.append(
            "Weights are no probabilities: of the decided pairs {same} are same and {different} different; {needed} of each are needed.".format(
                **found.model.facts
            )
        )
    if found.broken:
        lines.append(f"{len(found.broken)} decisions contradict others and were not followed; “different” won.")
    if found.retired:
        lines.append(f"{len(found.retired)} ids are no more; --json says where they point.")
    return lines


def _sample(records: list[OrganisationRecord], found: Linked, keys: Keys, given: Namespace) -> None:
    from rrr.engines import linkage

    names = {one.key: one.name for one in records}
    drawn = linkage.sample(linkage.auditable(records, found, seed=given.seed), given.size, given.seed)
    header = (*organisations.sides(), "left_name", "right_name", "linked", "weight", "same")
    rows = []
    for one in drawn:
        pair = one.pair
        cells = [
            *organisations.ends(pair.left, pair.right, keys),
            *(tables.safe(names[end]) for end in (pair.left, pair.right)),
        ]
        rows.append(dict(zip(header, [*cells, "yes" if pair.linked else "no", f"{1 / one.inclusion:.4f}", ""], strict=True)))
    organisations.write_sample(given.sample, rows)


def _compare(new: list[OrganisationRecord], given: Namespace) -> Result:
    from rrr.engines import linkage

    known = organisations.records(given.known, given)
    print(f"Comparing {len(new)} with {len(known)} records …", file=sys.stderr)
    found = linkage.compare(new, known)
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
