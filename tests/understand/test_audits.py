"""The audit of the linking: drawn at random with known chances, judged unseen, in the ledger, and without effect on any link."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from rrr.core import audit
from rrr.places.models import Territory
from rrr.understand import hooks
from rrr.understand.actions import imports, organisations
from rrr.understand.bridge import audits as bridge
from rrr.understand.bridge import samples
from rrr.understand.models import AuditPair, AuditSample, LinkDecision, RegisterImport
from rrr.understand.models.audits import Part, part_of
from rrr.understand.queries import audits, ledger, queue, unseen
from rrr.understand.queries import imports as queries
from tests.factories import people, registers
from tests.factories.places import territory as make_territory
from tests.understand.test_import_pages import text
from tests.understand.test_imports import add, state

pytestmark = pytest.mark.django_db
# The same, doubtful (another place), new and near nothing, new and by its name near a known one.
ROWS = (
    registers.HEADER
    + "1,Cooperativa Sole,cooperativa,Via Roma 1,Torino,7.68,45.07,\n"
    + "2,Banco Alimentare,associazione,Corso Francia 9,Torino,7.62,45.08,\n"
    + "3,Zumba Quartz,associazione,Via Xeres 99,Torino,7.61,45.02,\n"
    + "4,Kasa Werde,associazione,Via Wagner 77,Torino,7.69,45.01,\n"
)


@pytest.fixture
def turin() -> Territory:
    found = make_territory("turin")
    add(found, "Cooperativa Sole", address="Via Roma 1, Torino", lon=7.68, lat=45.07)
    add(found, "Banco Alimentare", address="Via Po 2, Torino", lon=7.69, lat=45.06)
    add(found, "Casa Verde", address="Via Nizza 3, Torino", lon=7.66, lat=45.03)
    return found


@pytest.fixture
def one(turin: Territory) -> RegisterImport:
    made = registers.compared(turin, ROWS)
    assert [record.group for record in made.records.order_by("line")] == ["same", "doubtful", "new", "new"]
    return made


@pytest.fixture
def coordinator(client: Client, turin: Territory) -> Client:
    client.force_login(people.user("coordinator@example.org", role="coordinator", territory=turin))
    return client


@given(
    st.dictionaries(st.sampled_from(["band5:linked", "band6:linked", "band3:apart", "new:apart"]), st.integers(0, 40), min_size=1),
    st.integers(1, 90),
    st.integers(0, 2**62),
)
def test_a_draw_is_as_large_as_it_can_be_even_and_says_its_chances(sizes: dict[str, int], most: int, seed: int) -> None:
    strata = {name: range(size) for name, size in sizes.items()}
    drawn = samples.draw(strata, most, seed)
    assert len(drawn) == min(most, sum(sizes.values()))
    assert len({(one.stratum, one.key) for one in drawn}) == len(drawn)
    parts = {name: sum(one.stratum == name for one in drawn) for name in sizes}
    for name, number in parts.items():
        assert all(one.probability == pytest.approx(number / sizes[name]) for one in drawn if one.stratum == name)
    thirds = {part: [name for name in sizes if part_of(name) is part] for part in Part}
    whole = {part: sum(parts[name] for name in names) for part, names in thirds.items()}
    for part, names in thirds.items():
        if whole[part] < sum(sizes[name] for name in names):  # one that is not exhausted has as many as any other, give or take one
            assert whole[part] >= max(whole.values()) - 1
        for name in names:
            if parts[name] < sizes[name]:
                assert parts[name] >= max(parts[other] for other in names) - 1
    assert samples.draw(strata, most, seed) == drawn


def test_every_record_of_a_stratum_is_drawn_as_often_as_its_chance_says() -> None:
    times = [0] * 10
    for seed in range(2000):
        for one in samples.draw({"new:apart": range(10), "band5:linked": range(3)}, 6, seed):
            if one.stratum == "new:apart":
                times[one.key] += 1
    assert all(abs(number / 2000 - 0.3) < 0.05 for number in times), times


@pytest.mark.slow
def test_a_sample_has_pairs_of_all_three_kinds_also_where_no_rule_brought_two_together(turin: Territory, one: RegisterImport) -> None:
    sample = imports.draw_audit(by=None, territory=turin, size=10, seed=5)
    assert sample.strata == [
        {"stratum": "band2:apart", "population": 1, "drawn": 1},
        {"stratum": "band6:linked", "population": 1, "drawn": 1},
        {"stratum": "new:apart", "population": 2, "drawn": 2},
    ]
    assert [row.label for row in audits.rows(sample)] == [
        "Left to people, weight −4 to 0", "Linked by itself, weight from 12", "Taken for new",
    ]  # fmt: skip
    found = {pair.record.name: pair for pair in sample.pairs.select_related("record", "organisation")}
    assert {(name, str(pair.organisation)) for name, pair in found.items() if name != "Zumba Quartz"} == {
        ("Cooperativa Sole", "Cooperativa Sole"), ("Banco Alimentare", "Banco Alimentare"), ("Kasa Werde", "Casa Verde"),
    }  # fmt: skip
    assert found["Kasa Werde"].weight is None
    assert found["Zumba Quartz"].organisation is not None
    assert {name for name, pair in found.items() if pair.linked} == {"Cooperativa Sole"}
    linked = found["Cooperativa Sole"].weight
    assert linked is not None
    assert linked >= 8
    again = imports.draw_audit(by=None, territory=turin, size=10, seed=5)
    assert list(again.pairs.values_list("record", "probability", "place")) == list(
        sample.pairs.values_list("record", "probability", "place")
    )


@pytest.mark.slow
def test_what_an_import_made_of_its_records_is_not_their_pair(turin: Territory, one: RegisterImport) -> None:
    imports.publish(by=None, register_import=one)
    sample = imports.draw_audit(by=None, territory=turin, size=10)
    made = audits.made_by(one.pk)
    assert len(made) == 2
    assert not set(sample.pairs.values_list("organisation", flat=True)) & made
    assert sample.pairs.filter(stratum="new:apart").count() == 2


@pytest.mark.slow
def test_a_first_import_has_nothing_to_draw_from() -> None:
    bilbao = make_territory("bilbao")
    for _again in range(2):
        with pytest.raises(ValidationError, match="nothing to draw from"):
            imports.draw_audit(by=None, territory=bilbao, size=10)
        registers.published(bilbao, registers.HEADER + "1,Sole,cooperativa,Calle 1,Bilbao,,,\n", scope="all")


@pytest.mark.slow
def test_records_settled_by_their_number_are_not_drawn_again(turin: Territory, one: RegisterImport) -> None:
    imports.publish(by=None, register_import=one)
    registers.compared(turin, ROWS)
    settled = set(one.records.exclude(group="doubtful").values_list("key", flat=True))
    assert {pair.record.key for pair in AuditPair.objects.select_related("record")} == set()
    sample_of = audits.units(turin)
    keys = {record.key for record in one.records.model.objects.filter(pk__in=sample_of)}
    assert not keys & settled


@pytest.mark.slow
def test_a_judgement_stands_in_the_ledger_as_audit_and_changes_no_link(turin: Territory, one: RegisterImport) -> None:
    person = people.user(role="analyst", territory=turin)
    sample = imports.draw_audit(by=person, territory=turin, size=10)
    before, tally = state(), queries.tally(one)
    waiting = list(queue.waiting(turin))
    for pair, verdict in zip(sample.pairs.order_by("place"), ("new", "same", "branch", "unsure"), strict=True):
        imports.judge(by=person, pair=pair, verdict=verdict, reason="I know them")
    assert (state(), queries.tally(one), list(queue.waiting(turin))) == (before, tally, waiting)
    again = registers.compared(turin, ROWS)
    assert not again.records.exclude(verdict="").exists()
    rows = ledger.entries(list(ledger.decisions(turin)))
    assert [(row.decision.purpose, row.holds) for row in rows] == [("audit", False)] * 4
    assert {row.decision.verdict for row in rows} == {"new", "same", "branch", "unsure"}
    with pytest.raises(ValidationError):
        imports.undo_decision(by=None, decision=rows[0].decision)
    assert queue.last_decision(turin, person) is None
    assert [entry.action for entry in audit.history(sample)] == ["links.judge"] * 4 + ["links.draw_audit"]


def test_judging_again_and_opening_again_add_rows(turin: Territory, one: RegisterImport) -> None:
    pair = imports.draw_audit(by=None, territory=turin, size=3).pairs.earliest("place")
    for verdict in ("same", "new", "open"):
        imports.judge(by=None, pair=pair, verdict=verdict)
    pair.refresh_from_db()
    assert pair.verdict == ""
    assert list(LinkDecision.objects.order_by("pk").values_list("verdict", flat=True)) == ["same", "new", "open"]
    with pytest.raises(ValidationError):
        imports.judge(by=None, pair=pair, verdict="leave")
    with pytest.raises(ValidationError):
        imports.decide(by=None, record=pair.record, verdict="unsure")


@pytest.mark.slow
def test_the_page_of_a_pair_tells_nothing_of_the_comparison(coordinator: Client, turin: Territory, one: RegisterImport) -> None:
    sample = imports.draw_audit(by=None, territory=turin, size=10)
    for pair in sample.pairs.select_related("organisation"):
        page = text(coordinator, f"/territories/turin/links/audit/{pair.pk}/")
        main = page[page.index("<main") : page.index("</main>")]
        assert pair.record.name in main
        for told in (
            "Weight",
            "Because",
            "Against",
            "perhaps a branch",
            "Doubtful",
            "Linked by itself",
            "Taken for new",
            "organisations/",
            "/imports/",
        ):
            assert told not in main, told
        assert not re.search(r"[+−]\d", main)


@pytest.mark.slow
def test_a_published_record_is_not_compared_with_itself(coordinator: Client, turin: Territory) -> None:
    registers.compared(turin, registers.HEADER + "1,Cooperativa Sole,cooperativa,Via Roma 1,Torino,7.68,45.07,https://sole.example.org\n")
    one = RegisterImport.objects.get()
    imports.publish(by=None, register_import=one)
    pair = imports.draw_audit(by=None, territory=turin, size=3).pairs.get()
    assert pair.organisation is not None
    assert pair.organisation.website == "https://sole.example.org"
    page = text(coordinator, f"/territories/turin/links/audit/{pair.pk}/")
    assert page.count("sole.example.org") == 1


@pytest.mark.slow
def test_drawing_and_judging_through_the_pages(coordinator: Client, turin: Territory, one: RegisterImport) -> None:
    base = "/territories/turin/links/audit/"
    assert "Enter a whole number" in coordinator.post(base, {"size": "many"}).content.decode()
    coordinator.post(base, {"size": "10"})
    sample = AuditSample.objects.get()
    for _pair in range(4):
        page = text(coordinator, base)
        [where] = re.findall(rf'href="({base}\d+/)">Go on judging', page)
        answer = coordinator.post(where, {"verdict": "same"})
    assert answer["Location"] == base
    page = text(coordinator, base)
    assert "All pairs that are there are judged." in page
    assert [(row.judged, row.verdicts) for row in audits.rows(sample)] == [(1, {"same": 1}), (1, {"same": 1}), (2, {"same": 2})]
    assert "%" not in page[page.index("<main") : page.index("</main>")]


def test_pairs_of_a_file_that_was_read_again_are_counted_as_gone(turin: Territory, one: RegisterImport) -> None:
    sample = imports.draw_audit(by=None, territory=turin, size=10)
    judged = sample.pairs.earliest("place")
    imports.judge(by=None, pair=judged, verdict="same")
    imports.read(by=None, register_import=one)
    assert audits.next_pair(sample) is None
    assert sum(row.gone for row in audits.rows(sample)) == 3
    assert sum(row.judged for row in audits.rows(sample)) == 1


@pytest.mark.slow
def test_an_organisation_in_a_sample_can_still_be_taken_back(turin: Territory) -> None:
    first = registers.published(turin, registers.HEADER + "5,Nuova Luna,associazione,Via Luna 5,Torino,7.65,45.05,\n", register="Other")
    registers.compared(turin, registers.HEADER + "6,Nuova Luna,associazione,Corso Regina 50,Torino,7.6,45.09,\n")
    sample = imports.draw_audit(by=None, territory=turin, size=10)
    assert imports.undo(by=None, register_import=first).kept == []
    assert sample.pairs.count() == 2
    assert sum(row.gone for row in audits.rows(sample)) >= 1


@pytest.mark.slow
def test_a_sample_of_another_territory_is_not_found(coordinator: Client, turin: Territory, one: RegisterImport) -> None:
    pair = imports.draw_audit(by=None, territory=turin, size=3).pairs.earliest("place")
    make_territory("bilbao")
    assert coordinator.get(f"/territories/bilbao/links/audit/{pair.pk}/").status_code == 403
    coordinator.force_login(people.user("manager@example.org", role="manager"))
    assert coordinator.get(f"/territories/bilbao/links/audit/{pair.pk}/").status_code == 404


def test_a_person_takes_along_what_she_drew_and_leaves_it_nameless(turin: Territory, one: RegisterImport) -> None:
    person = people.user(role="analyst", territory=turin)
    imports.draw_audit(by=person, territory=turin, size=3)
    assert len(hooks.export(person)["audit_samples"]) == 1
    hooks.erase(person)
    assert AuditSample.objects.get().by is None


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 5])
def test_the_pages_ask_the_same_number_of_questions_however_many(
    coordinator: Client, turin: Territory, one: RegisterImport, django_assert_max_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for _again in range(number):
        sample = imports.draw_audit(by=None, territory=turin, size=10)
    pair = sample.pairs.earliest("place")
    for path, most in (("", 25), (f"{pair.pk}/", 18)):
        with django_assert_max_num_queries(most):
            text(coordinator, f"/territories/turin/links/audit/{path}")


def test_a_territory_without_organisations_made_by_hand_still_finds_other_imports(turin: Territory, one: RegisterImport) -> None:
    """Organisations of another import are known ones like any other."""
    organisations.remove(by=None, organisations=list(turin.organisations.all()))
    registers.published(turin, register="Other")
    assert {unit.stratum for unit in audits.units(turin).values()} == {"new:apart"}


def judged(turin: Territory, one: RegisterImport, parts: dict[str, tuple[int, int, int, bool]], weight: float | None = 9.0) -> AuditSample:
    """A sample as a draw and judging leave it: stratum -> (population, same, not the same, linked)."""
    record, organisation = one.records.order_by("line").first(), turin.organisations.first()
    strata = [{"stratum": name, "population": size, "drawn": same + other} for name, (size, same, other, _linked) in parts.items()]
    made = AuditSample.objects.create(territory=turin, seed=1, strata=strata)
    place = 0
    for name, (size, same, other, linked) in parts.items():
        for number in range(same + other):
            place += 1
            AuditPair.objects.create(
                sample=made, place=place, record=record, organisation=organisation, stratum=name, linked=linked,
                probability=(same + other) / size, weight=None if name.startswith("new") else weight,
                verdict="same" if number < same else "new",
            )  # fmt: skip
    return made


def test_verdicts_weigh_by_one_over_the_chance_of_being_drawn(turin: Territory, one: RegisterImport) -> None:
    """38 of 40 drawn of 100 linked are right: 95 and 5 wrong. 4 of 40 drawn of 200 taken for new are missed: 20. Recall 95 / 115."""
    sample = judged(turin, one, {"band5:linked": (100, 38, 2, True), "new:apart": (200, 4, 36, False)})
    found = bridge.of_comparison(sample)
    assert (found.found, found.missed, found.wrong) == (pytest.approx(95), pytest.approx(20), pytest.approx(5))
    assert found.precision is not None
    assert found.recall is not None
    assert found.precision.value == pytest.approx(0.95)
    assert found.recall.value == pytest.approx(95 / 115)
    assert found.recall.low < 95 / 115 < found.recall.high  # type: ignore[operator] # both ends are there


def test_a_branch_is_another_organisation_and_cannot_tell_is_left_open(turin: Territory, one: RegisterImport) -> None:
    sample = judged(turin, one, {"band5:linked": (60, 58, 2, True)})
    first, second = sample.pairs.filter(verdict="same")[:2]
    AuditPair.objects.filter(pk=first.pk).update(verdict="branch")
    AuditPair.objects.filter(pk=second.pk).update(verdict="unsure")
    found = bridge.of_comparison(sample)
    assert found.precision is not None
    assert found.precision.value == pytest.approx(56 / 59)
    assert (found.judged, found.unjudged) == (59, 1)


def test_for_coverage_what_people_joined_counts_as_joined(turin: Territory, one: RegisterImport) -> None:
    """Of 40 doubtful pairs half now belong to that organisation: they are found, not missed."""
    sample = judged(turin, one, {"band3:apart": (80, 40, 0, False), "band5:linked": (20, 20, 0, True)}, weight=2.0)
    organisation = turin.organisations.first()
    joined, other = one.records.order_by("line")[:2]
    type(joined).objects.filter(pk=joined.pk).update(organisation=organisation, published=True)
    type(joined).objects.filter(pk=other.pk).update(organisation=None, published=False)
    AuditPair.objects.filter(sample=sample, stratum="band3:apart", place__gt=20).update(record=other)
    alone = bridge.of_comparison(sample)
    assert (alone.found, alone.missed) == (pytest.approx(20), pytest.approx(80))
    recall = bridge.measured(turin)
    assert recall is not None
    assert (recall.found, recall.missed) == (pytest.approx(60), pytest.approx(40))
    assert unseen.state(turin).recall is False  # one register only
    assert unseen.audited(turin)


def test_the_page_gives_figures_from_fifty_verdicts_on(turin: Territory, one: RegisterImport, coordinator: Client) -> None:
    judged(turin, one, {"band5:linked": (100, 20, 5, True)})
    assert "these are 25" in text(coordinator, "/territories/turin/links/audit/")
    assert bridge.measured(turin) is None
    judged(turin, one, {"band5:linked": (100, 38, 2, True), "new:apart": (200, 4, 36, False)})
    page = text(coordinator, "/territories/turin/links/audit/")
    assert "82.6" in page
    assert "8 to 12" in page
    coverage = text(coordinator, "/territories/turin/coverage/")
    assert "of about 115 pairs that are one organisation about 95 are joined" in coverage
    assert Client().get("/territories/turin/coverage/recall.csv").status_code == 200
