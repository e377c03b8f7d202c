"""Pages of step 4 as a stranger, the team and an attacker see them."""

from __future__ import annotations

import csv
import html
import io
import json
import shlex
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rrr.cli.__main__ import main as cli
from rrr.core import thread as registry
from rrr.experiment import bridge, plan, queries, sentences
from rrr.experiment.actions import adaptations, plans, results
from rrr.experiment.models import Adaptation, Pilot
from rrr.explore.models import ShortlistItem
from rrr.places.models import Territory
from tests.factories import people, pilots, thread
from tests.factories.places import territory as make_territory

pytestmark = pytest.mark.django_db
PAYLOAD = "<script>alert(1)</script>"


@pytest.fixture
def turin() -> Territory:
    return make_territory("turin")


@pytest.fixture
def coordinator(turin: Territory) -> Any:
    return people.user(role="coordinator", territory=turin)


def rows(treated: float = 130, control: float = 100, of: Pilot | None = None) -> str:
    """One row per unit: the arm's value with a little spread."""
    assert of is not None
    version = queries.frozen_plan(of)
    assert version is not None
    arms = queries.arms(version)
    lines = [f"{unit};{(treated if arm == 'treated' else control) + place % 7}" for place, (unit, arm) in enumerate(sorted(arms.items()))]
    return "unit;value\n" + "\n".join(lines) + "\n"


def with_result(turin: Territory, **values: Any) -> Pilot:
    pilot = pilots.drawn(turin, **values)
    pilots.upload(pilot, rows(of=pilot))
    results.estimate(by=None, pilot=pilot)
    return pilot


def page(client: Client, pilot: Pilot, path: str = "") -> str:
    return client.get(f"/territories/turin/pilots/{pilot.slug}/{path}").content.decode()


def test_a_pilot_is_public_from_the_freezing_on(client: Client, turin: Territory, coordinator: Any) -> None:
    pilot = pilots.planned(turin)
    address = f"/territories/turin/pilots/{pilot.slug}/"
    assert client.get(address).status_code == 404
    assert pilot.title not in client.get("/pilots/").content.decode()
    version = plans.freeze(by=coordinator, pilot=pilot)
    assert version.sha256 in page(client, pilot)
    assert pilot.title in client.get("/pilots/").content.decode()
    assert client.get(f"{address}plan/1.json").content.decode() == version.text


def test_a_pilot_of_a_draft_territory_stays_with_its_people(client: Client) -> None:
    draft = make_territory("innsbruck", published=False)
    pilot, version = pilots.frozen(draft, title="Hidden pilot")
    assert client.get(f"/territories/innsbruck/pilots/{pilot.slug}/").status_code == 404
    chain = client.get("/pilots/chain/").content.decode()
    assert version.chain in chain  # the chain would break without it
    assert "Hidden pilot" not in chain


def test_an_adaptation_is_public_once_it_led_to_a_frozen_plan(client: Client, turin: Territory) -> None:
    pilot = pilots.planned(turin)
    address = f"/territories/turin/adaptations/{pilot.adaptation_id}/"
    assert client.get(address).status_code == 404
    plans.freeze(by=None, pilot=pilot)
    assert client.get(address).status_code == 200


