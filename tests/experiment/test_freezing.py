"""What is frozen stays: hash, chain, database, and the lot that anybody can repeat."""

from __future__ import annotations

import hashlib
import html
import json
import subprocess
import sys
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from rrr.cli.__main__ import main as cli
from rrr.core import audit
from rrr.experiment import commands, plan, queries
from rrr.experiment.actions import draws, plans
from rrr.experiment.models import Assignment, Pilot, PlanVersion
from rrr.places.models import Territory
from rrr.records.canonical import canonical
from tests.factories import people, pilots
from tests.factories.places import territory as make_territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def turin() -> Territory:
    return make_territory("turin")


def test_the_hash_of_a_known_plan_is_known() -> None:
    """Computed outside: `sha256sum tests/experiment/known_plan.json`."""
    known = plan.Plan(
        question="Does it help?", outcome="days in work", outcome_unit="days", measured_how="Register", measured_when="After a year",
        direction="higher", smallest=10.0, minimum=0.0, maximum=365.0, design="individual", units_what="people",
        units=(plan.Unit("U1", arm="treated"), plan.Unit("U2", arm="control")), arms_by="given", arms_how="Dice", start="2027-03-08", end="2028-03-08",
        ethics=("informed",), ethics_note="Reviewed.",
    )  # fmt: skip
    whose = {"territory": "turin", "pilot": "jobs", "title": "Jobs", "solution": "first-job", "challenge": "youth"}
    text = canonical(plan.document(known, pilot=whose, version=1)).decode()
    assert text == (Path(__file__).parent / "known_plan.json").read_text(encoding="utf-8")
    assert plan.sha256(text) == "bc8ab72a935c84eebb3f5c833f056b431d46d2058d6d538485544d1fe7d9d913"
    assert plan.read(text) == known


def test_the_frozen_text_hashes_to_what_is_published(turin: Territory) -> None:
    _pilot, version = pilots.frozen(turin)
    assert hashlib.sha256(version.text.encode()).hexdigest() == version.sha256
    assert canonical(json.loads(version.text)).decode() == version.text


