"""A register through the real import: upload, read, compare, publish, undo, as jobs in a database of its own.

./dev bench imports                                      (60,000 rows, 2,000 of them inside the territory)
python -m benchmarks.imports [--rows 2000000] [--inside 20000] [--known 2000] [--publish] [--json]

For each stage: seconds, rows a second, and the longest time between two signs of progress. One row in ten thousand is a double.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.data import report

HEADER = "id,denominazione,natura giuridica,lon,lat,indirizzo,comune,descrizione\n"
DOUBLE_EVERY = 10_000
MAPPING = {
    "id": "key", "denominazione": "name", "natura giuridica": "kind", "lon": "lon", "lat": "lat", "indirizzo": "street", "comune": "city",
    "descrizione": "activity",
}  # fmt: skip
FIRST = ("Aurora", "Ponte", "Nuova", "Verde", "Aperta", "Solidale", "Comune", "Fiume", "Stella", "Lavoro", "Casa", "Terra")
SECOND = ("Cura", "Scuola", "Cucina", "Energia", "Teatro", "Orto", "Forno", "Salute", "Radio", "Legno", "Libri", "Sport")


def write(path: Path, rows: int, inside: int) -> int:
    """The first `inside` rows lie in Turin, the others in Madrid. Returns how many rows are doubles."""
    doubles = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for n in range(rows):
            key = n
            if n % DOUBLE_EVERY == DOUBLE_EVERY - 1:
                key, doubles = n - 1, doubles + 1
            lon, lat, city = (7.6 + n % 199 / 1000, 45.0 + n % 197 / 1000, "Torino") if n < inside else (-3.7, 40.4, "Madrid")
            name = f"Cooperativa {FIRST[n % 12]} {SECOND[n // 12 % 12]} {n * 7919 % 99991:x}"
            file.write(f"{key},{name},cooperativa,{lon:.3f},{lat:.3f},Via Roma {n % 997},{city},Services {n % 89}\n")
    return doubles


@contextmanager
def database() -> Iterator[None]:
    """A database made for this run and removed after it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rrr.web.settings")
    os.environ["RRR_TEST_DATABASE"] = "benchmark_rrr_imports"
    import django

    django.setup()
    from django.test.runner import DiscoverRunner

    runner = DiscoverRunner(verbosity=0, interactive=False)
    made = runner.setup_databases()
    try:
        yield
    finally:
        runner.teardown_databases(made)


class Stages:
    """Times one stage after the other, each as a job, and how long nothing was heard of it."""

    def __init__(self, one: Any) -> None:
        self.one, self.figures = one, dict[str, float]()

    def job(self, name: str, kind: str, rows: int) -> None:
        from rrr.core import jobs
        from rrr.understand.actions import imports

        told: list[float] = []
        jobs.watchers[:] = [lambda *_said: told.append(time.perf_counter())]
        made = imports.ask(by=None, register_import=self.one, kind=kind)
        self.timed(name, lambda: jobs.run(made.pk), rows, told)
        made.refresh_from_db()
        if made.state != "done":
            raise SystemExit(f"{name}: {made.state}: {made.error}")
        self.one.refresh_from_db()

    def timed(self, name: str, work: Callable[[], Any], rows: int, told: list[float] | None = None) -> Any:
        print(f"{name} …", file=sys.stderr, flush=True)
        began = time.perf_counter()
        found = work()
        ended = time.perf_counter()
        self.figures[f"{name}_seconds"] = ended - began
        self.figures[f"{name}_rows_per_second"] = rows / (ended - began)
        if told is not None:
            marks = [began, *told, ended]
            self.figures[f"{name}_longest_silence_seconds"] = max(after - before for before, after in pairwise(marks))
        self.figures[f"{name}_peak_megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return found


def measure(path: Path, rows: int, inside: int, known: int, doubles: int, publish: bool) -> dict[str, float]:
    from rrr.places.actions import territory as places
    from rrr.understand.actions import imports, organisations

    turin = places.create(
        by=None, slug="turin", name="Turin", country="IT", languages=["it"], time_zone="Europe/Rome", authority_name="City",
        centre_lon=7.69, centre_lat=45.07, west=6.58, south=44.68, east=8.13, north=45.6,
    )  # fmt: skip
    drafts = [
        organisations.Draft(
            {"name": f"Cooperativa {FIRST[n % 12]} {SECOND[n // 12 % 12]} {n * 7919 % 99991:x}", "address": f"Via Roma {n % 997}"},
            sources=("https://register.example.org/",),
        )
        for n in range(0, 2 * known, 2)
    ]
    organisations.add(by=None, territory=turin, drafts=drafts)
    with path.open("rb") as file:
        chunks, source, day = iter(lambda: file.read(2**16), b""), imports.SourceDraft("Register", "cc_by"), date(2026, 11, 1)
        stages = Stages(None)
        stages.one = stages.timed(
            "upload",
            lambda: imports.upload(by=None, territory=turin, source=source, chunks=chunks, file_name=path.name, file_date=day),
            rows,
        )
    imports.map_columns(by=None, register_import=stages.one, mapping=MAPPING)
    stages.job("read", "understand.read_register", rows)
    if stages.one.records.count() != rows - doubles or stages.one.rejected.count() != doubles:
        raise SystemExit("A row was lost, or a double was not found.")
    imports.choose_scope(by=None, register_import=stages.one, scope="inside", kinds={"cooperativa": "cooperative"})
    stages.job("compare", "understand.compare_register", inside)
    if publish:
        stages.job("publish", "understand.publish_import", inside)
        stages.job("undo", "understand.undo_import", inside)
    return {"rows": rows, "inside": inside, "known": known, "file_megabytes": path.stat().st_size / 2**20, **stages.figures}


def main() -> None:
    parser = argparse.ArgumentParser(description="A register through the real import.")
    parser.add_argument("--rows", type=int, default=60_000)
    parser.add_argument("--inside", type=int, default=2_000)
    parser.add_argument("--known", type=int, default=300)
    parser.add_argument("--publish", action="store_true", help="also publish and undo")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, database():
        path = Path(folder) / "register.csv"
        doubles = write(path, options.rows, options.inside)
        report(measure(path, options.rows, options.inside, options.known, doubles, options.publish), options)


if __name__ == "__main__":
    main()
