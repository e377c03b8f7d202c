"""A branch: an organisation of its own with a tie to the one it belongs to, made at publication and taken back by undo."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from rrr.core import audit
from rrr.places.models import Territory
from rrr.understand.actions import imports, organisations
from rrr.understand.models import Organisation, RegisterImport, RegisterRecord, Relation
from rrr.understand.queries import imports as queries
from tests.factories import registers
from tests.factories.places import territory as make_territory
from tests.understand.test_imports import add, state

pytestmark = pytest.mark.django_db
ELSEWHERE = registers.HEADER + "9,Cooperativa Sole,cooperativa,Corso Francia 99,Torino,7.62,45.08,\n"


@pytest.fixture
def turin() -> Territory:
    return make_territory("turin")


@pytest.fixture
def sole(turin: Territory) -> Organisation:
    return add(turin, "Cooperativa Sole", address="Via Roma 1, Torino", lon=7.68, lat=45.07)


def branched(turin: Territory, sole: Organisation) -> tuple[RegisterImport, RegisterRecord]:
    one = registers.compared(turin, ELSEWHERE)
    record = one.records.get()
    assert record.outcome == "doubtful"
    imports.decide(by=None, record=record, verdict="branch", organisation=sole, reason="The same tax number on both doors")
    record.refresh_from_db()
    return one, record


def test_a_branch_gets_its_own_place_and_a_tie(turin: Territory, sole: Organisation) -> None:
    one, record = branched(turin, sole)
    assert queries.tally(one)["to_publish"] == queries.tally(one)["branch"] == 1
    before = audit.snapshot(sole, *organisations.AUDITED)
    imports.publish(by=None, register_import=one)
    record.refresh_from_db()
    tie = Relation.objects.get()
    assert (tie.source, tie.target, tie.kind, tie.read_on) == (record.organisation, sole, "branch_of", one.file_date)
    assert (tie.source.address, tie.source.pk != sole.pk) == ("Corso Francia 99, Torino", True)
    sole.refresh_from_db()
    assert audit.snapshot(sole, *organisations.AUDITED) == before


@pytest.mark.slow
def test_undo_takes_branch_and_tie_back_and_publishing_again_makes_them_again(turin: Territory, sole: Organisation) -> None:
    before = state()
    one, record = branched(turin, sole)
    imports.publish(by=None, register_import=one)
    after = state()
    one = imports.undo(by=None, register_import=one)
    assert (state(), one.kept, Relation.objects.count()) == (before, [], 0)
    record.refresh_from_db()
    assert (record.verdict, record.organisation, record.published) == ("branch", sole, False)
    imports.publish(by=None, register_import=one)
    assert state() == after
    assert Relation.objects.get().target == sole


@pytest.mark.slow
def test_a_branch_somebody_edited_stays_with_its_tie(turin: Territory, sole: Organisation) -> None:
    one, record = branched(turin, sole)
    imports.publish(by=None, register_import=one)
    record.refresh_from_db()
    assert record.organisation is not None
    organisations.update(by=None, organisation=record.organisation, changes={"activity": "Bakes bread"})
    one = imports.undo(by=None, register_import=one)
    assert [entry["why"] for entry in one.kept] == ["edited"]
    assert Relation.objects.get().source == record.organisation


@pytest.mark.slow
def test_what_a_branch_hangs_on_cannot_go_before_it(turin: Territory) -> None:
    first = registers.published(turin)
    sole = Organisation.objects.get(name="Cooperativa Sole")
    one = registers.compared(turin, ELSEWHERE, register="Other")
    imports.decide(by=None, record=one.records.get(), verdict="branch", organisation=sole)
    imports.publish(by=None, register_import=one)
    kept = imports.undo(by=None, register_import=first).kept
    assert {(entry["name"], entry["why"]) for entry in kept} == {("Cooperativa Sole", "used")}
    assert Relation.objects.get().target == sole


@pytest.mark.slow
def test_the_next_delivery_remembers_a_branch_before_and_after_it_is_published(turin: Territory, sole: Organisation) -> None:
    one, _record = branched(turin, sole)
    again = registers.compared(turin, ELSEWHERE)
    assert [(record.outcome, record.organisation) for record in again.records.all()] == [("branch", sole)]
    imports.publish(by=None, register_import=one)
    third = registers.compared(turin, ELSEWHERE)
    assert [(record.outcome, record.organisation) for record in third.records.all()] == [("same", Relation.objects.get().source)]


def test_a_branch_needs_an_organisation_of_this_territory(turin: Territory, sole: Organisation) -> None:
    one = registers.compared(turin, ELSEWHERE)
    elsewhere = add(make_territory("bilbao"), "Cooperativa Sole")
    for organisation in (None, elsewhere):
        with pytest.raises(ValidationError, match="of this territory"):
            imports.decide(by=None, record=one.records.get(), verdict="branch", organisation=organisation)
    assert queries.tally(one)["doubtful"] == 1


def test_a_branch_whose_organisation_went_waits_again(turin: Territory, sole: Organisation) -> None:
    one, record = branched(turin, sole)
    organisations.remove(by=None, organisations=[sole])
    imports.publish(by=None, register_import=one)
    record.refresh_from_db()
    assert (record.outcome, record.published, Organisation.objects.count()) == ("doubtful", False, 0)


def test_opening_again_brings_back_what_was_computed(turin: Territory, sole: Organisation) -> None:
    other = add(turin, "Banco Alimentare")
    one = registers.compared(turin, ELSEWHERE)
    imports.decide(by=None, record=one.records.get(), verdict="same", organisation=other)
    imports.decide(by=None, record=one.records.get(), verdict="open")
    record = one.records.get()
    assert (record.outcome, record.organisation) == ("doubtful", sole)
