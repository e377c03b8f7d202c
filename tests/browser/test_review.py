"""A coordinator decides doubtful records by keys, in Chromium."""

from __future__ import annotations

from typing import Any

import pytest

from rrr.places.models import Territory
from rrr.understand.models import LinkDecision
from tests.browser.test_import import fits
from tests.browser.test_pages import sign_in
from tests.factories import people, registers
from tests.factories.places import territory as make_territory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def doubtful(turin: Territory) -> str:
    """Two records that agree with a known one in name and not in place; returns the address of their review."""
    registers.published(turin)
    rows = "8,Cooperativa Sole,cooperativa,Corso Francia 9,Torino,7.62,45.08,\n9,Banco Alimentare,associazione,Via Nizza 9,Torino,7.66,45.03,\n"
    one = registers.compared(turin, registers.HEADER + rows, register="Other")
    return f"/territories/turin/imports/{one.pk}/review/"


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1280, "light")], ids=["phone, dark", "desk"])
def test_keys_decide_and_rest_when_switched_off(transactional_db: None, visit: Any, width: int, theme: str) -> None:
    turin = make_territory("turin")
    review = doubtful(turin)
    people.user("coordinator@example.org", role="coordinator", territory=turin)
    window = visit(width=width, theme=theme)
    sign_in(window, "coordinator@example.org")
    page = window.go(review)
    fits(window)
    first = page.url
    assert page.get_by_text("≠ differs").count() >= 1

    page.get_by_label("Use the keys shown on the buttons").uncheck()
    page.keyboard.press("n")
    assert not page.locator("kbd").first.is_visible()
    page.wait_for_timeout(300)
    assert not LinkDecision.objects.exists()

    page.get_by_label("Use the keys shown on the buttons").check()
    page.get_by_label("Why, if it needs a word").click()
    page.keyboard.type("n s b")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert (page.url, LinkDecision.objects.exists()) == (first, False)  # keys rest while somebody types, and Enter decides nothing

    page.locator("h1").click()
    page.keyboard.press("l")
    page.wait_for_url(lambda url: url != first)
    second = page.url
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != second)
    assert [one.verdict for one in LinkDecision.objects.all()] == ["new"]
    assert page.url == first
    page.keyboard.press("u")
    page.wait_for_url(second)
    assert [one.verdict for one in LinkDecision.objects.order_by("pk")] == ["new", "open"]
    fits(window)
    assert window.errors == []
