"""What others do, for comparison: OpenFairDB's rule, rapidfuzz with the best settings the truth can find, Splink as its tutorials run it."""

from __future__ import annotations

import logging
import math
import warnings
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from rrr.engines.linkage import scoring
from rrr.engines.linkage.model import BLOCKING
from rrr.engines.linkage.prepare import prepare, token_counts
from rrr.records.organisation import OrganisationRecord
from rrr.text.fold import words
from rrr.text.legal_forms import split

Pairs = set[tuple[str, str]]
METRES = 111_195


def openfairdb(records: Sequence[OrganisationRecord]) -> Pairs:
    """Within 100 m, and titles within 30% edits or with two words in common. Pairs that hold, each for itself."""
    from rapidfuzz.distance import Levenshtein

    found = set()
    for one, other in _close(records, 100):
        titles = one.name.casefold(), other.name.casefold()
        edits = Levenshtein.distance(*titles) <= 0.3 * max(map(len, titles))
        if edits or len(set(words(one.name)) & set(words(other.name))) >= 2:
            found.add(_key(one, other))
    return found


def _close(records: Sequence[OrganisationRecord], metres: float) -> Iterator[tuple[OrganisationRecord, OrganisationRecord]]:
    """Each pair within some metres once, by cells of that size."""
    step = metres / METRES
    cells: dict[tuple[str, int, int], list[OrganisationRecord]] = defaultdict(list)
    for one in records:
        if one.lat is not None and one.lon is not None:
            cells[one.territory, int(one.lat // step), int(one.lon // step)].append(one)
    for (territory, y, x), here in cells.items():
        near = [two for dy in (-1, 0, 1) for dx in (-2, -1, 0, 1, 2) for two in cells.get((territory, y + dy, x + dx), ())]
        for one in here:
            yield from ((one, two) for two in near if one.key < two.key and _apart(one, two) <= metres)


def _apart(one: OrganisationRecord, two: OrganisationRecord) -> float:
    assert None not in (one.lat, one.lon, two.lat, two.lon)
    wide = math.cos(math.radians(one.lat or 0.0))
    return METRES * math.hypot((one.lat or 0.0) - (two.lat or 0.0), ((one.lon or 0.0) - (two.lon or 0.0)) * wide)


def rapidfuzz(records: Sequence[OrganisationRecord], right: Pairs) -> Pairs:
    """Best of three likenesses of the name without legal form, plus likeness of the street and equal numbers; the cut and the share that give the best F1
    against the truth: more than a user could do."""
    from rapidfuzz import fuzz

    names = {one.key: " ".join(split(one.name, one.country).core) for one in records}
    likenesses = {"token_sort": fuzz.token_sort_ratio, "token_set": fuzz.token_set_ratio, "weighted": fuzz.WRatio}
    best: tuple[float, Pairs] = (0.0, set())
    candidates = list(_candidates(records, names))
    agree = {_key(a, b): _agree(a, b) for a, b in candidates}
    for likeness in likenesses.values():
        name = {_key(a, b): likeness(names[a.key], names[b.key]) for a, b in candidates}
        for share in (0.0, 20.0, 40.0):
            total = {pair: name[pair] + share * agree[pair] for pair in name}
            best = max(
                best,
                *(_f1({pair for pair, value in total.items() if value >= cut}, right) for cut in range(60, 145, 3)),
                key=lambda one: one[0],
            )
    return best[1]


def _candidates(records: Sequence[OrganisationRecord], names: dict[str, str]) -> Iterator[tuple[OrganisationRecord, OrganisationRecord]]:
    """Pairs of a territory that share a word of at most 100 records, a number, a phone or a website."""
    blocks: dict[tuple[str, str], list[OrganisationRecord]] = defaultdict(list)
    for one in records:
        for value in {*names[one.key].split(), one.tax_id, one.register_id, one.phone, one.website} - {""}:
            blocks[one.territory, value].append(one)
    seen = set()
    for some in blocks.values():
        if len(some) <= 100:
            for one, two in combinations(some, 2):
                if _key(one, two) not in seen:
                    seen.add(_key(one, two))
                    yield one, two


def _agree(one: OrganisationRecord, two: OrganisationRecord) -> float:
    from rapidfuzz import fuzz

    equal = sum(
        1 for field in ("tax_id", "register_id", "phone", "website") if getattr(one, field) and getattr(one, field) == getattr(two, field)
    )
    street = fuzz.token_sort_ratio(one.street, two.street) / 100 if one.street and two.street else 0.4
    return equal + street


def splink(records: Sequence[OrganisationRecord], right: Pairs, *, own: bool = False) -> Pairs:
    """Splink 5 trained by itself: u by sampling, m by two rounds of expectation maximisation; on our prepared columns and blocking. Comparisons are those of
    its library, or with `own` ours. Pairs or connected components, at the cut that gives the best F1 against the truth."""
    scored = _splink(records, own)
    found: tuple[float, Pairs] = (0.0, set())
    for cut in range(-5, 25):
        pairs = {pair for pair, weight in scored.items() if weight >= cut}
        found = max(found, _f1(pairs, right), _f1(_connected(pairs), right), key=lambda one: one[0])
    return found[1]


def _splink(records: Sequence[OrganisationRecord], own: bool) -> dict[tuple[str, str], float]:
    import duckdb
    from splink import DuckDBAPI, Linker, block_on

    with duckdb.connect(":memory:") as connection, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.getLogger("splink").setLevel(logging.ERROR)
        database = DuckDBAPI(connection=connection)
        linker = Linker(database.register(_prepared(records), table_name="given"), _settings(len(records), own), log_level=None)
        linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("territory", "token_set"))
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("territory", "address"))
        found = linker.inference.predict(threshold_match_weight=-6, warning_mode="never")
        rows = found.as_duckdbpyrelation().select("unique_id_l, unique_id_r, match_weight").fetchall()
    return {(min(a, b), max(a, b)): weight for a, b, weight in rows}