def test_rrr_verify_says_so_too(turin: Territory, tmp_path: Path) -> None:
    _pilot, version = pilots.frozen(turin)
    file = tmp_path / "plan.json"
    file.write_text(version.text, encoding="utf-8")
    call = [sys.executable, "-m", "rrr.cli", "verify", str(file), "--sha256", version.sha256]
    assert subprocess.run(call, capture_output=True, check=False).returncode == 0
    file.write_text(version.text.replace("365", "366"), encoding="utf-8")
    assert subprocess.run(call, capture_output=True, check=False).returncode == 2


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE experiment_planversion SET text = text || ' '",
        "UPDATE experiment_planversion SET sha256 = repeat('0', 64)",
        "UPDATE experiment_planversion SET frozen_at = frozen_at - interval '1 year'",
        "DELETE FROM experiment_planversion",
        "UPDATE experiment_assignment SET secret = repeat('1', 64)",
        "DELETE FROM experiment_assignment",
    ],
)
def test_the_database_refuses_to_change_what_is_frozen(turin: Territory, change: str) -> None:
    pilots.frozen(turin)
    with pytest.raises(DatabaseError, match="stands fixed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize("table", ["experiment_dataupload", "experiment_result", "experiment_decision"])
def test_data_results_and_decisions_stand_fixed_too(turin: Territory, table: str) -> None:
    from rrr.experiment.actions import results

    pilot = pilots.drawn(turin)
    pilots.upload(pilot, "unit;value\nU001;1\n")
    results.estimate(by=None, pilot=pilot)
    results.decide(by=None, pilot=pilot, verdict="stop", reason="Nobody answered.")
    with pytest.raises(DatabaseError, match="stands fixed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


def test_each_link_of_the_chain_can_be_checked_and_a_forged_one_is_found(turin: Territory) -> None:
    made = [pilots.frozen(turin)[1] for _each in range(3)]
    assert queries.broken_links(queries.chain()) == []
    line = "\n".join((made[0].chain, made[1].sha256, made[1].frozen_at.astimezone(UTC).isoformat()))
    assert hashlib.sha256(line.encode()).hexdigest() == made[1].chain
    with connection.cursor() as cursor:  # somebody with the keys of the server
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE experiment_planversion DISABLE TRIGGER experiment_guard")
        cursor.execute("UPDATE experiment_planversion SET frozen_at = frozen_at - interval '1 day' WHERE id = %s", [made[1].pk])
        cursor.execute("ALTER TABLE experiment_planversion ENABLE TRIGGER experiment_guard")
    assert [one.pk for one in queries.broken_links(queries.chain())] == [made[1].pk]


def test_a_later_version_needs_a_reason_a_change_and_no_draw(turin: Territory) -> None:
    pilot, first = pilots.frozen(turin)
    with pytest.raises(ValidationError, match="Say why"):
        plans.freeze(by=None, pilot=pilot)
    with pytest.raises(ValidationError, match="nothing to freeze anew"):
        plans.freeze(by=None, pilot=pilot, reason="Because.")
    plans.write(by=None, pilot=pilot, values={"smallest": 12.0}, simulated=False)
    second = plans.freeze(by=None, pilot=pilot, reason="The budget shrank.")
    assert (second.number, second.before) == (2, first.chain)
    assert queries.frozen_plan(pilot) == second
    draws.draw(by=None, pilot=pilot, later_value="7", later_source="x", later_on=timezone.localdate())
    with pytest.raises(ValidationError, match="The lot is cast"):
        plans.write(by=None, pilot=pilot, values={"smallest": 1.0}, simulated=False)
    with pytest.raises(ValidationError, match="The lot is cast"):
        plans.set_units(by=None, pilot=pilot, units=[])


def test_simulated_cannot_be_taken_away_after_the_freezing(turin: Territory) -> None:
    pilot, _version = pilots.frozen(turin, simulated=True)
    plans.write(by=None, pilot=pilot, values={"smallest": 12.0}, simulated=False)
    assert Pilot.objects.get(pk=pilot.pk).simulated


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"smallest": None}, "smallest effect worth having"),
        ({"design": ""}, "Choose how the pilot finds out"),
        ({"later_value": ""}, "Name the public value"),
        ({"ethics": ["informed"]}, "Say in the note why"),
        ({"minimum": None}, "two ends"),
        ({"end": "2020-01-01"}, "end before it begins"),
        ({"design": "cluster"}, "have no cluster"),
        ({"column_value": "Unit"}, "name of its own"),
    ],
)
def test_an_incomplete_plan_is_not_frozen(turin: Territory, values: dict[str, Any], sentence: str) -> None:
    pilot = pilots.planned(turin)
    plans.write(by=None, pilot=pilot, values=values, simulated=False)
    with pytest.raises(ValidationError, match=sentence):
        plans.freeze(by=None, pilot=pilot)
    assert not PlanVersion.objects.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [({"number": 3}, "two units"), ({"number": 6}, "cannot show anything"), ({"number": 40, "clusters": 3}, "two clusters")],
    ids=["one in an arm", "too few to reach alpha", "one cluster in an arm"],
)
def test_what_cannot_be_estimated_is_not_frozen(turin: Territory, given: dict[str, Any], sentence: str) -> None:
    pilot = pilots.planned(turin, **given)
    with pytest.raises(ValidationError, match=sentence):
        plans.freeze(by=None, pilot=pilot)


def test_the_lot_can_be_repeated_with_nothing_but_sha256(turin: Territory) -> None:
    pilot = pilots.drawn(turin)
    version = queries.frozen_plan(pilot)
    assert version is not None
    lot = version.assignment
    frozen = json.loads(version.text)
    assert hashlib.sha256(bytes.fromhex(lot.secret)).hexdigest() == frozen["assignment"]["secret_sha256"] == lot.secret_sha256
    seed = hashlib.sha256("\0".join((version.sha256, lot.secret, "3 11 19 24 40")).encode()).hexdigest()
    assert seed == lot.seed
    keys = [one["key"] for one in frozen["units"]["list"]]
    order = sorted(keys, key=lambda key: hashlib.sha256(bytes.fromhex(seed) + key.encode()).digest())
    assert {unit for unit, arm in lot.arms.items() if arm == "treated"} == set(order[:20])


