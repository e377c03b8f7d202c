"""Coverage of a territory: no figure without recall, only registers that can contain a type, and files that give the page's figures again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rrr import connectors
from rrr.cli.__main__ import main
from rrr.core import audit
from rrr.places.models import Territory
from rrr.understand.actions import coverage as actions
from rrr.understand.actions import imports, organisations
from rrr.understand.bridge import coverage as bridge
from rrr.understand.models import EnteredRecall, ImportSource, Organisation, RegisterImport
from rrr.understand.queries import unseen as queries
from tests.factories import people, registers
from tests.factories.places import territory as make_territory

pytestmark = pytest.mark.django_db
MAPPING = {"id": "key", "name": "name", "type": "kind"}


@pytest.fixture
def turin() -> Territory:
    return make_territory("turin")


def register(place: Territory, name: str, numbers: Sequence[int], kind: str = "associazione") -> RegisterImport:
    """A published register of organisations that carry a number in their name; equal numbers are decided to be the same."""
    lines = "".join(f"{name}{number},{_name(number)},{kind}\n" for number in numbers)
    one = registers.compared(place, "id,name,type\n" + lines, register=name, mapping=MAPPING, scope="all")
    known = {organisation.name: organisation for organisation in Organisation.objects.filter(territory=place)}
    for record in one.records.all():
        same = known.get(record.name)
        imports.decide(by=None, record=record, verdict="same" if same else "new", organisation=same)
    return imports.publish(by=None, register_import=one)


def _name(number: int) -> str:
    """Names that have nothing in common: the linkage is not what is tested here."""
    return "".join("bcdfghjklm"[int(digit)] + "aeiou"[int(digit) % 5] for digit in f"{number:04}").title()


def two_registers(place: Territory) -> None:
    """40 in A only, 30 in B only, 20 in both: Chapman gives 61 x 51 / 21 - 1 = 147.1."""
    register(place, "A", range(60))
    register(place, "B", range(40, 90))
    for source in ImportSource.objects.filter(territory=place):
        actions.declare_reach(by=None, source=source, kinds=["association"], note="Its law")


def strata(place: Territory) -> dict[str, bridge.Stratum]:
    return {one.kind: one for one in bridge.coverage(place).strata}


@pytest.mark.slow
def test_without_recall_the_page_counts_and_refuses(client: Client, turin: Territory) -> None:
    two_registers(turin)
    answer = client.get("/territories/turin/coverage/")
    page = answer.content.decode()
    assert [(one.registers, one.number) for one in answer.context["coverage"].seen] == [(("A",), 40), (("B",), 30), (("A", "B"), 20)]
    assert "A + B together" in page
    assert "Nobody has judged pairs of records yet" in page
    assert strata(turin)["association"].total is None
    assert answer.context["rows"][0].estimate is None


@pytest.mark.slow
def test_a_recall_gives_the_figure_and_taking_it_back_takes_it_away(client: Client, turin: Territory) -> None:
    two_registers(turin)
    entry = actions.enter_recall(by=None, territory=turin, pairs=400, found=400, wrong=0, note="A sample of 400")
    found = strata(turin)["association"]
    assert found.total is not None
    assert found.total.value == round(61 * 51 / 21 - 1)
    assert found.total.low is not None
    assert found.total.low < found.total.value
    page = client.get("/territories/turin/coverage/").content.decode()
    assert "A sample of 400" in page
    assert "Two registers cannot show" in page
    actions.withdraw_recall(by=None, entry=entry)
    assert strata(turin)["association"].total is None
    assert client.get("/territories/turin/coverage/recall.csv").status_code == 404
    assert "A sample of 400" not in client.get("/territories/turin/coverage/").content.decode()


@pytest.mark.slow
def test_missed_links_make_the_figure_smaller(turin: Territory) -> None:
    two_registers(turin)
    actions.enter_recall(by=None, territory=turin, pairs=400, found=360, wrong=0, note="90 per cent")
    found = strata(turin)["association"].total
    assert found is not None
    assert found.value == round(61 * 51 / (20 / 0.9 + 1) - 1)  # 22.2 shared, not 20


@pytest.mark.slow
def test_a_thin_recall_is_refused_with_its_numbers(client: Client, turin: Territory) -> None:
    two_registers(turin)
    actions.enter_recall(by=None, territory=turin, pairs=20, found=19, note="Few")
    refused = strata(turin)["association"].refused
    assert refused is not None
    assert refused[0] == "recall_too_thin"
    assert "Judge at least 50" in client.get("/territories/turin/coverage/").content.decode()


@pytest.mark.slow
def test_a_register_nobody_described_is_not_used(turin: Territory) -> None:
    register(turin, "A", range(60))
    register(turin, "B", range(40, 90))
    actions.enter_recall(by=None, territory=turin, pairs=400, found=400, note="A sample")
    refused = strata(turin)["association"].refused
    assert refused is not None
    assert refused == ("too_few_registers", {"registers": 0, "needed": 2})
    assert [one.kinds for one in bridge.coverage(turin).reaches] == [None, None]


@pytest.mark.slow
def test_a_register_that_cannot_contain_a_type_is_not_asked_for_it(turin: Territory) -> None:
    two_registers(turin)
    actions.declare_reach(by=None, source=ImportSource.objects.get(name="B"), kinds=["cooperative"], note="Its law")
    actions.enter_recall(by=None, territory=turin, pairs=400, found=400, note="A sample")
    refused = strata(turin)["association"].refused
    assert refused == ("too_few_registers", {"registers": 1, "needed": 2})


def test_a_known_register_says_itself_what_it_can_contain(turin: Territory) -> None:
    one = register(turin, "A", range(3))
    one.inspection = {**one.inspection, "register": {"slug": "it_runts"}}
    one.save(update_fields=["inspection"])
    profile = connectors.register("it_runts")
    assert profile is not None
    [reach] = bridge.coverage(turin).reaches
    assert (reach.kinds, reach.by_person) == (profile.kinds, False)
    actions.declare_reach(by=None, source=one.source, kinds=["mutual", "mutual"], note="Read again")
    assert bridge.coverage(turin).reaches[0].kinds == ("mutual",)


def test_only_what_everybody_may_see_and_is_open_counts(turin: Territory) -> None:
    register(turin, "A", range(5))
    hidden, closed = Organisation.objects.order_by("pk")[:2]
    organisations.hide(by=None, organisation=hidden)
    organisations.close(by=None, organisation=closed)
    organisations.add(by=None, territory=turin, drafts=[organisations.Draft({"name": "From a page"})])
    assert sum(one.number for one in bridge.coverage(turin).seen) == 3
    assert queries.unlisted(turin) == 1


def test_an_undone_import_is_no_register_any_more(turin: Territory) -> None:
    one = register(turin, "A", range(5))
    assert queries.state(turin) == queries.State(1, recall=False)
    imports.undo(by=None, register_import=one)
    assert bridge.coverage(turin).seen == []
    assert queries.state(turin).registers == 0


@pytest.mark.slow
def test_the_newest_delivery_counts_not_what_was_ever_listed(turin: Territory) -> None:
    register(turin, "A", range(5))
    register(turin, "A", range(2, 5))
    assert [(one.registers, one.number) for one in bridge.coverage(turin).seen] == [(("A",), 3)]
    assert queries.unlisted(turin) == 2


@pytest.mark.slow
def test_the_files_give_the_figures_of_the_page(
    client: Client, turin: Territory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a reader downloads and runs is what the page shows, also where a register is named like a formula."""
    two_registers(turin)
    ImportSource.objects.filter(name="A").update(name="=A;1")
    actions.enter_recall(by=None, territory=turin, pairs=200, found=190, wrong=4, note="A sample")
    files = {}
    for name in ("captures", "registers", "recall"):
        files[name] = str(tmp_path / f"{name}.csv")
        Path(files[name]).write_bytes(client.get(f"/territories/turin/coverage/{name}.csv").content)
    assert _name(1) not in Path(files["captures"]).read_text(encoding="utf-8")
    command = ["coverage", files["captures"], "--registers", files["registers"], "--recall", files["recall"], "--by", "type", "--json"]
    assert main(command) == 0
    [stratum] = json.loads(capsys.readouterr().out)["strata"]
    found = strata(turin)["association"].total
    assert found is not None
    assert (found.value, stratum["type"], stratum["listed"]) == (round(stratum["result"]["total"]["value"]), "association", 90)
    assert found.low is not None
    assert found.low <= stratum["result"]["total"]["low"] < found.low + 1


