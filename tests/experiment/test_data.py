"""Outcome data against the frozen plan, one fault at a time; and the result that comes of them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from rrr.core import privacy
from rrr.experiment import bridge, commands, data_check, plan, queries, sentences, unit_list
from rrr.experiment.actions import data, plans, results
from rrr.experiment.models import DataUpload, Decision, Pilot, PlanVersion
from rrr.places.models import Territory
from tests.factories import people, pilots
from tests.factories.places import territory as make_territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def turin() -> Territory:
    return make_territory("turin")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("U999;10", "unknown_unit"),
        (";10", "no_unit"),
        ("U001;12", "unit_twice"),
        ("U002;many", "not_a_number"),
        ("U002;1.234.567", "ambiguous_number"),
        ("U002;1,234", "ambiguous_number"),
        ("U002;366", "out_of_range"),
        ("U002;-1", "out_of_range"),
        ("U002;inf", "not_a_number"),
        ("U002;1e999", "not_a_number"),
    ],
)
def test_a_row_that_does_not_fit_the_plan_is_rejected_with_its_reason(turin: Territory, line: str, code: str) -> None:
    pilot = pilots.drawn(turin)
    made = pilots.upload(pilot, f"unit;value\nU001;11\n{line}\nU003;12\n")
    assert [(row["line"], row["code"]) for row in made.rejected] == [(3, code)]
    assert [row["unit"] for row in made.rows] == ["U001", "U003"]
    assert code in sentences.ROWS


@pytest.mark.parametrize(
    ("text", "value"),
    [("3,5", 3.5), ("3.5", 3.5), ("1 000", 1000.0), ("−2", -2.0), ("", None), ("  7 ", 7.0), ("1e2", 100.0), ("0,125", 0.125)],
)
def test_numbers_as_people_write_them(turin: Territory, text: str, value: float | None) -> None:
    pilot = pilots.drawn(turin, minimum=-10, maximum=2000)
    made = pilots.upload(pilot, f"unit;value\nU001;{text}\nU002;1\n")
    assert made.rejected == []
    assert made.rows[0]["value"] == value
    assert made.facts["decimal_commas"] == ("," in text)


def test_arm_and_cluster_of_the_file_are_compared_with_the_plan(turin: Territory) -> None:
    pilot = pilots.drawn(turin, arms_by="given", clusters=20)
    made = pilots.upload(
        pilot, "unit;value;arm;cluster\nU001;1;treated;school-0\nU002;1;treated;school-1\nU003;1;treated;school-9\nU004;1;;\n"
    )
    assert [row["code"] for row in made.rejected] == ["other_arm", "other_cluster"]
    assert [row["unit"] for row in made.rows] == ["U001", "U004"]


def test_before_and_after_need_their_period(turin: Territory) -> None:
    pilot, _version = pilots.frozen(turin, design="before_after")
    made = pilots.upload(pilot, "unit;value;period\nU001;1;before\nU001;2;AFTER\nU001;3;after\nU002;1;later\n")
    assert [row["code"] for row in made.rejected] == ["unit_twice", "unknown_period"]
    assert [(row["period"], row["value"]) for row in made.rows] == [("before", 1.0), ("after", 2.0)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "empty"), ("unit;value\n", "nothing below"), ("who;what\n1;2\n", "no column called unit, value"), ("%PDF-1.7\n", "no table")],
    ids=["empty", "no rows", "other columns", "not a table"],
)
def test_a_file_of_no_use_gets_a_sentence_and_changes_nothing(turin: Territory, text: str, sentence: str) -> None:
    pilot = pilots.drawn(turin)
    with pytest.raises(ValidationError) as problem:
        pilots.upload(pilot, text)
    assert sentence in " ".join(problem.value.messages)
    assert Pilot.objects.get().state == "frozen"
    assert not DataUpload.objects.exists()


def test_a_spreadsheet_is_read_like_a_text_file(turin: Territory) -> None:
    pilot = pilots.drawn(turin)
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (["Unit", "Value"], ["U001", 12.5], ["U002", None], ["U999", 3]):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    made = data.upload(by=None, pilot=pilot, chunks=[buffer.getvalue()], name="outcomes.xlsx")
    assert [(row["unit"], row["value"]) for row in made.rows] == [("U001", 12.5), ("U002", None)]
    assert [row["code"] for row in made.rejected] == ["unknown_unit"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1250", "latin-1"])
def test_encodings_of_office_programs(turin: Territory, encoding: str) -> None:
    pilot = pilots.planned(turin)
    plans.set_units(by=None, pilot=pilot, units=[*pilots.units(38), plan.Unit("Élan"), plan.Unit("Über")])
    plans.freeze(by=None, pilot=pilot)
    from rrr.experiment.actions import draws

    draws.draw(by=None, pilot=pilot, later_value="7", later_source="x", later_on=timezone.localdate())
    text = "unit;value\n" + "".join(f"U{place:03};1\n" for place in range(1, 30)) + "Élan;12\nÜber;13\n"
    made = data.upload(by=None, pilot=pilot, chunks=[text.encode(encoding)], name="d.csv")
    assert made.rejected == []
    assert [row["value"] for row in made.rows[-2:]] == [12.0, 13.0]


def test_data_come_after_plan_and_draw_and_a_later_file_replaces(turin: Territory) -> None:
    pilot = pilots.planned(turin)
    with pytest.raises(ValidationError, match="not frozen yet"):
        pilots.upload(pilot, "unit;value\nU001;1\n")
    plans.freeze(by=None, pilot=pilot)
    with pytest.raises(ValidationError, match="not cast yet"):
        pilots.upload(pilot, "unit;value\nU001;1\n")
    pilot = pilots.drawn(turin)
    first = pilots.upload(pilot, "unit;value\nU001;1\n")
    second = pilots.upload(pilot, "unit;value\nU001;2\n")
    assert queries.latest_upload(pilot) == second
    assert queries.uploads(pilot) == [second, first]
    assert first.file.path.read_bytes() == b"unit;value\nU001;1\n"
    assert Pilot.objects.get(pk=pilot.pk).state == "data"
    assert first.facts["without_row"] == 39


def answered(turin: Territory, **values: Any) -> tuple[Pilot, dict[str, float]]:
    """A pilot with data for nine of ten units, and the values by unit."""
    pilot = pilots.drawn(turin, **values)
    version = queries.frozen_plan(pilot)
    assert version is not None
    arms = queries.arms(version)
    known = {
        unit: 100.0 + (25 if arm == "treated" else 0) + (place * 7) % 19
        for place, (unit, arm) in enumerate(sorted(arms.items()))
        if place % 10 != 3
    }
    pilots.upload(pilot, "unit;value\n" + "".join(f"{unit};{value}\n" for unit, value in known.items()))
    return pilot, known


@pytest.mark.slow
@pytest.mark.parametrize("clusters", [0, 10], ids=["individual", "cluster"])
def test_the_result_equals_the_engine_and_the_command_on_the_same_rows(
    client: Any, turin: Territory, tmp_path: Path, clusters: int
) -> None:
    pilot, known = answered(turin, clusters=clusters)
    made = results.estimate(by=None, pilot=pilot)
    frozen = plan.read(made.plan.text)
    arms = queries.arms(made.plan)
    if not clusters:  # by hand: a difference of two means
        groups = {arm: [value for unit, value in known.items() if arms[unit] == arm] for arm in ("treated", "control")}
        means = {arm: sum(values) / len(values) for arm, values in groups.items()}
        assert made.value == pytest.approx(means["treated"] - means["control"])
        assert (made.number_treated, made.number_control) == (len(groups["treated"]), len(groups["control"]))
    client.force_login(people.user(role="analyst", territory=turin))
    rows = client.get(f"/territories/turin/pilots/{pilot.slug}/data/{made.upload_id}/rows.csv").content
    (tmp_path / f"{pilot.slug}-rows.csv").write_bytes(rows)
    call = commands.estimate(frozen, pilot.slug).replace("rrr ", f"{sys.executable} -m rrr.cli ", 1) + " --json"
    root = {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PATH": "/usr/bin:/bin"}
    answer = subprocess.run(call.split(), capture_output=True, check=True, cwd=tmp_path, env=root)
    told = json.loads(answer.stdout)
    estimate = told["estimation"]["estimate"]
    assert (made.value, made.low, made.high) == pytest.approx((estimate["value"], estimate["low"], estimate["high"]))
    assert (made.details["wide_low"], made.details["wide_high"]) == pytest.approx((estimate["wide_low"], estimate["wide_high"]))
    assert told["verdict"] == made.details["verdict"]


def test_a_unit_without_a_row_is_missing_not_forgotten(turin: Territory) -> None:
    pilot, known = answered(turin)
    made = results.estimate(by=None, pilot=pilot)
    assert sum(made.details["missing"].values()) == 40 - len(known)
    assert made.details["wide_low"] < made.low  # type: ignore[operator]


def test_states_go_forward_only(turin: Territory) -> None:
    pilot, _known = answered(turin)
    with pytest.raises(ValidationError, match="no result yet"):
        results.decide(by=None, pilot=pilot, verdict="scale", reason="x")
    results.estimate(by=None, pilot=pilot)
    assert Pilot.objects.get().state == "estimated"
    results.decide(by=None, pilot=pilot, verdict="scale", reason="It works.")
    pilots.upload(pilot, "unit;value\nU001;2\n")
    assert Pilot.objects.get().state == "decided"
    assert queries.latest_decision(pilot) == Decision.objects.get()


def test_every_code_has_a_sentence() -> None:
    from rrr.engines import trial

    assert {one.value for one in trial.Code} <= set(sentences.ADVICE)
    assert {one.value for one in trial.RefusalCode} <= set(sentences.REFUSALS)
    assert {one.value for one in trial.Verdict} == set(sentences.VERDICTS)
    assert sentences.advice("under_10_per_arm", {"treated": 6, "control": 6})
    assert "\u2212" not in sentences.refusal("too_few_per_arm", {"treated": 1, "control": 0})


def test_a_person_can_take_their_data_along_and_be_forgotten(turin: Territory) -> None:
    person = people.user(role="coordinator", territory=turin)
    pilot = pilots.drawn(turin, by=person)
    pilots.upload(pilot, "unit;value\nU001;1\n", by=person)
    results.estimate(by=person, pilot=pilot)
    results.decide(by=person, pilot=pilot, verdict="stop", reason="No data.")
    taken = privacy.export(person)["experiment"]
    assert {name: len(rows) for name, rows in taken.items()} == {
        "adaptations": 0, "plans_frozen": 1, "draws": 1, "uploads": 1, "estimates": 1, "decisions": 1,
    }  # fmt: skip
    privacy.erase(user=person, by=person)
    assert PlanVersion.objects.get().frozen_by is None
    assert Decision.objects.get().by is None
    assert queries.broken_links(queries.chain()) == []  # the erasing took nobody's proof away


def test_pasted_units_go_round() -> None:
    text = "unit; cluster; arm\nU1; a; treated\nU2; b; control"
    read = unit_list.from_text(text)
    assert read.problems == ()
    assert [(one.key, one.cluster, one.arm) for one in read.units] == [("U1", "a", "treated"), ("U2", "b", "control")]
    assert unit_list.as_text([{"key": one.key, "cluster": one.cluster, "arm": one.arm} for one in read.units]) == text


def test_too_many_rows_are_refused(turin: Territory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_check, "LIMIT", 3)
    pilot = pilots.drawn(turin)
    with pytest.raises(ValidationError, match="more than 3 rows"):
        pilots.upload(pilot, "unit;value\n" + "U001;1\n" * 4)


def test_the_bridge_names_every_unit_of_the_plan(turin: Territory) -> None:
    _pilot, version = pilots.frozen(turin, design="before_after", number=3)
    seen = bridge.observations(plan.read(version.text), {}, [{"unit": "U001", "value": 1.0, "period": "before"}])
    assert len(seen) == 6
    assert [one.value for one in seen] == [1.0, None, None, None, None, None]
