"""Search of the starter's catalogue: nDCG@10 on 28 questions in seven languages judged by us, and how far a pure scan of words gets.

python -m benchmarks.catalogue [--json]
"""

from __future__ import annotations

import argparse
import csv
import math
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.data import report
from rrr.engines import search
from rrr.text import vectors

ROOT = Path(__file__).resolve().parents[1]
Judged = tuple[str, str, dict[str, int]]  # language, question, how relevant (1 to 3) each solution is


def judged() -> list[Judged]:
    with (ROOT / "tests" / "explore" / "judged.csv").open(encoding="utf-8", newline="") as file:
        return [(row["language"], row["question"], _grades(row["relevant"])) for row in csv.DictReader(file)]


def _grades(cell: str) -> dict[str, int]:
    return {slug: int(grade) for slug, _colon, grade in (part.partition(":") for part in cell.split(";"))}


def documents() -> tuple[list[search.Document], list[str]]:
    """The texts as the step's bridge makes them: every line for words; name, sentence, problem, groups and topics for the meaning."""
    with (ROOT / "starter" / "solutions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    plain = ("name", "summary", "problem", "how_it_works", "effect_stated", "scale_reached", "origin_organisation", "origin_place")
    lists = ("core_parts", "adaptable_parts", "target_groups", "places_adopted")
    texts = ["\n".join(row[name] for name in (*plain, *lists) if row[name]) for row in rows]
    briefs = [". ".join(part.rstrip(".") for part in _brief(row) if part) for row in rows]
    return [search.Document(row["slug"], text, "en") for row, text in zip(rows, texts, strict=True)], briefs


def _brief(row: Mapping[str, str]) -> tuple[str, ...]:
    topics = row["sectors"].replace(";", ", ").replace("_", " ")
    return row["name"], row["summary"], row["problem"], row["target_groups"].replace(";", ", "), topics


def gain(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """nDCG@10 with gains 2^grade - 1 (Järvelin & Kekäläinen 2002)."""
    got: float = sum((2 ** grades.get(slug, 0) - 1) / math.log2(place + 2) for place, slug in enumerate(found[:10]))
    best: float = sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(sorted(grades.values(), reverse=True)[:10]))
    return got / best


def main() -> None:
    parser = argparse.ArgumentParser(description="Search of the starter's catalogue.")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args()
    made, briefs = documents()
    index = search.build(made, encode=lambda _texts: vectors.encode(briefs))
    questions = judged()
    asked = vectors.encode([question for _language, question, _grades in questions])
    figures: dict[str, float] = {}
    for name, one, known in (
        ("words", replace(index, vectors=None), True),
        ("fused", index, True),
        ("fused, language guessed", index, False),
    ):
        gains: dict[str, list[float]] = defaultdict(list)
        began = time.perf_counter()
        for (language, question, grades), vector in zip(questions, asked, strict=True):
            query = search.query(question, one.statistics, language if known else None)
            gains[language].append(gain([match.key for match in search.search(one, query, vector=vector)], grades))
        figures |= {f"ndcg10 {name} {language}": sum(each) / len(each) for language, each in gains.items()}
        every = [value for each in gains.values() for value in each]
        figures[f"ndcg10 {name} all"] = sum(every) / len(every)
        figures[f"ms a question {name}"] = 1000 * (time.perf_counter() - began) / len(every)
    report(figures, options)


if __name__ == "__main__":
    main()
