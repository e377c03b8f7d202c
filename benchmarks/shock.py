"""Shock: coverage and interval score at placebo cuts beside ARIMA (statsmodels) and a linear trend, and time as a ratio.

python -m benchmarks.shock [--data FOLDER] [--json]

Months: unemployment of every sixth state of the US, cuts each second January 1992 to 2016, all methods on the same values before the cut.
Years: five indicators of all countries (since 1990), 15 values before cuts 2005 to 2015, at most 150 cases each. Only cases in which ours shows a figure are
compared; `shown` says how many that is. Score: mean Winkler score, as a ratio to ours. No figure here looks at a crisis of ours: the cuts end before 2020.
"""

from __future__ import annotations

import csv
import random
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from benchmarks.data import arguments, report
from rrr.engines import shock

Series = list[tuple[float, float]]
Bounds = dict[int, tuple[float, float]]
MONTHS, YEARS = (6, 12, 24), (1, 2, 3, 5)
INDICATORS = {
    "unemployment": "aged_15plus_unemployment_rate_percent",
    "youth": "aged_15_24_unemployment_rate_percent",
    "long_term": "long_term_unemployment_rate_percent",
    "internet": "internet_users",
    "gini": "inequality_index_gini",
}
STARTER = Path(__file__).resolve().parents[1] / "starter" / "indicators.csv"


def arima(values: list[float], horizons: tuple[int, ...], level: float) -> Bounds:
    from statsmodels.tsa.arima.model import ARIMA

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ends = ARIMA(values, order=(1, 1, 1)).fit().get_forecast(max(horizons)).conf_int(alpha=1 - level)
    return {h: (float(ends[h - 1][0]), float(ends[h - 1][1])) for h in horizons}


def trend(values: list[float], horizons: tuple[int, ...], level: float) -> Bounds:
    """Least squares on time with the usual prediction interval."""
    from scipy import stats

    count = len(values)
    at = np.arange(count)
    slope, start = np.polyfit(at, values, 1)
    spread = np.sqrt(((values - start - slope * at) ** 2).sum() / (count - 2))
    critical = stats.t.ppf((1 + level) / 2, count - 2)
    found = {}
    for h in horizons:
        ahead = count - 1 + h
        half = critical * spread * np.sqrt(1 + 1 / count + (ahead - at.mean()) ** 2 / ((at - at.mean()) ** 2).sum())
        found[h] = (start + slope * ahead - half, start + slope * ahead + half)
    return found


OTHERS: Mapping[str, Callable[[list[float], tuple[int, ...], float], Bounds]] = {"arima": arima, "trend": trend}


class Tally:
    """Hits, scores and seconds of each method on the same cases."""

    def __init__(self) -> None:
        self.hits: dict[tuple[str, int], list[bool]] = defaultdict(list)
        self.scores: dict[str, list[float]] = defaultdict(list)
        self.seconds: dict[str, float] = defaultdict(float)
        self.cases = self.shown = 0

    def add(self, series: Series, cut: float, horizons: tuple[int, ...]) -> None:
        started = time.perf_counter()
        found = shock.gap(series, cut=cut)
        self.seconds["own"] += time.perf_counter() - started
        self.cases += 1
        if isinstance(found, shock.Refusal):
            return
        rows = {row.horizon: row for row in found.rows if row.actual is not None and row.horizon in horizons}
        self.shown += len(rows) == len(horizons)
        self._count("own", {h: (row.low, row.high) for h, row in rows.items()}, rows, found.level)
        values = [value for _, value in found.path]
        for name, method in OTHERS.items():
            started = time.perf_counter()
            ends = method(values, horizons, found.level)
            self.seconds[name] += time.perf_counter() - started
            self._count(name, ends, rows, found.level)

    def _count(self, name: str, ends: Bounds, rows: Mapping[int, shock.Row], level: float) -> None:
        for horizon, row in rows.items():
            low, high = ends[horizon]
            actual = row.actual or 0.0
            self.hits[name, horizon].append(low <= actual <= high)
            self.scores[name].append(high - low + 2 / (1 - level) * max(0.0, low - actual, actual - high))

    def figures(self, title: str) -> dict[str, float]:
        found = {f"{title}_cases": float(self.cases), f"{title}_shown_at_all_horizons": self.shown / self.cases}
        for (name, horizon), hits in sorted(self.hits.items()):
            found[f"{title}_{name}_{horizon}_coverage"] = float(np.mean(hits))
        for name in OTHERS:
            found[f"{title}_{name}_score_to_own"] = float(np.mean(self.scores[name]) / np.mean(self.scores["own"]))
            found[f"{title}_{name}_time_to_own"] = self.seconds[name] / self.seconds["own"]
        return found