def test_the_team_walks_from_the_shortlist_to_the_plan(client: Client, turin: Territory, coordinator: Any) -> None:
    challenge, solution = thread.challenge(turin), thread.solution()
    item = ShortlistItem.objects.create(challenge=challenge, solution=solution)
    client.force_login(coordinator)
    answer = client.post("/territories/turin/adaptations/new/", {"item": item.pk})
    made = Adaptation.objects.get()
    assert answer["Location"] == f"/territories/turin/adaptations/{made.pk}/"
    assert "4 of 4 parts are not decided" in client.get(answer["Location"]).content.decode()
    core = made.parts.filter(kind="core").first()
    assert core is not None
    address = f"/territories/turin/adaptations/{made.pk}/parts/{core.pk}/"
    refused = client.post(address, {"decision": "drop", "how": "", "reason": ""}).content.decode()
    assert "This is a core part: say why" in refused
    client.post(address, {"decision": "drop", "how": "", "reason": "No mentor can be paid."})
    text = client.get(f"/territories/turin/adaptations/{made.pk}/").content.decode()
    assert "1 core part is changed or dropped" in text
    assert "3 of 4 parts are not decided" in text
    assert "No mentor can be paid." in client.get(f"/territories/turin/adaptations/{made.pk}/history/").content.decode()
    answer = client.post(f"/territories/turin/adaptations/{made.pk}/pilots/new/", {"title": "First jobs"})
    assert answer["Location"] == "/territories/turin/pilots/first-jobs/plan/"
    plan = client.get(answer["Location"]).content.decode()
    assert "things are missing before the freezing" in plan


def test_the_plan_form_keeps_what_is_written_and_says_what_it_can_see(client: Client, turin: Territory, coordinator: Any) -> None:
    client.force_login(coordinator)
    pilot = plans.begin(by=coordinator, adaptation=thread.adaptation(thread.challenge(turin), thread.solution()), title="Jobs")
    given = {
        **{k: v for k, v in pilots.VALUES.items() if k not in ("share_treated", "assumed_icc") and v is not None},
        "share_percent": "50",
    }
    assert client.post("/territories/turin/pilots/jobs/plan/", given).status_code == 302
    text = "\n".join(one.key for one in pilots.units(128))
    assert client.post("/territories/turin/pilots/jobs/plan/units/", {"text": text, "no_names": "on"}).status_code == 302
    plan = client.get("/territories/turin/pilots/jobs/plan/").content.decode()
    # 64 per arm see half a standard deviation (Cohen 1988, table 2.4.1): 0.5 * 40 = 20 days
    assert "With 64 that begin and 64 that wait the pilot sees a difference of 20 days or more in 80 of 100 cases." in plan
    assert "missing before the freezing" not in plan
    answer = client.post("/territories/turin/pilots/jobs/plan/freeze/")
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == "/territories/turin/pilots/jobs/"
    pilot.refresh_from_db()
    assert pilot.state == "frozen"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Maria Rossi\nU2", "looks like a name"),
        ("maria@example.org", "looks like a name"),
        ("U1\nU1", "stands twice"),
        ("unit;arm\nU1;maybe", "neither “treated” nor “control”"),
        ("U1" * 50, "more than 80 characters"),
    ],
    ids=["name", "address", "twice", "arm", "long"],
)
def test_a_list_of_units_with_faults_is_refused_with_the_line(
    client: Client, turin: Territory, coordinator: Any, text: str, sentence: str
) -> None:
    pilot = pilots.planned(turin)
    client.force_login(coordinator)
    answer = client.post(f"/territories/turin/pilots/{pilot.slug}/plan/units/", {"text": text, "no_names": "on"}).content.decode()
    assert sentence in answer
    assert "Line" in answer
    pilot.refresh_from_db()
    assert len(pilot.draft["units"]) == 40


def test_units_come_from_a_file_too(client: Client, turin: Territory, coordinator: Any) -> None:
    pilot = pilots.planned(turin)
    client.force_login(coordinator)
    file = io.BytesIO(b"Unit,Cluster,note\nA1,x,-\nA2,y,-\n")
    file.name = "units.csv"
    answer = client.post(f"/territories/turin/pilots/{pilot.slug}/plan/units/", {"file": file, "no_names": "on"})
    assert answer.status_code == 302, answer.content.decode()
    pilot.refresh_from_db()
    assert pilot.draft["units"] == [{"key": "A1", "cluster": "x"}, {"key": "A2", "cluster": "y"}]


