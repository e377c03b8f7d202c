"""What all tests share: real PostgreSQL (started by the settings), no sockets to the outside, languages put back."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in the thread of the test
hypothesis_settings.register_profile("rrr", deadline=None)  # a busy machine is no fault; timings belong in benchmarks
hypothesis_settings.load_profile("rrr")
ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = Path(os.environ.get("RRR_SHARED_DATA") or ROOT.parent / "shared" / "data")
_connect = socket.socket.connect


def _only_here(self: socket.socket, address: Any) -> None:
    host = address[0] if isinstance(address, tuple) else address
    if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "::1", "localhost"):
        raise RuntimeError(f"A test tried to reach {host}; tests talk to this machine only.")
    _connect(self, address)


@pytest.fixture(autouse=True)
def _sockets_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", _only_here)


@pytest.fixture(autouse=True)
def _state_of_its_own(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Files, mail and demonstration passwords of a test never meet those of the checkout."""
    settings.STATE = tmp_path / "state"
    settings.EMAIL_FILE_PATH = tmp_path / "state" / "mail"
    from django.core.cache import cache
    from django.utils import translation

    yield
    cache.clear()
    translation.activate("en")


@pytest.fixture
def shared_data() -> Path:
    """Real data sets beside the checkout; the test is skipped where they are absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the folder of real data sets is absent (RRR_SHARED_DATA names it)")
    return SHARED_DATA
