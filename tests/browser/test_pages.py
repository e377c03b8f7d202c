"""Every public page in Chromium: reachable for everybody, at home on a phone, silent towards other hosts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.factories import people

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    "/", "/territories/", "/territories/turin/", "/territories/turin/organisations/", "/territories/turin/organisations/hackability/",
    "/territories/turin/sse/", "/components/", "/data/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/",
    "/about/privacy/", "/about/processing/", "/about/accessibility/", "/about/report/",
]  # fmt: skip
SIGNED_IN = [
    "/people/", "/jobs/", "/me/tokens/", "/me/mail/", "/me/data/", "/me/data/erase/", "/territories/turin/team/", "/territories/turin/groups/",
    "/territories/turin/edit/", "/territories/turin/organisations/hackability/edit/", "/territories/turin/history/",
    "/accounts/2fa/", "/accounts/email/", "/accounts/password/change/",
]  # fmt: skip

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def content(transactional_db: None) -> None:
    call_command("starter", "load", verbosity=0)


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1280, "dark")], ids=["phone", "desk, dark"])
def test_public_pages(content: None, visit: Any, width: int, theme: str) -> None:
    window = visit(width=width, theme=theme)
    for path in PAGES:
        page = window.go(path)
        assert window.faults() == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (
            f"{path} is wider than the screen"
        )
    assert window.elsewhere == []
    assert window.errors == []


def shown(page: Any) -> None:
    """The page sees for itself that the work has ended, and shows what it is now."""
    page.wait_for_load_state("load")
    page.locator("[data-job]").wait_for(state="detached")


def sign_in(window: Any, email: str) -> None:
    page = window.go("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.locator("input[name=password]").fill(people.PASSWORD)
    page.locator("main form button[type=submit], main form button").first.click()
    page.wait_for_load_state("networkidle")


def test_a_coordinators_pages(content: None, visit: Any) -> None:
    from rrr.places.models import Territory

    people.user("coordinator@example.org", role="coordinator", territory=Territory.objects.get(slug="turin"))
    window = visit(width=360)
    sign_in(window, "coordinator@example.org")
    for path in SIGNED_IN:
        page = window.go(path)
        assert "/accounts/login/" not in page.url, path
        assert window.faults() == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (
            f"{path} is wider than the screen"
        )
    assert window.elsewhere == []


def test_the_map_is_drawn_and_its_pins_lead_to_the_list(content: None, visit: Any) -> None:
    window = visit()
    page = window.go("/territories/turin/")
    page.wait_for_selector("#map[data-ready]", timeout=30_000)
    pins = page.locator(".pin-n")
    assert pins.count() == 27
    pins.first.press("Enter")
    assert page.url.endswith("#o1")
    assert window.errors == []


def test_pages_work_without_script(content: None, chromium: Any, live_server: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/")
    page.get_by_label("Territory").select_option("turin")
    page.locator("form[action='/choose-territory/'] button").click()
    assert page.url.endswith("/territories/turin/")
    page.get_by_label("Language").select_option("fr")
    page.locator("form[action='/choose-language/'] button").click()
    assert page.locator("html").get_attribute("lang") == "fr"
    context.close()


def test_the_choice_of_colours_is_kept(content: None, visit: Any) -> None:
    window = visit()
    page = window.go("/")
    page.get_by_role("button", name="Use dark colours").click()
    page = window.go("/territories/")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_the_keyboard_reaches_the_content_first(content: None, visit: Any) -> None:
    page = visit().go("/territories/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