@pytest.mark.slow
def test_the_captures_hold_numbers_only(client: Client, turin: Territory) -> None:
    two_registers(turin)
    rows = list(csv.DictReader(io.StringIO(client.get("/territories/turin/coverage/captures.csv").content.decode())))
    assert [(row["sources"], row["type"], row["organisations"]) for row in rows] == [
        ("A", "association", "40"), ("B", "association", "30"), ("A;B", "association", "20"),
    ]  # fmt: skip


def test_an_analyst_enters_a_recall_in_the_browser_and_the_trail_tells(client: Client, turin: Territory) -> None:
    register(turin, "A", range(3))
    person = people.user(role="analyst", territory=turin)
    client.force_login(person)
    given = {"pairs": "80", "found": "81", "wrong": "", "note": "Office"}
    assert "cannot have joined more pairs" in client.post("/territories/turin/coverage/recall/", given).content.decode()
    assert not EnteredRecall.objects.exists()
    assert client.post("/territories/turin/coverage/recall/", {**given, "found": "76"}).status_code == 302
    entry = EnteredRecall.objects.get()
    assert audit.history(entry)[0].by_id == person.pk
    source = ImportSource.objects.get()
    url = f"/territories/turin/coverage/registers/{source.pk}/"
    assert client.post(url, {"kinds": ["association", "nonsense"], "note": "Law"}).status_code == 200
    assert client.post(url, {"kinds": ["association"], "note": "Law"}).status_code == 302
    assert source.reach.kinds == ["association"]
    assert client.post(f"/territories/turin/coverage/recall/{entry.pk}/withdraw/").status_code == 302
    assert client.post(f"/territories/turin/coverage/recall/{entry.pk}/withdraw/").status_code == 404


