"""Every page there is, in Chromium: one world with every kind of object, each address visited by somebody who may.

On each: no fault of accessibility (axe-core), nothing wider than a small phone, no error in the console, no request to another host, one
heading of the first level, a title of its own, every table with a name, every field with a label. A new address is visited by
itself, through its row in `tests/<step>/url_cases.py`; pages of django-allauth stand below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Error

from tests.people import permission_table, world
from tests.people.url_cases import ROLES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]

# The person who sees most of a page: buttons and forms of the team stand there too.
FIRST_ASKED = ("coordinator", "manager", "curator", *ROLES)
STRANGERS = (
    "web:home",
    "understand:territory",
    "define:challenge",
    "define:vote",
    "explore:solution",
    "experiment:pilot",
    "exchange:cases",
)
ACCOUNT = {
    "account_login": "anonymous", "account_signup": "anonymous", "account_reset_password": "anonymous", "account_reset_password_done": "anonymous",
    "account_email": "stranger", "account_change_password": "stranger", "account_logout": "stranger", "account_reauthenticate": "stranger",
    "mfa_index": "stranger", "account_inactive": "anonymous", "account_email_verification_sent": "anonymous",
}  # fmt: skip
# In the dark and on a wide screen: pages that together hold every component.
DARK = (
    "web:gallery", "web:home", "understand:territory", "understand:import_columns", "understand:import_record", "define:challenge",
    "define:vote", "define:vote_results", "explore:matches", "explore:shortlist", "explore:solution", "experiment:pilot",
    "experiment:adaptation", "experiment:data", "experiment:plan_edit", "exchange:case", "exchange:case_edit", "people:team", "people:page",
)  # fmt: skip
RULES = "rules: {'target-size': {enabled: true}, 'td-has-header': {enabled: true}, 'label-content-name-mismatch': {enabled: true}}"
LOOK = """() => {
  const found = [], wide = document.documentElement;
  const name = one => one.getAttribute("aria-label") || one.getAttribute("aria-labelledby");
  if (wide.scrollWidth > wide.clientWidth) found.push(`${wide.scrollWidth} px wide on a screen of ${wide.clientWidth}`);
  if (document.querySelectorAll("h1").length !== 1) found.push(`${document.querySelectorAll("h1").length} headings h1`);
  for (const one of document.querySelectorAll("main table:not(.prose table)"))  // Markdown has no captions
    if (!one.caption && !name(one)) found.push(`a table without a name: ${one.innerText.slice(0, 60)}`);
  for (const one of document.querySelectorAll("main :is(input:not([type=hidden]), select, textarea)")) {
    if (!one.labels.length && !name(one)) found.push(`a field without a label: ${one.name}`);
    for (const id of (one.getAttribute("aria-describedby") || "").split(" "))
      if (id && !document.getElementById(id)) found.push(`${one.name} is described by ${id}, which is not there`);
  }
  const buttons = [...document.querySelectorAll("main button")].map(one => (one.getAttribute("aria-label") || one.textContent).trim().replace(/\\s+/g, " "));
  for (const one of new Set(buttons))
    if (buttons.filter(other => other === one).length > 1) found.push(`several buttons called “${one}”`);
  return found;
}"""


SHOWS_FOCUS = """() => {
  const shown = one => one.checkVisibility() && !one.closest("details:not([open]) > :not(summary)");
  const found = [];
  for (const one of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")) {
    if (one.disabled || !shown(one)) continue;
    one.focus();
    const style = getComputedStyle(one);
    if (document.activeElement === one && (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2))
      found.push(`no focus to see: ${one.outerHTML.slice(0, 90)}`);
  }
  return found.slice(0, 5);
}"""


class Tour:
    """One window per person; everything a page gets wrong is one line, so that one run names all faults."""

    def __init__(self, chromium: Any, base: str, people: Any) -> None:
        self.chromium, self.base, self.people = chromium, base, people
        self.axe = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
        self.pages: dict[str, Any] = {}
        self.heard: list[str] = []
        self.titles: dict[str, str] = {}
        self.faults: list[str] = []

    def page(self, role: str) -> Any:
        if role not in self.pages:
            context = self.chromium.new_context(viewport={"width": 360, "height": 800}, reduced_motion="reduce")
            if role != "anonymous":
                client = Client()
                client.force_login(self.people[role], backend=settings.AUTHENTICATION_BACKENDS[0])
                cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
                context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.base}])
            self.pages[role] = page = context.new_page()
            page.on("console", self._hear)
            page.on("pageerror", lambda error: self.heard.append(str(error)))
            page.on("request", lambda sent: None if sent.url.startswith((self.base, "data:", "blob:")) else self.heard.append(sent.url))
        return self.pages[role]

    def _hear(self, message: Any) -> None:
        """A file shown by itself names no icon, and the browser then asks for one at the root."""
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
            self.heard.append(message.text)

    def visit(self, name: str, path: str, role: str, *, dark: bool = False) -> None:
        page = self.page(role)
        self.heard.clear()
        try:
            answer = page.goto(self.base + path, wait_until="load")
        except Error as error:
            if "Download is starting" in str(error):
                return  # a file: a screen and axe have nothing to say about it
            raise
        if "text/html" not in answer.headers["content-type"]:
            return
        found = [] if answer.status == 200 else [f"answers {answer.status}"]
        self._title(page, name)
        found += page.evaluate(LOOK) + page.evaluate(SHOWS_FOCUS) + self._axe(page, f"resultTypes: ['violations'], {RULES}")
        for width in (320, 180):  # the narrowest screen, and the common one at 200% zoom
            page.set_viewport_size({"width": width, "height": 800})
            found += page.evaluate(LOOK)
        if dark:
            page.emulate_media(color_scheme="dark")
            page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
            page.set_viewport_size({"width": 1280, "height": 900})
            found += [f"dark: {one}" for one in page.evaluate(LOOK) + self._axe(page, "runOnly: ['color-contrast', 'target-size']")]
            page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 360, "height": 800})
        self.faults += [f"{name} as {role}: {one}" for one in dict.fromkeys([*found, *self.heard])]

    def _title(self, page: Any, name: str) -> None:
        title, address = page.title(), page.url.partition("?")[0]
        known = self.titles.setdefault(title, address)
        if known != address and not name.startswith("account_"):  # whose titles are django-allauth's own
            self.faults.append(f"{name}: its title “{title}” is that of {known} too")

    def _axe(self, page: Any, options: str) -> list[str]:
        page.evaluate(self.axe)
        nodes = page.evaluate(
            f"axe.run(document, {{{options}}}).then(all => all.violations.flatMap(v => v.nodes.map(n => [v.id, n.html])))"
        )
        return [f"{rule}: {html[:160]}" for rule, html in nodes]


@pytest.fixture
def tour(chromium: Any, live_server: Any, transactional_db: None) -> Iterator[tuple[Tour, dict[str, Any]]]:
    made = world.build()
    going = Tour(chromium, live_server.url, made["people"])
    yield going, made
    for page in going.pages.values():
        page.context.close()


def test_every_page(tour: tuple[Tour, dict[str, Any]]) -> None:
    going, made = tour
    cases, visited = world.cases(), set()
    for name, case in sorted(cases.items()):
        if case.get is None:
            continue
        visited.add(name)
        path = reverse(name, kwargs=dict(case.kwargs(made)))
        role = next(one for one in FIRST_ASKED if one in case.get)
        going.visit(name, path, role, dark=name in DARK)
        if name in STRANGERS:
            going.visit(name, path, "anonymous")
    for name, role in ACCOUNT.items():
        going.visit(name, reverse(name), role)
    assert not going.faults, "\n".join(going.faults)
    only_sent = {name for name, case in cases.items() if case.get is None}
    missing = set(permission_table.url_names()) - visited - only_sent
    assert not missing, f"nobody visits {sorted(missing)}: give each a row in tests/<step>/url_cases.py"


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("define:challenge_new", "coordinator"),
        ("define:evidence_quote", "coordinator"),
        ("explore:solution_new", "curator"),
        ("people:report", "anonymous"),
        ("understand:import_new", "coordinator"),
        ("people:body_new", "stranger"),
    ],
)
def test_a_refused_form_leads_to_what_is_wrong(tour: tuple[Tour, dict[str, Any]], name: str, role: str) -> None:
    """The list of errors has the focus, each entry leads to its field, and each field names its error."""
    going, made = tour
    page = going.page(role)
    page.goto(going.base + reverse(name, kwargs=dict(world.cases()[name].kwargs(made))))
    page.locator("main form[method=post]").last.locator("button").last.click()
    page.wait_for_load_state("load")
    assert page.evaluate("document.activeElement.matches('[data-errors]')")
    links = page.locator("[data-errors] a")
    assert links.count() > 0
    for place in range(links.count()):
        target = str(links.nth(place).get_attribute("href")).removeprefix("#")
        field = page.locator(f"[id='{target}']")
        assert field.count() == 1, f"{target} is not there"
        told = page.evaluate(
            "one => [one, one.closest('fieldset')].map(each => each?.getAttribute('aria-describedby') || '').join(' ')",
            field.element_handle(),
        )
        assert re.search(r"_error\b", told), f"{target} does not name its error"
        assert field.get_attribute("aria-invalid") == "true", target
    assert going._axe(page, "resultTypes: ['violations']") == []
