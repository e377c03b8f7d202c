"""A coordinator walks a register from upload to publication and back, in Chromium."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rrr.core import jobs
from rrr.core.models import Job
from rrr.understand.models import Organisation
from tests.browser.test_pages import shown, sign_in
from tests.factories import people, registers
from tests.factories.places import territory as make_territory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def work() -> None:
    """What the worker does meanwhile."""
    jobs.run(Job.objects.filter(state="queued").latest("created_at").pk)


def fits(window: Any) -> None:
    assert window.faults() == [], window.page.url
    assert window.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), window.page.url


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1280, "dark")], ids=["phone", "desk, dark"])
def test_upload_to_publish_to_undo(transactional_db: None, visit: Any, tmp_path: Path, width: int, theme: str) -> None:
    turin = make_territory("turin")
    registers.published(turin, registers.HEADER + "7,Cooperativa Sole,cooperativa,Corso Francia 9,Torino,7.62,45.08,\n", register="Other")
    people.user("coordinator@example.org", role="coordinator", territory=turin)
    file = tmp_path / "register.csv"
    file.write_text(registers.THREE + "4,,associazione,,,,,\n", encoding="utf-8")
    window = visit(width=width, theme=theme)
    sign_in(window, "coordinator@example.org")

    page = window.go("/territories/turin/imports/")
    fits(window)
    page.get_by_role("link", name="Import a register").click()
    fits(window)
    page.get_by_label("Name of a new register").fill("Chamber")
    page.get_by_label("Licence", exact=False).first.select_option("cc_by")
    page.locator("input[type=file]").set_input_files(str(file))
    page.get_by_role("button", name="Upload and look at it").click()
    fits(window)
    page.get_by_role("button", name="Read the file").click()
    work()
    shown(page)
    fits(window)
    page.get_by_role("button", name="Compare with what we know").click()
    work()
    shown(page)
    fits(window)
    here = page.url
    page.get_by_role("link", name="Refused rows").click()
    page.get_by_text("It has no name.").first.wait_for()
    fits(window)
    page.goto(here)
    page.get_by_role("link", name="Decide the doubtful ones").click()
    page.get_by_text("Are these the same organisation?").first.wait_for()
    fits(window)
    page.get_by_role("button", name="Not the same: a new one").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    fits(window)
    assert set(Organisation.objects.values_list("name", flat=True)) == {"Cooperativa Sole", "Banco Alimentare"}
    assert Organisation.objects.count() == 3
    page.get_by_role("link", name="See the organisations").click()
    fits(window)
    page.goto(here)
    page.get_by_role("button", name="Undo this import").click()
    fits(window)
    assert Organisation.objects.count() == 1
    assert window.elsewhere == []
    assert window.errors == []
