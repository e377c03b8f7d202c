"""Results and files: nothing about fewer than five people, nothing that ties answers together for longer than one download."""

from __future__ import annotations

import csv
import html
import io
import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from rrr.cli.__main__ import main
from rrr.core import audit
from rrr.define import bridge, tables
from rrr.define.actions import polls
from rrr.define.models import Challenge, Poll
from tests.define.test_votes import here
from tests.factories import define, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(poll: Poll) -> Poll:
    """The first statement has nine voters, five citizens and four of the social economy; the second has four."""
    first, second = poll.statements.all()
    for number in range(9):
        answers = {first: 1 if number < 8 else 0} | ({second: -1} if number < 4 else {})
        define.voter(poll, answers, "citizens" if number < 5 else "sse")
    return polls.close(by=None, poll=poll)


def rows(client: Client, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).content.decode("utf-8-sig"))))


def test_few_voters_are_not_shown(client: Client, counted: Poll) -> None:
    page = client.get(here(counted, "results/")).content.decode()
    assert page.count("Fewer than five people have voted") == 1
    assert "9 voters. 8 agree, 0 disagree, 1 pass." in page
    assert "If the silent differ:" in page
    assert "Γ = 2" in page
    assert "Not representative" in page
    assert "Browsers, not people" in page


def test_under_five_voters_nothing_is_shown_at_all(client: Client, poll: Poll) -> None:
    for _n in range(4):
        define.voter(poll, dict.fromkeys(poll.statements.all(), 1))
    polls.close(by=None, poll=poll)
    page = client.get(here(poll, "results/")).content.decode()
    assert "Fewer than five people have voted, so nothing is shown." in page
    assert "4 voters" not in page
    assert rows(client, here(poll, "results.csv")) == []


def test_a_small_group_cannot_be_found_by_subtracting(client: Client, counted: Poll) -> None:
    """Five citizens could be shown, but then the other four would be known too."""
    assert bridge.result(counted).shown[0].sectors == []
    assert "Citizens" not in client.get(here(counted, "results/")).content.decode()


def test_groups_of_five_are_shown_where_the_rest_is_none_or_five(client: Client, poll: Poll) -> None:
    first = poll.statements.first()
    for number in range(11):
        define.voter(poll, {first: 1 if number < 3 else -1}, "citizens" if number < 6 else "sse")
    polls.close(by=None, poll=poll)
    assert bridge.result(poll).shown[0].sectors == [("Social and solidarity economy", 0, 5), ("Citizens", 3, 6)]
    assert "3 of 6" in client.get(here(poll, "results/")).content.decode()


def test_the_open_file_has_fresh_numbers_no_times_no_sectors_no_small_statements(client: Client, counted: Poll) -> None:
    first = counted.statements.first()
    one, other = rows(client, here(counted, "results.csv")), rows(client, here(counted, "results.csv"))
    assert list(one[0]) == ["person", "statement", "text", "answer"]
    assert {row["statement"] for row in one} == {str(first.pk)}
    assert sorted(row["answer"] for row in one) == ["0"] + ["1"] * 8
    assert len({row["person"] for row in one}) == 9
    assert not {row["person"] for row in one} & {row["person"] for row in other}
    assert [row["person"] for row in one] == sorted(row["person"] for row in one)  # not in the order in which they came


def test_cells_are_never_formulas(client: Client, challenge: Challenge) -> None:
    poll = define.poll(challenge, seeds=["=HYPERLINK(1)"], early_results=True)
    for _n in range(5):
        define.voter(poll, {poll.statements.get(): 1})
    polls.close(by=None, poll=poll)
    assert {row["text"] for row in rows(client, here(poll, "results.csv"))} == {"'=HYPERLINK(1)"}


def test_results_of_an_open_vote_are_for_the_facilitator_unless_said_otherwise(client: Client, challenge: Challenge, turin: Any) -> None:
    poll, early = define.poll(challenge), define.poll(challenge, early_results=True)
    assert client.get(here(poll, "results/")).status_code == 404
    assert client.get(here(early, "results/")).status_code == 200
    client.force_login(people.user(role="facilitator", territory=turin))
    assert "Only facilitators see this" in client.get(here(poll, "results/")).content.decode()


