"""A page never waits for a job: who comes while an import is worked on is told so at once."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from rrr.core.models import Job
from rrr.core.pulse import own_connection
from rrr.places.models import Territory
from rrr.understand.actions import imports
from rrr.understand.models import RegisterImport
from rrr.understand.queries import imports as queries
from tests.factories import people, registers
from tests.factories.places import territory as make_territory
from tests.understand.test_imports import DOUBT, add

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def turin() -> Territory:
    return make_territory("turin")


ACTIONS: dict[str, Callable[[RegisterImport], object]] = {
    "map columns": lambda one: imports.map_columns(by=None, register_import=one, mapping=registers.MAPPING),
    "read as": lambda one: imports.read_as(by=None, register_import=one, options={"delimiter": ";"}),
    "choose scope": lambda one: imports.choose_scope(by=None, register_import=one, scope="all", kinds={}),
    "ask": lambda one: imports.ask(by=None, register_import=one, kind="understand.compare_register"),
    "publish": lambda one: imports.publish_or_ask(by=None, register_import=one),
    "decide the obvious": lambda one: imports.decide_obvious(by=None, register_import=one, verdict="new"),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_on_a_held_import_is_refused_at_once(turin: Territory, name: str) -> None:
    one = registers.compared(turin)
    with own_connection() as job, job.transaction():
        job.execute("SELECT 1 FROM understand_registerimport WHERE id = %s FOR UPDATE", [one.pk])
        began = time.monotonic()
        with pytest.raises(ValidationError, match="under way"):
            ACTIONS[name](one)
        assert time.monotonic() - began < 2
    ACTIONS[name](one)  # and afterwards it goes


@pytest.mark.slow
def test_nothing_is_decided_while_a_job_holds_the_rows(client: Client, turin: Territory) -> None:
    add(turin, "Cooperativa Sole", address="Via Roma 1, Torino", lon=7.68, lat=45.07)
    client.force_login(people.user(role="coordinator", territory=turin))
    one = registers.compared(turin, DOUBT)
    record = queries.doubtful(one).get()
    one.job = Job.objects.create(kind="understand.compare_register", title="Comparing", state=Job.State.DOING)
    one.save()
    address = f"/territories/turin/imports/{one.pk}/records/{record.pk}/"
    page = client.post(address, {"verdict": "new"}, follow=True).content.decode()
    assert "Work on this import is under way" in page
    assert not record.decisions.exists()