def test_the_result_is_said_in_words_with_interval_and_command(client: Client, turin: Territory) -> None:
    pilot = with_result(turin)
    text = page(client, pilot)
    assert "higher for those that began" in text
    assert "The true difference probably lies between" in text
    assert "The whole interval reaches what was set as worth having." in text
    assert "rrr trial estimate supported-first-job-rows.csv --design individual" in text
    assert "rows.csv (CSV)" not in text
    assert "/rows.csv" not in text  # rows are for those who work with data


@pytest.mark.parametrize("who", ["anonymous", "analyst"])
def test_rows_are_for_those_who_work_with_data(client: Client, turin: Territory, who: str) -> None:
    pilot = with_result(turin)
    if who != "anonymous":
        client.force_login(people.user(role=who, territory=turin))
    upload = queries.latest_upload(pilot)
    assert upload is not None
    answer = client.get(f"/territories/turin/pilots/{pilot.slug}/data/{upload.pk}/rows.csv")
    if who == "anonymous":
        assert answer.status_code == 302
        return
    found = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(found) == 40
    assert {row["arm"] for row in found} == {"treated", "control"}


def test_a_group_under_five_is_not_shown_to_the_public(client: Client, turin: Territory, coordinator: Any) -> None:
    pilot = pilots.drawn(turin, number=8)
    pilots.upload(pilot, rows(of=pilot))
    results.estimate(by=None, pilot=pilot)
    text = page(client, pilot)
    assert "Means are not shown: a group is under five." in text
    assert "under 5" in text
    client.force_login(coordinator)
    assert "Means are not shown" not in page(client, pilot)


def test_before_and_after_is_called_weak_and_never_an_effect(client: Client, turin: Territory) -> None:
    pilot, _version = pilots.frozen(turin, design="before_after")
    lines = [f"{one.key};{100 + place % 5};before\n{one.key};{120 + place % 3};after" for place, one in enumerate(pilots.units())]
    pilots.upload(pilot, "unit;value;period\n" + "\n".join(lines))
    made = results.estimate(by=None, pilot=pilot)
    assert made.weak
    text = page(client, pilot)
    assert "Weak design: nobody was compared with." in text
    assert "higher after than before. The change probably lies between" in text
    result = text[text.index('id="result"') : text.index('id="way"')].replace("a gap, not an effect", "")
    assert "effect" not in result
    assert ">The change<" in text


def test_a_refusal_is_an_answer(client: Client, turin: Territory, coordinator: Any) -> None:
    pilot = pilots.drawn(turin)
    pilots.upload(pilot, "unit;value\nU001;12\n")
    client.force_login(coordinator)
    client.post(f"/territories/turin/pilots/{pilot.slug}/estimate/")
    text = page(client, pilot)
    assert "These data allow no estimate" in text
    assert queries.latest_result(pilot) is None
    client.post(f"/territories/turin/pilots/{pilot.slug}/decide/", {"verdict": "stop", "reason": "Hardly anybody answered."})
    client.logout()
    assert "Hardly anybody answered." in page(client, pilot)


def test_rejected_rows_are_listed_and_can_be_downloaded_without_formulas(client: Client, turin: Territory, coordinator: Any) -> None:
    pilot = pilots.drawn(turin)
    client.force_login(coordinator)
    file = io.BytesIO(b"unit;value\nU001;12\n=cmd();1\n" + PAYLOAD.encode() + b";3\n")
    file.name = "data.csv"
    answer = client.post(f"/territories/turin/pilots/{pilot.slug}/data/", {"file": file}, follow=True)
    text = answer.content.decode()
    assert "Rows that went through: 1. Rejected: 2." in text
    assert PAYLOAD not in text
    upload = queries.latest_upload(pilot)
    assert upload is not None
    found = client.get(f"/territories/turin/pilots/{pilot.slug}/data/{upload.pk}/rejected.csv").content.decode()
    rejected = list(csv.DictReader(io.StringIO(found)))
    assert rejected[0]["text"].startswith("'=cmd()")
    assert "The plan knows no unit" in rejected[0]["reason"]


