"""Votes as a visitor without account or script gives them."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from rrr.core import audit
from rrr.define import bridge, queries
from rrr.define.actions import polls, votes
from rrr.define.models import Challenge, Participant, Poll, Statement, Vote
from rrr.engines import deliberation
from rrr.people.models import User
from tests.factories import define, people

pytestmark = pytest.mark.django_db


def here(poll: Poll, more: str = "") -> str:
    return f"/territories/turin/votes/{poll.key}/{more}"


def begun(poll: Poll, sector: str = "") -> Client:
    visitor = Client()
    assert visitor.post(here(poll, "begin/"), {"sector": sector}).status_code == 302
    return visitor


def test_purpose_retention_and_limits_are_said_before_the_first_answer(client: Client, poll: Poll) -> None:
    page = client.get(here(poll)).content.decode()
    assert "The youth office chooses in March what to try." in page
    assert "Single answers are erased on" in page
    assert "It is not representative" in page
    assert "It counts browsers, not people" in page
    assert not Participant.objects.exists()  # looking leaves nothing behind
    assert client.cookies.get(f"rrr_vote_{poll.key}") is None


def test_one_statement_at_a_time_back_and_the_last_answer_counts(poll: Poll) -> None:
    visitor = begun(poll)
    first = visitor.get(here(poll)).context["progress"].next.statement
    assert visitor.post(here(poll, "answer/"), {"statement": first.pk, "value": "1"}).status_code == 302
    page = visitor.get(here(poll))
    assert page.context["progress"].next.statement != first
    assert f"?statement={first.pk}" in page.content.decode()
    assert "You answered: Agree" in visitor.get(here(poll, f"?statement={first.pk}")).content.decode()
    visitor.post(here(poll, "answer/"), {"statement": first.pk, "value": "-1"})
    assert list(Vote.objects.filter(statement=first).order_by("pk").values_list("value", flat=True)) == [1, -1]
    who = Participant.objects.get()
    assert queries.answers(who) == {first.pk: -1}


def test_only_a_hash_is_kept_and_no_tie_to_an_account(poll: Poll) -> None:
    person = people.user("voter@example.org")
    visitor = Client()
    visitor.force_login(person)
    visitor.post(here(poll, "begin/"), {})
    visitor.post(here(poll, "answer/"), {"statement": poll.statements.first().pk, "value": "1"})
    cookie = visitor.cookies[f"rrr_vote_{poll.key}"]
    assert cookie["httponly"]
    assert cookie["path"] == here(poll)
    token = cookie.value.split(":")[0]
    assert Participant.objects.get().digest == hashlib.sha256(token.encode()).hexdigest()
    assert not audit.history(poll).filter(by_id=person.pk).exists()
    names = {field.name for model in (Participant, Vote) for field in model._meta.get_fields()}
    assert not names & {"user", "by", "author", "address", "ip"}


@pytest.mark.parametrize("value", ["2", "", "yes", "1 OR 1=1", "<script>", "١"])
def test_an_unknown_answer_is_refused_with_a_sentence(poll: Poll, value: str) -> None:
    visitor = begun(poll)
    answer = visitor.post(here(poll, "answer/"), {"statement": poll.statements.first().pk, "value": value})
    assert answer.status_code == 400
    assert "is no answer. Choose agree, disagree or pass; nothing was kept." in answer.content.decode()
    assert "<script>" not in answer.content.decode().split("<main")[1]
    assert not Vote.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("statement", ["", "0", "999999", "x"])
def test_a_statement_of_nowhere_is_refused(poll: Poll, statement: str) -> None:
    answer = begun(poll).post(here(poll, "answer/"), {"statement": statement, "value": "1"})
    assert answer.status_code == 400
    assert "does not belong to this vote" in answer.content.decode()


def test_a_browser_that_forgets_is_a_new_one_and_the_page_says_browsers(poll: Poll) -> None:
    statement = poll.statements.first()
    for _n in range(2):
        begun(poll).post(here(poll, "answer/"), {"statement": statement.pk, "value": "1"})
    assert queries.people(poll) == 2
    forged = Client()
    forged.cookies[f"rrr_vote_{poll.key}"] = "made-up:1abcde:signature"
    assert forged.post(here(poll, "answer/"), {"statement": statement.pk, "value": "1"}, follow=True).status_code == 200
    assert Vote.objects.count() == 2


def test_too_many_new_browsers_at_once_wait_a_minute(poll: Poll, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(votes, "NEW_EACH_MINUTE", 2)
    begun(poll)
    begun(poll)
    answer = Client().post(here(poll, "begin/"), {})
    assert answer.status_code == 429
    assert "Wait a minute" in answer.content.decode()
    Participant.objects.update(began_at=timezone.now() - timedelta(minutes=2))
    begun(poll)


def test_withdrawing_erases_every_answer_of_this_browser_and_of_no_other(poll: Poll) -> None:
    first, second = poll.statements.all()
    mine, other = begun(poll), begun(poll)
    for visitor in (mine, other):
        for statement in (first, second):
            visitor.post(here(poll, "answer/"), {"statement": statement.pk, "value": "1"})
    assert mine.get(here(poll, "withdraw/")).status_code == 200
    assert Vote.objects.count() == 4
    mine.post(here(poll, "withdraw/"))
    assert Vote.objects.count() == 2
    assert "What it is for" in mine.get(here(poll)).content.decode()
    entry = audit.history(poll)[0]
    assert (entry.action, entry.by_id, entry.after) == ("votes.withdraw", None, {"answers": 2})


def test_an_answer_is_never_changed_in_the_database(poll: Poll) -> None:
    define.voter(poll, {poll.statements.first(): 1})
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE define_vote SET value = -1")


def test_a_closed_vote_takes_nothing_and_shows_its_result(poll: Poll) -> None:
    visitor = begun(poll)
    assert Client().get(here(poll, "results/")).status_code == 404
    polls.close(by=None, poll=poll)
    assert (
        visitor.post(here(poll, "answer/"), {"statement": poll.statements.first().pk, "value": "1"}).status_code == 400
        or not Vote.objects.exists()
    )
    assert not Vote.objects.exists()
    assert "This vote is closed" in Client().get(here(poll)).content.decode()
    assert Client().get(here(poll, "results/")).status_code == 200


def test_a_vote_past_its_end_takes_nothing_even_before_the_worker_closes_it(poll: Poll) -> None:
    visitor = begun(poll)
    Poll.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    visitor.post(here(poll, "answer/"), {"statement": poll.statements.first().pk, "value": "1"})
    assert not Vote.objects.exists()
    assert polls.tidy(now=timezone.now(), today=timezone.localdate()) == 1
    poll.refresh_from_db()
    assert poll.state == "closed"


def test_a_draft_and_a_vote_on_a_draft_are_not_there(challenge: Challenge) -> None:
    draft = define.poll(challenge, opened=False)
    assert Client().get(here(draft)).status_code == 404
    opened = define.poll(challenge)
    Challenge.objects.update(state="draft")
    assert Client().get(here(opened)).status_code == 404


@pytest.mark.parametrize("number", [2, 30])
def test_a_ballot_asks_the_same_number_of_questions_however_many_statements(
    challenge: Challenge, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    poll = define.poll(challenge, seeds=[f"Statement {n}" for n in range(number)])
    visitor = begun(poll)
    with django_assert_num_queries(10):  # vote, participant, answers, statements, header's menu, five of the thread bar
        visitor.get(here(poll))


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 1), st.sampled_from([-1, 0, 1])), max_size=40))
def test_the_result_is_a_recount_of_the_last_answers(events: list[tuple[int, int, int]]) -> None:
    with transaction.atomic():
        from tests.factories import places, thread

        poll = define.poll(thread.challenge(places.territory("recount")))
        statements = list(poll.statements.all())
        who = [queries.participant(poll, votes.begin(poll=poll)) for _n in range(8)]
        last: dict[tuple[int, int], int] = {}
        for person, statement, value in events:
            votes.answer(participant=who[person], statement=statements[statement], value=str(value))  # type: ignore[arg-type] # all begun
            last[person, statement] = value
        counted = {row.statement.pk: (row.agree, row.disagree, row.passed) for row in bridge.result(poll).shown}
        for place, statement in enumerate(statements):
            mine = [value for (_person, number), value in last.items() if number == place]
            expected = (mine.count(1), mine.count(-1), mine.count(0)) if len(mine) >= 5 else None
            assert counted.get(statement.pk) == expected
        before = bridge.result(poll)
        kept = polls.erase_answers(by=None, poll=poll)
        after = bridge.result(kept)
        assert [(r.statement.pk, r.agree, r.disagree, r.passed, r.agreement) for r in after.shown] == [
            (r.statement.pk, r.agree, r.disagree, r.passed, r.agreement) for r in before.shown
        ]
        assert not Vote.objects.filter(statement__poll=poll).exists()
        transaction.set_rollback(True)


def test_proposals_wait_for_a_decision_and_the_log_keeps_it(poll: Poll, challenge: Challenge, turin: Any) -> None:
    member = people.user("member@example.org")
    visitor = Client()
    visitor.force_login(member)
    assert Client().post(here(poll, "propose/"), {"text": "Free buses."})["Location"].startswith("/accounts/login/")
    visitor.post(here(poll, "propose/"), {"text": "Free buses."})
    made = Statement.objects.get(text="Free buses.")
    assert (made.state, made.author) == ("waiting", member)
    assert made not in [row.statement for row in queries.progress(_who(poll)).answers]
    facilitator = people.user("f@example.org", role="facilitator", territory=turin)
    running = Client()
    running.force_login(facilitator)
    refused = running.post(here(poll, f"manage/statement/{made.pk}/"), {"decision": "reject"}, follow=True).content.decode()
    assert "Say why" in refused
    running.post(here(poll, f"manage/statement/{made.pk}/"), {"decision": "publish"})
    assert made in [row.statement for row in queries.progress(_who(poll)).answers]
    running.post(here(poll, f"manage/statement/{made.pk}/"), {"decision": "reject", "reason": "names a person"})
    entry = audit.history(poll)[0]
    assert (entry.action, entry.by_id, entry.reason) == ("polls.moderate", facilitator.pk, "names a person")
    assert "Free buses" not in str([(e.before, e.after) for e in audit.history(poll)])
    assert made not in [row.statement for row in queries.progress(_who(poll)).answers]


def _who(poll: Poll) -> Participant:
    found = queries.participant(poll, votes.begin(poll=poll))
    assert found is not None
    return found


def test_a_vote_opens_only_when_it_can_be_answered(client: Client, challenge: Challenge, coordinator: User) -> None:
    client.force_login(coordinator)
    empty = define.poll(challenge, opened=False, seeds=[])
    assert "Add a statement first" in client.post(here(empty, "manage/state/"), {"to": "open"}, follow=True).content.decode()
    client.post(here(empty, "manage/statement/"), {"text": "Open the schools."})
    assert (
        "This statement is there already" in client.post(here(empty, "manage/statement/"), {"text": "open  the schools."}).content.decode()
    )
    assert "The vote is open." in client.post(here(empty, "manage/state/"), {"to": "open"}, follow=True).content.decode()
    sheet = client.get(here(empty, "manage/print/")).content.decode()
    assert f"http://testserver{here(empty)}" in sheet


def test_what_people_were_promised_is_kept(client: Client, poll: Poll, coordinator: User) -> None:
    client.force_login(coordinator)
    given = {
        "title": poll.title,
        "purpose": "Something else",
        "language": "en",
        "retention_until": (poll.retention_until + timedelta(days=9)).isoformat(),
    }
    assert "it cannot be changed any more" in client.post(here(poll, "manage/edit/"), given).content.decode()
    given["purpose"] = poll.purpose
    assert "it can only be brought forward" in client.post(here(poll, "manage/edit/"), given).content.decode()
    given["retention_until"] = (poll.retention_until - timedelta(days=9)).isoformat()
    assert client.post(here(poll, "manage/edit/"), given).status_code == 302


def test_answers_are_erased_when_their_time_is_over(poll: Poll) -> None:
    statement = poll.statements.first()
    for _n in range(5):
        define.voter(poll, {statement: 1})
    assert polls.tidy(now=timezone.now(), today=poll.retention_until) == 0
    assert polls.tidy(now=timezone.now(), today=poll.retention_until + timedelta(days=1)) == 1
    poll.refresh_from_db()
    assert (poll.state, poll.counts["people"], Vote.objects.count(), Participant.objects.count()) == ("closed", 5, 0, 0)
    assert bridge.result(poll).shown[0].agree == 5
    assert Client().get(here(poll, "results/")).status_code == 200


def test_the_bounds_are_those_of_the_engine(poll: Poll) -> None:
    first, second = poll.statements.all()
    for number in range(10):
        define.voter(poll, {first: 1 if number < 8 else -1} if number < 9 else {second: 1})
    row = bridge.result(poll).shown[0]
    assert row.agreement is not None
    wide = deliberation.missing_bounds(8, 9, 10)
    assert (row.agreement.wide_low, row.agreement.wide_high) == pytest.approx((100 * wide[0], 100 * wide[1]))
    assert (row.agree, row.voters) == (8, 9)


@pytest.mark.slow
def test_a_button_pressed_twice_is_one_answer_and_the_log_has_an_end(poll: Poll) -> None:
    visitor, statement = begun(poll), poll.statements.first()
    assert statement is not None
    for _press in range(3):
        assert visitor.post(here(poll, "answer/"), {"statement": statement.pk, "value": "1"}).status_code == 302
    assert Vote.objects.count() == 1
    codes = [visitor.post(here(poll, "answer/"), {"statement": statement.pk, "value": str(-1 + n % 2)}).status_code for n in range(30)]
    assert codes[0] == 302
    assert codes[votes.CHANGES] == 400
    assert Vote.objects.count() == votes.CHANGES + 1


def test_one_address_cannot_take_every_place_of_a_vote(poll: Poll, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rrr.define.views.voting.EACH_ADDRESS", 2)
    begun(poll)
    begun(poll)
    assert Client().post(here(poll, "begin/"), {}).status_code == 429
    assert Client().post(here(poll, "begin/"), {}, REMOTE_ADDR="203.0.113.7").status_code == 302


def test_an_answer_after_the_erasing_is_refused_with_a_sentence(poll: Poll) -> None:
    begun(poll)
    who, statement = Participant.objects.get(), poll.statements.first()
    assert statement is not None
    polls.erase_answers(by=None, poll=poll)
    with pytest.raises(ValidationError, match="closed"):
        votes.answer(participant=who, statement=statement, value="1")
