"""Rows into engine records and results into rows: the only place of this step that knows engines."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils import timezone

from rrr.core.version import code_version
from rrr.define.models import Poll, Statement, Vote
from rrr.define.vocabulary import Sector, StatementState
from rrr.engines import deliberation, shock
from rrr.places.queries import Series
from rrr.records.estimate import Estimate

CUT = 2020
WORSE = {
    "unemployment": shock.Worse.HIGHER,
    "youth-unemployment": shock.Worse.HIGHER,
    "long-term-unemployment": shock.Worse.HIGHER,
    "out-of-school-children": shock.Worse.HIGHER,
    "gini": shock.Worse.HIGHER,
    "internet-users": shock.Worse.LOWER,
}  # which way is bad, for the comparison with earlier recessions; an indicator not named here is compared both ways
LEAST = deliberation.Settings().least  # voters below which nothing is shown


def figures(series: Series, country: str) -> dict[str, Any]:
    """What an indicator card keeps: the series, its source, and the gap against the pre-2020 path, or why there is none."""
    points = [(point.year, point.value) for point in series.values]
    chosen = shock.Settings(country=country, worse=WORSE.get(series.indicator.code, shock.Worse.EITHER))
    found = shock.gap([(float(year), value) for year, value in points], cut=CUT, settings=chosen)
    indicator = series.indicator
    kept: dict[str, Any] = {
        "indicator": indicator.code,
        "name": indicator.name,
        "unit": indicator.unit,
        "country": country,
        "source": indicator.source.url,
        "dataset": indicator.dataset,
        "attribution": indicator.attribution,
        "licence": indicator.licence,
        "series": points,
        "data_version": hashlib.sha256(series_file(points).encode()).hexdigest(),
        "cut": CUT,
        "settings": asdict(chosen),
        "code_version": code_version(),
        "computed_on": timezone.localdate().isoformat(),
    }
    kept["refusal" if isinstance(found, shock.Refusal) else "gap"] = asdict(found)
    plain: dict[str, Any] = json.loads(json.dumps(kept))
    return plain


def series_file(points: Iterable[Sequence[Any]]) -> str:
    """The values of a card as the file everybody can have; its SHA-256 is the data version. `rrr shock` reads it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["time", "value"])
    writer.writerows([year, "" if value is None else value] for year, value in points)
    return text.getvalue()


@dataclass(frozen=True)
class Agreed:
    """One statement with its counts. `agreement` is in per cent; None where fewer than five people answered it."""

    statement: Statement
    agree: int
    disagree: int
    passed: int
    agreement: Estimate | None
    sectors: Sequence[tuple[str, int, int]] = ()  # label, how many agree, of how many: groups of five or more

    @property
    def voters(self) -> int:
        return self.agree + self.disagree + self.passed

    @property
    def safe(self) -> bool:
        """More than half agree, even if those who did not answer lean the other way."""
        return self.agreement is not None and (self.agreement.wide_low or 0.0) > 50


@dataclass(frozen=True)
class Result:
    rows: Sequence[Agreed]  # surest agreement first, then those that are not shown
    people: int
    votes: int
    replaced: int
    gamma: float
    least: int
    level: float

    @property
    def shown(self) -> list[Agreed]:
        return [row for row in self.rows if row.agreement is not None]

    @property
    def common(self) -> list[Agreed]:
        return [row for row in self.rows if row.safe]


def result(poll: Poll) -> Result:
    """What people agree on, from the last answer of each; from the kept counts once single answers are gone."""
    published = {str(one.pk): one for one in Statement.objects.filter(poll=poll, state=StatementState.PUBLISHED)}
    sectors: dict[str, str] = {}
    if poll.counts is not None:
        tally = _from_counts(poll.counts, published)
    else:
        tally, sectors = _from_votes(poll, published)
    found = deliberation.consensus(tally)
    by_key = {one.key: one for one in found.statements}
    rows = [_agreed(published[one.key], one, _groups(tally.votes[one.key], sectors, found.settings.least)) for one in found.statements]
    rows += [Agreed(one, 0, 0, 0, None) for key, one in published.items() if key not in by_key]
    return Result(rows, found.people, found.votes, found.replaced, found.settings.gamma, found.settings.least, found.settings.level)