def states(folder: Path) -> dict[str, Series]:
    import duckdb

    file = folder / "causal" / "state_unemployment.parquet"
    rows = duckdb.execute("select State, year + (month - 1) / 12, perc_unem from read_parquet(?) order by 1, 2", [str(file)]).fetchall()
    found: dict[str, Series] = defaultdict(list)
    for state, at, value in rows:
        found[state].append((float(at), float(value)))
    return found


def months(folder: Path) -> dict[str, float]:
    tally, series = Tally(), states(folder)
    for state in sorted(series)[::6]:
        for cut in range(1992, 2017, 2):
            tally.add([(at, value) for at, value in series[state] if at < cut + 2], cut, MONTHS)
    return tally.figures("months")


def recessions(folder: Path) -> dict[str, float]:
    """Own placebo checks of all states before 2020: all, and those with the start of a recession between origin and target."""
    sums: dict[int, list[int]] = {h: [0, 0, 0, 0] for h in MONTHS}
    for series in states(folder).values():
        found = shock.gap(series, settings=shock.Settings(country="US"))
        for one in found.placebos if isinstance(found, shock.Gap) else ():
            if one.horizon in sums:
                parts = (one.covered, one.checks, one.recession_covered, one.recession_checks)
                sums[one.horizon] = [a + b for a, b in zip(sums[one.horizon], parts, strict=True)]
    found_all = {f"placebo_{h}_coverage": c[0] / c[1] for h, c in sums.items()}
    return found_all | {f"placebo_{h}_coverage_recession_begins": c[2] / c[3] for h, c in sums.items()}


def years(folder: Path, title: str) -> dict[str, float]:
    name = INDICATORS[title]
    known: dict[str, dict[int, float]] = defaultdict(dict)
    with (folder / "indicators" / f"ddf--datapoints--{name}--by--geo--time.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row[name]:
                known[row["geo"]][int(row["time"])] = float(row[name])
    cases = [
        (values, cut)
        for _, values in sorted(known.items())
        for cut in range(2005, 2016)
        if all(year in values for year in range(cut - 15, cut + 5))
    ]
    tally = Tally()
    for values, cut in random.Random(20).sample(cases, min(150, len(cases))):
        tally.add([(float(year), values[year]) for year in range(cut - 15, cut + 5)], cut, YEARS)
    return tally.figures(title)


def starter() -> dict[str, float]:
    series: dict[tuple[str, str], Series] = defaultdict(list)
    with STARTER.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            series[row["indicator"], row["country"]].append((float(row["year"]), float(row["value"])))
    found = [shock.gap(one) for one in series.values()]
    figures: dict[str, float] = {"starter_series": len(found), "starter_figure": sum(isinstance(one, shock.Gap) for one in found)}
    figures["starter_figure_to_the_last_year"] = sum(isinstance(one, shock.Gap) and not one.unjudged for one in found)
    for reason in shock.Reason:
        count = sum(isinstance(one, shock.Refusal) and one.reason is reason for one in found)
        if count:
            figures[f"starter_{reason.value}"] = count
    return figures


def main() -> None:
    options = arguments(__doc__ or "")
    figures = {**starter(), **recessions(options.data), **months(options.data)}
    for title in INDICATORS:
        figures |= years(options.data, title)
    report(figures, options)


if __name__ == "__main__":
    main()
