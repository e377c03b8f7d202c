"""A case from its draft to its evidence: figures stand fixed, text does not, and nobody sees what is not public."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client

from rrr.core import audit
from rrr.define.models import Evidence, Stakeholder
from rrr.exchange import hooks, queries
from rrr.exchange.actions import cases as actions
from rrr.exchange.models import Case
from rrr.explore.models import Effect
from rrr.understand.actions import organisations
from tests.exchange import made
from tests.factories import people, places, thread

pytestmark = pytest.mark.django_db


def test_a_case_begins_once_and_only_when_there_is_something_to_tell() -> None:
    turin = places.territory("turin")
    untried = thread.pilot(thread.adaptation(thread.challenge(turin), thread.solution()))
    with pytest.raises(ValidationError, match="Estimate the result"):
        actions.start(by=None, pilot=untried)
    pilot = made.pilot(turin)
    first, again = actions.start(by=None, pilot=pilot), actions.start(by=None, pilot=pilot)
    assert first == again
    assert Case.objects.count() == 1
    assert (first.slug, first.title, first.published) == (pilot.slug, pilot.title, False)


def test_figures_stand_fixed_while_text_and_thread_go_on() -> None:
    case = made.published()
    before = json.loads(json.dumps(case.figures))
    assert before["result"]["value"] == 4.2
    actions.edit(by=None, case=case, changes={"title": "Another title"}, text={"limits": "Two bakeries."})
    pilot = case.pilot
    pilot.adaptation.challenge.__class__.objects.filter(pk=pilot.adaptation.challenge_id).update(title="Rewritten")
    made.result(pilot, value=-9.0, low=-12.0, high=-6.0)
    case = queries.case("turin", case.slug)
    assert case.title == "Another title"
    assert case.text["limits"] == "Two bakeries."
    assert case.figures == before
    assert hashlib.sha256(queries.canonical(case.figures).encode()).hexdigest() == case.figures_sha256


def test_the_database_itself_refuses_other_figures() -> None:
    case = made.published()
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(figures={**case.figures, "simulated": True})


def test_no_action_takes_a_figure() -> None:
    case = made.draft()
    for changes, text in (({"figures": {}}, {}), ({"status": "published"}, {}), ({}, {"figures": "x"})):
        with pytest.raises(ValidationError, match="no part"):
            actions.edit(by=None, case=case, changes=changes, text=text)


def test_the_page_says_that_a_newer_result_exists(client: Client) -> None:
    case = made.published()
    sentence = "There is a newer result"
    assert sentence not in client.get(f"/territories/turin/cases/{case.slug}/").content.decode()
    made.result(case.pilot, value=9.9, low=8.0, high=11.8)
    page = client.get(f"/territories/turin/cases/{case.slug}/").content.decode()
    assert sentence in page
    assert "9.9" not in page
    assert "4.2" in page


def test_publishing_records_the_result_as_evidence_and_taking_back_withdraws_it() -> None:
    case = made.published()
    effect = Effect.objects.get(key=f"pilot:{case.figures['result']['id']}")
    assert effect.solution == case.pilot.adaptation.solution
    assert (effect.value, effect.low, effect.high, effect.unit) == (4.2, 1.1, 7.3, "weeks")
    assert (effect.design, effect.measure, effect.reviewed, effect.place) == ("randomised", "difference", False, "Turin")
    assert effect.url.endswith(f"/territories/turin/cases/{case.slug}/")
    assert (effect.number_treated, effect.number_other, effect.territory) == (30, 30, case.territory)
    actions.take_back(by=None, case=case, reason="a wrong file")
    assert not Effect.objects.filter(key=effect.key).exists()
    case.refresh_from_db()
    assert (case.published, case.figures) == (False, {})


def test_publishing_again_freezes_and_records_what_the_thread_says_then() -> None:
    case = made.published()
    newer = made.result(case.pilot, value=3.0, low=2.0, high=4.0)
    again = actions.publish(by=None, case=actions.take_back(by=None, case=case, reason="more data"))
    assert again.figures["result"]["id"] == newer.pk
    assert list(Effect.objects.filter(key__startswith="pilot:").values_list("value", flat=True)) == [3.0]
    assert queries.newer_result(again) is None


@pytest.mark.parametrize(
    "given",
    [{"simulated": True}, {"value": None, "low": None, "high": None, "refusal": "all_missing"}],
    ids=["simulated units", "a refusal to say a number"],
)
def test_what_is_no_evidence_is_not_recorded_and_said(client: Client, given: dict[str, Any]) -> None:
    case = made.published(**given)
    assert not Effect.objects.filter(key__startswith="pilot:").exists()
    assert "not kept as evidence" in client.get(f"/territories/turin/cases/{case.slug}/").content.decode()
    actions.take_back(by=None, case=case, reason="test")  # and there is nothing to withdraw


def test_a_weak_design_is_called_weak_on_the_page_and_in_the_evidence(client: Client) -> None:
    case = made.published(design="before_after", weak=True, number_control=None)
    effect = Effect.objects.get(key__startswith="pilot:")
    assert effect.design == "before_after"
    assert "Weak design" in effect.note
    page = client.get(f"/territories/turin/cases/{case.slug}/").content.decode()
    assert "This is a gap, not an effect" in page
    assert "Weak design" in page


def test_a_case_without_its_three_sentences_is_not_published() -> None:
    begun = actions.start(by=None, pilot=made.pilot())
    with pytest.raises(ValidationError, match="three sentences"):
        actions.publish(by=None, case=begun)
    case = made.published(places.territory("bilbao"))
    with pytest.raises(ValidationError, match="three sentences"):
        actions.edit(by=None, case=case, changes={"summary": " "})


@pytest.mark.parametrize("path", ["", "case.jsonld", "figures.json", "history/", "edit/", "publish/", "take-back/"])
def test_a_draft_is_nowhere_for_strangers(client: Client, path: str) -> None:
    case = made.draft()
    assert client.get(f"/territories/turin/cases/{case.slug}/{path}").status_code in (302, 404)
    for page in ("/cases/", "/territories/turin/cases/", "/cases/feed.atom", "/territories/turin/cases/feed.atom", "/", "/sitemap.xml"):
        assert case.title not in client.get(page).content.decode()
        assert f"cases/{case.slug}/" not in client.get(page).content.decode()
    assert queries.counts() == {}
    assert hooks.search("bakery", None) == []  # type: ignore[arg-type] # the request is not looked at


def test_the_team_sees_its_draft_and_only_coordinators_publish_it(client: Client) -> None:
    case = made.draft()
    address = f"/territories/turin/cases/{case.slug}/"
    client.force_login(people.user(role="analyst", territory=case.territory))
    assert "Draft: only the team sees this" in client.get(address).content.decode()
    assert client.post(f"{address}publish/").status_code == 403
    client.force_login(people.user(role="coordinator", territory=case.territory))
    assert client.post(f"{address}publish/").status_code == 302
    client.logout()
    assert client.get(address).status_code == 200


def test_a_published_case_of_a_territory_taken_back_is_hidden_too(client: Client) -> None:
    from rrr.places.actions import territory

    case = made.published()
    territory.withdraw(by=None, territory=case.territory)
    assert client.get(f"/territories/turin/cases/{case.slug}/").status_code == 404
    assert case.title not in client.get("/cases/").content.decode()


def test_every_write_is_in_the_trail_with_its_reason() -> None:
    person = people.user()
    case = actions.take_back(by=person, case=made.published(by=person), reason="a wrong file")
    entries = list(audit.history(case))
    assert [one.action for one in entries] == ["cases.take_back", "cases.publish", "cases.edit", "cases.start"]
    assert {one.by_id for one in entries} == {person.pk}
    assert entries[0].reason == "a wrong file"
    assert entries[0].before == entries[1].after
    assert entries[2].after["text.limits"] == "One bakery."


def test_what_is_kept_about_a_person_is_exported_and_erased() -> None:
    person = people.user()
    case = made.draft(by=person)
    assert [one["title"] for one in hooks.export(person)["cases_begun"]] == [case.title]
    hooks.erase(person)
    case.refresh_from_db()
    assert case.made_by is None
    assert hooks.export(person)["cases_begun"] == []


def test_documents_are_frozen_and_quotes_are_not(client: Client) -> None:
    pilot = made.pilot()
    given: dict[str, Any] = {"challenge": pilot.adaptation.challenge, "read_on": date(2026, 5, 1)}
    Evidence.objects.create(kind="document", title="Report of the youth office", url="https://example.org/report", **given)
    Evidence.objects.create(
        kind="quote",
        title="A voice",
        text="Nobody called back",
        person="a young man",
        consent_by="office",
        consent_on=date(2026, 5, 1),
        **given,
    )
    begun = actions.start(by=None, pilot=pilot)
    case = actions.publish(by=None, case=actions.edit(by=None, case=begun, changes={"summary": "Three sentences."}))
    assert [card["title"] for card in case.figures["evidence"]] == ["Report of the youth office"]
    assert "Nobody called back" not in json.dumps(case.figures)
    assert "example.org/report" in client.get(f"/territories/turin/cases/{case.slug}/").content.decode()


def test_an_organisation_that_is_hidden_vanishes_from_a_published_case(client: Client) -> None:
    case = made.published()
    draft = organisations.Draft(values={"name": "Cooperativa Sole"})
    [one] = organisations.add(by=None, territory=case.territory, drafts=[draft])
    Stakeholder.objects.create(challenge=case.pilot.adaptation.challenge, name=one.name, organisation=one, sector="sse", commitment="leads")
    address = f"/territories/turin/cases/{case.slug}/"
    assert "Cooperativa Sole" in client.get(address).content.decode()
    organisations.hide(by=None, organisation=one)
    for path in ("", "figures.json", "case.jsonld"):
        assert "Cooperativa Sole" not in client.get(address + path).content.decode()


def test_percentages_are_told_in_percentage_points(client: Client) -> None:
    case = made.published(unit="%", value=12.0, low=2.0, high=22.0)
    effect = Effect.objects.get(key=f"pilot:{case.figures['result']['id']}")
    assert (effect.measure, effect.unit) == ("percentage_points", "percentage points")
    page = client.get(f"/territories/turin/cases/{case.slug}/").content.decode()
    assert "between 2 and 22 percentage points" in page
    assert "percentage points, 95% interval 2 to 22" in page
