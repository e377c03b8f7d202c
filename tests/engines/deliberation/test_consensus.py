"""Counting votes and ordering what people agree on."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrr.engines.deliberation import Reason, Settings, Vote, consensus, count


def votes(statement: str, agree: int, disagree: int, passed: int = 0) -> list[Vote]:
    values = [1] * agree + [-1] * disagree + [0] * passed
    return [Vote(f"p{number}", statement, value) for number, value in enumerate(values)]


def test_the_last_vote_of_a_person_counts() -> None:
    tally = count([Vote("a", "s", 1), Vote("a", "s", -1), Vote("a", "s", "pass")])
    assert tally.votes == {"s": {"a": 0}}
    assert tally.replaced == 2


def test_time_orders_votes_before_place() -> None:
    assert count([Vote("a", "s", 1, at=20), Vote("a", "s", -1, at=10)]).votes["s"]["a"] == 1
    assert count([Vote("a", "s", 1, at=20), Vote("a", "s", -1, at=20)]).votes["s"]["a"] == -1


@pytest.mark.parametrize("value", [2, "yes", "", "nan", 0.5, True, "1 or 2"], ids=repr)
def test_unknown_values_are_rejected_and_replace_nothing(value: int | str) -> None:
    tally = count([Vote("a", "s", 1), Vote("a", "s", value)])
    assert tally.votes == {"s": {"a": 1}}
    assert [(one.place, one.reason) for one in tally.rejected] == [(1, Reason.UNKNOWN_VALUE)]


def test_votes_of_nobody_or_on_nothing_are_rejected() -> None:
    tally = count([Vote(" ", "s", 1), Vote("a", "", 1)])
    assert [one.reason for one in tally.rejected] == [Reason.NO_PERSON, Reason.NO_STATEMENT]
    assert tally.people == 0


def test_order_by_lower_bound_and_few_voters_withheld() -> None:
    found = consensus(votes("small", 6, 0) + votes("large", 45, 5) + votes("split", 25, 20, 5) + votes("few", 4, 0))
    assert [one.key for one in found.statements] == ["large", "small", "split"]
    assert found.withheld == ("few",)
    assert found.people == 50
    large = found.statements[0]
    assert (large.agree, large.disagree, large.passed, large.voters) == (45, 5, 0, 50)
    assert large.agreement.value == 0.9
    assert found.statements[2].agreement.value == 0.5, "a pass is a vote that does not agree"
    assert large.agreement.worry == "missing_votes_gamma_2"


def test_fewer_people_than_voters_is_refused() -> None:
    with pytest.raises(ValueError, match="50 people voted"):
        consensus(votes("s", 45, 5), people=10)


def test_no_votes_give_an_empty_result() -> None:
    assert consensus([]).statements == ()


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("st"), st.sampled_from([1, 0, -1])), max_size=60))
def test_counts_add_up_and_bounds_enclose(rows: list[tuple[str, str, int]]) -> None:
    found = consensus([Vote(*row) for row in rows], Settings(least=1))
    assert sum(one.voters for one in found.statements) == found.votes == len({row[:2] for row in rows})
    assert found.votes + found.replaced == len(rows)
    for one in found.statements:
        share = one.agreement
        assert share.wide_low is not None
        assert share.wide_high is not None
        assert share.low is not None
        assert share.high is not None
        assert share.wide_low <= share.low <= share.value <= share.high <= share.wide_high


@pytest.mark.verification
@pytest.mark.slow
def test_counts_equal_the_published_matrix(shared_data: Path) -> None:
    """Last votes from the event log are those in the participants' matrix."""
    folder = shared_data / "polis/openData/brexit-consensus"
    with (folder / "votes.csv").open(encoding="utf-8") as file:
        tally = count([Vote(row["voter-id"], row["comment-id"], row["vote"], float(row["timestamp"])) for row in csv.DictReader(file)])
    with (folder / "participants-votes.csv").open(encoding="utf-8") as file:
        matrix = {
            (row["participant"], key): int(value) for row in csv.DictReader(file) for key, value in row.items() if key.isdigit() and value
        }
    assert {(person, key): value for key, mine in tally.votes.items() for person, value in mine.items()} == matrix