def test_a_recall_that_cannot_be_is_refused_everywhere(turin: Territory) -> None:
    for pairs, found in ((0, 0), (5, 6)):
        with pytest.raises(ValidationError):
            actions.enter_recall(by=None, territory=turin, pairs=pairs, found=found, note="")
    with pytest.raises(IntegrityError), transaction.atomic():
        EnteredRecall.objects.create(territory=turin, pairs=5, found=6, note="")


@pytest.mark.slow
def test_another_territory_is_not_touched(client: Client, turin: Territory) -> None:
    two_registers(turin)
    dublin = make_territory("dublin")
    entry = actions.enter_recall(by=None, territory=turin, pairs=100, found=90, note="Turin")
    client.force_login(people.user(role="coordinator", territory=dublin))
    assert client.post(f"/territories/dublin/coverage/recall/{entry.pk}/withdraw/").status_code == 404
    assert client.get(f"/territories/dublin/coverage/registers/{ImportSource.objects.earliest('pk').pk}/").status_code == 404
    assert "Turin" not in client.get("/territories/dublin/coverage/").content.decode().split("<h1>")[1]


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_number_of_questions(
    client: Client, turin: Territory, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for place in range(number):
        register(turin, f"R{place}", range(place, place + 4))
    with django_assert_num_queries(13):
        client.get("/territories/turin/coverage/")


@pytest.mark.slow
def test_every_page_that_counts_says_what_it_does_not_see(client: Client, turin: Territory) -> None:
    sentences = {0: "No register is published here", 1: "saying how many are missing takes two", 2: "nobody has measured"}
    for number, sentence in sentences.items():
        for path in ("", "organisations/", "sse/"):
            page: Any = client.get(f"/territories/turin/{path}").content.decode()
            assert sentence in page, (number, path)
            assert "/territories/turin/coverage/" in page
        register(turin, f"R{number}", range(3))
