"""The ledger: what was decided, by whom and why; opened again by a new row, never changed."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rrr.places.models import Territory
from rrr.understand import hooks
from rrr.understand.actions import imports
from rrr.understand.models import LinkDecision, RegisterImport
from rrr.understand.queries import imports as queries
from tests.factories import people, registers
from tests.factories.places import territory as make_territory
from tests.understand.test_import_pages import text

pytestmark = pytest.mark.django_db
LEDGER = "/territories/turin/links/"


@pytest.fixture
def turin() -> Territory:
    return make_territory("turin")


@pytest.fixture
def one(turin: Territory) -> RegisterImport:
    return registers.compared(turin)


@pytest.fixture
def coordinator(client: Client, turin: Territory) -> Client:
    client.force_login(people.user("coordinator@example.org", role="coordinator", territory=turin))
    return client


def test_a_decision_is_listed_with_its_reason_and_opened_again_by_a_new_row(coordinator: Client, one: RegisterImport) -> None:
    record = one.records.filter(group="new").earliest("line")
    path = f"/territories/turin/imports/{one.pk}/records/{record.pk}/"
    coordinator.post(path, {"verdict": "leave", "reason": "Closed in 2019 <b>"})
    page = text(coordinator, LEDGER)
    assert "Closed in 2019 &lt;b&gt;" in page
    assert "linkage-1" in page
    [decision] = LinkDecision.objects.all()
    coordinator.post(f"{LEDGER}{decision.pk}/undo/")
    assert list(LinkDecision.objects.order_by("pk").values_list("verdict", "reason")) == [("leave", "Closed in 2019 <b>"), ("open", "")]
    record.refresh_from_db()
    assert record.outcome == "new"
    assert "undo/" not in text(coordinator, LEDGER)  # neither the row that was opened again nor the one that did it


def test_another_persons_decision_can_be_opened_and_a_published_one_not(coordinator: Client, turin: Territory, one: RegisterImport) -> None:
    analyst = people.user("analyst@example.org", role="analyst", territory=turin)
    first, second = one.records.filter(group="new")
    mine = imports.decide(by=analyst, record=first, verdict="leave")
    coordinator.post(f"{LEDGER}{mine.pk}/undo/")
    first.refresh_from_db()
    assert first.outcome == "new"
    kept = imports.decide(by=analyst, record=second, verdict="new")
    imports.publish(by=None, register_import=one)
    with pytest.raises(ValidationError, match="does not hold any more"):
        imports.undo_decision(by=None, decision=kept)
    assert LinkDecision.objects.count() == 3


def test_only_the_newest_decision_of_a_record_can_be_opened(one: RegisterImport) -> None:
    record = one.records.filter(group="new").earliest("line")
    older = imports.decide(by=None, record=record, verdict="leave")
    newer = imports.decide(by=None, record=record, verdict="new")
    with pytest.raises(ValidationError, match="does not hold any more"):
        imports.undo_decision(by=None, decision=older)
    imports.undo_decision(by=None, decision=newer, reason="I mixed them up")
    assert LinkDecision.objects.latest("pk").reason == "I mixed them up"


def test_a_decision_made_in_one_delivery_is_opened_in_the_next(turin: Territory, one: RegisterImport) -> None:
    decision = imports.decide(by=None, record=one.records.filter(group="new").earliest("line"), verdict="leave")
    again = registers.compared(turin)
    assert queries.tally(again)["out"] == 2  # one far away, one left out by hand
    imports.undo_decision(by=None, decision=decision)
    assert queries.tally(again)["out"] == 1


def test_the_download_says_roles_and_no_names_and_starts_no_formula(coordinator: Client, turin: Territory, one: RegisterImport) -> None:
    analyst = people.user("zenobia@example.org", role="analyst", territory=turin)
    imports.decide(by=analyst, record=one.records.filter(group="new").earliest("line"), verdict="leave", reason="=1+1")
    answer = coordinator.get(f"{LEDGER}decisions.csv")
    body = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined, arg-type] # a streaming answer, read synchronously
    [row] = csv.DictReader(io.StringIO(body))
    assert (row["role"], row["verdict"], row["reason"], row["register"], row["key"]) == ("Analyst", "leave", "'=1+1", "Chamber", "1")
    assert "zenobia" not in body.lower()


def test_a_territory_sees_its_own_decisions_only(coordinator: Client, turin: Territory) -> None:
    theirs = registers.compared(make_territory("bilbao"), scope="all")
    decision = imports.decide(by=None, record=theirs.records.earliest("line"), verdict="leave")
    assert "Cooperativa Sole" not in text(coordinator, LEDGER)
    assert coordinator.post(f"{LEDGER}{decision.pk}/undo/").status_code == 404
    assert coordinator.get("/territories/bilbao/links/").status_code == 403


def test_reasons_stand_in_what_a_person_takes_along_and_stay_when_she_goes(turin: Territory, one: RegisterImport) -> None:
    analyst = people.user(role="analyst", territory=turin)
    imports.decide(by=analyst, record=one.records.earliest("line"), verdict="leave", reason="Moved away")
    assert hooks.export(analyst)["decisions"][0]["reason"] == "Moved away"
    hooks.erase(analyst)
    assert list(LinkDecision.objects.values_list("by", "reason")) == [(None, "Moved away")]


@pytest.mark.parametrize("column", ["reason = 'x'", "purpose = 'audit'", "organisation_id = 5", "by_id = NULL, weight = 3"])
def test_the_database_refuses_to_change_a_row_even_while_a_person_is_erased(one: RegisterImport, column: str) -> None:
    imports.decide(by=None, record=one.records.earliest("line"), verdict="leave")
    with pytest.raises(ProgrammingError, match="cannot be changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL rrr.erase_person = 'yes'")
        cursor.execute(f"UPDATE understand_linkdecision SET {column}")


@pytest.mark.parametrize("number", [3, 40])
def test_the_list_asks_the_same_number_of_questions_however_long(
    coordinator: Client, turin: Territory, django_assert_max_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    rows = "".join(f"{n},Organisation {n},associazione,Via Po {n},Torino,7.6{n},45.0{n},\n" for n in range(number))
    for record in registers.compared(turin, registers.HEADER + rows).records.all():
        imports.decide(by=None, record=record, verdict="leave")
    with django_assert_max_num_queries(12):
        text(coordinator, LEDGER)
