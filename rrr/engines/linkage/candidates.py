"""Compare a new list with what is known: candidates with a weight, a band and every comparison that led there."""

from __future__ import annotations

import logging
import math
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from rrr.engines.linkage.model import BLOCKING, COMPARISONS, PRIOR
from rrr.engines.linkage.prepare import Row, prepare, token_counts
from rrr.records.organisation import OrganisationRecord


class Band(StrEnum):
    SAME = "same"
    DOUBTFUL = "doubtful"
    NEW = "new"


class Flag(StrEnum):
    """Why a pair that weighs enough is still shown to a person."""

    BRANCH_OR_MOVED = "branch_or_moved"  # the name agrees, the place does not
    OTHER_NAME = "other_name"  # the place or an identifier agrees, the name does not
    SEVERAL = "several"  # more than one known record fits about as well


@dataclass(frozen=True)
class Settings:
    same: float = 8.0
    new: float = -4.0  # below: not shown
    rival: float = 3.0  # a second known record within this weight of the best makes both doubtful
    most: int = 5  # candidates kept for each new record

    def __post_init__(self) -> None:
        if self.new > self.same:
            raise ValueError(f"The band runs from new to same; this one runs from {self.new} to {self.same}.")
        if self.most < 1:
            raise ValueError(f"most is at least 1; it is {self.most}.")


@dataclass(frozen=True)
class Compared:
    """One bar of the explanation: which level a comparison fell in and what it weighed."""

    comparison: str
    level: str  # "missing" where a side is empty: weight 0
    weight: float


@dataclass(frozen=True)
class Candidate:
    """A pair, or with `known_key` None a new record that nothing known comes near (weight None)."""

    new_key: str
    known_key: str | None
    weight: float | None
    band: Band
    comparisons: tuple[Compared, ...] = ()
    flags: tuple[Flag, ...] = ()


PRIOR_WEIGHT = math.log2(PRIOR / (1 - PRIOR))


def compare(
    new: Sequence[OrganisationRecord],
    known: Sequence[OrganisationRecord],
    settings: Settings = Settings(),
) -> list[Candidate]:
    """In the order of `new`, the candidates of each heaviest first; every new record has at least one row.

    The weight is the prior (`PRIOR_WEIGHT`) plus the weights of the comparisons.
    """
    for side, records in (("new", new), ("known", known)):
        if len({record.key for record in records}) < len(records):
            raise ValueError(f"Two {side} records have one key; each needs its own.")
    found: dict[str, list[Candidate]] = {record.key: [] for record in new}
    if new and known:
        for pair in _pairs(new, known, settings):
            candidate = _candidate(pair, settings)
            found[candidate.new_key].append(candidate)
    return [one for key, candidates in found.items() for one in _decided(key, candidates, settings)]


def _candidate(pair: Mapping[str, Any], settings: Settings) -> Candidate:
    bars = []
    for comparison in COMPARISONS:
        gamma = pair[f"gamma_{comparison.code}"]
        level = None if gamma < 0 else comparison.levels[len(comparison.levels) - 1 - gamma]
        bars.append(Compared(comparison.code, level.code if level else "missing", level.weight if level else 0.0))
    weight = PRIOR_WEIGHT + sum(bar.weight for bar in bars)
    levels = {bar.comparison: bar.level for bar in bars}
    flags = []
    if levels["place"] == "elsewhere" and levels["name"] != "other":
        flags.append(Flag.BRANCH_OR_MOVED)
    if levels["name"] in ("other", "missing"):
        flags.append(Flag.OTHER_NAME)
    band = Band.NEW if weight < settings.new else Band.DOUBTFUL if flags or weight < settings.same else Band.SAME
    return Candidate(pair["unique_id_l"], pair["unique_id_r"], weight, band, tuple(bars), tuple(flags))


def _decided(key: str, candidates: list[Candidate], settings: Settings) -> list[Candidate]:
    kept = [one for one in candidates if one.band is not Band.NEW]
    if not kept:
        return [Candidate(key, None, None, Band.NEW)]
    kept.sort(key=lambda one: (-(one.weight or 0.0), one.known_key or ""))
    best = kept[0].weight or 0.0
    rivals = [one for one in kept if (one.weight or 0.0) >= settings.same and best - (one.weight or 0.0) <= settings.rival]
    decided = []
    for place, one in enumerate(kept[: settings.most]):
        if len(rivals) > 1 and one in rivals:
            decided.append(Candidate(one.new_key, one.known_key, one.weight, Band.DOUBTFUL, one.comparisons, (*one.flags, Flag.SEVERAL)))
        elif place and one.band is Band.SAME:  # only the best of a record links by itself
            decided.append(Candidate(one.new_key, one.known_key, one.weight, Band.DOUBTFUL, one.comparisons, one.flags))
        else:
            decided.append(one)
    return decided


def _pairs(new: Sequence[OrganisationRecord], known: Sequence[OrganisationRecord], settings: Settings) -> list[dict[str, Any]]:
    """Scored by Splink. Its tables must be registered before the Linker; gamma columns come only with retain_matching_columns."""
    import duckdb
    from splink import DuckDBAPI, Linker

    counts = token_counts([*new, *known])
    with duckdb.connect(":memory:") as connection, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.getLogger("splink").setLevel(logging.ERROR)
        database = DuckDBAPI(connection=connection)
        left = database.register(_table(prepare(new, counts)), table_name="a_new")
        right = database.register(_table(prepare(known, counts)), table_name="b_known")
        linker = Linker([left, right], _model(), log_level=None)
        scored = linker.inference.predict(threshold_match_weight=settings.new - 0.01, warning_mode="never")
        rows: list[dict[str, Any]] = scored.as_record_list()
    return rows


def _model() -> Any:
    from splink import SettingsCreator
    from splink.blocking_rule_library import CustomRule

    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            {
                "output_column_name": comparison.code,
                "comparison_levels": [
                    {"sql_condition": comparison.missing, "label_for_charts": "missing", "is_null_level": True},
                    *(
                        {"sql_condition": level.sql, "label_for_charts": level.code, "m_probability": level.m, "u_probability": level.u}
                        for level in comparison.levels
                    ),
                ],
            }
            for comparison in COMPARISONS
        ],
        blocking_rules_to_generate_predictions=[CustomRule(rule, sql_dialect="duckdb") for rule in BLOCKING],
        probability_two_random_records_match=PRIOR,
        retain_matching_columns=True,
    )


def _table(rows: Sequence[Row]) -> Any:
    """Typed columns: a column that is empty throughout would otherwise have no type."""
    import pyarrow as pa  # type: ignore[import-untyped]  # the package ships no types

    kinds = {"tokens": pa.list_(pa.string()), "lon": pa.float64(), "lat": pa.float64()}
    names = [one.name for one in fields(Row)]
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in names])
    return pa.table({name: [getattr(row, name) for row in rows] for name in names}, schema=schema)
