"""Where the real data lie, and one way of printing figures."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

DEFAULT = Path(os.environ.get("RRR_SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")


def arguments(what: str) -> argparse.Namespace:
    """Options all benchmarks share; ends with status 0 and a sentence where the data are absent."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("--data", type=Path, default=DEFAULT, help="folder of real data sets (RRR_SHARED_DATA)")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"Skipped: there is no folder {options.data}; name one with --data or RRR_SHARED_DATA.", file=sys.stderr)
        raise SystemExit(0)
    return options


def report(figures: Mapping[str, float], options: argparse.Namespace) -> None:
    if options.json:
        print(json.dumps(dict(figures)))
        return
    width = max(map(len, figures))
    for name, value in figures.items():
        print(f"{name:<{width}}  {value:.4g}")
