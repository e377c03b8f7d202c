"""Loading: through the actions, twice without effect, and never over what people changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from rrr.places import queries, starter
from rrr.places.actions import facts
from rrr.places.actions import territory as actions
from rrr.places.content import Counts
from rrr.places.models import CountryFigure, Source, Territory
from tests.starter.test_content import ROOT, change

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def load(root: Path = ROOT) -> Counts:
    return starter.load(root=root, by=None, report=lambda message, done, total: None)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT, tmp_path / "starter"))


def test_the_nine_territories_stand_with_their_facts() -> None:
    load()
    assert len(queries.menu()) == 9
    turin = queries.territory("turin")
    assert turin is not None
    found = queries.facts(turin)
    assert found.populations[0].value == 2211114
    assert len(found.policy) == 5
    assert all(fact.sources.count() for fact in found.policy)
    assert CountryFigure.objects.count() == 64
    assert len(queries.programme_statements()) == 30
    assert Source.objects.filter(read_on=None).count() == 0


def test_a_gap_is_a_year_without_a_value() -> None:
    load()
    series = queries.series("gini", country="MX")
    assert series is not None
    values = {point.year: point.value for point in series.values}
    assert values[2006] is not None
    assert values[2007] is None
    assert series.known < len(series.values)
    assert len(queries.country_series("MX")) == 6


def test_unchanged_files_are_not_loaded_twice() -> None:
    first, second = load(), load()
    assert first.new > 0
    assert second == Counts()


def test_a_changed_file_updates_its_own_values_and_leaves_those_of_people(copy: Path) -> None:
    load(copy)
    turin = Territory.objects.get(slug="turin")
    actions.update(by=None, territory=turin, changes={"authority_name": "Ours"})
    document = yaml.safe_load((copy / "territories.yaml").read_text(encoding="utf-8"))
    (entry,) = (one for one in document["territories"] if one["slug"] == "turin")
    entry["authority"]["name"], entry["local_name"] = "Theirs", "Turin/Torino"
    (copy / "territories.yaml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    counts = load(copy)
    turin.refresh_from_db()
    assert (turin.authority_name, turin.local_name) == ("Ours", "Turin/Torino")
    assert counts.updated == 1


def test_an_edited_list_and_a_deleted_territory_stay_as_people_left_them(copy: Path) -> None:
    load(copy)
    turin = Territory.objects.get(slug="turin")
    facts.set_policy(by=None, territory=turin, drafts=[])
    Territory.objects.filter(slug="dublin").delete()
    change(copy, "programme.csv", 0, "statement", "Changed.")
    load(copy)
    assert turin.policy_facts.count() == 0
    assert not Territory.objects.filter(slug="dublin").exists()


def test_a_territory_made_before_the_first_load_is_left_alone() -> None:
    actions.create(by=None, slug="turin", name="Mine", country="IT", languages=["it"], time_zone="Europe/Rome", authority_name="City")
    counts = load()
    assert Territory.objects.get(slug="turin").name == "Mine"
    assert counts.kept >= 1


def test_the_command_refuses_unsound_content(copy: Path) -> None:
    change(copy, "relations.csv", 0, "relation", "loves")
    with pytest.raises(CommandError, match="1 fault"):
        call_command("starter", "load", "--root", str(copy))
    assert not Territory.objects.exists()


def test_the_command_names_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no folder"):
        call_command("starter", "check", "--root", str(tmp_path / "none"))


@pytest.mark.parametrize("what", ["check", "load"])
def test_the_command_says_what_it_did(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("starter", what)
    said = capsys.readouterr().out
    assert "The starter content is sound." in said
    assert ("places: " in said) == (what == "load")
