"""Organisations as tables have them: records read, decisions read, groups and pairs written."""

from __future__ import annotations

import csv
from argparse import Namespace
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rrr.cli import tables
from rrr.cli.output import CommandError

if TYPE_CHECKING:
    from rrr.engines.linkage import Decision, Pair, Placed
    from rrr.records.organisation import OrganisationRecord

TEXTS = (
    "record_id", "name", "legal_form", "street", "number", "postcode", "city", "country", "website", "phone", "email", "tax_id", "register_id", "activity",
    "source", "territory",
)  # fmt: skip
_OLD = {"record_id": "key"}  # another name of the column
_WORDS = {
    "same": "same", "yes": "same", "true": "same", "1": "same", "confirm": "same",
    "branch": "branch", "branch of": "branch",
    "different": "different", "no": "different", "false": "different", "0": "different", "reject": "different", "not the same": "different",
}  # fmt: skip


def records(path: str, given: Namespace) -> list[OrganisationRecord]:
    """The key is the record id, or the number of the line."""
    columns = _columns(given.map)
    rows = tables.read(path, needed=(columns.get("name", "name"),))
    return [_record(path, number, row, columns, given.country) for number, row in enumerate(rows, start=2)]


def _columns(pairs: Iterable[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        field, separator, column = pair.partition("=")
        if not separator or field not in (*TEXTS, "lon", "lat"):
            raise CommandError(f"--map {pair}: write FIELD=COLUMN with one of the fields {', '.join(TEXTS)}, lon, lat.")
        found[field] = column
    return found


def _record(path: str, number: int, row: dict[str, str], columns: dict[str, str], country: str) -> OrganisationRecord:
    from rrr.records.organisation import OrganisationRecord

    texts: dict[str, Any] = {field: row.get(columns.get(field, field)) or row.get(_OLD.get(field, ""), "") for field in TEXTS}
    texts["key"] = texts.pop("record_id") or str(number)
    texts["street"] = " ".join(filter(None, (texts["street"], texts.pop("number"))))
    texts["country"] = (texts["country"] or country).upper()
    texts["source"] = texts["source"] or path
    place = [row.get(columns.get(field, field), "") for field in ("lon", "lat")]
    if not all(place):
        return OrganisationRecord(**texts)
    lon, lat = (tables.number(text, where=f"{path}, row {number}") for text in place)
    return OrganisationRecord(**texts, lon=lon, lat=lat)


class Keys:
    """One key for each record of all tables, and records found again by the id people write."""

    def __init__(self, several: Sequence[OrganisationRecord]) -> None:
        self.of: dict[str, tuple[str, str]] = {}  # key -> (source, record id)
        self._by_id: dict[str, list[str]] = defaultdict(list)
        for one in several:
            made = self.key(one.source, one.key)
            if made in self.of:
                raise CommandError(f"Two records of {one.source} have the id {one.key}; give each its own.")
            self.of[made] = (one.source, one.key)
            self._by_id[one.key].append(made)

    @staticmethod
    def key(source: str, record_id: str) -> str:
        return f"{source}\t{record_id}"

    def find(self, record_id: str, source: str, where: str) -> str:
        found = [one for one in self._by_id.get(record_id, []) if not source or self.of[one][0] == source]
        if not found:
            raise CommandError(f"{where}: there is no record {record_id}{f' of {source}' if source else ''}; correct the id.")
        if len(found) > 1:
            raise CommandError(f"{where}: several sources have a record {record_id}; say which in left_source and right_source.")
        return found[0]


def decisions(path: str, keys: Keys) -> list[Decision]:
    from rrr.engines.linkage import Decision, Verdict

    found = []
    for number, row in enumerate(tables.read(path, needed=("left", "right", "verdict")), start=2):
        where = f"{path}, row {number}"
        word = _WORDS.get(row["verdict"].casefold())
        if word is None:
            raise CommandError(f"{where}: {row['verdict']!r} is no verdict; write same, branch or different.")
        ends = [keys.find(row[side], row.get(f"{side}_source", ""), where) for side in ("left", "right")]
        weight = tables.number(row["weight"], where=f"{where}, weight") if row.get("weight") else 1.0
        if not weight > 0:
            raise CommandError(f"{where}: a weight is more than 0; correct the cell.")
        if ends[0] == ends[1]:
            raise CommandError(f"{where}: both sides are one record; correct an id.")
        found.append(Decision(ends[0], ends[1], Verdict(word), weight))
    return found


def before(path: str, keys: Keys) -> dict[str, Placed]:
    """Groups of an earlier run; records that are no more are left out."""
    from rrr.engines.linkage import Placed

    rows = tables.read(path, needed=("record_id", "source", "organisation_id", "site_id"))
    made = [(Keys.key(row["source"], row["record_id"]), row) for row in rows]
    return {key: Placed(key, row["organisation_id"], row["site_id"]) for key, row in made if key in keys.of}


CLUSTERS = ("record_id", "source", "organisation_id", "site_id")


def write_clusters(path: str, placed: Sequence[Placed], keys: Keys) -> None:
    _write(
        path, CLUSTERS, ((tables.safe(keys.of[one.key][1]), tables.safe(keys.of[one.key][0]), one.organisation, one.site) for one in placed)
    )


def write_pairs(path: str, pairs: Sequence[Pair], keys: Keys) -> None:
    from rrr.engines.linkage import COMPARISONS

    bars = [f"{one.code}_{what}" for one in COMPARISONS for what in ("level", "weight")]
    header = (*sides(), "weight", "probability", "band", "flags", "linked", "same_site", *bars)
    _write(path, header, (_pair(one, keys) for one in pairs))


def sides() -> tuple[str, ...]:
    return ("left", "left_source", "right", "right_source")


def ends(left: str, right: str, keys: Keys) -> list[str]:
    return [tables.safe(text) for one in (left, right) for text in reversed(keys.of[one])]


def _pair(one: Pair, keys: Keys) -> list[str]:
    probability = "" if one.probability is None else f"{one.probability:.4f}"
    bars = [text for bar in one.comparisons for text in (bar.level, f"{bar.weight:.2f}")]
    said = [" ".join(one.flags), "yes" if one.linked else "no", "yes" if one.one_site else "no"]
    return [*ends(one.left, one.right, keys), f"{one.weight:.2f}", probability, str(one.band), *said, *bars]


def write_sample(path: str, drawn: Sequence[Mapping[str, str]]) -> None:
    _write(path, tuple(drawn[0]), (list(row.values()) for row in drawn))


def _write(path: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    try:
        with Path(path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(rows)
    except OSError as error:
        raise CommandError(f"{path} cannot be written ({error.strerror}); choose another place.") from None
