"""A diagnosis round from its preparation to its result, as the team and as people without account or script see it."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from rrr.cli.__main__ import main
from rrr.core import audit
from rrr.core.models import OutboxMessage
from rrr.people.models import User
from rrr.understand import hooks
from rrr.understand.actions import diagnosis as actions
from rrr.understand.blocks import ASKED
from rrr.understand.bridge import diagnosis as bridge
from rrr.understand.models import BlockAnswer, BlockReason, BuildingBlock, DiagnosisRound, Respondent
from tests.factories import diagnosis, people, places

pytestmark = pytest.mark.django_db


@pytest.fixture
def turin() -> Any:
    return places.territory("turin")


@pytest.fixture
def facilitator(turin: Any) -> User:
    return people.user("facilitator@example.org", role="facilitator", territory=turin)


def here(round: DiagnosisRound, more: str = "") -> str:
    return f"/territories/{round.territory.slug}/diagnosis/{round.key}/{more}"


def begun(round: DiagnosisRound, sector: str = "") -> Client:
    visitor = Client()
    assert visitor.post(here(round, "begin/"), {"sector": sector}).status_code == 302
    return visitor


def rows(client: Client, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).content.decode("utf-8-sig"))))


def test_every_block_has_a_question_and_three_anchors() -> None:
    assert set(ASKED) == set(BuildingBlock.values)
    assert len(BuildingBlock.values) == 9
    texts = [str(text) for one in ASKED.values() for text in (one.question, one.low, one.middle, one.high)]
    assert len(set(texts)) == 36


@pytest.mark.slow
def test_a_facilitator_prepares_opens_invites_closes_and_publishes(
    client: Client, turin: Any, facilitator: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client.force_login(facilitator)
    sent = {
        "title": "Autumn",
        "asked": "All",
        "purpose": "To choose.",
        "language": "it",
        "closes_at": "2030-05-01T18:00",
        "retention_until": "2030-06-01",
    }
    answer = client.post("/territories/turin/diagnosis/new/", sent)
    assert answer.status_code == 302
    round = DiagnosisRound.objects.get()
    assert answer["Location"] == here(round, "manage/")
    assert Client().get(here(round)).status_code == 404  # a draft
    client.post(here(round, "manage/state/"), {"to": "open"})
    page = client.get(here(round, "manage/")).content.decode()
    assert f"http://testserver{here(round)}" in page
    assert '<svg class="qr"' in page
    assert '<svg class="qr"' in client.get(here(round, "manage/print/")).content.decode()
    with django_capture_on_commit_callbacks():
        client.post(here(round, "manage/state/"), {"to": "invite"})
    [mail] = OutboxMessage.objects.all()
    assert (mail.to, mail.url) == (facilitator, here(round))
    assert "less than a day ago" in client.post(here(round, "manage/state/"), {"to": "invite"}, follow=True).content.decode()
    diagnosis.crowd(round, "sse", 6)
    for to in ("close", "publish"):
        client.post(here(round, "manage/state/"), {"to": to})
    assert Client().get(here(round, "results/")).status_code == 200
    told = set(audit.history(round).values_list("action", flat=True))
    assert {"diagnosis.prepare", "diagnosis.open", "diagnosis.invite", "diagnosis.close", "diagnosis.publish"} <= told


def test_who_asks_what_for_and_for_how_long_is_said_before_the_first_answer(client: Client, turin: Any) -> None:
    round = diagnosis.opened(turin)
    page = client.get(here(round)).content.decode()
    for words in (round.asked, round.purpose, "Single answers are erased on", "Reasons you write are read by the team"):
        assert words in page
    assert not Respondent.objects.exists()  # looking leaves nothing behind


def test_one_block_at_a_time_and_an_answer_can_be_changed(turin: Any) -> None:
    round = diagnosis.opened(turin)
    visitor = begun(round, "sse")
    page = visitor.get(here(round))
    assert page.context["code"] == "culture"
    assert 'name="block" value="culture"' in page.content.decode()
    answer = visitor.post(here(round, "keep/"), {"block": "culture", "value": "4", "reason": "Few know it."})
    assert answer["Location"] == here(round, "?block=institutions")
    page = visitor.get(here(round, "?block=culture"))
    assert page.context["marked"] == "4"
    assert "Few know it." in page.content.decode()
    visitor.post(here(round, "keep/"), {"block": "culture", "value": "unknown", "reason": ""})
    assert list(BlockAnswer.objects.values_list("block", "value")) == [("culture", None)]
    assert not BlockReason.objects.exists()
    for block in BuildingBlock.values[1:]:
        visitor.post(here(round, "keep/"), {"block": block, "value": "7"})
    assert "you have answered every question" in visitor.get(here(round)).content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"block": "culture"}, "Choose a number from 0 to 10"),
        ({"block": "culture", "value": "11"}, "Choose a number from 0 to 10"),
        ({"block": "culture", "value": "1e1"}, "Choose a number from 0 to 10"),
        ({"block": "weather", "value": "3"}, "none of the nine building blocks"),
        ({"block": "culture", "value": "3", "reason": "x" * 501}, "at most 500 characters"),
    ],
)
def test_what_cannot_be_kept_is_answered_with_a_sentence(turin: Any, sent: dict[str, str], words: str) -> None:
    round = diagnosis.opened(turin)
    answer = begun(round).post(here(round, "keep/"), sent)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not BlockAnswer.objects.exists()


def test_no_account_is_tied_to_an_answer(turin: Any, facilitator: User) -> None:
    round = diagnosis.opened(turin)
    visitor = Client()
    visitor.force_login(facilitator)
    visitor.post(here(round, "begin/"), {"sector": "authority"})
    visitor.post(here(round, "keep/"), {"block": "culture", "value": "4"})
    token = visitor.cookies[f"rrr_diagnosis_{round.key}"].value.split(":")[0]
    assert Respondent.objects.get().digest != token
    names = {field.name for model in (Respondent, BlockAnswer, BlockReason) for field in model._meta.get_fields()}
    assert not names & {"user", "by", "author", "address", "ip"}
    assert not audit.history(round).filter(by_id=facilitator.pk).exists()


def test_withdrawing_erases_answers_and_reasons_of_this_browser_alone(turin: Any) -> None:
    round = diagnosis.opened(turin)
    mine, other = begun(round), begun(round)
    for visitor in (mine, other):
        visitor.post(here(round, "keep/"), {"block": "data", "value": "4", "reason": "No register."})
    assert mine.get(here(round, "withdraw/")).status_code == 200
    mine.post(here(round, "withdraw/"))
    assert (BlockAnswer.objects.count(), BlockReason.objects.count(), Respondent.objects.count()) == (1, 1, 1)
    assert audit.history(round)[0].by_id is None


def test_a_closed_round_takes_nothing_and_is_not_opened_again(turin: Any) -> None:
    round = diagnosis.opened(turin)
    visitor = begun(round)
    actions.close(by=None, round=round)
    visitor.post(here(round, "keep/"), {"block": "data", "value": "4"})
    assert not BlockAnswer.objects.exists()
    with pytest.raises(ValidationError, match="opened before"):
        actions.open_round(by=None, round=round)
    assert "This round is closed" in visitor.get(here(round)).content.decode()


def test_the_end_that_was_promised_closes_it_and_the_day_of_erasure_erases(turin: Any) -> None:
    round = diagnosis.opened(turin)
    diagnosis.crowd(round, "sse", 6)
    assert actions.tidy(now=round.closes_at + timedelta(hours=1), today=timezone.localdate()) == 1
    round.refresh_from_db()
    assert round.state == "closed"
    before = bridge.figures(round)
    first = BlockReason.objects.first()
    assert first is not None
    actions.moderate(by=None, reason=first, publish=True)
    assert actions.tidy(now=timezone.now(), today=round.retention_until + timedelta(days=1)) == 1
    assert not Respondent.objects.exists()
    assert [one.pk for one in BlockReason.objects.all()] == [first.pk]  # the others went with the answers
    assert bridge.figures(DiagnosisRound.objects.get()) == before


def test_promises_hold_once_people_may_answer(turin: Any) -> None:
    round = diagnosis.opened(turin)
    with pytest.raises(ValidationError, match="read this before"):
        actions.change(by=None, round=round, values={"purpose": "Something else"})
    with pytest.raises(ValidationError, match="brought forward"):
        actions.change(by=None, round=round, values={"retention_until": round.retention_until + timedelta(days=1)})
    with pytest.raises(ValidationError, match="at least until the round closes"):
        actions.change(by=None, round=round, values={"retention_until": timezone.localdate()})


@pytest.mark.slow
def test_results_are_for_the_team_until_published_and_nobody_sees_them_while_people_answer(
    client: Client, turin: Any, facilitator: User
) -> None:
    round = diagnosis.opened(turin)
    diagnosis.crowd(round, "sse", 6)
    team = Client()
    team.force_login(facilitator)
    for path in ("results/", "results.csv", "counts.csv"):
        assert team.get(here(round, path)).status_code == 404
    actions.close(by=None, round=round)
    for path in ("results/", "results.csv", "counts.csv"):
        assert team.get(here(round, path)).status_code == 200
        assert client.get(here(round, path)).status_code == 404


@pytest.mark.slow
def test_the_result_shows_means_unknowns_and_hides_small_sectors(client: Client, turin: Any) -> None:
    round = diagnosis.published(turin, crowds={"authority": 6, "sse": 9, "funder": 5, "university": 2})
    page = client.get(here(round, "results/")).content.decode()
    assert "Fewer than five people rated it" in page  # nobody knows about social innovation
    assert "100% do not know" in page
    assert "22 people rated it" in page
    assert "Not representative" in page
    assert "7 other blocks may be as low: the intervals overlap." in page
    shown = {row[1] for row in client.get(here(round, "results/")).context["sector_rows"]}
    assert shown == {"Public authority", "Social and solidarity economy"}  # two of the university, so the five funders are hidden too
    assert "would give a smaller one away" in page
    assert "University or research" not in page.split("<main")[1]


def test_under_five_people_nothing_is_shown(client: Client, turin: Any) -> None:
    round = diagnosis.published(turin, crowds={"sse": 4})
    page = client.get(here(round, "results/")).content.decode()
    assert "Fewer than five people answered, so nothing is shown." in page
    assert "4 people" not in page
    assert rows(client, here(round, "results.csv")) == rows(client, here(round, "counts.csv")) == []
    assert round.tally == {"people": 0, "least": 5, "blocks": {}}


@pytest.mark.slow
def test_the_file_of_counts_gives_the_figures_again(client: Client, turin: Any, tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    round = diagnosis.published(turin)
    file = tmp_path / "counts.csv"
    file.write_bytes(client.get(here(round, "counts.csv")).content)
    assert main(["diagnose", str(file), "--json"]) == 0
    again = {one["key"]: one["everybody"] for one in json.loads(capsys.readouterr().out)["diagnosis"]["blocks"]}
    page = {one.code: one for one in bridge.figures(round).blocks if one.mean}
    assert {code for code, one in again.items() if one["mean"]} == page.keys()
    assert again["innovation"]["unknown"] == 13
    for code, one in page.items():
        assert one.mean is not None
        assert again[code]["mean"]["low"] == pytest.approx(one.mean.low)
        assert again[code]["mean"]["value"] == pytest.approx(one.mean.value)
    figures = rows(client, here(round, "results.csv"))
    assert float(figures[0]["mean"]) == pytest.approx(page["culture"].mean.value, abs=1e-4)  # type: ignore[union-attr] # asserted above
    assert {row["sector"] for row in figures} == {"", "authority", "sse"}


@pytest.mark.slow
def test_the_full_file_is_for_the_team_and_leaves_a_trace(client: Client, turin: Any, facilitator: User) -> None:
    round = diagnosis.published(turin)
    assert client.post(here(round, "manage/answers.csv")).status_code == 302
    client.force_login(facilitator)
    answer = client.post(here(round, "manage/answers.csv"))
    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(found) == 13 * 9
    assert list(found[0]) == ["person", "sector", "block", "value"]
    assert audit.history(round)[0].action == "diagnosis.export_all"
    actions.erase_answers(by=None, round=round)
    assert client.post(here(round, "manage/answers.csv")).status_code == 404


@pytest.mark.slow
def test_reasons_are_read_by_the_team_and_shown_only_when_published(client: Client, turin: Any, facilitator: User) -> None:
    round = diagnosis.published(turin)
    page = client.get(here(round, "results/")).content.decode()
    shown, hidden = (BlockReason.objects.filter(state=state) for state in ("published", "waiting"))
    assert shown.get().text in page
    assert all(one.text not in page for one in hidden)
    client.force_login(facilitator)
    manage = client.get(here(round, "manage/")).content.decode()
    assert all(one.text in manage for one in BlockReason.objects.all())
    one = hidden.first()
    assert one is not None
    client.post(here(round, f"manage/reasons/{one.pk}/"), {"decision": "publish"})
    assert one.text in Client().get(here(round, "results/")).content.decode()


def test_words_are_text_never_markup(turin: Any, facilitator: User) -> None:
    payload = "<script>alert(1)</script>"
    round = diagnosis.opened(turin, title=payload, asked=payload, purpose=payload)
    for number in range(6):
        diagnosis.said(round, {"data": 3}, "sse", payload if number < 1 else "")
    team = Client()
    team.force_login(facilitator)
    paths = ["", "manage/", "manage/print/", "results/"]
    for path in paths[:3]:
        assert payload not in team.get(here(round, path)).content.decode()
    actions.close(by=None, round=round)
    actions.moderate(by=None, reason=BlockReason.objects.get(), publish=True)
    for path in paths:
        assert payload not in team.get(here(round, path)).content.decode()


@pytest.mark.slow
def test_a_second_round_shows_the_change(client: Client, turin: Any) -> None:
    first = diagnosis.published(turin, crowds={"sse": 30}, low=0, title="Spring")
    second = diagnosis.published(turin, crowds={"sse": 30}, low=6)
    page = client.get(here(second, "results/"))
    assert "Since the round before" in page.content.decode()
    assert here(first, "results/") in page.content.decode()
    change = page.context["change"]
    assert len(change) == 8
    assert change[0].estimate.value == pytest.approx(6)
    assert change[0].note == "Changed."
    assert "Since the round before" not in client.get(here(first, "results/")).content.decode()


@pytest.mark.slow
def test_territories_stand_side_by_side_only_if_both_are_willing(client: Client, turin: Any) -> None:
    mine = diagnosis.published(turin, compared=True)
    lyon = places.territory("lyon", country="FR")
    diagnosis.published(places.territory("porto", country="PT"))  # not willing
    assert client.get(here(mine, "results/")).context["peers"] == []
    diagnosis.published(lyon, compared=True)
    page = client.get(here(mine, "results/"))
    assert [round.territory.slug for round, _figures in page.context["peers"]] == ["lyon"]
    assert "nobody is ranked" in page.content.decode()
    alone = diagnosis.published(turin)
    assert client.get(here(alone, "results/")).context["peers"] == []


@pytest.mark.slow
def test_the_next_step_is_a_challenge_on_the_lowest_block(client: Client, turin: Any, facilitator: User) -> None:
    round = diagnosis.published(turin)
    assert "Define a challenge on" not in client.get(here(round, "results/")).content.decode()
    client.force_login(facilitator)
    page = client.get(here(round, "results/"))
    weakest = page.context["weakest"]
    form = client.get(page.context["challenge_url"]).content.decode()
    assert f'value="{weakest.label}"' in form
    assert "on a scale from 0 to 10" in form
    assert here(round, "results/") in form


@pytest.mark.slow
def test_the_page_of_the_territory_shows_it_to_whom_it_concerns(client: Client, turin: Any, facilitator: User) -> None:
    hidden, listed = diagnosis.opened(turin, title="By link"), diagnosis.opened(turin, title="For all", listed=True)
    page = client.get("/territories/turin/").content.decode()
    assert here(listed) in page
    assert here(hidden) not in page
    done = diagnosis.published(turin)
    assert here(done, "results/") in client.get("/territories/turin/").content.decode()
    client.force_login(facilitator)
    assert here(hidden) in client.get("/territories/turin/").content.decode()


@pytest.mark.slow
def test_rounds_of_a_draft_territory_are_for_its_people(client: Client) -> None:
    draft = places.territory("draft", published=False)
    round = diagnosis.published(draft)
    for path in ("results/", "results.csv", "counts.csv", ""):
        assert client.get(here(round, path)).status_code == 404
    member = people.user(role="member", territory=draft)
    client.force_login(member)
    assert client.get(here(round, "results/")).status_code == 200


def test_what_is_kept_about_a_person_is_exported_and_forgotten(turin: Any, facilitator: User) -> None:
    round = diagnosis.prepared(turin, by=facilitator)
    assert hooks.export(facilitator)["diagnosis_rounds"][0]["title"] == round.title
    hooks.erase(facilitator)
    round.refresh_from_db()
    assert round.author_id is None


@pytest.mark.slow
@pytest.mark.parametrize("peers", [0, 3])
def test_query_counts(
    client: Client, turin: Any, facilitator: User, django_assert_max_num_queries: DjangoAssertNumQueries, peers: int
) -> None:
    round = diagnosis.published(turin, compared=True)
    for number in range(peers):
        diagnosis.published(places.territory(f"peer-{number}"), compared=True)
        diagnosis.published(turin)
    running = diagnosis.opened(turin)
    visitor = begun(running)
    with django_assert_max_num_queries(9):
        client.get(here(round, "results/"))
    with django_assert_max_num_queries(9):
        client.get("/territories/turin/diagnosis/")
    with django_assert_max_num_queries(9):
        visitor.get(here(running))
    client.force_login(facilitator)
    with django_assert_max_num_queries(14):
        client.get(here(round, "manage/"))
