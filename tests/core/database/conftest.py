"""Every test has a cluster of its own and takes it away again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from rrr.core import database

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "RRR_PG_BIN", "RRR_STATE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Short, and every account may pass: unlike pytest's own folders."""
    made = Path(tempfile.mkdtemp(prefix="rrr-t-", dir="/var/tmp"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def state(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    yield open_folder / "state"
    monkeypatch.undo()
    database.remove(open_folder / "state")


def command(*words: str, state: Path) -> list[str]:
    return [sys.executable, "-m", "rrr.core.database", *words, "--state", str(state)]


def call(*words: str, state: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*words, state=state), cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True)
