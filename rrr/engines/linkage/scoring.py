"""Pairs with their levels, scored by Splink on DuckDB. Nothing of either is seen outside this module."""

from __future__ import annotations

import logging
import math
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from typing import Any, Literal

from rrr.engines.linkage.model import BLOCKING, COMPARISONS, PRIOR
from rrr.engines.linkage.prepare import Row

PRIOR_WEIGHT = math.log2(PRIOR / (1 - PRIOR))
LinkType = Literal["link_only", "dedupe_only"]
_TERRITORY = " AND l.territory = r.territory"
_GAMMAS = tuple(f"gamma_{one.code}" for one in COMPARISONS)


class Flag(StrEnum):
    """Why a pair that weighs enough is still shown to a person."""

    BRANCH_OR_MOVED = "branch_or_moved"  # the name agrees, the place does not
    OTHER_NAME = "other_name"  # the place or an identifier agrees, the name does not
    SEVERAL = "several"  # more than one known record fits about as well


@dataclass(frozen=True)
class Compared:
    """One bar of the explanation: which level a comparison fell in and what it weighed."""

    comparison: str
    level: str  # "missing" where a side is empty: weight 0
    weight: float


@dataclass(frozen=True)
class Pattern:
    """What all pairs with the same levels have in common. The weight is the prior plus the weights of the comparisons."""

    weight: float
    comparisons: tuple[Compared, ...]
    flags: tuple[Flag, ...]

    def level(self, comparison: str) -> str:
        return next(bar.level for bar in self.comparisons if bar.comparison == comparison)


@lru_cache(maxsize=100_000)
def pattern(gammas: tuple[int, ...]) -> Pattern:
    """Of Splink's numbers of levels: -1 missing, else counted from the last level up."""
    bars = []
    for comparison, gamma in zip(COMPARISONS, gammas, strict=True):
        level = None if gamma < 0 else comparison.levels[len(comparison.levels) - 1 - gamma]
        bars.append(Compared(comparison.code, level.code if level else "missing", level.weight if level else 0.0))
    levels = {bar.comparison: bar.level for bar in bars}
    flags = []
    if levels["place"] == "elsewhere" and levels["name"] != "other":
        flags.append(Flag.BRANCH_OR_MOVED)
    if levels["name"] in ("other", "missing"):
        flags.append(Flag.OTHER_NAME)
    return Pattern(PRIOR_WEIGHT + sum(bar.weight for bar in bars), tuple(bars), tuple(flags))


def between(new: Sequence[Row], known: Sequence[Row], least: float) -> Iterator[tuple[str, str, Pattern]]:
    """New with known, of `least` weight or more."""
    return _predict((new, known), "link_only", least) if new and known else iter(())


def by_territory(new: Sequence[Row], known: Sequence[Row], least: float) -> Iterator[tuple[str, str, Pattern]]:
    """Among the new ones (each pair once, the smaller key first) and between both, within a territory: many small territories take one run of Splink."""
    return chain(
        _predict((new,), "dedupe_only", least, _TERRITORY) if len(new) > 1 else (),
        _predict((new, known), "link_only", least, _TERRITORY) if new and known else (),
    )


def _predict(tables: Sequence[Sequence[Row]], link_type: LinkType, least: float, also: str = "") -> Iterator[tuple[str, str, Pattern]]:
    """Splink's tables must be registered before the Linker; gamma columns come only with retain_matching_columns."""
    import duckdb
    from splink import DuckDBAPI, Linker

    with duckdb.connect(":memory:") as connection, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.getLogger("splink").setLevel(logging.ERROR)
        database = DuckDBAPI(connection=connection)
        given = [database.register(table(rows), table_name=name) for rows, name in zip(tables, ("a_new", "b_known"), strict=False)]
        linker = Linker(given, _model(link_type, also), log_level=None)
        scored = linker.inference.predict(threshold_match_weight=least - 0.01, warning_mode="never")
        columns = ("unique_id_l", "unique_id_r", *_GAMMAS)
        found = scored.as_duckdbpyrelation().select(", ".join(columns)).to_arrow_table().to_pydict()
    for left, right, *gammas in zip(*(found[column] for column in columns), strict=True):
        yield left, right, pattern(tuple(gammas))


def _model(link_type: LinkType, also: str) -> Any:
    from splink import SettingsCreator
    from splink.blocking_rule_library import CustomRule

    return SettingsCreator(
        link_type=link_type,
        comparisons=comparisons(),
        blocking_rules_to_generate_predictions=[CustomRule(rule + also, sql_dialect="duckdb") for rule in BLOCKING],
        probability_two_random_records_match=PRIOR,
        retain_matching_columns=True,
    )


def comparisons() -> list[Any]:
    """The levels as Splink takes them."""
    return [
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
    ]


def table(rows: Sequence[Row]) -> Any:
    """Typed columns: a column that is empty throughout would otherwise have no type."""
    import pyarrow as pa  # type: ignore[import-untyped]  # the package ships no types

    kinds = {"tokens": pa.list_(pa.string()), "lon": pa.float64(), "lat": pa.float64()}
    names = [one.name for one in fields(Row)]
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in names])
    return pa.table({name: [getattr(row, name) for row in rows] for name in names}, schema=schema)