def test_the_full_file_is_for_the_facilitator_and_leaves_a_trace(client: Client, counted: Poll, turin: Any) -> None:
    assert client.post(here(counted, "manage/all.csv")).status_code == 302
    facilitator = people.user(role="facilitator", territory=turin)
    client.force_login(facilitator)
    answer = client.post(here(counted, "manage/all.csv"))
    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(found) == 13
    assert list(found[0]) == ["person", "sector", "statement", "text", "state", "answer", "at"]
    entry = audit.history(counted)[0]
    assert (entry.action, entry.by_id) == ("polls.export_all", facilitator.pk)


def test_a_statement_taken_back_is_counted_no_more(client: Client, counted: Poll) -> None:
    first = counted.statements.first()
    assert first is not None
    polls.moderate(by=None, statement=first, publish=False, reason="names a person")
    assert first.text not in client.get(here(counted, "results/")).content.decode()
    assert rows(client, here(counted, "results.csv")) == []


def test_words_are_text_never_markup(client: Client, challenge: Challenge, turin: Any) -> None:
    payload = "<script>alert(1)</script>"
    poll = define.poll(challenge, seeds=[payload], title=payload, purpose=payload, early_results=True)
    token_holder = Client()
    token_holder.post(here(poll, "begin/"), {})
    for _n in range(5):
        define.voter(poll, {poll.statements.get(): 1})
    client.force_login(people.user(role="facilitator", territory=turin))
    for visitor, path in (
        (client, ""),
        (token_holder, ""),
        (client, "results/"),
        (client, "manage/"),
        (client, "manage/print/"),
        (client, "manage/edit/"),
    ):
        assert payload not in visitor.get(here(poll, path)).content.decode(), path
    assert payload not in client.get(challenge.get_absolute_url()).content.decode()


def test_the_shares_are_run_again_from_the_open_file(
    client: Client, counted: Poll, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where somebody answered only what is not shown: they are among the people all the same."""
    found = bridge.result(counted)
    said = dict(tables.provenance(counted, found))
    words = shlex.split(said["Run it again"])
    (tmp_path / words[2]).write_bytes(client.get(here(counted, "results.csv")).content)
    assert said["Run it again"] in html.unescape(client.get(here(counted, "results/")).content.decode())
    assert main([words[1], str(tmp_path / words[2]), *words[3:], "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["consensus"]["statements"]
    assert [int(one["key"]) for one in told] == [row.statement.pk for row in found.shown]
    for one, row in zip(told, found.shown, strict=True):
        ends = [100 * one["agreement"][end] for end in ("value", "low", "high", "wide_low", "wide_high")]
        given = row.agreement
        assert given is not None
        assert ends == pytest.approx([given.value, given.low, given.high, given.wide_low, given.wide_high])


def test_the_data_version_changes_with_the_answers_alone(counted: Poll) -> None:
    first = bridge.tally_version(bridge.result(counted))
    assert bridge.tally_version(bridge.result(counted)) == first
    counted = polls.open_poll(by=None, poll=counted)
    define.voter(counted, {counted.statements.first(): -1})
    assert bridge.tally_version(bridge.result(counted)) != first


def test_two_files_of_an_open_vote_cannot_be_subtracted(client: Client, counted: Poll, turin: Any) -> None:
    """They would differ by every answer of whoever answered in between, so there is none before the closing, for nobody."""
    polls.open_poll(by=None, poll=counted)
    Poll.objects.filter(pk=counted.pk).update(early_results=True)
    assert "9 voters" in client.get(here(counted, "results/")).content.decode()
    for user in (None, people.user(role="facilitator", territory=turin)):
        if user:
            client.force_login(user)
        assert "results.csv" not in client.get(here(counted, "results/")).content.decode()
        assert client.get(here(counted, "results.csv")).status_code == 404
