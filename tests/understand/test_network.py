"""How organisations are tied, as strangers and coordinators see it; hidden ones, drafts and what has ended stay out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rrr.cli.__main__ import main
from rrr.places.models import Territory
from rrr.understand import bridge
from rrr.understand.actions import organisations, relations
from rrr.understand.models import Organisation
from tests.factories import people
from tests.factories.places import territory as make_territory
from tests.understand.test_pages import PAYLOAD, add

pytestmark = pytest.mark.django_db
PAGE = "/territories/turin/network/"
CLOSING = f"{PAGE}closing/"


@pytest.fixture
def turin() -> Territory:
    return make_territory("turin")


def tie(*pairs: tuple[Organisation, Organisation], kind: str = "partners") -> None:
    relations.add(by=None, drafts=[relations.Draft(a, b, kind) for a, b in pairs])


def hinge(turin: Territory) -> dict[str, Organisation]:
    """Four cooperatives that all know each other, a network that joins them with a bank and a foundation, one without a tie."""
    made = {name: add(turin, name, kind="cooperative") for name in ("Ape", "Bruco", "Cervo", "Daino")}
    made |= {"Hub": add(turin, "Hub", kind="network"), "Bank": add(turin, "Bank", kind="ethical_finance")}
    made |= {"Fund": add(turin, "Fund", kind="foundation"), "Alone": add(turin, "Alone")}
    four = list(made.values())[:4]
    tie(*[(a, b) for number, a in enumerate(four) for b in four[:number]])
    tie((made["Ape"], made["Hub"]), (made["Hub"], made["Bank"]), (made["Bank"], made["Fund"]))
    return made


def test_the_page_names_brokers_communities_and_what_is_unknown(client: Client, turin: Territory) -> None:
    hinge(turin)
    answer = client.get(PAGE)
    reading, page = answer.context["reading"], answer.content.decode()
    assert [one.organisation.name for one in reading.brokers] == ["Ape"]
    assert [label for label, _ in reading.brokers[0].neighbours] == ["Social economy and others", "Networks and support bodies"]
    assert [sorted(one.name for one in group.members) for group in reading.groups] == [
        ["Ape", "Bruco", "Cervo", "Daino"],
        ["Bank", "Fund", "Hub"],
    ]
    assert (answer.context["ties"], answer.context["whole"], reading.unknown.without_ties) == (9, 8, 1)
    assert "Ties nobody wrote down" in page
    assert "Nothing is written about 67.8% of all pairs" in page
    assert "Around Ape" in page
    assert page.count("Too few ties to say") == len(reading.pairs) == 3
    assert "What if one closed" not in page


def test_the_command_gives_the_figures_of_the_page(
    client: Client, turin: Territory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hinge(turin)
    for name in ("ties", "organisations"):
        (tmp_path / f"{name}.csv").write_bytes(client.get(f"{PAGE}{name}.csv").content)
    assert main(["network", str(tmp_path / "ties.csv"), "--nodes", str(tmp_path / "organisations.csv"), "--json"]) == 0
    told, reading = json.loads(capsys.readouterr().out), client.get(PAGE).context["reading"]
    assert told["unknown"]["without_ties"] == reading.unknown.without_ties == 1
    assert told["unknown"]["pairs_unstated"] == pytest.approx(reading.unknown.pairs_unstated)
    brokers = [one for one in told["nodes"] if one["broker"]]
    assert [(one["name"], round(100 * one["kept"])) for one in brokers] == [(one.organisation.slug, one.kept) for one in reading.brokers]
    assert [one["members"] for one in told["communities"]] == [sorted(m.slug for m in group.members) for group in reading.groups]
    assert [one["expected"] for one in told["gaps"]] == [pair.gap.expected for pair in reading.pairs]


@pytest.mark.parametrize("path", ["", "ties.csv", "organisations.csv"])
def test_what_is_hidden_or_ended_is_nowhere(client: Client, turin: Territory, path: str) -> None:
    made = hinge(turin)
    organisations.show(by=None, organisation=made["Hub"], visibility="hidden", reason="at risk")
    old = add(turin, "Olden Days", closed=2010)
    tie((made["Ape"], old))
    page = client.get(PAGE + path).content.decode()
    assert "Olden" not in page
    assert "Hub" not in page
    assert "Bruco" in page


def test_no_tie_leads_out_of_the_territory_or_into_a_draft(client: Client, turin: Territory) -> None:
    here, there = add(turin, "Here"), add(make_territory("secret-city", published=False), "Elsewhere")
    tie((here, there))
    for path in ("", "ties.csv", "organisations.csv"):
        assert "Elsewhere" not in client.get(PAGE + path).content.decode()
        assert client.get(f"/territories/secret-city/network/{path}").status_code == 404
    assert "No tie yet" in client.get(PAGE).content.decode()


def test_names_are_text_and_cells_no_formula(client: Client, turin: Territory) -> None:
    tie((add(turin, PAYLOAD), add(turin, "=HYPERLINK(1)")))
    assert PAYLOAD not in client.get(PAGE).content.decode()
    [row] = csv.DictReader(io.StringIO(client.get(f"{PAGE}ties.csv").content.decode("utf-8-sig")))
    assert {row["source_name"], row["target_name"]} == {PAYLOAD, "'=HYPERLINK(1)"}


@pytest.mark.slow
def test_closing_is_for_coordinators_only_and_kept_nowhere(client: Client, turin: Territory) -> None:
    made = hinge(turin)
    organisations.show(by=None, organisation=made["Fund"], visibility="hidden", reason="at risk")
    assert client.get(CLOSING).status_code == 302
    for role in ("analyst", "facilitator", "member", "observer"):
        client.force_login(people.user(role=role, territory=turin))
        assert client.get(CLOSING, {"organisation": "hub"}).status_code == 403
        assert "What if one closed" not in client.get(PAGE).content.decode()
    client.force_login(people.user(role="coordinator", territory=turin))
    assert "What if one closed" in client.get(PAGE).content.decode()
    answer = client.get(CLOSING, {"organisation": "hub"})
    assert "no-store" in answer["Cache-Control"]
    assert [sorted(one.name for one in part) for part, _ in answer.context["cut"]] == [["Bank", "Fund"]]
    assert "2 organisations would lose every stated way to the 4 that stay together." in answer.content.decode()
    assert "Nobody would be cut off" in client.get(CLOSING, {"organisation": "bruco"}).content.decode()
    assert client.get(CLOSING, {"organisation": "alone"}).status_code == 404
    client.force_login(people.user(role="coordinator", territory=make_territory("bilbao")))
    assert client.get(CLOSING).status_code == 403


def test_the_end_of_a_star_leaves_everybody_alone(client: Client, turin: Territory) -> None:
    hub = add(turin, "Hub")
    tie(*[(hub, add(turin, f"Leaf {n}")) for n in range(3)])
    client.force_login(people.user(role="coordinator", territory=turin))
    assert "3 organisations would be left without any stated tie." in client.get(CLOSING, {"organisation": "hub"}).content.decode()


@pytest.mark.slow
def test_names_on_the_picture_do_not_lie_on_each_other(client: Client, turin: Territory) -> None:
    ring = [add(turin, f"A name of some length number {n}") for n in range(28)]
    tie(*[(one, ring[(n + 1) % 28]) for n, one in enumerate(ring)])
    labels = client.get(PAGE).context["reading"].labels
    assert labels
    assert all(abs(a.y - b.y) > 18 or abs(a.x - b.x) > 100 for n, a in enumerate(labels) for b in labels[:n])


def test_too_many_ties_are_left_to_the_command(client: Client, turin: Territory, monkeypatch: pytest.MonkeyPatch) -> None:
    hinge(turin)
    monkeypatch.setattr(bridge.ecosystem, "MOST_TIES", 5)
    answer = client.get(PAGE)
    assert answer.context["reading"] is None
    assert "Too many ties for this page" in answer.content.decode()
    assert "rrr network rrr-turin-ties.csv" in answer.content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("number", [3, 30])
def test_the_page_asks_the_same_number_of_questions_however_many_ties(
    client: Client, turin: Territory, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    hub = add(turin, "Hub")
    tie(*[(hub, add(turin, f"Leaf {n}")) for n in range(number)])
    with django_assert_num_queries(9):
        client.get(PAGE)
    with django_assert_num_queries(4):
        client.get(f"{PAGE}ties.csv")
    client.force_login(people.user(role="coordinator", territory=turin))
    with django_assert_num_queries(12):
        client.get(CLOSING, {"organisation": "hub"})
