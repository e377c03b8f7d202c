"""A register from file to organisations and back: what is made, what is filled, what is refused, what undo restores."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rrr.core import audit, jobs
from rrr.core.models import Job
from rrr.places.models import Territory
from rrr.records.register import NoteCode, Reason
from rrr.understand import sentences
from rrr.understand.actions import imports, organisations, relations
from rrr.understand.models import ImportSource, LinkDecision, Organisation, OrganisationSource, RegisterRecord
from rrr.understand.queries import imports as queries
from tests.factories import people, registers
from tests.factories.jobs import taken_up
from tests.factories.places import territory as make_territory
from tests.factories.registers import HEADER, THREE

pytestmark = pytest.mark.django_db


@pytest.fixture
def turin() -> Territory:
    return make_territory("turin")


def add(territory: Territory, name: str, **values: Any) -> Organisation:
    (made,) = organisations.add(
        by=None, territory=territory, drafts=[organisations.Draft({"name": name, **values}, sources=("https://a.example.org/",))]
    )
    return made


def state() -> dict[str, Any]:
    """Every organisation with its sources, as it can be compared before and after."""
    encoder = DjangoJSONEncoder()
    return {
        one.slug: (
            {name: getattr(one, name) for name in organisations.AUDITED},
            sorted(
                encoder.encode([s.url, s.file_id, s.row, s.about, s.fields, s.read_on, s.register_import_id]) for s in one.sources.all()
            ),
        )
        for one in Organisation.objects.all()
    }


def names(one: Any, group: str) -> list[str]:
    return [record.name for record in queries.records(one, group)]


def test_new_records_become_organisations_that_name_file_and_row(turin: Territory) -> None:
    one = registers.published(turin)
    sole = Organisation.objects.get(name="Cooperativa Sole")
    assert (sole.kind, sole.lon, sole.lat, sole.precision) == ("cooperative", 7.68, 45.07, "address")
    assert sole.address == "Via Roma 1, Torino"
    source = sole.sources.get()
    assert (source.file_id, source.row, source.register_import_id, str(source.read_on)) == (one.file_id, 2, one.pk, "2026-11-01")
    assert {"name", "kind", "lon", "website"} <= set(source.fields)
    assert not Organisation.objects.filter(name="Far Away").exists()
    assert names(one, "out") == ["Far Away"]


def test_publishing_twice_changes_nothing(turin: Territory) -> None:
    one = registers.published(turin)
    before = state()
    imports.publish(by=None, register_import=one)
    assert state() == before


@pytest.mark.slow
def test_the_next_delivery_of_the_same_file_is_all_known(turin: Territory) -> None:
    registers.published(turin)
    again = registers.compared(turin)
    assert (names(again, "new"), names(again, "same")) == ([], ["Cooperativa Sole", "Banco Alimentare"])
    before = Organisation.objects.count()
    imports.publish(by=None, register_import=again)
    assert Organisation.objects.count() == before


def test_the_next_delivery_needs_no_mapping(turin: Territory) -> None:
    registers.published(turin)
    again = registers.upload(turin)
    assert again.mapping == registers.MAPPING
    assert (again.scope, again.kinds["cooperativa"]) == ("inside", "cooperative")
    assert ImportSource.objects.count() == 1


def test_a_known_organisation_is_filled_where_it_is_empty_and_never_overwritten(turin: Territory) -> None:
    sole = add(
        turin,
        "Cooperativa Sole",
        address="Via Roma 1, Torino",
        lon=7.68,
        lat=45.07,
        precision="district",
        website="https://sole.example.org",
        legal_form="Coop",
    )
    one = registers.published(turin)
    assert names(one, "same") == ["Cooperativa Sole"]
    sole.refresh_from_db()
    assert (sole.kind, sole.precision, sole.legal_form) == ("cooperative", "district", "Coop")
    assert Organisation.objects.filter(name="Cooperativa Sole").count() == 1
    row = sole.sources.get(register_import=one)
    assert "precision" not in row.fields
    assert "kind" in row.fields


@pytest.mark.slow
def test_undo_restores_exactly_what_was(turin: Territory) -> None:
    add(turin, "Cooperativa Sole", address="Via Roma 1, Torino", lon=7.68, lat=45.07, website="https://sole.example.org")
    add(turin, "Another")
    before = state()
    one = registers.published(turin)
    after = state()
    assert after != before
    one = imports.undo(by=None, register_import=one)
    assert state() == before
    assert (one.state, one.kept) == ("undone", [])
    imports.publish(by=None, register_import=one)
    assert state() == after


VALUES = st.sampled_from(["", "Via Roma 1", "Via Po 2"])
ROW = st.tuples(
    st.sampled_from(["Sole", "Luna", "Stella", "Terra"]),
    VALUES,
    st.sampled_from(["", "https://sole.example.org", "https://luna.example.org"]),
)


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(known=st.lists(ROW, max_size=4), rows=st.lists(ROW, min_size=1, max_size=6), same=st.booleans())
def test_whatever_was_there_undo_brings_it_back(turin: Territory, known: list[Any], rows: list[Any], same: bool) -> None:
    with transaction.atomic():
        for name, address, website in known:
            add(turin, f"Cooperativa {name}", address=address, website=website)
        before = state()
        text = HEADER + "".join(
            f"{n},Cooperativa {name},cooperativa,{street},Torino,7.68,45.07,{web}\n" for n, (name, street, web) in enumerate(rows)
        )
        one = registers.compared(turin, text)
        for record in queries.doubtful(one):
            imports.decide(by=None, record=record, verdict="same" if same else "new", organisation=record.organisation)
        one = imports.publish(by=None, register_import=one)
        assert queries.tally(one)["published"] == len(rows)
        imports.undo(by=None, register_import=one)
        assert state() == before
        transaction.set_rollback(True)


def test_what_was_edited_or_is_used_since_stays_and_is_listed(turin: Territory) -> None:
    one = registers.published(turin)
    sole, banco = Organisation.objects.get(name="Cooperativa Sole"), Organisation.objects.get(name="Banco Alimentare")
    organisations.update(by=None, organisation=sole, changes={"activity": "Care"}, reason="they said so")
    relations.add(by=None, drafts=[relations.Draft(add(turin, "Net"), banco, "supports")])
    one = imports.undo(by=None, register_import=one)
    assert {(entry["name"], entry["why"]) for entry in one.kept} == {("Cooperativa Sole", "edited"), ("Banco Alimentare", "used")}
    assert Organisation.objects.filter(pk__in=[sole.pk, banco.pk]).count() == 2
    assert sole.sources.filter(register_import=one).exists()


@pytest.mark.slow
def test_a_second_import_keeps_what_the_first_made(turin: Territory) -> None:
    first, second = registers.published(turin), registers.published(turin)
    first = imports.undo(by=None, register_import=first)
    assert {entry["why"] for entry in first.kept} == {"import"}
    imports.undo(by=None, register_import=second)
    imports.undo(by=None, register_import=first)
    assert not Organisation.objects.exists()


def test_refused_and_double_rows_are_kept_with_their_reason(turin: Territory) -> None:
    one = registers.compared(turin, THREE + "4,,associazione,,,,,\n1,Sole again,cooperativa,,,,,\n")
    said = {row.line: sentences.refusal(row.reason, row.facts) for row in one.rejected.all()}
    assert said == {5: "It has no name.", 6: "It is in the file twice: line 2 has the same number, or the same name and place."}
    assert one.records.count() == 3


def test_every_code_has_a_sentence() -> None:
    assert {str(code) for code in NoteCode} <= set(sentences.NOTES)
    assert {str(code) for code in Reason} <= {*sentences.FAULTS, *sentences.ROWS}
    assert set(imports.fields()) <= set(sentences.FIELDS)


DOUBT = HEADER + "9,Cooperativa Sole,cooperativa,Corso Francia 99,Torino,7.62,45.08,\n"


@pytest.mark.slow
def test_decisions_are_a_ledger_that_the_database_does_not_change(turin: Territory) -> None:
    sole = add(turin, "Cooperativa Sole", address="Via Roma 1, Torino", lon=7.68, lat=45.07)
    one = registers.compared(turin, DOUBT)
    record = queries.doubtful(one).get()
    analyst = people.user(role="analyst", territory=turin)
    imports.decide(by=analyst, record=record, verdict="same", organisation=sole)
    imports.reopen_last(by=analyst, register_import=one)
    imports.decide(by=analyst, record=record, verdict="new")
    rows = list(LinkDecision.objects.order_by("pk").values_list("verdict", "organisation_id", "by_id", "model_version"))
    assert rows == [(v, o, analyst.pk, "linkage-1") for v, o in (("same", sole.pk), ("open", None), ("new", None))]
    with pytest.raises(ProgrammingError, match="cannot be changed"), transaction.atomic():
        LinkDecision.objects.update(verdict="leave")
    with pytest.raises(ProgrammingError, match="cannot be changed"), transaction.atomic():
        LinkDecision.objects.all().delete()


@pytest.mark.slow
def test_a_decision_holds_for_the_next_delivery(turin: Territory) -> None:
    add(turin, "Cooperativa Sole", address="Via Roma 1, Torino", lon=7.68, lat=45.07)
    one = registers.compared(turin, DOUBT)
    imports.decide(by=None, record=queries.doubtful(one).get(), verdict="leave")
    again = registers.compared(turin, DOUBT)
    assert (queries.doubtful(again).count(), names(again, "out")) == (0, ["Cooperativa Sole"])


@pytest.mark.slow
def test_undecided_doubtful_records_stay_in_the_queue(turin: Territory) -> None:
    add(turin, "Cooperativa Sole", address="Via Roma 1, Torino", lon=7.68, lat=45.07)
    one = registers.published(turin, DOUBT)
    assert (queries.doubtful(one).count(), Organisation.objects.count()) == (1, 1)
    imports.decide(by=None, record=queries.doubtful(one).get(), verdict="new")
    imports.publish(by=None, register_import=one)
    assert Organisation.objects.count() == 2


@pytest.mark.slow
def test_an_organisation_of_another_territory_is_refused(turin: Territory) -> None:
    add(turin, "Cooperativa Sole", address="Via Roma 1, Torino", lon=7.68, lat=45.07)
    one = registers.compared(turin, DOUBT)
    stranger = add(make_territory("bilbao"), "Cooperativa Sole")
    with pytest.raises(ValidationError, match="of this territory"):
        imports.decide(by=None, record=queries.doubtful(one).get(), verdict="same", organisation=stranger)
    assert not LinkDecision.objects.exists()


def test_too_many_records_are_refused_with_a_sentence(turin: Territory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rrr.understand.actions.imports.comparing.COMPARE_AT_MOST", 1)
    with pytest.raises(ValidationError, match="2 records lie in what you chose; at most 1 can be compared"):
        registers.compared(turin)


def test_a_column_about_a_person_is_left_out_and_said(turin: Territory) -> None:
    one = registers.upload(turin, "name,president,city\nSole,Maria Rossi,Torino\nLuna,Anna Bianchi,Torino\n")
    assert (one.mapping["president"], [column["person"] for column in one.inspection["columns"]]) == ("", [False, True, False])
    one = imports.read(by=None, register_import=imports.map_columns(by=None, register_import=one, mapping=one.mapping))
    assert all("president" not in record.raw for record in one.records.all())


@pytest.mark.slow
def test_erasing_a_person_keeps_their_decisions_without_them(turin: Territory) -> None:
    from rrr.core import privacy

    add(turin, "Cooperativa Sole", address="Via Roma 1, Torino", lon=7.68, lat=45.07)
    analyst = people.user(role="analyst", territory=turin)
    one = registers.compared(turin, DOUBT, by=analyst)
    imports.decide(by=analyst, record=queries.doubtful(one).get(), verdict="new")
    told = privacy.export(analyst)["understand"]
    assert (len(told["imports"]), [row["verdict"] for row in told["decisions"]]) == (1, ["new"])
    privacy.erase(user=analyst, by=analyst)
    assert list(LinkDecision.objects.values_list("verdict", "by_id")) == [("new", None)]
    one.refresh_from_db()
    assert one.by_id is None


@pytest.mark.django_db(transaction=True)
def test_a_job_that_is_killed_runs_again_without_doubles(turin: Territory) -> None:
    """The first run dies after its rows went in; its transaction is gone, and the second begins from the start."""
    person = people.user(role="coordinator", territory=turin)
    one = imports.map_columns(by=person, register_import=registers.upload(turin, by=person), mapping=registers.MAPPING)
    job = imports.ask(by=person, register_import=one, kind="understand.read_register")
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        imports.read(by=person, register_import=one)
        assert RegisterRecord.objects.count() == 3
        raise KeyboardInterrupt
    Job.objects.filter(pk=job.pk).update(state="doing", attempts=1, heartbeat_at="2026-01-01T00:00:00Z")
    taken_up()
    assert jobs.recover() == 1
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result_url) == ("done", f"/territories/turin/imports/{one.pk}/")
    assert RegisterRecord.objects.count() == 3
    imports.read(by=person, register_import=one)
    assert RegisterRecord.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_cancelled_job_leaves_nothing(turin: Territory) -> None:
    person = people.user(role="coordinator", territory=turin)
    one = imports.map_columns(by=person, register_import=registers.upload(turin, by=person), mapping=registers.MAPPING)
    job = imports.ask(by=person, register_import=one, kind="understand.read_register")
    Job.objects.filter(pk=job.pk).update(cancel_asked=True)
    jobs.run(job.pk)
    job.refresh_from_db()
    one.refresh_from_db()
    assert (job.state, one.state, RegisterRecord.objects.count()) == ("cancelled", "uploaded", 0)


@pytest.mark.django_db(transaction=True)
def test_one_import_has_one_job_at_a_time(turin: Territory) -> None:
    person = people.user(role="coordinator", territory=turin)
    one = imports.map_columns(by=person, register_import=registers.upload(turin, by=person), mapping=registers.MAPPING)
    imports.ask(by=person, register_import=one, kind="understand.read_register")
    with pytest.raises(ValidationError, match="under way"):
        imports.ask(by=person, register_import=one, kind="understand.read_register")


def test_every_step_stands_in_the_trail(turin: Territory) -> None:
    one = imports.undo(by=None, register_import=registers.published(turin))
    assert [entry.action for entry in reversed(audit.history(one))] == [
        "imports.upload", "imports.map_columns", "imports.read", "imports.choose_scope", "imports.compare", "imports.publish", "imports.undo",
    ]  # fmt: skip


@pytest.mark.slow
def test_the_european_register_of_initiatives(shared_data: Path) -> None:
    """1,794 initiatives, of which those in the box of Innsbruck are taken; twice the same file is nothing new; undo leaves nothing."""
    innsbruck = make_territory(
        "innsbruck", country="AT", languages=["de"], centre_lon=11.4, centre_lat=47.27, west=11.2, south=47.15, east=11.6, north=47.4
    )
    file = shared_data / "registers" / "susy" / "initiatives.geojson"
    one = registers.upload(innsbruck, file)
    assert one.inspection["rows"] == 1794
    one = registers.compared(innsbruck, file, mapping=one.mapping)
    inside = queries.presences(one)["inside"]
    assert 0 < inside < 100
    assert queries.tally(one)["accepted"] + queries.tally(one)["rejected"] == 1794
    for record in queries.doubtful(one):
        imports.decide(by=None, record=record, verdict="new")
    imports.publish(by=None, register_import=one)
    assert Organisation.objects.filter(territory=innsbruck).count() == inside
    again = registers.compared(innsbruck, file, mapping=one.mapping)
    assert (queries.tally(again)["new"], queries.tally(again)["same"]) == (0, inside)
    imports.undo(by=None, register_import=one)
    assert not Organisation.objects.exists()


@pytest.mark.slow
def test_a_directory_without_coordinates_is_taken_by_city(shared_data: Path) -> None:
    city = make_territory("san-francisco", country="US", languages=["en"], west=-122.6, south=37.6, east=-122.3, north=37.9)
    file = shared_data / "registers" / "organize_directory" / "initiatives_flat.csv"
    mapping = {"place": "city", "name": "name", "url": "website", "description": "activity"}
    one = registers.compared(city, file, mapping=mapping, scope="city")
    assert queries.presences(one)["city"] == queries.tally(one)["new"] > 10


@pytest.mark.slow
def test_reading_many_rows_takes_the_memory_of_a_batch(turin: Territory) -> None:
    import tracemalloc

    text = HEADER + "".join(f"{n},Organisation {n},associazione,,Torino,,,\n" for n in range(8_000))
    one = imports.map_columns(by=None, register_import=registers.upload(turin, text), mapping=registers.MAPPING)
    del text
    tracemalloc.start()
    imports.read(by=None, register_import=one)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert one.records.count() == 8_000
    assert peak < 30 * 2**20, f"{peak / 2**20:.0f} MB"


def test_sources_and_files_survive_undo(turin: Territory) -> None:
    one = imports.undo(by=None, register_import=registers.published(turin))
    assert one.file.path.exists()
    assert not OrganisationSource.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM understand_registerrecord WHERE published")
        assert cursor.fetchone()[0] == 0
