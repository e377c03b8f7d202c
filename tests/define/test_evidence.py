"""Evidence cards: frozen figures, refusals, documents, quotes with consent."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shlex
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

import rrr
from rrr.cli.__main__ import main
from rrr.core import audit
from rrr.define import cards
from rrr.define.actions import evidence
from rrr.define.models import Challenge, Evidence
from rrr.people.models import User
from rrr.places.models import Observation
from tests.factories import define

pytestmark = pytest.mark.django_db
HERE = "/territories/turin/challenges/first-jobs/"
QUOTE = {
    "text": "I sent a hundred letters.", "language": "en", "person": "a man of 22", "read_on": "2026-11-01", "consent_by": "the youth office",
    "consent_on": "2026-11-01", "agreed": "on",
}  # fmt: skip


def calm() -> dict[int, float]:
    """A figure that moves by a point at most, until it jumps by ten."""
    return {year: 20.0 + (year % 3 - 1) for year in range(1990, 2020)} | {2020: 30.0, 2021: 29.0, 2022: 21.0}


@pytest.fixture
def card(challenge: Challenge) -> Evidence:
    define.indicator(calm())
    return evidence.add_indicator(by=None, challenge=challenge, code="youth-unemployment")


@pytest.mark.slow
def test_a_jump_is_found_and_called_a_gap_never_an_effect(client: Client, card: Evidence) -> None:
    shown = cards.shown(card)
    rows = {row["time"]: row for row in card.figures["gap"]["rows"]}
    assert rows[2020]["gap_low"] > 0
    assert shown.title == "Unemployment rate, ages 15 to 24: above its path before 2020 in 2020 and 2021"
    assert shown.sentence.startswith("In 2020 the figure was ")
    assert "points above the path it was on; the gap lies probably between +" in shown.sentence
    assert shown.sentence.endswith(f"({100 * card.figures['gap']['level']:g}% interval).")
    page = client.get(HERE).content.decode()
    assert shown.title in page
    assert "nobody was spared it" in page
    assert "interval of the gap" in page
    assert page.count('class="wide"') == 1
    assert "rrr shock youth-unemployment-it.csv --cut 2020 --country IT --worse higher" in page


@pytest.mark.slow
def test_a_revised_series_leaves_the_card_as_it_was(client: Client, card: Evidence) -> None:
    before, page = card.figures, client.get(HERE).content.decode()
    Observation.objects.filter(year=2020).update(value=99.0)
    card.refresh_from_db()
    assert card.figures == before
    assert "99" not in cards.shown(card).sentence
    assert client.get(HERE).content.decode().split("<main")[1] == page.split("<main")[1]


def test_the_figures_are_run_again_from_the_file_of_the_card(client: Client, card: Evidence, tmp_path: Any, capsys: Any) -> None:
    text = client.get(f"{HERE}evidence/{card.pk}/series.csv").content.decode()
    assert list(csv.DictReader(io.StringIO(text)))[-1] == {"time": "2022", "value": "21.0"}
    said = dict(cards.provenance(card, card.figures))
    command = shlex.split(said["Run it again"])
    (tmp_path / command[2]).write_bytes(text.encode())
    assert said["Data version"] == f"SHA-256 {hashlib.sha256(text.encode()).hexdigest()}"  # of the file as it is offered
    assert said["Code version"] == f"rrr {rrr.__version__}"
    assert main(["shock", str(tmp_path / command[2]), *command[3:], "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["gap"]
    assert found == card.figures["gap"]


def test_a_refusal_is_an_answer(client: Client, challenge: Challenge) -> None:
    define.indicator({2016: 20.0, 2017: 21.0, 2018: 20.5, 2019: 20.2, 2020: 25.0})
    card = evidence.add_indicator(by=None, challenge=challenge, code="youth-unemployment")
    assert card.figures["refusal"]["reason"] == "too_few_values"
    page = client.get(HERE).content.decode()
    assert "No gap can be given." in page
    assert "too few values before 2020" in page
    assert "This is an answer, not a fault" in page


@pytest.mark.parametrize(
    "reason",
    [
        "no_values",
        "repeated_time",
        "irregular_times",
        "too_few_values",
        "gaps_in_series",
        "no_values_after",
        "too_few_origins",
        "coverage_too_low",
    ],
)
def test_every_refusal_has_its_own_sentence(reason: str) -> None:
    assert cards.refusal(reason, {}) != cards.refusal("unheard of", {})


def test_an_indicator_is_added_by_a_member_in_the_browser(client: Client, challenge: Challenge, member: User) -> None:
    define.indicator(calm())
    client.force_login(member)
    assert client.post(f"{HERE}evidence/indicator/", {"code": "gini", "language": "en"}).status_code == 200
    assert client.post(f"{HERE}evidence/indicator/", {"code": "youth-unemployment", "language": "en"}).status_code == 302
    assert challenge.evidence.get().author == member


def test_a_country_without_series_leads_on_to_a_document(client: Client, challenge: Challenge, member: User) -> None:
    client.force_login(member)
    page = client.get(f"{HERE}evidence/indicator/").content.decode()
    assert '<form method="post" novalidate' not in page
    assert f"{HERE}evidence/document/" in page


def test_a_document_needs_address_and_day(client: Client, challenge: Challenge, member: User) -> None:
    client.force_login(member)
    given = {"title": "Plan", "url": "https://example.org/plan", "text": "<b>Two million</b>", "language": "en", "read_on": "2026-11-01"}
    assert client.post(f"{HERE}evidence/document/", {**given, "read_on": ""}).status_code == 200
    assert client.post(f"{HERE}evidence/document/", {**given, "url": "javascript:alert(1)"}).status_code == 200
    assert client.post(f"{HERE}evidence/document/", given).status_code == 302
    page = client.get(HERE).content.decode()
    assert "&lt;b&gt;Two million&lt;/b&gt;" in page
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(challenge=challenge, kind="document", title="No day", url="https://example.org/")


def test_words_are_published_with_consent_only_and_go_without_a_trace_of_them(
    client: Client, challenge: Challenge, coordinator: User
) -> None:
    client.force_login(coordinator)
    refused = client.post(f"{HERE}evidence/quote/", {**QUOTE, "agreed": ""}).content.decode()
    assert "Without consent the words cannot be published" in refused
    assert client.post(f"{HERE}evidence/quote/", QUOTE).status_code == 302
    assert "Consent recorded by the youth office" in Client().get(HERE).content.decode()
    card = challenge.evidence.get()
    client.post(f"{HERE}evidence/{card.pk}/remove/", {"reason": "consent was taken back"})
    assert not challenge.evidence.exists()
    kept = " ".join(str((entry.before, entry.after, entry.subject_label)) for entry in audit.history(challenge))
    assert "hundred letters" not in kept
    assert "man of 22" not in kept
    assert audit.history(challenge)[0].reason == "consent was taken back"


def test_a_card_of_another_challenge_is_not_found(client: Client, card: Evidence, turin: Any, coordinator: User) -> None:
    from tests.factories.thread import challenge as make

    make(turin, slug="other")
    client.force_login(coordinator)
    assert client.get(f"/territories/turin/challenges/other/evidence/{card.pk}/remove/").status_code == 404
    assert client.get(f"/territories/turin/challenges/other/evidence/{card.pk}/series.csv").status_code == 404


def compared(card: Evidence, recession: float, low: float, high: float) -> str:
    """What is said of a recession whose gap is `recession`, where the own gap of 2 lies between `low` and `high`."""
    row = {**card.figures["gap"]["rows"][0], "gap": 2.0, "gap_low": low, "gap_high": high}
    worst = {"name": "2008-2009", "gap": recession, "source": "CEPR"}
    gap = {**card.figures["gap"], "rows": [row], "worst_recession": worst, "within_recession": recession >= 2}
    return cards.shown(
        Evidence(pk=card.pk, title="x", challenge=card.challenge, figures={**card.figures, "gap": {**card.figures["gap"], **gap}})
    ).more[0]


def test_a_recession_is_a_yardstick_only_where_it_was_bad_and_told_apart(card: Evidence) -> None:
    assert compared(card, 5.0, 1.0, 3.0).startswith("No worse than in the recession of 2008-2009, when the gap came to +5")
    assert compared(card, 0.5, 1.0, 3.0).startswith("Worse than in the recession of 2008-2009")
    assert "but not by more than such a path strays" in compared(card, 1.5, 1.0, 3.0)
    assert "so it is no yardstick" in compared(card, -0.5, 1.0, 3.0)