def test_the_commands_on_the_page_come_to_the_same_arms(client: Any, turin: Territory, tmp_path: Path) -> None:
    pilot = pilots.drawn(turin, clusters=8)
    version = queries.frozen_plan(pilot)
    assert version is not None
    lot = version.assignment
    told = subprocess.run(["bash", "-c", commands.seed(version.sha256, lot.secret, lot.later_value)], capture_output=True, check=True)
    assert told.stdout.decode().split()[0] == lot.seed
    (tmp_path / f"{pilot.slug}-units.csv").write_bytes(client.get(f"/territories/turin/pilots/{pilot.slug}/arms.csv").content)
    call = commands.assign(plan.read(version.text), pilot.slug, lot.seed).replace("rrr ", f"{sys.executable} -m rrr.cli ", 1)
    root = {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PATH": "/usr/bin:/bin"}
    answer = subprocess.run(call.split(), capture_output=True, check=True, cwd=tmp_path, env=root)
    arms = dict(line.split(",") for line in answer.stdout.decode().split()[1:])
    assert arms == lot.arms


def test_keys_like_formulas_and_letters_in_two_forms_still_repeat_the_draw(client: Any, turin: Territory, tmp_path: Path) -> None:
    """The file guards such keys with an apostrophe; the command takes it away again."""
    pilot = pilots.planned(turin)
    plans.set_units(by=None, pilot=pilot, units=[plan.Unit(f"{'-+='[place % 3]}K{place}") for place in range(40)])
    version = plans.freeze(by=None, pilot=pilot)
    draws.draw(by=None, pilot=pilot, later_value=" Cafe\u0301 7 ", later_source="x", later_on=timezone.localdate())
    lot = queries.assignment(version)
    assert lot is not None
    lot.refresh_from_db()
    told = subprocess.run(["bash", "-c", commands.seed(version.sha256, lot.secret, lot.later_value)], capture_output=True, check=True)
    assert told.stdout.decode().split()[0] == lot.seed
    (tmp_path / "units.csv").write_bytes(client.get(f"/territories/turin/pilots/{pilot.slug}/arms.csv").content)
    found = cli_assign(tmp_path / "units.csv", lot.seed)
    assert found == lot.arms


def cli_assign(file: Path, seed: str) -> dict[str, str]:
    call = [sys.executable, "-m", "rrr.cli", "trial", "assign", str(file), "--key", "unit", "--seed", seed, "--json"]
    root = {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PATH": "/usr/bin:/bin"}
    answer = subprocess.run(call, capture_output=True, check=True, env=root)
    return dict(json.loads(answer.stdout)["assignment"]["arms"])


@pytest.mark.parametrize("value", [1234567.5, -1e16, 1e-7, 0.1, 365.0])
def test_numbers_in_commands_keep_every_digit(value: float) -> None:
    one = plan.Plan(design="individual", minimum=min(value, 0.0) - 1, maximum=abs(value) + 1, smallest=abs(value), direction="lower")
    words = commands.estimate(one, "x").split()
    place = words.index("--range")
    assert [float(words[place + 1]), float(words[place + 2])] == [one.minimum, one.maximum]
    assert float(words[words.index("--smallest") + 1]) == one.smallest
    assert "e" not in words[place + 1] + words[place + 2]


def test_the_secret_is_nowhere_before_the_draw(client: Any, turin: Territory) -> None:
    coordinator = people.user(role="coordinator", territory=turin)
    pilot, version = pilots.frozen(turin, by=coordinator)
    secret = version.assignment.secret
    client.force_login(coordinator)
    for path in ("", "draw/", "plan/1.json", "history/", "plan/freeze/"):
        assert secret not in client.get(f"/territories/turin/pilots/{pilot.slug}/{path}").content.decode(), path
    assert secret not in json.dumps([entry.after for entry in audit.history(pilot)])
    draws.draw(by=coordinator, pilot=pilot, later_value="7", later_source="x", later_on=timezone.localdate())
    assert secret in client.get(f"/territories/turin/pilots/{pilot.slug}/draw/").content.decode()
    assert audit.history(pilot)[0].action == "pilots.draw"


def test_a_lot_is_cast_once(turin: Territory) -> None:
    pilot = pilots.drawn(turin)
    with pytest.raises(ValidationError, match="cast once"):
        draws.draw(by=None, pilot=pilot, later_value="8", later_source="x", later_on=timezone.localdate())
    with pytest.raises(DatabaseError, match="stands fixed"), transaction.atomic():
        Assignment.objects.update(later_value="8")


def test_keys_of_units_stay_out_of_the_trail(turin: Territory) -> None:
    pilot = pilots.planned(turin)
    assert "U001" not in json.dumps([[one.before, one.after] for one in audit.history(pilot)])


def test_the_chain_is_checked_offline_and_a_link_taken_out_is_found(client: Any, turin: Territory, tmp_path: Path, capsys: Any) -> None:
    made = [pilots.frozen(turin)[1] for _n in range(3)]
    text = client.get("/pilots/chain.csv").content.decode()
    file = tmp_path / "chain.csv"
    file.write_text(text, encoding="utf-8")
    assert cli(["chain", str(file), "--kept", made[0].chain]) == 0
    assert f"All 3 links hold. 1 kept hashes are in it.\nThe last is {made[2].chain}" in capsys.readouterr().out
    lines = text.splitlines(keepends=True)
    for kept, said in (([0, 1, 3], "taken out"), ([0, 1, 2], "not in it any more")):
        file.write_text("".join(lines[at] for at in kept), encoding="utf-8")
        assert cli(["chain", str(file), "--kept", made[2].chain]) == 2
        assert said in capsys.readouterr().err
    file.write_text(text.replace(made[1].sha256, "0" * 64), encoding="utf-8")
    assert cli(["chain", str(file)]) == 2
    assert "row 3: plan, time and chain do not fit" in capsys.readouterr().err


@pytest.mark.slow
def test_a_plan_taken_out_between_two_pages_of_the_chain_is_found(client: Any, turin: Territory) -> None:
    """A page does not take its first link's word for what stood before."""
    made = [pilots.frozen(turin, number=10)[1] for _n in range(52)]
    assert "Every link on this page holds." in client.get("/pilots/chain/?page=2").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE experiment_planversion DISABLE TRIGGER experiment_guard")
        cursor.execute("UPDATE experiment_planversion SET before = %s, chain = %s WHERE id = %s", ["a" * 64, "b" * 64, made[49].pk])
        cursor.execute("ALTER TABLE experiment_planversion ENABLE TRIGGER experiment_guard")
    assert "This link does not hold." in client.get("/pilots/chain/?page=2").content.decode()


def test_a_value_older_than_the_plan_casts_no_lot(client: Any, turin: Territory) -> None:
    """Frozen anew after the value was out, a plan could have been fitted to it."""
    coordinator = people.user(role="coordinator", territory=turin)
    pilot, version = pilots.frozen(turin, by=coordinator)
    today = timezone.localdate(version.frozen_at)
    client.force_login(coordinator)
    address = f"/territories/turin/pilots/{pilot.slug}/draw/"
    for day, said in ((today - timedelta(days=1), "when the value was public already"), (today + timedelta(days=2), "has not come yet")):
        answer = client.post(address, {"later_value": "7", "later_source": "x", "later_on": day.isoformat()})
        assert said in answer.content.decode()
    assert not client.post(address, {"later_value": "7", "later_source": "x"}).context["form"].is_valid()
    lot = Assignment.objects.get()
    assert lot.drawn_at is None
    client.post(address, {"later_value": "7", "later_source": "x", "later_on": today.isoformat()})
    lot.refresh_from_db()
    assert (lot.later_value, lot.later_on) == ("7", today)
    page = client.get(address).content.decode()
    assert "The day it became public" in page
    told = subprocess.run(["bash", "-c", commands.commitment(lot.secret)], capture_output=True, check=True)
    assert told.stdout.decode().split()[0] == lot.secret_sha256
    assert html.escape(commands.commitment(lot.secret)) in page
