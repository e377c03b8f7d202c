"""A team that never ran a trial walks it in Chromium on a phone: adapt, plan, freeze, draw, data, result, decision."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from rrr.core import thread as registry
from rrr.experiment import queries
from rrr.experiment.models import Pilot
from rrr.explore.models import ShortlistItem
from rrr.places.models import Territory
from tests.browser.test_pages import sign_in
from tests.factories import people, thread
from tests.factories.places import territory as make_territory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
Check = Callable[[str], None]


@pytest.fixture
def turin(transactional_db: None) -> Territory:
    found = make_territory("turin")
    people.user("coordinator@example.org", role="coordinator", territory=found)
    return found


def fill(page: Any, label: str, value: str) -> None:
    page.get_by_label(label, exact=False).first.fill(value)


def adapt(page: Any, base: str, item: ShortlistItem, check: Check) -> None:
    """The button of the panel stands on the shortlist; here it is pressed as its form sends it."""
    page.goto(f"{base}/territories/turin/adaptations/")
    check("adaptations")
    token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
    page.evaluate(
        """([item, token]) => { const form = document.createElement("form"); form.method = "post";
        form.action = "/territories/turin/adaptations/new/";
        for (const [name, value] of [["item", item], ["csrfmiddlewaretoken", token]]) {
          const field = document.createElement("input"); field.name = name; field.value = value; form.append(field); }
        document.body.append(form); form.submit(); }""",
        [str(item.pk), token],
    )
    page.wait_for_url("**/adaptations/*/")
    check("adaptation")
    page.get_by_role("link", name="Decide mentor").click()
    page.get_by_label("Change", exact=True).check()
    page.get_by_role("button", name="Save").click()
    said = page.get_by_text("Say what becomes of this part here.").or_(page.get_by_text("core part: say why"))
    said.first.wait_for()
    check("part")
    fill(page, "What becomes of it here", "One mentor for three young people.")
    fill(page, "Why", "There are too few mentors.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Further from the original").wait_for()
    page.get_by_role("link", name="Plan a pilot").click()
    check("new pilot")
    fill(page, "Name of the pilot", "First jobs in Barriera")
    page.get_by_role("button", name="Write the plan").click()


def plan(page: Any, check: Check) -> None:
    check("empty plan")
    for label, value in {
        "What do you want to know?": "Does a paid first job bring young people into work a year later?",
        "Outcome": "Days in paid work",
        "How it is measured": "Register of the employment office.",
        "When it is measured": "Twelve months after the start.",
        "Smallest effect worth having": "20",
        "Lowest possible value": "0",
        "Highest possible value": "365",
        "What is a unit?": "young people",
        "How far does the outcome spread?": "40",
        "A public value nobody knows yet": "Numbers of the national lottery on 3 March 2027",
        "The pilot begins on": "2027-03-08",
        "It ends on": "2028-03-08",
    }.items():
        fill(page, label, value)
    page.locator("#id_outcome_unit").fill("days")
    for label in ("Higher is better", "Individual trial: people drawn by lot", "RRR draws the lot after the freezing"):
        page.get_by_label(label).check()
    for box in page.locator("input[name=ethics]").all():
        box.check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Enter the units").click()
    check("units")
    fill(page, "Units, one per line", "\n".join(f"U{number:03}" for number in range(1, 61)))
    page.get_by_label("The keys are no names").check()
    page.get_by_role("button", name="Keep the list").click()
    page.get_by_text("in 80 of 100 cases").wait_for()
    check("plan")
    page.get_by_role("link", name="Go to the freezing").click()
    check("freeze")
    page.get_by_role("button", name="Freeze the plan").click()
    page.get_by_text("Plan sealed before the data").wait_for()
    check("frozen")


def draw(page: Any, check: Check) -> None:
    page.get_by_role("link", name="Draw the lot").click()
    check("before the draw")
    fill(page, "The value", "3 11 19 24 40")
    fill(page, "Where everybody can read it", "https://example.org/lottery")
    fill(page, "The day it became public", timezone.localdate().isoformat())
    page.get_by_role("button", name="Cast the lot").click()
    page.get_by_text("The lot is cast").first.wait_for()
    check("drawn")


def outcomes(pilot: Pilot) -> str:
    version = queries.frozen_plan(pilot)
    assert version is not None
    lines = [
        f"{unit};{(160 if arm == 'treated' else 110) + (place * 37) % 80}"
        for place, (unit, arm) in enumerate(sorted(queries.arms(version).items()))
        if place % 11
    ]
    return "unit;value\n" + "\n".join(lines) + "\nU999;12\nU002;many\n"


def answer(page: Any, base: str, pilot: Pilot, folder: Path, check: Check) -> None:
    page.goto(f"{base}/territories/turin/pilots/{pilot.slug}/data/")
    file = folder / "outcomes.csv"
    file.write_text(outcomes(pilot), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Upload and check").click()
    page.get_by_text("Rejected: 2").first.wait_for()
    check("data")
    page.get_by_role("button", name="Estimate the result").click()
    page.get_by_text("The true difference probably lies between").wait_for()
    check("result")
    page.get_by_role("link", name="Decide", exact=True).click()
    check("decide")
    page.get_by_label("Change it and try again").check()
    fill(page, "Why", "The gain is real; whether it lasts beyond a year, nobody knows.")
    page.get_by_role("button", name="Keep the decision").click()
    page.get_by_role("heading", name="What was decided").wait_for()
    check("decided")


def walk(window: Any, turin: Territory, folder: Path, check: Check) -> Pilot:
    sign_in(window, "coordinator@example.org")
    item = ShortlistItem.objects.create(challenge=thread.challenge(turin), solution=thread.solution())
    page = window.page
    adapt(page, window.base, item, check)
    plan(page, check)
    draw(page, check)
    pilot = Pilot.objects.get()
    answer(page, window.base, pilot, folder, check)
    return pilot


def test_the_whole_way_on_a_phone(turin: Territory, visit: Any, tmp_path: Path) -> None:
    window = visit(width=360)
    seen: list[str] = []

    def check(name: str) -> None:
        seen.append(name)
        assert window.faults() == [], name
        wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert window.page.evaluate(wide), f"{name} is wider than the screen"

    pilot = walk(window, turin, tmp_path, check)
    pilot.refresh_from_db()
    assert pilot.state == "decided"
    assert len(seen) == 15
    stranger = visit(width=1280, theme="dark")
    for path in ("/pilots/", "/pilots/chain/", f"/territories/turin/pilots/{pilot.slug}/", f"/territories/turin/pilots/{pilot.slug}/draw/"):
        stranger.go(path)
        assert stranger.faults() == [], path
    assert (window.elsewhere, stranger.elsewhere, stranger.errors) == ([], [], [])


def test_a_plan_can_be_written_without_script(turin: Territory, chromium: Any, live_server: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/accounts/login/?next=/territories/turin/adaptations/")
    page.get_by_label("Email").fill("coordinator@example.org")
    page.locator("input[name=password]").fill(people.PASSWORD)
    page.locator("main form button").first.click()
    adaptation = thread.adaptation(thread.challenge(turin), thread.solution())
    page.goto(f"{live_server.url}/territories/turin/adaptations/{adaptation.pk}/pilots/new/")
    page.get_by_role("button", name="Write the plan").click()
    page.get_by_label("What do you want to know?").fill("Does it help?")
    page.get_by_role("button", name="Save").click()
    assert page.get_by_label("What do you want to know?").input_value() == "Does it help?"
    context.close()


def test_the_step_is_registered() -> None:
    entry = registry.registrations()["experiment"]
    assert all((entry.knot, entry.panels, entry.search, entry.export, entry.erase, entry.counts))