@pytest.mark.slow
def test_simulated_is_said_wherever_the_pilot_shows(client: Client, turin: Territory, coordinator: Any) -> None:
    pilot = with_result(turin, simulated=True, title="Made up")
    for path in ("/pilots/", "/territories/turin/pilots/", f"/territories/turin/pilots/{pilot.slug}/", "/territories/turin/"):
        assert "Simulated." in client.get(path).content.decode(), path
    client.force_login(coordinator)
    for path in ("plan/", "draw/", "data/", "decide/"):
        assert "Simulated." in page(client, pilot, path), path


@pytest.mark.slow
def test_texts_are_never_markup(client: Client, turin: Territory, coordinator: Any) -> None:
    texts = ("question", "outcome", "outcome_unit", "measured_how", "measured_when", "units_what", "later_value", "ethics_note")
    pilot = with_result(turin, title=PAYLOAD, **dict.fromkeys(texts, PAYLOAD[:40]))
    adaptations.describe(by=None, adaptation=pilot.adaptation, title=PAYLOAD, summary=PAYLOAD)
    results.decide(by=coordinator, pilot=pilot, verdict="stop", reason=PAYLOAD)
    client.force_login(coordinator)
    addresses = ["/pilots/", "/pilots/chain/", "/territories/turin/", "/territories/turin/adaptations/"]
    addresses += [f"/territories/turin/adaptations/{pilot.adaptation_id}/"]
    addresses += [f"/territories/turin/pilots/{pilot.slug}/{path}" for path in ("", "plan/", "plan/freeze/", "draw/", "data/", "history/")]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert PAYLOAD not in answer.content.decode(), address