def tally_version(found: Result) -> str:
    """SHA-256 of what the shares are computed from: people, and for each shown statement its number and its answers."""
    shown = sorted((row.statement.pk, row.agree, row.disagree, row.passed) for row in found.shown)
    return hashlib.sha256(json.dumps([found.people, shown], separators=(",", ":")).encode()).hexdigest()


def _from_votes(poll: Poll, published: Mapping[str, Statement]) -> tuple[deliberation.Tally, dict[str, str]]:
    events = Vote.objects.filter(participant__poll=poll).order_by("pk")
    rows = events.values_list("participant_id", "statement_id", "value", "participant__sector")
    sectors: dict[str, str] = {}
    votes = []
    for person, statement, value, sector in rows:
        if str(statement) in published:
            sectors[str(person)] = sector
            votes.append(deliberation.Vote(str(person), str(statement), value))
    return deliberation.count(votes), sectors


def counts(poll: Poll) -> dict[str, Any]:
    """What stays once single answers are erased: numbers per statement, none where fewer than five answered."""
    published = {str(one.pk): one for one in Statement.objects.filter(poll=poll, state=StatementState.PUBLISHED)}
    tally, _sectors = _from_votes(poll, published)
    kept = {}
    for key, mine in tally.votes.items():
        if len(mine) >= LEAST:
            said = Counter(mine.values())
            kept[key] = [said[1], said[-1], said[0]]
    return {"people": tally.people, "replaced": tally.replaced, "statements": kept}


def _from_counts(kept: Mapping[str, Any], published: Mapping[str, Statement]) -> deliberation.Tally:
    votes = {}
    for key, numbers in kept["statements"].items():
        if key in published:
            values = [value for value, number in zip((1, -1, 0), numbers, strict=True) for _n in range(number)]
            votes[key] = {str(place): value for place, value in enumerate(values)}
    return deliberation.Tally(votes, kept["people"], kept["replaced"], ())


def _agreed(statement: Statement, one: deliberation.Statement, sectors: Sequence[tuple[str, int, int]]) -> Agreed:
    given = one.agreement
    low, high, wide_low, wide_high = (
        None if end is None else 100 * end for end in (given.low, given.high, given.wide_low, given.wide_high)
    )
    share = replace(given, value=100 * given.value, unit="%", low=low, high=high, wide_low=wide_low, wide_high=wide_high)
    return Agreed(statement, one.agree, one.disagree, one.passed, share, sectors)


def _groups(votes: Mapping[str, int], sectors: Mapping[str, str], least: int) -> list[tuple[str, int, int]]:
    """Declared sectors with at least `least` voters. Where what is left over would be fewer, the smallest group is left out too, so that
    nobody can be found by subtracting."""
    sizes = Counter(sectors.get(person, "") for person in votes)
    shown = [code for code, number in sizes.most_common() if code and number >= least]
    while shown and 0 < len(votes) - sum(sizes[code] for code in shown) < least:
        shown.pop()
    labels = dict(Sector.choices)
    agree = Counter(sectors.get(person, "") for person, value in votes.items() if value == 1)
    return [(str(labels[code]), agree[code], sizes[code]) for code in Sector.values if code in shown]


def open_votes(poll: Poll, least: int = LEAST) -> list[tuple[str, Statement, int]]:
    """Last answers (person, statement, value) on statements with at least `least` voters, for files everybody may have.

    The caller replaces the person: this is the number in the database.
    """
    published = {str(one.pk): one for one in Statement.objects.filter(poll=poll, state=StatementState.PUBLISHED)}
    tally, _sectors = _from_votes(poll, published)
    return _flat((published[key], mine) for key, mine in tally.votes.items() if len(mine) >= least)


def _flat(rows: Iterable[tuple[Statement, Mapping[str, int]]]) -> list[tuple[str, Statement, int]]:
    return [(person, statement, value) for statement, mine in rows for person, value in mine.items()]
