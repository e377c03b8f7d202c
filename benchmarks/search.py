"""Search: nDCG@10 on XQuAD (questions find their paragraph), within one language and mixed, and time against a plain scan.

python -m benchmarks.search [--data FOLDER] [--json]
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.data import arguments, report
from rrr.engines import search
from rrr.text import vectors

LANGUAGES = ("en", "es", "de")


def read(folder: Path, language: str) -> tuple[list[search.Document], list[tuple[str, str]]]:
    """Paragraphs as documents, questions with the number of their paragraph."""
    pages = json.loads((folder / f"retrieval/xquad/xquad.{language}.json").read_text(encoding="utf-8"))["data"]
    parts = [part for page in pages for part in page["paragraphs"]]
    documents = [search.Document(f"{language}/{number}", part["context"], language) for number, part in enumerate(parts)]
    return documents, [(question["question"], str(number)) for number, part in enumerate(parts) for question in part["qas"]]


def gain(found: Sequence[search.Match], right: set[str]) -> float:
    got = sum(1 / math.log2(place + 2) for place, match in enumerate(found[:10]) if match.key in right)
    return got / sum(1 / math.log2(place + 2) for place in range(min(10, len(right))))


def main() -> None:
    options = arguments("Search on XQuAD.")
    collections = {language: read(options.data, language) for language in LANGUAGES}
    figures: dict[str, float] = {}
    asked = {language: vectors.encode([question for question, _ in rows]) for language, (_, rows) in collections.items()}
    for language, (documents, rows) in collections.items():
        index = search.build(documents, encode=vectors.encode)
        plain = replace(index, vectors=None)
        for name, one in (("bm25", plain), ("fused", index)):
            gains = [
                gain(search.search(one, search.query(text, one.statistics, language), vector=asked[language][at]), {f"{language}/{number}"})
                for at, (text, number) in enumerate(rows)
            ]
            figures[f"ndcg_{language}_{name}"] = sum(gains) / len(gains)
    mixed = search.build([one for documents, _ in collections.values() for one in documents], encode=vectors.encode)
    started = time.perf_counter()
    for name, one in (("bm25", replace(mixed, vectors=None)), ("fused", mixed), ("fused, language guessed", mixed)):
        gains = []
        for language, (_, rows) in collections.items():
            for at, (text, number) in enumerate(rows):
                question = search.query(text, one.statistics, None if "guessed" in name else language)
                right = {f"{code}/{number}" for code in LANGUAGES}
                gains.append(gain(search.search(one, question, vector=asked[language][at]), right))
        figures[f"ndcg_mixed_{name}"] = sum(gains) / len(gains)
    each = (time.perf_counter() - started) / (3 * sum(len(rows) for _, rows in collections.values()))
    started = time.perf_counter()
    for document in collections["en"][0]:
        document.text.casefold().split()
    figures["query_time_to_splitting_720_paragraphs"] = each / (3 * (time.perf_counter() - started))
    report(figures, options)


if __name__ == "__main__":
    main()
