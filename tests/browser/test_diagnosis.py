"""A diagnosis round in Chromium: answered on a phone without script and by keyboard alone; its result and the portrait without a fault."""

from __future__ import annotations

from typing import Any

import pytest

from rrr.understand.actions import portrait
from rrr.understand.models import BlockAnswer, BlockReason
from tests.browser.test_define import sound
from tests.factories import diagnosis, places

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_nine_answers_by_keyboard_without_script(visit: Any, chromium: Any) -> None:
    round = diagnosis.opened(places.territory("turin"))
    base = visit().base
    context = chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(base + round.get_absolute_url())
    page.get_by_label("For whom do you answer?").select_option("sse")
    with page.expect_navigation():
        page.get_by_role("button", name="Begin").press("Enter")
    for place in range(9):
        page.get_by_role("radio", name="0", exact=True).focus()
        for _n in range(place):
            page.keyboard.press("ArrowRight")
        if place == 0:
            page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.type("Because." if place == 8 else "")
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Keep and go on"
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert "you have answered every question" in page.locator("main").inner_text()
    context.close()
    assert sorted(BlockAnswer.objects.values_list("value", flat=True)) == list(range(9))
    assert BlockReason.objects.get().text == "Because."


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1280, "dark")], ids=["phone", "desk, dark"])
def test_public_pages(visit: Any, width: int, theme: str) -> None:
    turin = places.territory("turin")
    diagnosis.published(turin, crowds={"sse": 20}, low=0, title="Spring", compared=True)
    done = diagnosis.published(turin, crowds={"authority": 12, "sse": 12}, low=5, compared=True)
    diagnosis.published(places.territory("lyon"), compared=True)
    running = diagnosis.opened(turin, listed=True)
    portrait.save_draft(by=None, territory=turin, values={"language": "en", "summary": "Strong in care.", "unknown": ""})
    portrait.publish(by=None, territory=turin)
    window = visit(width=width, theme=theme)
    for path in ("/territories/turin/diagnosis/", f"/territories/turin/diagnosis/{done.key}/results/", "/territories/turin/portrait/"):
        page = window.go(path)
        for closed in page.locator("main details > summary").all():
            closed.click()
        sound(window, path)
    page = window.go(running.get_absolute_url())
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("radio", name="7").check()
    sound(window, "a block")
    page.get_by_role("button", name="Keep and go on").click()
    window.go(running.get_absolute_url() + "?block=all")
    sound(window, "own answers")
    assert window.errors == window.elsewhere == []
