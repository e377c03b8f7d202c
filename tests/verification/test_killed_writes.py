"""Processes killed with SIGKILL in the middle of votes, freezings and an index rebuild: what they acknowledged stands, nothing is half done.

Register imports are killed in tests/understand/test_import_killed.py, the web server in tests/web/test_kill.py, the database itself in
tests/core/database/test_durability.py.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from rrr.define.actions import votes
from rrr.define.models import Vote
from rrr.define.queries import participant
from rrr.experiment.models import Assignment, Pilot, PlanVersion
from rrr.explore.actions import index
from rrr.explore.models import SearchDocument, SearchLexeme, SearchStatistics
from tests.factories import define, pilots, thread
from tests.factories.places import territory

pytestmark = [pytest.mark.durability, pytest.mark.slow, pytest.mark.verification, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]
BEGIN = "import sys, django; django.setup(); ask = sys.argv[1:]\ndef told(what): print(what, flush=True)\ntold('begun')\n"
VOTE = """
from rrr.define.actions import votes
from rrr.define.models import Participant, Statement
who, what = Participant.objects.get(pk=ask[0]), Statement.objects.get(pk=ask[1])
for number in range(100_000):
    told(votes.answer(participant=who, statement=what, value=str(number % 3 - 1)).pk)
"""
FREEZE = """
from rrr.experiment.actions import plans
from rrr.experiment.models import Pilot
for pk in ask:
    told(plans.freeze(by=None, pilot=Pilot.objects.get(pk=pk)).pilot_id)
"""
REBUILD = """
from rrr.explore.actions import index
told(index.rebuild(tell=lambda done, total: told(done), again=True))
"""


def killed(code: str, *words: Any, after: float) -> list[int]:
    """Run it, kill it some seconds after it began, and return what it had acknowledged by then."""
    environment = dict(os.environ, DJANGO_SETTINGS_MODULE="rrr.web.settings", RRR_DATABASE_NAME=str(connection.settings_dict["NAME"]))
    command = [sys.executable, "-c", BEGIN + code, *map(str, words)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(after)
    process.kill()
    said = process.stdout.read().split("\n")[:-1]  # a line cut off was not acknowledged
    process.wait()
    return [int(line) for line in said if line]


def test_every_vote_that_was_acknowledged_is_kept() -> None:
    poll = define.poll(thread.challenge(territory("turin")))
    who = participant(poll, votes.begin(poll=poll))
    assert who is not None
    statement = poll.statements.first()
    assert statement is not None
    told = killed(VOTE, who.pk, statement.pk, after=2.5)
    assert told
    kept = set(Vote.objects.values_list("pk", flat=True))
    assert set(told) <= kept
    assert len(kept) - len(told) <= 1  # the one that stood and could not be told any more


def test_a_freezing_is_whole_or_did_not_happen() -> None:
    turin = territory("turin")
    made = [pilots.planned(turin, title=f"Pilot {number}") for number in range(30)]
    told: set[int] = set()
    for after in (0.9, 1.1, 1.3):
        told |= set(killed(FREEZE, *Pilot.objects.filter(state="planning").values_list("pk", flat=True), after=after))
    frozen = set(PlanVersion.objects.values_list("pilot", flat=True))
    assert told <= frozen
    assert set(Pilot.objects.filter(state="frozen").values_list("pk", flat=True)) == frozen
    assert set(Assignment.objects.values_list("plan__pilot", flat=True)) == frozen
    chain = list(PlanVersion.objects.order_by("pk"))
    assert [one.before for one in chain] == ["", *(one.chain for one in chain)][: len(chain)]
    assert 0 < len(frozen) <= len(made)


def _index() -> tuple[Any, ...]:
    documents = list(SearchDocument.objects.order_by("kind", "key").values_list("kind", "key", "terms", "length"))
    numbers = list(SearchStatistics.objects.order_by("kind").values_list("kind", "documents", "length", "languages"))
    return documents, numbers, sorted(SearchLexeme.objects.exclude(documents=0).values_list("kind", "lexeme", "documents"))


def test_an_index_whose_rebuild_was_killed_is_whole_after_the_next() -> None:
    for _number in range(150):
        thread.solution()
    index.rebuild(tell=lambda _done, _total: None, again=True)
    whole = _index()
    assert len(whole[0]) == 150
    for after in (0.4, 0.8, random.uniform(0.2, 1.5)):
        killed(REBUILD, after=after)
        statistics = SearchStatistics.objects.get(kind="solution")
        assert statistics.documents == SearchDocument.objects.filter(kind="solution").count()  # consistent at every moment
        index.rebuild(tell=lambda _done, _total: None)
        assert _index() == whole
