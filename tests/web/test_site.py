"""What holds for every page: security headers, no inline code, languages, settings that explain themselves."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries

from rrr.web import environment, world
from rrr.web.components.actions import action_word
from tests.factories import people
from tests.factories.places import territory

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = [
    "/", "/components/", "/territories/", "/territories/turin/", "/territories/turin/organisations/", "/territories/turin/sse/", "/data/",
    "/accounts/login/", "/accounts/signup/", "/about/privacy/", "/about/accessibility/", "/about/report/",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_every_page_is_strict_about_code(client: Client, path: str) -> None:
    territory("turin")
    answer = client.get(path)
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = answer.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\sstyle=|\son[a-z]+=\"", page)
    assert not re.search(r"(?:src|<link[^>]*href)=\"(?:https?:)?//", page)


@pytest.mark.django_db
def test_the_first_page_asks_a_fixed_number_of_questions(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for name in ("turin", "bilbao", "dublin"):
        territory(name)
    with django_assert_num_queries(6):  # territories, populations, organisations and challenges by territory, newest cases, header's menu
        client.get("/")


@pytest.mark.parametrize(
    ("name", "value", "sentence"), [("RRR_X", "perhaps", "set it to 1 or 0"), ("RRR_X", "", "")], ids=["word", "empty"]
)
def test_a_flag_explains_itself(monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str) -> None:
    monkeypatch.setenv(name, value)
    if sentence:
        with pytest.raises(ImproperlyConfigured, match=sentence):
            environment.flag(name, default=True)
    else:
        assert environment.flag(name, default=True) is False


@pytest.mark.parametrize(
    ("url", "port", "tls", "start_tls"),
    [
        ("smtp://u:p%40x@mail.example", 587, False, True),
        ("smtps://u:p%40x@mail.example", 465, True, False),
        ("smtp+plain://u:p%40x@h:2525", 2525, False, False),
    ],
)
def test_mail_addresses(monkeypatch: pytest.MonkeyPatch, url: str, port: int, tls: bool, start_tls: bool) -> None:
    monkeypatch.setenv("RRR_MAIL_URL", url)
    read = environment.mail("RRR_MAIL_URL")
    assert read is not None
    assert (read.port, read.tls, read.start_tls, read.password) == (port, tls, start_tls, "p@x")


def test_a_mail_address_that_is_none_says_how_to_write_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RRR_MAIL_URL", "mail.example")
    with pytest.raises(ImproperlyConfigured, match="smtp://user:password@host:587"):
        environment.mail("RRR_MAIL_URL")


@pytest.mark.slow
def test_production_without_a_key_does_not_start() -> None:
    environment_ = {**os.environ, "RRR_PRODUCTION": "1", "RRR_SECRET_KEY": ""}
    done = subprocess.run([sys.executable, "manage.py", "check"], cwd=ROOT, env=environment_, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "RRR_SECRET_KEY is empty; set it" in done.stderr


def test_the_projection_is_the_published_one() -> None:
    """Natural Earth, Šavrič et al. 2011: x/R at the equator's end is 0.8707 pi, y/R at the pole 1.4224 (to four places)."""
    x, y = world.project(180, 0)
    assert x == pytest.approx(world.WIDTH, abs=0.1)
    assert y == pytest.approx(world.WIDTH * 0.26)
    _x, pole = world.project(0, 90)
    scale = world.WIDTH / (2 * 3.14159265 * 0.8707)
    assert (world.WIDTH * 0.26 - pole) / scale == pytest.approx(1.42239, abs=5e-4)


def test_labels_of_neighbours_do_not_cover_each_other() -> None:
    europe = [
        ("Rotterdam", 4.48, 51.92),
        ("Turin", 7.69, 45.07),
        ("Dublin", -6.26, 53.35),
        ("Warsaw", 21.01, 52.23),
        ("Bilbao", -2.94, 43.26),
    ]
    pins = world.pins(europe)
    boxes = [world._box(p.label, p.x, p.y, p.anchor, p.label_y - p.y)[0] for p in pins]
    assert not any(world._overlap(a, b) for n, a in enumerate(boxes) for b in boxes[:n])


@pytest.mark.django_db
def test_a_draft_says_on_every_page_that_only_its_team_gets_in(client: Client) -> None:
    """A vote of a draft would be shared in a hall, and nobody could open it."""
    draft = territory("genoa", published=False)
    client.force_login(people.user(role="coordinator", territory=draft))
    for path in ("", "organisations/", "challenges/", "imports/"):
        page = client.get(f"/territories/genoa/{path}").content.decode()
        assert "Genoa is a draft" in page, path
        assert '<option value="genoa" selected>' in page, path
    stranger = Client().get("/territories/genoa/")
    assert stranger.status_code == 404
    assert "Genoa" not in stranger.content.decode()
    territory("turin")
    assert "is a draft" not in client.get("/territories/turin/").content.decode()


@pytest.mark.parametrize(("code", "word"), [("polls.open", "Opened"), ("challenges.update", "Changed"), ("x.unheard_of", "x.unheard_of")])
def test_the_log_speaks_in_words(code: str, word: str) -> None:
    assert action_word(code) == word


def test_english_dates_put_the_day_first() -> None:
    assert date_format(date(2026, 11, 24)) == "24 November 2026"
