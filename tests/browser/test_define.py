"""A challenge from its first words to the result of a vote, by hand in Chromium: no fault of accessibility on the way."""

from __future__ import annotations

import re
from typing import Any

import pytest

from rrr.define.actions import evidence
from tests.browser.test_pages import sign_in
from tests.define.test_evidence import calm
from tests.factories import define, people, places, thread

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def sound(window: Any, what: str) -> None:
    assert window.faults() == [], what
    assert window.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (
        f"{what} is wider than the screen"
    )


def test_from_challenge_to_result(visit: Any, chromium: Any) -> None:
    turin = places.territory("turin")
    define.indicator(calm())
    people.user("coordinator@example.org", role="coordinator", territory=turin)
    window = visit()
    sign_in(window, "coordinator@example.org")
    page = window.go("/territories/turin/challenges/new/")
    sound(window, "the form")
    page.get_by_label("Title").fill("First jobs")
    page.get_by_label("The problem").fill("Many finished school in the crisis and found no first job.")
    page.get_by_label(re.compile("^Rebuild")).check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Add evidence").click()
    page.get_by_role("link", name="Indicator").click()
    page.get_by_label(re.compile("ages 15 to 24")).check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_load_state("networkidle")
    assert page.locator("figure.chart > div > svg").count() == 2  # wide and narrow
    sound(window, "the challenge")
    page.get_by_role("link", name="Open it to everybody").click()
    page.get_by_label(re.compile("^Open")).check()
    page.get_by_label("Why").fill("Ready to be read.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Hold a vote on statements").click()
    page.get_by_label("What the answers are used for").fill("The youth office chooses in March.")
    page.get_by_label("Statements to begin with").fill("Firms should pay.\nSchools should stay open.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Open the vote").click()
    sound(window, "running the vote")
    address = page.locator("a.share").get_attribute("href")
    for number in range(5):
        _vote(chromium, address, scripted=number > 0)
    page.get_by_role("button", name="Close the vote").click()
    reader = visit(width=360, theme="dark")
    reader.page.goto(address + "results/")
    assert "5 voters. 5 agree, 0 disagree, 0 pass." in reader.page.content()
    sound(reader, "the result")
    assert reader.errors == window.errors == []
    assert reader.elsewhere == window.elsewhere == []


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1280, "dark")], ids=["phone", "desk, dark"])
def test_public_pages(visit: Any, width: int, theme: str) -> None:
    turin = places.territory("turin")
    define.indicator(calm())
    one = thread.challenge(turin, slug="first-jobs", stated_figures="92,000 people", named_by="city", success="500 jobs by 2028")
    thread.challenge(None, slug="for-all")
    evidence.add_indicator(by=None, challenge=one, code="youth-unemployment")
    poll = define.poll(one, early_results=True)
    for number in range(6):
        define.voter(poll, dict.fromkeys(poll.statements.all(), 1 if number else -1), "citizens")
    window = visit(width=width, theme=theme)
    key = f"/territories/turin/votes/{poll.key}/"
    for path in ("/challenges/", "/challenges/for-all/", "/territories/turin/challenges/", one.get_absolute_url(), key, f"{key}results/"):
        page = window.go(path)
        for closed in page.locator("main details > summary").all():
            closed.click()
        sound(window, path)
    assert window.elsewhere == window.errors == []


def _vote(chromium: Any, address: str, *, scripted: bool) -> None:
    """A visitor with a phone 360 pixels wide, with or without script."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=scripted)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Begin").click()
    first = page.locator(".statement").inner_text()
    page.get_by_role("button", name="Pass", exact=True).click()
    page.get_by_role("link", name="Back").click()
    assert page.locator(".statement").inner_text() == first
    page.get_by_role("button", name="Agree", exact=True).click()
    page.get_by_role("button", name="Agree", exact=True).click()
    page.get_by_text("you have answered every statement").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth") if scripted else True
    context.close()
