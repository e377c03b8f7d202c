"""A list of units as people paste or upload it: one per line, key, then cluster, stratum and arm where there are any."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rrr.experiment.plan import Unit, arm_code

LIMIT, KEY_LENGTH, MOST_SHOWN = 50_000, 80, 8
COLUMNS = ("unit", "cluster", "stratum", "arm")


@dataclass(frozen=True)
class Read:
    """Units that can be used, and a sentence per line that cannot."""

    units: tuple[Unit, ...]
    problems: tuple[str, ...]


def from_text(text: str) -> Read:
    """Pasted lines; commas, semicolons or tabs between the columns. The first line names the columns, or is a unit with its key alone."""
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    if not lines:
        return Read((), ())
    separator = next((one for one in ("\t", ";", ",") if one in lines[0]), ",")
    table = list(csv.reader(lines, delimiter=separator))
    head = [cell.strip().casefold() for cell in table[0]]
    if head[0] in {"unit", "key", "id"}:
        names, body, first = ["unit", *head[1:]], table[1:], 2
    else:
        names, body, first = list(COLUMNS), table, 1
    return from_rows((place, dict(zip(names, row, strict=False))) for place, row in enumerate(body, first))


def from_rows(rows: Iterable[tuple[int, Mapping[str, str]]]) -> Read:
    units: dict[str, Unit] = {}
    problems: list[str] = []
    for line, values in rows:
        cells = {name: unicodedata.normalize("NFC", str(values.get(name) or "")).strip() for name in COLUMNS}
        problem = _problem(cells, units)
        if problem:
            problems.append(_("Line %(line)s: %(problem)s") % {"line": line, "problem": problem})
        elif len(units) >= LIMIT:
            problems.append(_("Line %(line)s: a plan holds at most %(limit)s units.") % {"line": line, "limit": LIMIT})
            break
        else:
            units[cells["unit"]] = Unit(cells["unit"], cells["cluster"], cells["stratum"], arm_code(cells["arm"]))
    if len(problems) > MOST_SHOWN:
        rest = len(problems) - MOST_SHOWN
        problems = [*problems[:MOST_SHOWN], _("… and %(number)s more lines.") % {"number": rest}]
    return Read(tuple(units.values()), tuple(problems))


def _problem(cells: Mapping[str, str], known: Mapping[str, Unit]) -> str:
    key = cells["unit"]
    if not key:
        return _("there is no key.")
    if key in known:
        return _("the key “%(key)s” stands twice.") % {"key": key}
    if max(map(len, cells.values())) > KEY_LENGTH:
        return _("a cell has more than %(limit)s characters.") % {"limit": KEY_LENGTH}
    if "@" in key or len(key.split()) > 1:
        return _("“%(key)s” looks like a name or an address. Use a key that only you can trace back, such as U017.") % {"key": key[:40]}
    if cells["arm"] and not arm_code(cells["arm"]):
        return _("the arm “%(arm)s” is neither “treated” nor “control”.") % {"arm": cells["arm"]}
    return ""


def as_text(units: Iterable[Mapping[str, str]]) -> str:
    """The list as it can be pasted again."""
    given = list(units)
    names = ["unit", *(name for name in COLUMNS[1:] if any(one.get(name) for one in given))]
    rows = ["; ".join(names)] if len(names) > 1 else []
    return "\n".join(rows + ["; ".join(one.get("key" if name == "unit" else name, "") for name in names) for one in given])
