"""Every test has a cluster of its own and takes it away again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rrr.core import database

ROOT = Path(__file__).resolve().parents[3]
EMBEDDED = ("DATABASE_URL", "RRR_PG_BIN", "RRR_STATE")  # unset, the embedded database of the checkout's own programs is used


def _parent() -> Path:
    """In memory where there is room: a busy disk makes each sync a matter of seconds, and SIGKILL tests none of them."""
    memory = Path("/dev/shm")
    if memory.is_dir() and shutil.disk_usage(memory).free > 2**30 and not os.statvfs(memory).f_flag & os.ST_NOEXEC:
        return memory
    return Path("/var/tmp")


def _new_folder() -> Path:
    """Short, and every account may pass: unlike pytest's own folders."""
    made = Path(tempfile.mkdtemp(prefix="rrr-t-", dir=_parent()))
    made.chmod(0o755)
    return made


@contextmanager
def _nothing_named() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in EMBEDDED:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(autouse=True)
def _embedded() -> Iterator[None]:
    with _nothing_named():
        yield


@pytest.fixture
def open_folder() -> Iterator[Path]:
    made = _new_folder()
    yield made
    shutil.rmtree(made)


@pytest.fixture
def fresh(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A state folder without a cluster."""
    yield open_folder / "state"
    monkeypatch.undo()
    database.remove(open_folder / "state")


@pytest.fixture(scope="session")
def _made() -> Iterator[Path]:
    """One finished, stopped cluster to copy: making each anew takes seconds on a busy disk."""
    folder = _new_folder()
    with _nothing_named():
        database.ensure(folder / "state")
        database.stop(folder / "state")
    yield folder / "state"
    with _nothing_named():
        database.remove(folder / "state")
    shutil.rmtree(folder)


@pytest.fixture
def state(fresh: Path, _made: Path) -> Path:
    """A state folder with a cluster of its own, stopped."""
    subprocess.run(["cp", "-a", str(_made), str(fresh)], check=True)
    return fresh


def command(*words: str, state: Path) -> list[str]:
    return [sys.executable, "-m", "rrr.core.database", *words, "--state", str(state)]


def call(*words: str, state: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*words, state=state), cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True)
