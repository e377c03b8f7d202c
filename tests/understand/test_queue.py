"""The work queue: over all imports, the most telling first, each record once."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rrr.places.models import Territory
from rrr.understand.actions import imports
from rrr.understand.models import LinkDecision, RegisterRecord
from rrr.understand.queries import queue
from tests.factories import people, registers
from tests.factories.places import territory as make_territory
from tests.understand.test_import_pages import text
from tests.understand.test_imports import add

pytestmark = pytest.mark.django_db
NAMES = [("Cooperativa Sole", "Via Roma 1", 7.60), ("Banco Alimentare", "Via Po 2", 7.64), ("Casa Verde", "Via Nizza 3", 7.68)]


@pytest.fixture
def turin() -> Territory:
    found = make_territory("turin")
    for name, address, lon in NAMES:
        add(found, name, address=f"{address}, Torino", lon=lon, lat=45.03)
    return found


@pytest.fixture
def coordinator(client: Client, turin: Territory) -> Client:
    client.force_login(people.user("coordinator@example.org", role="coordinator", territory=turin))
    return client


def doubtful(turin: Territory, register: str = "Chamber", number: int = 3) -> list[RegisterRecord]:
    """Records that share a known name at another place: all of one pattern, all doubtful."""
    rows = "".join(f"{n},{NAMES[n % 3][0]},,Corso Francia {n},Torino,7.5{n % 10},45.09,\n" for n in range(number))
    one = registers.compared(turin, registers.HEADER + rows, register=register)
    found = list(one.records.order_by("line"))
    assert {record.group for record in found} == {"doubtful"}
    return found


def weigh(record: RegisterRecord, weight: float | None, pattern: str = "name=half") -> RegisterRecord:
    record.weight, record.pattern = weight, pattern
    record.save(update_fields=["weight", "pattern"])
    return record


@pytest.mark.slow
def test_even_odds_come_first_then_patterns_nobody_decided(turin: Territory) -> None:
    [a, b, c] = doubtful(turin)
    [d, e, f] = doubtful(turin, "Other")
    weigh(a, 7.5)
    weigh(b, -0.4, "name=half")
    weigh(c, 0.9, "name=acronym")
    weigh(d, -3.2)
    weigh(e, 1.1)
    weigh(f, None)
    done = weigh(doubtful(turin, "Third", 1)[0], 4, "name=half")
    imports.decide(by=None, record=done, verdict="new")
    LinkDecision.objects.latest("pk")
    decided = doubtful(turin, "Fourth", 1)[0]
    decided.candidates = [{**decided.candidates[0], "bars": [["name", "half", 5.0]]}]
    decided.save(update_fields=["candidates"])
    imports.decide(by=None, record=decided, verdict="new")
    assert LinkDecision.objects.latest("pk").pattern == "name=half"
    # within one bit of even odds the acronym is new to the comparison although 0.9 is further from 0 than 0.4
    assert [one.pk for one in queue.queue(turin)] == [one.pk for one in (c, b, e, d, a, f)]
    assert [one.seen for one in queue.queue(turin)][:2] == [0, 1]


@pytest.mark.slow
def test_the_next_of_a_record_is_the_one_behind_it_and_after_the_last_the_first(turin: Territory) -> None:
    records = [weigh(one, weight) for one, weight in zip(doubtful(turin), (2.5, 0.1, -3.5), strict=True)]
    order = [records[1], records[0], records[2]]
    assert queue.following(turin) == order[0]
    assert [queue.following(turin, one) for one in order] == [order[1], order[2], order[0]]
    imports.decide(by=None, record=order[0], verdict="new")
    assert queue.following(turin, order[0]) == order[1]


@pytest.mark.slow
def test_a_record_of_two_deliveries_is_asked_once_and_an_undone_import_not_at_all(turin: Territory) -> None:
    doubtful(turin)
    newer = doubtful(turin)
    other = doubtful(turin, "Other", 1)
    assert {one.pk for one in queue.waiting(turin)} == {one.pk for one in [*newer, *other]}
    imports.decide(by=None, record=other[0], verdict="new")
    one = imports.publish(by=None, register_import=other[0].register_import)
    imports.undo(by=None, register_import=one)
    imports.decide(by=None, record=other[0], verdict="open")
    assert {one.pk for one in queue.waiting(turin)} == {one.pk for one in newer}


@pytest.mark.slow
def test_the_pages_walk_through_the_queue_over_imports_and_back(coordinator: Client, turin: Territory) -> None:
    [first] = [weigh(one, 0.5) for one in doubtful(turin, number=1)]
    [second] = [weigh(one, 2.5) for one in doubtful(turin, "Other", 1)]
    assert "Work queue: 2 doubtful records" in text(coordinator, "/territories/turin/imports/")
    page = text(coordinator, "/territories/turin/links/queue/")
    path = f"/territories/turin/imports/{first.register_import_id}/records/{first.pk}/?queue=1"
    then = f"/territories/turin/imports/{second.register_import_id}/records/{second.pk}/?queue=1"
    assert page.index(path) < page.index(then)
    assert "2 records left" in text(coordinator, path)
    answer = coordinator.post(path, {"verdict": "new"})
    assert answer["Location"] == then
    assert "1 record left" in text(coordinator, then)
    answer = coordinator.post(f"/territories/turin/imports/{first.register_import_id}/reopen/", {"queue": "1"})
    assert answer["Location"] == path
    for record, where in ((first, path), (second, then)):
        answer = coordinator.post(where, {"verdict": "leave"})
        record.refresh_from_db()
        assert record.verdict == "leave"
    assert answer["Location"] == "/territories/turin/links/queue/"
    assert "No doubtful record is left." in text(coordinator, answer["Location"])


@pytest.mark.slow
def test_another_territory_has_its_own_queue(turin: Territory) -> None:
    doubtful(turin)
    assert not queue.waiting(make_territory("bilbao")).exists()


@pytest.mark.slow
@pytest.mark.parametrize("number", [3, 40])
def test_the_queue_asks_the_same_number_of_questions_however_long(
    coordinator: Client, turin: Territory, django_assert_max_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    record = doubtful(turin, number=number)[0]
    for path, most in (("links/queue/", 12), (f"imports/{record.register_import_id}/records/{record.pk}/?queue=1", 20)):
        with django_assert_max_num_queries(most):
            text(coordinator, f"/territories/turin/{path}")
