"""Register reading: rows a second and peak memory over made rows, and time against Python's csv over the same file; every planted bad row found.

python -m benchmarks.register [--rows 2000000] [--json]
"""

from __future__ import annotations

import argparse
import csv
import resource
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.data import report
from rrr.connectors import convert, inspect, read
from rrr.records.register import Account, Draft, RawRow, Rejected

HEADER = "id,denominazione,natura giuridica,sito,lon,lat,indirizzo,comune,data costituzione,descrizione\n"
BAD_EVERY = 50_000
SAMPLE = Path(__file__).parents[1] / "rrr/connectors/table/sample.csv"


def write(path: Path, rows: int) -> int:
    """One row in two has a quoted cell; one in BAD_EVERY an unclosed quote. Returns how many of these."""
    bad = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for n in range(rows):
            street = f'"Via Roma, {n % 200}"' if n % 2 else f"Via Po {n % 200}"
            name = f"Cooperativa Ñandú {n}"
            if n % BAD_EVERY == 18:
                name, bad = f'"{name}', bad + 1
            place = f"{7 + n % 1000 / 1000:.5f},{45 + n % 997 / 1000:.5f}"
            file.write(
                f"{n},{name},soc. coop.,www.coop{n}.it,{place},{street},Torino,{1 + n % 28:02}/03/{1950 + n % 70},Services no. {n}\n"
            )
    return bad


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(path: Path, rows: int, bad: int) -> dict[str, float]:
    inspect(SAMPLE)  # imports and lists are not what is measured
    started = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as file:
        by_csv = sum(1 for _ in csv.reader(file)) - 1
    plain = time.perf_counter() - started
    before = peak_megabytes()
    started = time.perf_counter()
    account = Account()
    rejected = sum(isinstance(row, Rejected) for row in read(path, account=account))
    reading = time.perf_counter() - started
    assert account.closes
    assert account.rows == rows
    assert rejected == bad
    started = time.perf_counter()
    found = inspect(path)
    inspecting = time.perf_counter() - started
    mapping = {column.name: column.guess for column in found.columns}
    started = time.perf_counter()
    drafts = 0
    for row in read(path):
        if isinstance(row, RawRow):
            drafts += isinstance(convert(row, mapping), Draft)
    converting = time.perf_counter() - started
    assert drafts == rows - bad
    return {
        "rows": rows,
        "planted_bad_rows": bad,
        "bad_rows_found": rejected,
        "rows_csv_swallows": rows - by_csv,
        "read_rows_per_second": rows / reading,
        "read_to_csv": reading / plain,
        "inspect_to_csv": inspecting / plain,
        "read_and_convert_to_csv": converting / plain,
        "convert_rows_per_second": rows / converting,
        "memory_above_start_megabytes": peak_megabytes() - before,
        "file_megabytes": path.stat().st_size / 2**20,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Reading a large register.")
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.csv"
        print(f"Writing {options.rows} rows …", file=sys.stderr)
        bad = write(path, options.rows)
        report(measure(path, options.rows, bad), options)


if __name__ == "__main__":
    main()
