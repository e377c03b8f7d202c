"""The whole thread as a team walks it in Chromium: from an empty territory and a register file to evidence others find.

Every link and button is reached by the Tab key and pressed by Enter. On every page on the way: no fault of accessibility, no request to
another host, no error in the console, and a thread bar whose links lead somewhere.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.utils import timezone

from rrr.core import jobs
from rrr.core.models import Job
from rrr.experiment import queries as experiment
from rrr.experiment.models import Pilot
from rrr.explore.models import Effect
from tests.browser.test_pages import shown, sign_in
from tests.factories import people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

REGISTER = (
    "id,name,type,street,city,lon,lat,website\n"
    "1,Cooperativa Lanterna,cooperativa,Via Garibaldi 1,Genova,8.93,44.41,https://lanterna.example.org\n"
    "2,Banco del Porto,associazione,Via Prè 2,Genova,8.92,44.41,\n"
    "3,,associazione,Via Prè 3,Genova,8.92,44.41,\n"
)
BOUNDARY = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Genoa"}, "geometry": '
    '{"type": "Polygon", "coordinates": [[[8.6, 44.3], [9.2, 44.3], [9.2, 44.6], [8.6, 44.6], [8.6, 44.3]]]}}]}'
)
HERE = "/territories/genoa/"


class Walker:
    """A window whose reader uses the keyboard, and looks at every page for faults."""

    def __init__(self, window: Any) -> None:
        self.window = window
        self.page = window.page
        self.bars: dict[str, str] = {}  # address in a thread bar -> page it stood on

    def press(self, role: Any, name: str | re.Pattern[str], *, exact: bool = False, within: str = "main") -> None:
        """Tab until the link or button has the focus, then Enter."""
        wanted = self.page.locator(within).get_by_role(role, name=name, exact=exact).first
        wanted.wait_for()
        target = wanted.element_handle()
        self.page.evaluate("document.activeElement && document.activeElement.blur()")
        for _ in range(400):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("one => document.activeElement === one", target):
                break
        else:
            raise AssertionError(f"the Tab key never reaches {name}")
        self.enter()

    def enter(self) -> None:
        """Press Enter and wait for the page that comes."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.page.wait_for_load_state("networkidle")

    def fill(self, label: str | re.Pattern[str], value: str, *, exact: bool = False) -> None:
        self.page.get_by_label(label, exact=exact).first.fill(value)

    def sound(self, what: str) -> None:
        assert self.window.faults() == [], what
        wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert self.page.evaluate(wide), f"{what} is wider than the screen"
        assert self.window.errors == [], what
        for address in self.page.eval_on_selector_all("nav.thread a", "links => links.map(one => one.href)"):
            self.bars.setdefault(urlsplit(address)._replace(fragment="").geturl(), what)

    def at(self, path: str) -> None:
        self.window.go(path)

    def text(self) -> str:
        return str(self.page.locator("main").inner_text())


def work() -> None:
    """What the worker does meanwhile."""
    for job in Job.objects.filter(state="queued").order_by("created_at"):
        jobs.run(job.pk)


@pytest.fixture
def content(transactional_db: None) -> None:
    call_command("starter", "load", verbosity=0)


def make_territory(walker: Walker, folder: Path) -> None:
    walker.at("/territories/")
    walker.press("link", "Create a territory")
    walker.sound("the form of a territory")
    boundary = folder / "genoa.geojson"
    boundary.write_text(BOUNDARY, encoding="utf-8")
    for label, value in {"Name": "Genoa", "Languages": "it", "Authority": "Comune di Genova"}.items():
        walker.fill(label, value, exact=True)
    walker.page.get_by_label("Country").select_option("IT")
    walker.page.get_by_label("Time zone").select_option("Europe/Rome")
    walker.page.locator("input[name=boundary]").set_input_files(boundary)
    walker.press("button", "Save")
    assert walker.page.url.endswith(HERE)
    walker.sound("the draft of a territory")
    walker.press("button", "Publish")


def take_in_the_register(walker: Walker, folder: Path) -> None:
    file = folder / "chamber.csv"
    file.write_text(REGISTER, encoding="utf-8")
    walker.press("link", "Registers")
    walker.sound("registers")
    walker.press("link", "Import a register")
    walker.fill("Name of a new register", "Chamber")
    walker.page.get_by_label("Licence").first.select_option("cc_by")
    walker.page.locator("input[type=file]").set_input_files(file)
    walker.press("button", "Upload and look at it")
    walker.sound("columns")
    walker.press("button", "Read the file")
    work()
    shown(walker.page)
    walker.sound("which records belong here")
    walker.press("button", "Compare with what we know")
    work()
    shown(walker.page)
    walker.sound("what was found")
    walker.press("button", "Publish", exact=True)
    work()
    walker.at(HERE)
    assert "Cooperativa Lanterna" in walker.page.content()
    walker.page.wait_for_selector("#map[data-ready]", timeout=30_000)
    walker.sound("the portrait")


