"""A case written, published and taken back by hand in Chromium, and read by a stranger on a phone in the dark."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.test_pages import sign_in
from tests.exchange import made
from tests.factories import people, places

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def sound(window: Any, what: str) -> None:
    assert window.faults() == [], what
    assert window.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (
        f"{what} is wider than the screen"
    )


def test_a_case_from_the_pilot_to_a_stranger_and_back(visit: Any) -> None:
    turin = places.territory("turin")
    pilot = made.pilot(turin)
    solution = pilot.adaptation.solution
    people.user("coordinator@example.org", role="coordinator", territory=turin)
    window = visit()
    sign_in(window, "coordinator@example.org")
    page = window.go(f"/territories/turin/pilots/{pilot.slug}/")
    page.get_by_role("button", name="Write the case").click()
    sound(window, "the form")
    page.get_by_label("In three sentences").fill("We tried. It worked. Go on.")
    page.get_by_label("What we would do differently").fill("Begin *earlier*.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Draft: only the team sees this").first.wait_for()
    sound(window, "the draft")
    page.get_by_role("link", name="Publish").click()
    sound(window, "before publishing")
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Its figures stand fixed.").first.wait_for()
    sound(window, "the published case")

    reader = visit(width=360, theme="dark")
    reader.go("/cases/")
    sound(reader, "the library")
    reader.page.get_by_role("link", name=pilot.title).click()
    reader.page.wait_for_load_state("networkidle")
    assert reader.page.locator("em", has_text="earlier").count() == 1
    sound(reader, "the case on a phone")
    for path in ("/", "/territories/turin/", f"/solutions/{solution.slug}/", "/territories/turin/cases/"):
        assert pilot.title in reader.go(path).content(), path
        sound(reader, path)
    assert reader.page.request.get(f"{reader.base}/cases/feed.atom").ok

    page.get_by_role("link", name="Take back").click()
    page.get_by_label("Why").fill("A wrong file.")
    sound(window, "taking back")
    page.get_by_role("button", name="Take back").click()
    page.get_by_role("link", name="History").click()
    page.get_by_text("A wrong file.").first.wait_for()
    sound(window, "the history")
    assert "A wrong file" not in reader.go("/cases/").content()
    assert pilot.title not in reader.page.content()
    assert reader.errors == window.errors == []
    assert reader.elsewhere == window.elsewhere == []
