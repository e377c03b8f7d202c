"""Step 3 in Chromium: from a question to a solution on the shortlist with a note, on a phone and by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command

from rrr.places.models import Territory
from tests.browser.test_pages import sign_in
from tests.factories import people, thread

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CHALLENGE = "/territories/turin/challenges/first-jobs"
PAGES = [
    "/solutions/", "/solutions/?q=personas+sin+hogar", "/solutions/?q=food+waste&topic=food", "/solutions/?q=xqzt", "/solutions/housing-first/",
    "/solutions/repair-cafe/", f"{CHALLENGE}/matches/", "/search/?q=energy",
]  # fmt: skip
CURATION = ["/solutions/new/", "/solutions/drafts/", "/solutions/repair-cafe/edit/", "/solutions/repair-cafe/take-back/"]


@pytest.fixture
def content(transactional_db: None) -> None:
    call_command("starter", "load", verbosity=0)
    thread.challenge(Territory.objects.get(slug="turin"), slug="first-jobs")


def _sound(window: Any, path: str) -> None:
    page = window.go(path)
    assert window.faults() == [], path
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide, f"{path} is wider than the screen"


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1280, "dark")], ids=["phone", "desk, dark"])
def test_public_pages(content: None, visit: Any, width: int, theme: str) -> None:
    window = visit(width=width, theme=theme)
    for path in PAGES:
        _sound(window, path)
    assert window.elsewhere == []
    assert window.errors == []


def test_a_curators_pages(content: None, visit: Any) -> None:
    people.user("curator@example.org", role="curator")
    window = visit(width=360)
    sign_in(window, "curator@example.org")
    for path in CURATION:
        _sound(window, path)


def test_from_a_question_to_the_shortlist_with_a_note(content: None, visit: Any) -> None:
    people.user("coordinator@example.org", role="coordinator", territory=Territory.objects.get(slug="turin"))
    window = visit(width=360)
    sign_in(window, "coordinator@example.org")
    page = window.go("/solutions/")
    page.get_by_label("What do you need?").fill("vivienda primero personas sin hogar")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Housing First").first.click()
    page.get_by_role("link", name="Add to a shortlist").click()
    page.get_by_label("For which challenge").select_option(label="Turin: Young people without work")
    page.get_by_role("button", name="Put it on the list").click()
    page.wait_for_url("**/shortlist/")
    page.get_by_text("Write a note").click()
    page.get_by_label("Your note: Housing First").fill("We have empty flats.")
    page.get_by_role("button", name="Keep the note").click()
    page.wait_for_load_state("networkidle")
    page.get_by_text("We have empty flats.").first.wait_for()
    page.get_by_role("button", name="Choose to adapt").click()
    page.wait_for_load_state("networkidle")
    page.get_by_text("Chosen to adapt", exact=True).wait_for()
    assert window.faults() == []

    page = window.go(f"{CHALLENGE}/matches/")
    page.get_by_role("button", name="Add to shortlist").first.click()
    page.wait_for_url("**/shortlist/")
    _sound(window, f"{CHALLENGE}/shortlist/")
    assert page.locator("ol.rows > li").count() == 2
    assert window.errors == []


def test_narrowing_and_weights_work_without_script(content: None, chromium: Any, live_server: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/solutions/?q=young+people")
    number = int(page.locator("label[for='topic-1'] .num").inner_text())
    page.locator("#topic-1").check()
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_load_state("networkidle")
    assert page.locator("#found").inner_text().startswith(f"{number} ")
    page.goto(live_server.url + f"{CHALLENGE}/matches/?relevance=0&fit=0&evidence=100")
    page.get_by_role("button", name="Sort again").click()
    assert "evidence=100" in page.url
    context.close()
