"""Trials: the NSW figures, how often intervals cover (beside the classic ones), power against its formula, time against statsmodels.

python -m benchmarks.trial [--data FOLDER] [--json]
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

from benchmarks.data import arguments, report
from rrr.engines.trial import Estimation, Observation, Settings, estimate, power_cluster

RUNS = 4000
Generator = np.random.Generator
Floats = Any


def national_supported_work(folder: Path) -> dict[str, float]:
    with (folder / "causal/nsw_mixtape.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = told(
        "individual", [Observation(str(n), float(row["re78"]), ("control", "treated")[int(row["treat"])]) for n, row in enumerate(rows)]
    )
    return {"nsw_difference": found.estimate.value, "nsw_error": found.se, "nsw_df": found.df}


def told(design: str, seen: Sequence[Observation], settings: Settings | None = None) -> Estimation:
    found = estimate(design, seen, settings or Settings())
    assert isinstance(found, Estimation), found
    return found


def units(treated: Floats, control: Floats) -> list[Observation]:
    return [
        Observation(f"{arm}{n}", None if np.isnan(value) else float(value), arm)
        for arm, values in (("treated", treated), ("control", control))
        for n, value in enumerate(values)
    ]


def inside(truth: float, low: float | None, high: float | None) -> bool:
    return (low is None or low <= truth) and (high is None or truth <= high)


def individuals(
    name: str, draw_outcome: Callable[[Generator, int], Floats], treated: int, control: int, times: float = 1.0
) -> dict[str, float]:
    """The treated have `times` the outcome, whose mean is 1. Beside ours: the classic t with pooled variance, n - 2 degrees (OLS)."""
    draw = np.random.default_rng(11)
    ours = classic = 0
    for _ in range(RUNS):
        a, b = times * draw_outcome(draw, treated), draw_outcome(draw, control)
        one = told("individual", units(a, b)).estimate
        ours += inside(times - 1, one.low, one.high)
        ols = stats.ttest_ind(a, b).confidence_interval(0.95)
        classic += inside(times - 1, ols.low, ols.high)
    return {f"{name}_{treated}v{control}_ours": ours / RUNS, f"{name}_{treated}v{control}_ols": classic / RUNS}


def groups(
    draw: Generator, sizes: Sequence[int], arms: Sequence[int], icc: float, effect: float, skewed: bool = False
) -> list[Observation]:
    """One unit variance in all, `icc` of it between clusters; `skewed` clusters lie as a centred exponential."""
    seen = []
    for g, (size, arm) in enumerate(zip(sizes, arms, strict=True)):
        middle = np.sqrt(icc) * (draw.exponential() - 1 if skewed else draw.normal())
        values = middle + np.sqrt(1 - icc) * draw.normal(size=size) + effect * arm
        seen += [Observation(f"{g}.{n}", float(value), ("control", "treated")[arm], f"c{g}") for n, value in enumerate(values)]
    return seen


def liang_zeger(seen: Sequence[Observation]) -> tuple[float, float, int]:
    """Difference, CR1 error (G/(G-1) (N-1)/(N-2)) and the number of clusters, as statsmodels has them by default."""
    arm = np.array([one.arm == "treated" for one in seen])
    y = np.array([one.value for one in seen], dtype=float)
    residual = y - np.where(arm, y[arm].mean(), y[~arm].mean())
    cluster = np.unique([one.cluster for one in seen], return_inverse=True)[1]
    total = np.bincount(cluster, residual / np.where(arm, arm.sum(), (~arm).sum()))
    clusters, n = len(total), len(y)
    factor = clusters / (clusters - 1) * (n - 1) / (n - 2)
    return float(y[arm].mean() - y[~arm].mean()), float(np.sqrt(factor * (total**2).sum())), clusters


def by_cluster(name: str, sizes: Sequence[int], arms: Sequence[int], skewed: bool = False) -> dict[str, float]:
    draw = np.random.default_rng(12)
    hits = dict.fromkeys(("ours", "means", "cr1_t", "cr1_z", "ols"), 0)
    for _ in range(RUNS):
        seen = groups(draw, sizes, arms, 0.1, 0.0, skewed)
        for key, settings in (("ours", Settings()), ("means", Settings(cluster_means=True))):
            one = told("cluster", seen, settings).estimate
            hits[key] += inside(0, one.low, one.high)
        value, se, clusters = liang_zeger(seen)
        for key, critical in (("cr1_t", stats.t.ppf(0.975, clusters - 1)), ("cr1_z", 1.959964)):
            hits[key] += abs(value) <= critical * se
        a, b = ([one.value for one in seen if one.arm == arm] for arm in ("treated", "control"))
        ols = stats.ttest_ind(a, b).confidence_interval(0.95)
        hits["ols"] += inside(0, ols.low, ols.high)
    return {f"{name}_{key}": count / RUNS for key, count in hits.items()}


def missing() -> dict[str, float]:
    """Yes or no, 100 per arm, .4 against .5; among the treated those without success answer half as often."""
    draw = np.random.default_rng(13)
    plain = wide = 0
    for _ in range(RUNS):
        a, b = (draw.random(100) < 0.5).astype(float), (draw.random(100) < 0.4).astype(float)
        a[draw.random(100) > np.where(a == 1, 0.9, 0.45)] = np.nan
        b[draw.random(100) > 0.9] = np.nan
        one = told("individual", units(a, b), Settings(range_low=0, range_high=1)).estimate
        plain += inside(0.1, one.low, one.high)
        wide += inside(0.1, one.wide_low, one.wide_high)
    return {"missing_complete_cases": plain / RUNS, "missing_bounds": wide / RUNS}


def six_clusters_see() -> dict[str, float]:
    """Share of trials with 6 clusters of 20 whose interval excludes 0, beside the two formulas."""
    draw = np.random.default_rng(14)
    se = np.sqrt((1 + 19 * 0.05) / 20) * np.sqrt(2 / 3)
    effect = float(2.51 * se)
    seen = 0
    for _ in range(RUNS):
        one = told("cluster", groups(draw, [20] * 6, [1, 1, 1, 0, 0, 0], 0.05, effect)).estimate
        seen += not inside(0, one.low, one.high)
    return {
        "power_6_clusters_simulated": seen / RUNS,
        "power_6_clusters_ours": power_cluster(3, 3, 20, 0.05, 1, effect),
        "power_6_clusters_normal": float(stats.norm.cdf(2.51 - 1.959964)),
    }


def time_ratios() -> dict[str, float]:
    """Our whole estimate from observations over a statsmodels fit of ready arrays (HC2; clusters), 2,000 units; median of 15."""
    from statsmodels.api import OLS

    draw = np.random.default_rng(15)
    seen = groups(draw, [50] * 40, [0, 1] * 20, 0.1, 0.3)
    y = np.array([one.value for one in seen])
    x = np.column_stack([np.ones(len(y)), [one.arm == "treated" for one in seen]]).astype(float)
    cluster = np.unique([one.cluster for one in seen], return_inverse=True)[1]

    def seconds(work: Callable[[], object]) -> float:
        times = []
        for _ in range(15):
            started = time.perf_counter()
            work()
            times.append(time.perf_counter() - started)
        return float(np.median(times))

    hc2 = seconds(lambda: OLS(y, x).fit(cov_type="HC2").conf_int())
    cr1 = seconds(lambda: OLS(y, x).fit(cov_type="cluster", cov_kwds={"groups": cluster}).conf_int())
    return {
        "time_individual_to_statsmodels": seconds(lambda: estimate("individual", seen)) / hc2,
        "time_cluster_to_statsmodels": seconds(lambda: estimate("cluster", seen)) / cr1,
    }


def main() -> None:
    options = arguments("Trials: coverage, power and time.")
    figures = national_supported_work(options.data)
    for treated, control in ((6, 14), (10, 10), (20, 20), (40, 40)):
        figures |= individuals("normal", lambda draw, n: draw.normal(1, size=n), treated, control)
        figures |= individuals("doubled_normal", lambda draw, n: draw.normal(1, size=n), treated, control, 2)
        figures |= individuals("doubled_exponential", lambda draw, n: draw.exponential(size=n), treated, control, 2)
    even, odd = [20] * 6, [5, 10, 60, 5, 20, 40]
    figures |= by_cluster("6_clusters_even", even, [1, 1, 1, 0, 0, 0])
    figures |= by_cluster("6_clusters_uneven", odd, [1, 1, 1, 0, 0, 0])
    figures |= by_cluster("6_clusters_skewed", even, [1, 1, 1, 0, 0, 0], skewed=True)
    figures |= by_cluster("12_clusters_3_treated", [20] * 12, [1] * 3 + [0] * 9)
    figures |= by_cluster("20_clusters_uneven", odd[:5] * 4, [0, 1] * 10)
    report(figures | missing() | six_clusters_see() | time_ratios(), options)


if __name__ == "__main__":
    main()
