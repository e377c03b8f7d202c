"""The starter's catalogue, loaded once for each test that asks for it through the loader a first run uses."""

from __future__ import annotations

import pytest

from rrr.explore import starter as explore
from rrr.places import starter as places
from tests.starter.test_content import ROOT


def _quiet(message: str, done: int, total: int) -> None:
    """Nobody watches."""


@pytest.fixture
def catalogue(db: None) -> None:
    explore.load(root=ROOT, by=None, report=_quiet)


@pytest.fixture
def everything(db: None) -> None:
    places.load(root=ROOT, by=None, report=_quiet)
    explore.load(root=ROOT, by=None, report=_quiet)
