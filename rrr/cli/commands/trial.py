"""Trials: the effect from a table, power from a plan, and who is treated from a seed."""

from __future__ import annotations

import csv
import io
from argparse import SUPPRESS, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rrr.cli import tables
from rrr.cli.output import CommandError, Result

if TYPE_CHECKING:
    from rrr.engines.trial import Estimation, Observation

HELP = "Estimate the effect of a trial, tell what a plan can see, or draw who is treated."
EXAMPLE = "rrr trial estimate outcomes.csv --design individual --outcome score --arm arm"
DESIGNS = ("individual", "cluster", "before_after")


def arguments(parser: ArgumentParser) -> None:
    group = parser.add_subparsers(dest="part", metavar="PART", required=True)
    for name, fill, says, example in (
        (
            "estimate",
            _estimate_arguments,
            "The effect with its interval, from one row a unit.",
            EXAMPLE.removeprefix("rrr trial estimate "),
        ),
        (
            "power",
            _power_arguments,
            "The chance of seeing an effect, and the smallest one seen.",
            "--treated 40 --control 40 --sd 10 --effect 6",
        ),
        (
            "assign",
            _assign_arguments,
            "Who is treated: the same draw for the same seed, everywhere.",
            "units.csv --seed HEX --stratum district",
        ),
    ):
        one = group.add_parser(
            name, help=says, description=says, epilog=f"Example: rrr trial {name} {example}", formatter_class=RawDescriptionHelpFormatter
        )
        one.add_argument("--json", action="store_true", default=SUPPRESS, help="print one JSON document on standard output")
        fill(one)


def _estimate_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", help="table with one row a unit (CSV), or a row a unit and period; - reads standard input")
    parser.add_argument(
        "--design", choices=DESIGNS, default="individual", help="how it was found out what would have been without it (individual)"
    )
    parser.add_argument("--outcome", required=True, metavar="COLUMN", help="column with the outcome, a number; empty is missing")
    parser.add_argument("--arm", default="arm", metavar="COLUMN", help="column with treated or control, or 1 or 0 (arm)")
    parser.add_argument("--treated-value", default="", metavar="TEXT", help="what the arm column says of the treated; all else is control")
    parser.add_argument("--cluster", default="cluster", metavar="COLUMN", help="column with the cluster, for --design cluster (cluster)")
    parser.add_argument("--period", default="period", metavar="COLUMN", help="column with before or after, for before_after (period)")
    parser.add_argument(
        "--unit", default="", metavar="COLUMN", help="column with the unit (each row is one); before_after needs it for pairs"
    )
    parser.add_argument(
        "--range", nargs=2, type=float, metavar=("LOW", "HIGH"), help="between which the outcome must lie: bounds for missing ones"
    )
    parser.add_argument("--level", type=float, default=0.95, help="confidence of the interval (0.95)")
    parser.add_argument("--cluster-means", action="store_true", help="each cluster counts alike, whatever its size")
    parser.add_argument("--smallest", type=float, metavar="EFFECT", help="smallest worthwhile effect: adds the verdict")
    parser.add_argument("--better", choices=("higher", "lower"), default="higher", help="is more of the outcome better or less (higher)")


def _power_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--design", choices=DESIGNS, default="individual", help="design of the trial (individual)")
    parser.add_argument(
        "--treated", type=int, required=True, help="units treated, in all clusters together; for before_after the units measured"
    )
    parser.add_argument("--control", type=int, default=0, help="units in the control arm")
    parser.add_argument("--clusters-treated", type=int, default=0, help="clusters treated")
    parser.add_argument("--clusters-control", type=int, default=0, help="clusters in the control arm")
    parser.add_argument("--sd", type=float, required=True, help="standard deviation of the outcome within an arm")
    parser.add_argument("--icc", type=float, help="likeness within clusters: the part of the variance between them")
    parser.add_argument("--effect", type=float, help="smallest worthwhile effect, in the unit of the outcome")
    parser.add_argument("--correlation", type=float, default=0.5, help="of a unit's values before and after (0.5)")
    parser.add_argument("--alpha", type=float, default=0.05, help="1 - confidence (0.05)")
    parser.add_argument("--power", type=float, default=0.80, help="chance wanted (0.80)")


def _assign_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", help="table with one row a unit (CSV)")
    parser.add_argument("--seed", required=True, metavar="HEX", help="seed of the draw, at least 32 hexadecimal digits")
    parser.add_argument("--key", default="key", metavar="COLUMN", help="column with the key of the unit (key)")
    parser.add_argument("--stratum", default="", metavar="COLUMN", help="column with the stratum: each is drawn for itself")
    parser.add_argument("--cluster", default="", metavar="COLUMN", help="column with the cluster: whole clusters are drawn")
    parser.add_argument("--share", default="1/2", help="share treated, as 1/2 or 0.4 (1/2)")


