"""The 64 challenges of the starter content."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from rrr.define import queries, starter
from rrr.define.actions import challenges
from rrr.define.models import Challenge
from rrr.places import starter as places
from rrr.places.content import Counts
from tests.starter.test_content import ROOT, change

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def load(root: Path = ROOT) -> Counts:
    quiet: Any = lambda message, done, total: None  # noqa: E731
    places.load(root=root, by=None, report=quiet)
    return starter.load(root=root, by=None, report=quiet)


def test_every_challenge_stands_with_its_sources_and_their_day() -> None:
    assert load().new == 64
    assert Challenge.objects.filter(state="open").count() == 64
    assert Challenge.objects.filter(territory=None).count() == 3
    assert len(queries.counts()) == 9
    assert sum(queries.counts().values()) == 61
    assert not Challenge.objects.filter(sources=None).exists()
    one = queries.challenge("turin", "food-for-newly-poor-households")
    assert one.groups == ["low-income families", "people living alone", "children"]
    assert [source.read_on.isoformat() for source in one.sources.all()] == ["2026-11-22", "2026-11-22"]
    assert load() == Counts()


def test_a_new_title_updates_its_challenge_and_leaves_what_people_changed(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(ROOT, tmp_path / "starter"))
    load(copy)
    one = queries.challenge("turin", "food-for-newly-poor-households")
    challenges.update(by=None, challenge=one, changes={"problem": "Ours"})
    change(copy, "challenges.csv", 0, "title", "Food for all")
    change(copy, "challenges.csv", 0, "problem", "Theirs")
    assert load(copy).updated == 1
    one.refresh_from_db()
    assert (one.title, one.problem, one.slug) == ("Food for all", "Ours", "food-for-newly-poor-households")
    assert Challenge.objects.count() == 64