def open_a_challenge(walker: Walker) -> None:
    walker.at(f"{HERE}challenges/")
    walker.press("link", "Open a challenge")
    walker.fill("Title", "First jobs")
    walker.fill("The problem", "Many young people finished school in the crisis and found no first paid job with support.")
    walker.page.get_by_label(re.compile("^Rebuild")).check()
    walker.page.get_by_label("Employment", exact=True).check()
    walker.press("button", "Save")
    walker.sound("a challenge")
    walker.press("link", "Add evidence")
    walker.press("link", "Indicator")
    walker.page.get_by_label(re.compile("ages 15 to 24")).first.check()
    walker.sound("the choice of an indicator")
    walker.press("button", "Save")
    assert walker.page.locator("figure.chart > div > svg").count() == 2
    walker.press("link", "Add somebody")
    walker.page.get_by_label("Organisation of the map").select_option(label="Cooperativa Lanterna")
    for name in ("sector", "commitment"):
        field = walker.page.locator(f"[name={name}]").first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(index=2)
        else:
            field.check()
    walker.press("button", "Save")
    walker.press("link", "Open it to everybody")
    walker.page.get_by_label(re.compile("^Open")).check()
    walker.fill("Why", "Ready to be read.")
    walker.press("button", "Save")
    walker.sound("the open challenge")


def hold_a_vote(walker: Walker, visit: Any) -> None:
    walker.press("link", "Hold a vote on statements")
    walker.fill("What the answers are used for", "The youth office chooses in March.")
    walker.fill("Statements to begin with", "Firms should pay.\nSchools should stay open.")
    walker.press("button", "Save")
    walker.press("button", "Open the vote")
    walker.sound("running the vote")
    address = walker.page.locator("a.share").get_attribute("href")
    for _ in range(5):
        voter = visit(width=360).page
        voter.goto(address)
        voter.get_by_role("button", name="Begin").click()
        for _ in range(2):
            voter.get_by_role("button", name="Agree", exact=True).click()
        voter.context.close()
    walker.press("button", "Close the vote")
    walker.page.goto(f"{address}results/")
    assert "5 voters. 5 agree, 0 disagree, 0 pass." in walker.page.content()
    walker.sound("the result of the vote")


def find_a_solution(walker: Walker) -> str:
    """The name of the solution that is chosen."""
    walker.at("/solutions/")
    walker.fill("What do you need?", "empleo con apoyo para jóvenes con enfermedad mental")
    walker.enter()
    walker.sound("what the search found")
    walker.press("link", re.compile("Individual Placement and Support"))
    walker.sound("the solution")
    name = str(walker.page.locator("h1").inner_text())
    walker.press("link", "Add to a shortlist")
    walker.page.get_by_label("For which challenge").select_option(label="Genoa: First jobs")
    walker.press("button", "Put it on the list")
    assert name in walker.text()
    walker.press("button", re.compile("^Choose to adapt"))
    walker.sound("the shortlist")
    walker.press("button", "Adapt this solution")
    walker.sound("the adaptation")
    return name


def adapt(walker: Walker) -> None:
    walker.press("link", re.compile("^Decide "))
    walker.page.get_by_label("Keep", exact=True).check()
    walker.press("button", "Save")
    walker.press("link", "Say what we will do")
    walker.fill(re.compile("what we will do here", re.IGNORECASE), "Two specialists in the health centres of the port.")
    walker.press("button", "Save")
    walker.press("link", "Plan a pilot")
    walker.fill("Name of the pilot", "First jobs at the port")
    walker.press("button", "Write the plan")


