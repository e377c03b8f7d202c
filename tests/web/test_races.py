"""Two people (or one with a quick finger) press the same button at the same moment: it happens once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.utils import timezone

from rrr.define.actions import votes
from rrr.define.models import Participant, Vote
from rrr.exchange.actions import cases
from rrr.experiment.actions import draws, plans
from rrr.experiment.models import PlanVersion
from rrr.explore.models import Effect
from rrr.people.actions import invitations
from rrr.people.models import Membership
from rrr.understand.actions import imports
from rrr.understand.models import Organisation
from tests.exchange import made
from tests.factories import define, people, pilots, places, registers, thread

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def together(act: Callable[[], Any]) -> list[str]:
    """Run it in two threads at once, each with a connection of its own; the name of what came out of each."""
    gate, out = threading.Barrier(2), []

    def run() -> None:
        gate.wait()
        try:
            act()
            out.append("done")
        except ValidationError:
            out.append("refused")
        except Exception as error:
            out.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _n in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sorted(out)


def test_a_plan_is_frozen_once_and_its_lot_is_cast_once() -> None:
    turin, chair = places.territory("turin"), people.user()
    pilot = pilots.planned(turin, by=chair)
    assert together(lambda: plans.freeze(by=chair, pilot=pilot)) == ["done", "refused"]
    assert PlanVersion.objects.count() == 1
    cast = {"later_value": "1 2 3 4 5 6", "later_source": "https://example.org/lottery", "later_on": timezone.localdate()}
    assert together(lambda: draws.draw(by=chair, pilot=pilot, **cast)) == ["done", "refused"]


def test_an_import_is_published_and_undone_once() -> None:
    turin = places.territory("turin")
    one = registers.compared(turin)
    assert set(together(lambda: imports.publish(by=None, register_import=one))) <= {"done", "refused"}
    assert Organisation.objects.count() == one.records.filter(published=True).count() == 2
    assert together(lambda: imports.undo(by=None, register_import=one)) == ["done", "refused"]
    assert not Organisation.objects.exists()


def test_a_case_is_published_once_with_one_row_of_evidence() -> None:
    case = made.draft(places.territory("turin"), by=None)
    cases.edit(by=None, case=case, changes={"summary": "We tried it. It worked. We go on."})
    assert together(lambda: cases.publish(by=None, case=case)) == ["done", "done"]
    assert Effect.objects.filter(key__startswith="pilot:").count() == 1


def test_a_button_pressed_twice_gives_one_answer() -> None:
    poll = define.poll(thread.challenge(places.territory("turin")))
    token = votes.begin(poll=poll)
    assert token
    who, statement = Participant.objects.get(), poll.statements.first()
    assert together(lambda: votes.answer(participant=who, statement=statement, value="1")) == ["done", "done"]
    assert Vote.objects.count() == 1


def test_an_invitation_for_one_lets_in_one() -> None:
    turin = places.territory("turin")
    _made, secret = people.invitation(turin, people.user(role="coordinator", territory=turin))
    guests = [people.user(), people.user()]
    assert together(lambda: invitations.accept(secret=secret, by=guests.pop())) == ["done", "refused"]
    assert Membership.objects.filter(role="member").count() == 1
