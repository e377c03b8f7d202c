"""Plans and rows into records of the engine and the readers, and their answers back: the only place of this step that knows either."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from rrr import connectors
from rrr.engines import trial
from rrr.experiment import plan as plans
from rrr.experiment.vocabulary import Arm, ArmsBy, PilotDesign
from rrr.records.estimate import Estimate
from rrr.records.register import FileFault, RawRow, Rejected

__all__ = ["FileFault", "Prospect", "Rejected", "Saying", "Table", "answer", "commitment", "draw", "prospect", "table", "verdict"]
MISSING_WORRY = trial.MISSING_WORRY
BLOCKING = frozenset({trial.Code.CANNOT_REACH_ALPHA})  # what no number of careful words would make estimable


@dataclass(frozen=True)
class Saying:
    """A code of the engine with its facts; rrr.experiment.sentences makes a sentence of it."""

    code: str
    facts: Mapping[str, float | int | str]


@dataclass(frozen=True)
class Prospect:
    """What a plan can see before it begins. `detectable` is in the unit of the outcome, None where something is not known."""

    detectable: float | None
    power: float | None
    sayings: Sequence[Saying]
    per_arm: tuple[int, int]
    clusters: tuple[int, int]

    @property
    def blocking(self) -> list[Saying]:
        return [one for one in self.sayings if one.code in BLOCKING]


def prospect(plan: plans.Plan) -> Prospect:
    """Minimum detectable effect, power and advice for the numbers of a draft. Raises ValueError with a sentence for impossible numbers."""
    design = trial.Design(plan.design)
    units, clusters = _arms(plan)
    asked = trial.Plan(
        design=design,
        units_treated=units[0],
        units_control=units[1],
        clusters_treated=clusters[0],
        clusters_control=clusters[1],
        sd=plan.assumed_sd,
        icc=plan.assumed_icc,
        smallest_worthwhile=plan.smallest,
        randomised=plan.randomised,
    )
    sayings = [Saying(one.code.value, one.facts) for one in trial.checks(asked)]
    return Prospect(trial.detectable(asked), trial.power_of(asked), sayings, units, clusters)


def _arms(plan: plans.Plan) -> tuple[tuple[int, int], tuple[int, int]]:
    """Units and clusters per arm: as given, or as the lot will share them."""
    if plan.weak:
        return (len(plan.units), 0), (0, 0)
    if plan.arms_by == ArmsBy.GIVEN:
        homes = {arm: {one.cluster for one in plan.units if one.arm == arm and one.cluster} for arm in Arm.values}
        return (plan.count(Arm.TREATED), plan.count(Arm.CONTROL)), (len(homes[Arm.TREATED]), len(homes[Arm.CONTROL]))
    groups = plan.clusters if plan.design == PilotDesign.CLUSTER else []
    shared = [_shared(number, plan.share_treated) for number in (len(plan.units), len(groups))]
    return shared[0], shared[1]


def _shared(number: int, share: float) -> tuple[int, int]:
    treated = round(number * share)
    return treated, number - treated


def commitment(secret_hex: str) -> str:
    return trial.commitment(secret_hex)


@dataclass(frozen=True)
class Drawn:
    seed: str
    algorithm: str
    arms: dict[str, str]


def draw(plan: plans.Plan, *, plan_sha256: str, secret_hex: str, later_value: str) -> Drawn:
    """Cast the lot of a frozen plan. The same four things always give the same arms. Raises ValueError with a sentence."""
    seed = trial.seed(plan_sha256, secret_hex, later_value)
    units = [trial.Unit(one.key, one.cluster, one.stratum) for one in plan.units]
    by = "cluster" if plan.design == PilotDesign.CLUSTER else "individual"
    made = trial.assign(units, seed_hex=seed, share_treated=Fraction(str(plan.share_treated)), by=by)  # type: ignore[arg-type] # one of two literals
    return Drawn(seed, made.algorithm, {key: arm.value for key, arm in made.arms.items()})


@dataclass(frozen=True)
class Answer:
    """An estimate, or a refusal; `details` are plain JSON."""

    estimate: Estimate | None
    refusal: str
    treated: int | None
    control: int | None
    clusters: int | None
    weak: bool
    details: dict[str, Any]


def observations(plan: plans.Plan, arms: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> list[trial.Observation]:
    """Every unit of the plan, with None where the data have no value: the plan decides who counts, not the file."""
    values = {(row["unit"], row.get("period", "")): row["value"] for row in rows}
    if plan.weak:
        return [
            trial.Observation(one.key, values.get((one.key, period)), period=period) for one in plan.units for period in ("before", "after")
        ]
    clustered = plan.design == PilotDesign.CLUSTER
    return [
        trial.Observation(one.key, values.get((one.key, "")), arm=arms.get(one.key, ""), cluster=one.cluster if clustered else "")
        for one in plan.units
    ]


def settings(plan: plans.Plan) -> trial.Settings:
    both = plan.minimum is not None and plan.maximum is not None
    return trial.Settings(
        level=plans.LEVEL,
        unit=plan.outcome_unit,
        range_low=plan.minimum if both else None,
        range_high=plan.maximum if both else None,
    )


def answer(plan: plans.Plan, arms: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> Answer:
    """What the frozen plan's estimator says of the accepted rows."""
    chosen = settings(plan)
    found = trial.estimate(trial.Design(plan.design), observations(plan, arms, rows), chosen)
    about: dict[str, Any] = {"settings": asdict(chosen), "engine": trial.VERSION}
    if isinstance(found, trial.Refusal):
        return Answer(None, found.code.value, None, None, None, plan.weak, {**about, "facts": dict(found.facts)})
    about |= {
        "method": found.method.value,
        "se": found.se,
        "df": found.df,
        "mean_treated": found.mean_treated,
        "mean_control": found.mean_control,
        "missing": dict(found.missing),
        "warnings": [{"code": one.code.value, "facts": dict(one.facts)} for one in found.warnings],
        "wide_low": found.estimate.wide_low,
        "wide_high": found.estimate.wide_high,
        "worry": found.estimate.worry,
        "yes_or_no": _yes_or_no(plan, rows),
        "clusters_treated": found.clusters_treated,
        "clusters_control": found.clusters_control,
    }
    clusters = found.clusters_treated + found.clusters_control or None
    return Answer(found.estimate, "", found.n_treated, found.n_control, clusters, found.weak or plan.weak, about)


def _yes_or_no(plan: plans.Plan, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether every outcome is 0 or 100%: only then is a difference so many of a hundred."""
    return plan.outcome_unit.strip() == "%" and {row["value"] for row in rows} <= {0.0, 100.0, None}


def verdict(estimate: Estimate, smallest: float, direction: str, *, wide: bool = False) -> str:
    """The engine's word for where the interval lies beside the smallest effect worth having. `wide`: the bounds under missing outcomes."""
    return trial.verdict_code(estimate, smallest, direction, wide=wide).value


@dataclass(frozen=True)
class Table:
    """A file with a header: names of its columns, and its rows one by one."""

    columns: tuple[str, ...]
    encoding: str
    number: int
    rows: Iterator[RawRow | Rejected]


def table(path: Path, name: str) -> Table:
    """Open a CSV or XLSX. Raises FileFault: the file cannot be read, its reason says why."""
    found = connectors.inspect(path, name)
    columns = tuple(column.name for column in found.columns)
    return Table(columns, found.encoding, found.rows, connectors.read(path, name=name))


def tally(arms: Mapping[str, str]) -> Counter[str]:
    return Counter(arms.values())