def run(given: Namespace) -> Result:
    try:
        return {"estimate": _estimate, "power": _power, "assign": _assign}[given.part](given)
    except ValueError as error:
        raise CommandError(str(error)) from None


def _estimate(given: Namespace) -> Result:
    from rrr.cli import trial_sentences
    from rrr.engines import trial

    rows = tables.read(given.file, needed=_needed(given))
    low, high = given.range or (None, None)
    settings = trial.Settings(level=given.level, range_low=low, range_high=high, cluster_means=given.cluster_means)
    found = trial.estimate(given.design, [_observation(given, number, row) for number, row in enumerate(rows, start=2)], settings)
    if isinstance(found, trial.Refusal):
        raise CommandError(f"{given.file}: {trial_sentences.refusal(found)}.")
    lines = _effect(found)
    document: dict[str, Any] = {"estimation": found}
    if given.smallest is not None:
        word = trial.verdict_code(found.estimate, given.smallest, given.better)
        document["verdict"] = word
        lines.append(f"Against a smallest worthwhile effect of {given.smallest:g}: {trial_sentences.VERDICTS[word]}.")
    return Result(document, lines + trial_sentences.advice(found.warnings))


def _needed(given: Namespace) -> tuple[str, ...]:
    by_design = {"individual": (given.arm,), "cluster": (given.arm, given.cluster), "before_after": (given.period,)}[given.design]
    return (given.outcome, *by_design, *((given.unit,) if given.unit else ()))


def _observation(given: Namespace, number: int, row: dict[str, str]) -> Observation:
    from rrr.engines.trial import Observation

    text = row[given.outcome]
    value = tables.number(text, where=f"{given.file}, row {number}, {given.outcome}") if text else None
    unit = row[given.unit] if given.unit else str(number)
    if given.design == "before_after":
        return Observation(unit, value, period=row[given.period].lower())
    arm = row[given.arm]
    if given.treated_value:
        arm = "treated" if arm == given.treated_value else "control" if arm else ""
    else:
        arm = {"1": "treated", "0": "control"}.get(arm, arm.lower())
    return Observation(unit, value, arm, row[given.cluster] if given.design == "cluster" else "")


def _effect(found: Estimation) -> list[str]:
    one = found.estimate
    names = ("after", "before") if found.weak else ("treated", "control")
    clusters = f" in {found.clusters_treated} and {found.clusters_control} clusters" if found.clusters_treated else ""
    interval = "no interval" if one.low is None else f"{one.level:.0%} interval {one.low:.6g} to {one.high:.6g}"
    lines = [
        f"Difference {one.value:.6g} ({interval}; standard error {found.se:.6g}, {found.df:.1f} degrees of freedom; {found.method}).",
        f"{names[0].capitalize()} {found.mean_treated:.6g} ({found.n_treated}), {names[1]} {found.mean_control:.6g} ({found.n_control}){clusters}.",
    ]
    if one.wide_low is not None:
        lines.append(f"Whatever the missing outcomes were: {one.wide_low:.6g} to {one.wide_high:.6g}.")
    return lines


def _power(given: Namespace) -> Result:
    from rrr.cli import trial_sentences
    from rrr.engines import trial

    plan = trial.Plan(
        trial.Design(given.design),
        given.treated,
        given.control,
        given.clusters_treated,
        given.clusters_control,
        sd=given.sd,
        icc=given.icc,
        smallest_worthwhile=given.effect,
        correlation=given.correlation,
        alpha=given.alpha,
        power=given.power,
    )
    chance, smallest, said = trial.power_of(plan), trial.detectable(plan), trial.checks(plan)
    lines = [] if chance is None else [f"An effect of {given.effect:g} is seen with a chance of {chance:.1%}."]
    if smallest is not None:
        lines.append(f"The smallest effect seen with a chance of {given.power:.0%} is {smallest:.4g}.")
    document = {"plan": plan, "power": chance, "detectable": smallest, "advice": said}
    return Result(document, lines + trial_sentences.advice(said))


def _assign(given: Namespace) -> Result:
    from rrr.engines import trial

    columns = tuple(name for name in (given.key, given.stratum, given.cluster) if name)
    units = [
        trial.Unit(row[given.key], row[given.cluster] if given.cluster else "", row[given.stratum] if given.stratum else "")
        for row in tables.read(given.file, needed=columns)
    ]
    try:
        share = Fraction(given.share)
    except (ValueError, ZeroDivisionError):
        raise CommandError(f"--share {given.share}: write a share as 1/2 or 0.4.") from None
    found = trial.assign(units, seed_hex=given.seed, share_treated=share, by="cluster" if given.cluster else "individual")
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows([("key", "arm"), *found.arms.items()])
    return Result({"assignment": found}, table.getvalue().splitlines())