def _prepared(records: Sequence[OrganisationRecord]) -> Any:
    """Our columns, with words rare within a territory."""
    import pyarrow as pa  # type: ignore[import-untyped]  # the package ships no types

    territories: dict[str, list[OrganisationRecord]] = defaultdict(list)
    for one in records:
        territories[one.territory].append(one)
    tables = []
    for name, some in sorted(territories.items()):
        table = scoring.table(prepare(some, token_counts(some)))
        tables.append(table.append_column("territory", pa.array([name] * len(some))))
    return pa.concat_tables(tables)


def _settings(count: int, own: bool) -> Any:
    from splink import SettingsCreator
    from splink import comparison_library as cl
    from splink.blocking_rule_library import CustomRule

    theirs: list[Any] = [
        cl.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8]), cl.JaroWinklerAtThresholds("street", [0.92, 0.8]), cl.ExactMatch("postcode"),
        cl.DistanceInKMAtThresholds("lat", "lon", [0.05, 0.5]), cl.ExactMatch("phone"), cl.ExactMatch("domain"), cl.ExactMatch("form"),
        cl.LevenshteinAtThresholds("tax", 1), cl.LevenshteinAtThresholds("register", 1),
    ]  # fmt: skip
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=scoring.comparisons() if own else theirs,
        blocking_rules_to_generate_predictions=[
            CustomRule(f"({rule}) AND l.territory = r.territory", sql_dialect="duckdb") for rule in BLOCKING
        ],
        probability_two_random_records_match=count / math.comb(count, 2),
    )


def _connected(pairs: Pairs) -> Pairs:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    keys = sorted({one for pair in pairs for one in pair})
    place = {one: number for number, one in enumerate(keys)}
    ends = [[place[pair[side]] for pair in pairs] for side in (0, 1)]
    _, labels = connected_components(coo_array(([1] * len(pairs), tuple(ends)), shape=(len(keys), len(keys))), directed=False)
    groups: dict[int, list[str]] = defaultdict(list)
    for one, label in zip(keys, labels, strict=True):
        groups[label].append(one)
    return {pair for members in groups.values() if len(members) <= 200 for pair in combinations(members, 2)}


def _f1(found: Pairs, right: Pairs) -> tuple[float, Pairs]:
    return 2 * len(found & right) / max(1, len(found) + len(right)), found


def _key(one: OrganisationRecord, two: OrganisationRecord) -> tuple[str, str]:
    return (one.key, two.key) if one.key < two.key else (two.key, one.key)
