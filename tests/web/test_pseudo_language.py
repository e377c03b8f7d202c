"""In the pseudo-language a translated string stands in brackets: what stands without is content, a name, or a string nobody can translate.

Content is what the database of the made-up world holds, and what carries a language of its own (`lang`). All else is a fault.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse

from rrr.places.geography import countries
from tests.people import world
from tests.people.url_cases import ROLES

ROOT = Path(__file__).resolve().parents[2]
SAID = ("aria-label", "title", "placeholder", "alt", "data-l")
EMPTY = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Names, codes and commands that are the same everywhere, and words of Django and django-allauth, which bring their own catalogues.
NAMES = re.compile(
    r"English|Français|Español|Português|Italiano|Nederlands|Polski|Pseudo-language|RRR(: Respond, Rebuild, Reinvent)?|SHA-256( [0-9a-f]{64})?|GeoJSON|CSV"
    r"|\w+ \(CSV\)|utf-16|iso-8859-\d|mac-roman|Yes|No|Privacy notice|JSON-LD|CC BY 4\.0|Point: 3\.14|This field is required\.?|https?://\S+|\S+@example\.org|\S+\.(csv|json|org)"
    r"|XLSX|Turtle|SKOS \((Turtle|JSON-LD)\)"
    r"|rrr [a-z0-9].*|printf .*|sha256-order/1|[0-9a-f]{40,}"
)
# How Django writes a moment in the pseudo-language, for which it has no formats.
MOMENT = re.compile(
    r"\d{1,2} [A-Z][a-z]{2,8} \d{4}(, \d\d:\d\d)?"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}(, (noon|midnight|\d{1,2}(:\d\d)? [ap]\.m\.))?|\d{1,2}/\d{1,2}/\d{4}"
)


class Texts(HTMLParser):
    """Every text and spoken attribute of a page that is not marked as code or as another language."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        apart = tag in ("code", "pre", "script", "style", "textarea") or ("lang" in given and tag != "html")
        if not apart:
            self._keep(*(given.get(name) or "" for name in SAID))
        if tag not in EMPTY:
            self.open.append((tag, apart))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def _keep(self, *texts: str) -> None:
        if not any(apart for _tag, apart in self.open):
            self.found += [" ".join(text.split()) for text in texts if re.search(r"[A-Za-z]{3}", text)]


def content() -> str:
    """All that people of the made-up world wrote, in one text. The trail is left out: it keeps codes."""
    models = [one for one in apps.get_models() if one.__module__.startswith("rrr.") and one._meta.model_name != "auditentry"]
    return "\n".join(" ".join(str(row).split()) for one in models for row in one._default_manager.values_list() if row)


def bare(page: str, known: str) -> Iterator[str]:
    """Texts that are neither translated nor content. Content inside or beside a translated text is taken out first."""
    reader = Texts()
    reader.feed(page)
    for text in dict.fromkeys(reader.found):
        left = MOMENT.sub("", re.sub(r"\[.*\]", "", text))
        parts = [part.strip(" ,.:;()·–").lstrip("−0123456789. ") for part in re.split(r" · |: |, | \(", left)]
        wrong = [one for one in parts if re.search(r"[A-Za-z]{3}", one) and not NAMES.fullmatch(one) and one not in known]
        if wrong and left.strip(" ,.:;()·") not in known and not NAMES.fullmatch(left.strip()):
            yield text


@pytest.mark.slow
@pytest.mark.django_db
def test_every_string_of_every_page_can_be_translated() -> None:
    subprocess.run([sys.executable, "-m", "tools.translations", "compile"], cwd=ROOT, check=True)
    made = world.build()
    places = [name for _code, name in countries()] + [zone.replace("_", " ") for zone in available_timezones()]
    registers = [path.read_text(encoding="utf-8") for path in (ROOT / "rrr" / "connectors").glob("*/profile.toml")]  # their own names
    known = "\n".join([content(), *places, *registers])
    faults = []
    for name, case in sorted(world.cases().items()):
        if case.get is not None:
            role = next(one for one in ("coordinator", "manager", "curator", *ROLES) if one in case.get)
            page = _page(reverse(name, kwargs=dict(case.kwargs(made))), made["people"][role])
            faults += [f"{name}: {text[:150]}" for text in bare(page, known)]
    assert not faults, "\n".join(faults)


def _page(path: str, person: Any) -> str:
    client = Client()
    if person.pk:
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = settings.PSEUDO_LANGUAGE  # type: ignore[misc]
    answer = client.get(path, follow=True)
    return answer.content.decode() if "text/html" in answer.headers["Content-Type"] else ""


def test_the_reader_of_pages_tells_content_from_faults() -> None:
    page = '<p>[Sàvé~]</p><p>Hard coded</p><p lang="nl">Twee woorden</p><code>rrr x</code><b>Turin</b><i title="Left as it was"></i>'
    assert list(bare(page, "Turin")) == ["Hard coded", "Left as it was"]
