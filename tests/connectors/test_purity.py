"""Reading a register needs no Django and no network library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import rrr.connectors


@pytest.mark.slow
def test_reading_loads_no_django() -> None:
    sample = Path(rrr.connectors.__path__[0]) / "table/sample.csv"
    code = (
        "import sys, pathlib\nfrom rrr import connectors\n"
        f"print(connectors.inspect(pathlib.Path({str(sample)!r})).rows, sorted({{'django', 'requests', 'httpx'}} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=sample.parents[3])
    assert done.stdout.strip() == "3 []"