@pytest.mark.slow
@pytest.mark.parametrize("number", [2, 12])
def test_lists_ask_the_same_number_of_questions_however_long(
    client: Client,
    turin: Territory,
    django_assert_num_queries: DjangoAssertNumQueries,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    for _each in range(number):
        pilots.frozen(turin)
    with django_assert_num_queries(3):  # count, page, header's menu
        client.get("/pilots/")
    with django_assert_num_queries(3):  # count, page, header's menu
        client.get("/pilots/chain/")
    with django_assert_max_num_queries(10):  # territory, count, page, header's menu, and one per knot of the thread
        client.get("/territories/turin/pilots/")
    with django_assert_max_num_queries(10):
        client.get("/territories/turin/adaptations/")


def test_a_team_sees_its_own_plans_on_a_solution_and_not_those_of_others(rf: Any, turin: Territory, coordinator: Any) -> None:
    from rrr.experiment import hooks

    ours, theirs = pilots.planned(turin), pilots.planned(make_territory("bilbao"), title="Theirs")
    request = rf.get("/")
    request.user = coordinator
    for pilot, shown in ((ours, 1), (theirs, 0)):
        context = registry.Context(request, "turin", {"solution": pilot.adaptation.solution})
        found = [one for one in hooks.panels("solution", context) if one.template == "experiment/_pilots.html"]
        assert len(found) == shown


def test_what_other_steps_show(client: Client, rf: Any, turin: Territory, coordinator: Any) -> None:
    pilot = with_result(turin)
    request = rf.get("/")
    request.user = people.user()
    subjects = {"challenge": pilot.adaptation.challenge}
    context = registry.Context(request, "turin", subjects)
    from rrr.experiment import hooks

    assert [one.template for one in hooks.panels("challenge", context)] == ["experiment/_pilots.html"]
    assert hooks.knot(context).url == f"/territories/turin/pilots/{pilot.slug}/"
    item = ShortlistItem.objects.create(challenge=pilot.adaptation.challenge, solution=thread.solution())
    offered = registry.Context(request, "turin", {"item": item})
    assert hooks.panels("shortlist_item", offered) == []  # a stranger adapts nothing
    request.user = coordinator
    assert [one.template for one in hooks.panels("shortlist_item", offered)] == ["experiment/_adapt.html"]
    assert queries.counts() == {"turin": 1}
    assert [hit.title for hit in hooks.search("first job", request)] == [pilot.title]


def test_an_earlier_result_stays_readable(client: Client, turin: Territory) -> None:
    """Nobody can upload until the result pleases and leave no trace of it."""
    pilot = with_result(turin)
    assert "earlier result" not in page(client, pilot)
    pilots.upload(pilot, rows(101, 100, of=pilot))
    results.estimate(by=None, pilot=pilot)
    text = page(client, pilot)
    first = queries.answers(pilot)[1]
    assert "1 earlier result of this pilot" in text
    assert "days, 95% interval" in text
    assert first.upload.file_id[:12] in text
    assert "The rows stay with the team" in text


def test_percent_of_yes_and_no_is_told_in_people_and_points(client: Client, turin: Territory) -> None:
    pilot = pilots.drawn(turin, outcome_unit="%", maximum=100.0)
    version = queries.frozen_plan(pilot)
    assert version is not None
    arms = queries.arms(version)
    yes = {"treated": 4, "control": 2}  # of every five
    count = {"treated": 0, "control": 0}
    lines = []
    for unit, arm in sorted(arms.items()):
        lines.append(f"{unit};{100 if count[arm] % 5 < yes[arm] else 0}")
        count[arm] += 1
    pilots.upload(pilot, "unit;value\n" + "\n".join(lines))
    results.estimate(by=None, pilot=pilot)
    text = page(client, pilot)
    assert "Of 100 that began (young people), 40 more reached" in text
    assert "percentage points.<" in text
    assert "10 percentage points" in text  # the smallest difference worth having
    assert "40 percentage points" in text


def test_percent_of_something_else_is_not_told_in_people(client: Client, turin: Territory) -> None:
    pilot = pilots.drawn(turin, outcome_unit="%", maximum=100.0)
    pilots.upload(pilot, rows(60, 40, of=pilot))
    results.estimate(by=None, pilot=pilot)
    text = page(client, pilot)
    assert "Of 100 that began" not in text
    assert "percentage points higher for those that began" in text


def test_missing_outcomes_that_change_the_reading_are_said_beside_it(client: Client, turin: Territory) -> None:
    pilot = pilots.drawn(turin, maximum=365.0)
    kept = rows(of=pilot).splitlines()
    pilots.upload(pilot, "\n".join([*kept[:1], *kept[9:]]) + "\n")
    made = results.estimate(by=None, pilot=pilot)
    assert made.details["verdict"] == "clearly_better"
    assert made.details["verdict_wide"] == "undecided"
    assert "Whatever the missing outcomes were: Nobody can tell yet" in page(client, pilot)


def test_a_lot_drawn_elsewhere_is_not_called_repeatable(client: Client, turin: Territory) -> None:
    here, there = with_result(turin), with_result(turin, arms_by="given")
    assert "nobody can repeat it here" not in page(client, here)
    assert "nobody can repeat it here" in page(client, there)


@pytest.mark.slow
def test_what_the_plan_can_see_runs_again_on_the_command_line(
    client: Client, turin: Territory, coordinator: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Power, with every number of the plan in the line, for each design."""
    client.force_login(coordinator)
    for given in ({}, {"clusters": 10}, {"design": "before_after"}):
        pilot = pilots.planned(turin, **given)  # type: ignore[arg-type] # one or none of two fields
        text = html.unescape(page(client, pilot, "plan/"))
        command = next(line for line in text.splitlines() if "rrr trial power" in line)
        words = shlex.split(command[command.index("rrr trial power") :].split("<")[0])
        assert cli([*words[1:], "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        seen = bridge.prospect(plan.from_draft(pilot.draft))
        assert told["detectable"] == pytest.approx(seen.detectable)
        assert told["power"] == pytest.approx(seen.power)
        assert sentences.number(told["detectable"]) in text