def plan_and_freeze(walker: Walker) -> None:
    for label, value in {
        "What do you want to know?": "Does a specialist bring young people into work a year later?",
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
        walker.fill(label, value)
    walker.page.locator("#id_outcome_unit").fill("days")
    for label in ("Higher is better", "Individual trial: people drawn by lot", "RRR draws the lot after the freezing"):
        walker.page.get_by_label(label).check()
    for box in walker.page.locator("input[name=ethics]").all():
        box.check()
    walker.press("button", "Save")
    walker.sound("the plan")
    walker.press("link", "Enter the units")
    walker.fill("Units, one per line", "\n".join(f"U{number:03}" for number in range(1, 61)))
    walker.page.get_by_label("The keys are no names").check()
    walker.press("button", "Keep the list")
    walker.press("link", "Go to the freezing")
    walker.sound("the freezing")
    walker.press("button", "Freeze the plan")
    assert "Plan sealed before the data" in walker.text()
    walker.sound("the frozen pilot")


def draw_measure_decide(walker: Walker, folder: Path) -> Pilot:
    walker.press("link", "Draw the lot")
    walker.fill("The value", "3 11 19 24 40")
    walker.fill("Where everybody can read it", "https://example.org/lottery")
    walker.fill("The day it became public", timezone.localdate().isoformat())
    walker.press("button", "Cast the lot")
    pilot = Pilot.objects.get()
    version = experiment.frozen_plan(pilot)
    assert version is not None
    lines = [
        f"{unit};{(160 if arm == 'treated' else 110) + (place * 37) % 80}"
        for place, (unit, arm) in enumerate(sorted(experiment.arms(version).items()))
    ]
    file = folder / "outcomes.csv"
    file.write_text("unit;value\n" + "\n".join(lines) + "\nU999;12\n", encoding="utf-8")
    walker.at(f"{HERE}pilots/{pilot.slug}/data/")
    walker.page.locator("input[type=file]").set_input_files(file)
    walker.press("button", "Upload and check")
    assert "Rows that went through: 60. Rejected: 1." in walker.text()
    walker.sound("the data")
    walker.press("button", "Estimate the result")
    assert "The true difference probably lies between" in walker.text()
    walker.sound("the result")
    walker.press("link", "Decide", exact=True)
    walker.page.get_by_label("Go on and grow").check()
    walker.fill("Why", "The low end is still worth having; whether it lasts, nobody knows.")
    walker.press("button", "Keep the decision")
    walker.sound("the decision")
    return pilot


def tell_the_others(walker: Walker) -> None:
    walker.press("button", "Write the case")
    walker.fill("Title", "A specialist in the health centre of the port")
    walker.fill("In three sentences", "We gave thirty young people a specialist. They worked more. We go on.")
    walker.fill("What it cost", "- two half posts\n- rooms were lent")
    walker.sound("the form of the case")
    walker.press("button", "Save")
    walker.sound("the draft of the case")
    walker.press("link", "Publish")
    walker.press("button", "Publish")
    walker.sound("the case")


def check_what_others_find(visit: Any, pilot: Pilot, solution: str) -> None:
    """A stranger on a phone: library, case, every knot of its thread, feed, linked data, and the new evidence on the solution."""
    reader = Walker(visit(width=360, theme="dark"))
    reader.at("/cases/")
    reader.press("link", "A specialist in the health centre of the port")
    reader.sound("the case on a phone")
    strand = reader.page.locator(".strand")
    for words in ("row 2: Cooperativa Lanterna", "First jobs", solution, "First jobs at the port", "Days in paid work", "Go on and grow"):
        assert strand.get_by_role("link", name=words).count() >= 1, words
    for address in set(strand.locator("a").evaluate_all("links => links.map(one => one.href)")):
        reader.page.goto(address)
        reader.page.wait_for_load_state("networkidle")
        reader.sound(address)
    request = reader.page.request
    base = reader.window.base
    assert "A specialist in the health centre" in request.get(f"{base}/cases/feed.atom").text()
    assert request.get(f"{base}{HERE}cases/{pilot.slug}/case.jsonld").json()["@graph"]
    effect = Effect.objects.get(key=f"pilot:{pilot.results.get().pk}")
    reader.at(f"/solutions/{effect.solution.slug}/")
    assert "A specialist in the health centre of the port" in reader.text()
    assert reader.page.locator(f"a[href='{effect.url}']").count() >= 1
    reader.sound("the solution with its new evidence")
    assert reader.window.elsewhere == []


def test_the_whole_thread(content: None, visit: Any, tmp_path: Path) -> None:
    people.user("manager@example.org", role="manager")
    window = visit()
    sign_in(window, "manager@example.org")
    walker = Walker(window)
    make_territory(walker, tmp_path)
    take_in_the_register(walker, tmp_path)
    open_a_challenge(walker)
    hold_a_vote(walker, visit)
    solution = find_a_solution(walker)
    adapt(walker)
    plan_and_freeze(walker)
    pilot = draw_measure_decide(walker, tmp_path)
    tell_the_others(walker)
    check_what_others_find(visit, pilot, solution)
    for address, page in walker.bars.items():
        assert window.page.request.get(address).ok, f"the thread bar of {page} leads to {address}"
    assert window.elsewhere == []
