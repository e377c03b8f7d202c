"""Library, case page, form, feeds and files as readers, writers and attackers meet them."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rrr.exchange import queries
from rrr.exchange.actions import cases as actions
from tests.exchange import made
from tests.factories import people, places, thread

pytestmark = pytest.mark.django_db
PAYLOAD = "<script>alert(1)</script>"
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def test_a_case_page_leads_back_through_every_knot(client: Client) -> None:
    case = made.published()
    page = client.get(f"/territories/turin/cases/{case.slug}/").content.decode()
    strand = page[page.index('class="strand"') : page.index("</ol>", page.index('class="strand"'))]
    adaptation = case.pilot.adaptation
    for address in (
        "/territories/turin/organisations/",
        "/territories/turin/",
        f"/territories/turin/challenges/{adaptation.challenge.slug}/",
        f"/solutions/{adaptation.solution.slug}/",
        f"/territories/turin/pilots/{case.pilot.slug}/",
    ):
        assert f'href="{address}' in strand, address
    kinds = re.findall(r"<b>([^<]+)</b>", strand)
    assert kinds == [
        "Register record", "Organisations at the table", "Ecosystem", "Challenge", "Solution", "Adaptation", "Pilot", "Result", "Decision",
        "Evidence",
    ]  # fmt: skip


def test_the_page_says_figure_interval_plan_and_decision(client: Client) -> None:
    case = made.published()
    page = client.get(f"/territories/turin/cases/{case.slug}/").content.decode()
    assert "“Weeks in work” was on average 4.2 weeks higher for those that began (young people) than for the others." in page
    assert "The true difference probably lies between 1.1 and 7.3 weeks." in page
    assert "Assumption:" in page
    assert case.figures["plan"]["sha256"] in page
    assert case.figures_sha256 in page
    assert "Go on and grow" in page
    assert "the trials tested it" in page
    assert "<li>40 000 euros</li>" in page  # Markdown of the text
    assert page.count("Not written") == 1  # what we would do differently is hatched; parts with figures speak for themselves


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"value": -2.0, "low": -5.0, "high": 1.0}, "2 weeks lower for those that began"),
        ({"value": 3.0, "low": None, "high": None}, "No interval can be told"),
        ({"value": None, "low": None, "high": None, "refusal": "all_missing"}, "The data allow no estimate. No outcome is known."),
        ({"design": "cluster"}, "4.2 weeks higher for those that began"),
        ({"design": "before_after", "weak": True}, "4.2 weeks higher after than before."),
    ],
    ids=["lower", "no interval", "refusal", "cluster", "before and after"],
)
def test_the_plain_sentence_is_the_one_of_the_pilot(given: dict[str, Any], words: str) -> None:
    from rrr.exchange.words import sentence

    assert words in sentence(queries.assemble(made.pilot(**given)))


def test_groups_under_five_are_not_shown_anywhere(client: Client) -> None:
    details = {"mean_treated": 77.25, "mean_control": 88.5, "missing": {"treated": 3, "control": 0}}
    case = made.published(number_treated=4, number_control=30, details=details)
    for path in ("", "figures.json", "case.jsonld"):
        page = client.get(f"/territories/turin/cases/{case.slug}/{path}").content.decode()
        assert "77.25" not in page
        assert "77.3" not in page
    assert case.figures["result"]["number_treated"] is None
    assert "missing" not in case.figures["result"]["details"] or case.figures["result"]["details"]["missing"] == {}


@pytest.mark.slow
def test_text_of_a_case_is_never_markup(client: Client) -> None:
    turin = places.territory("turin")
    pilot = made.pilot(turin, challenge={"title": PAYLOAD, "problem": PAYLOAD, "groups": [PAYLOAD]}, outcome=PAYLOAD)
    made.decision(pilot, reason=PAYLOAD)
    begun = actions.start(by=None, pilot=pilot)
    text = {section.code: f'{PAYLOAD} <img src=x onerror="alert(1)"> [x](javascript:alert(1))' for section in queries.empty_sections(begun)}
    case = actions.publish(by=None, case=actions.edit(by=None, case=begun, changes={"title": PAYLOAD, "summary": PAYLOAD}, text=text))
    client.force_login(people.user(role="manager"))
    for path in ("", "edit/", "publish/", "take-back/", "history/"):
        page = client.get(f"/territories/turin/cases/{case.slug}/{path}").content.decode()
        assert PAYLOAD not in page, path
        assert "<img" not in page, path
        assert 'href="javascript' not in page, path
    for path in ("/cases/", "/territories/turin/cases/", "/territories/turin/", "/"):
        assert PAYLOAD not in client.get(path).content.decode(), path
    for path in ("/cases/feed.atom", "/pilots/frozen-plans.atom"):
        ElementTree.fromstring(client.get(path).content)  # noqa: S314 # our own answer, still well formed
        assert PAYLOAD not in client.get(path).content.decode(), path


def test_simulated_units_are_called_simulated_everywhere(client: Client) -> None:
    case = made.published(simulated=True)
    for path in ("/cases/", "/territories/turin/cases/", f"/territories/turin/cases/{case.slug}/", "/", "/cases/feed.atom",
                 "/pilots/frozen-plans.atom", f"/territories/turin/cases/{case.slug}/case.jsonld"):  # fmt: skip
        assert "Simulated" in client.get(path).content.decode(), path


def test_filters_narrow_the_library(client: Client) -> None:
    turin, bilbao = places.territory("turin"), places.territory("bilbao", country="ES")
    one = made.published(turin, challenge={"horizon": "respond"})
    two = made.published(bilbao, design="before_after", weak=True)

    def listed(query: str) -> set[str]:
        return {case.slug for case in client.get(f"/cases/?{query}").context["page"]}

    assert listed("") == {one.slug, two.slug}
    assert listed("territory=bilbao") == {two.slug}
    assert listed("horizon=respond") == {one.slug}
    assert listed("design=before_after") == {two.slug}
    assert listed("topic=employment_and_youth") == {one.slug, two.slug}
    assert listed("topic=housing") == set()
    assert listed("words=first+job") == {one.slug, two.slug}
    assert listed("words=nothing+like+it") == set()
    assert listed("horizon=nonsense&page=999") == {one.slug, two.slug}


@pytest.mark.slow
@pytest.mark.parametrize("number", [2, 12])
def test_lists_ask_the_same_number_of_questions_however_long(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    turin = places.territory("turin")
    for _ in range(number):
        made.published(turin)
    with django_assert_max_num_queries(4):  # count, page, territories of the filter, header's menu
        client.get("/cases/")
    with django_assert_max_num_queries(4):
        client.get("/cases/feed.atom")


def test_a_case_page_asks_a_bounded_number_of_questions(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    case = made.published()
    with django_assert_max_num_queries(25):
        client.get(f"/territories/turin/cases/{case.slug}/")


def test_writing_in_the_browser_keeps_the_text_and_warns_of_a_second_writer(client: Client) -> None:
    pilot = made.pilot()
    client.force_login(people.user(role="analyst", territory=pilot.territory))
    answer = client.post(f"/territories/turin/cases/start/{pilot.slug}/")
    address = answer["Location"]
    assert address == f"/territories/turin/cases/{pilot.slug}/edit/"
    given = {
        "title": "A case",
        "summary": "Three sentences.",
        "language": "en",
        "licence": "CC-BY-4.0",
        "seen": "",
        "differently": "Begin *earlier*.",
    }
    assert client.post(address, given).status_code == 302
    assert "Begin <em>earlier</em>." in client.get(f"/territories/turin/cases/{pilot.slug}/").content.decode()
    late = client.post(address, {**given, "differently": "Mine"})  # still the stamp from before
    assert "Somebody else saved this case" in late.content.decode()
    assert "Mine" in late.content.decode()
    assert queries.case("turin", pilot.slug, drafts=True).text["differently"] == "Begin *earlier*."


def test_the_fixed_figures_can_be_checked_against_their_hash(client: Client) -> None:
    case = made.published()
    body = client.get(f"/territories/turin/cases/{case.slug}/figures.json").content
    assert hashlib.sha256(body).hexdigest() == case.figures_sha256
    assert json.loads(body)["result"]["value"] == 4.2


@pytest.mark.parametrize("path", ["/cases/feed.atom", "/territories/turin/cases/feed.atom", "/pilots/frozen-plans.atom"])
@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
def test_feeds_have_what_rfc_4287_asks_for(client: Client, path: str, filled: bool) -> None:
    places.territory("turin") if not filled else made.published()
    answer = client.get(path)
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)  # noqa: S314 # our own answer
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(feed.findall(f"{ATOM}{name}")) == 1, name
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://testserver{path}"
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == int(filled)
    for entry in entries:
        for name in ("id", "title", "updated", "published"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1, name
        assert str(entry.findtext(f"{ATOM}id")).startswith("tag:127.0.0.1,2")
        assert entry.find(f"{ATOM}link[@rel='alternate']") is not None
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", str(entry.findtext(f"{ATOM}updated")))
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == "City"


def test_an_entry_keeps_its_id_and_says_its_language(client: Client) -> None:
    case = made.published()

    def entry() -> Any:
        return ElementTree.fromstring(client.get("/cases/feed.atom").content).find(f"{ATOM}entry")  # noqa: S314 # our own answer

    first = entry().findtext(f"{ATOM}id")
    again = actions.publish(by=None, case=actions.take_back(by=None, case=case, reason="test"))
    actions.edit(by=None, case=again, changes={"title": "Renamed", "language": "it"})
    assert entry().findtext(f"{ATOM}id") == first
    assert entry().get(LANG) == "it"
    assert entry().findtext(f"{ATOM}title") == "Renamed"


def test_the_feed_of_plans_carries_the_head_of_the_chain(client: Client) -> None:
    shown = made.pilot()
    hidden = thread.pilot(
        thread.adaptation(thread.challenge(places.territory("bilbao", published=False)), thread.solution()), state="frozen"
    )
    last = made.plan(hidden, question="Not public yet", frozen_at=made.FROZEN.replace(year=2027))
    text = client.get("/pilots/frozen-plans.atom").content.decode()
    assert last.chain in text  # the head covers what is not public
    assert last.sha256 not in text
    assert shown.plans.get().sha256 in text


def test_linked_data_leads_through_every_knot_and_never_drops_the_interval(client: Client) -> None:
    case = made.published()
    answer = client.get(f"/territories/turin/cases/{case.slug}/case.jsonld")
    assert answer["Content-Type"].startswith("application/ld+json")
    nodes = {node["@id"]: node for node in json.loads(answer.content)["@graph"]}
    page = f"http://127.0.0.1:8000/territories/turin/cases/{case.slug}/"
    result = nodes[f"{page}#result"]
    assert result["schema:value"] == 4.2
    assert (result["schema:marginOfError"]["schema:minValue"], result["schema:marginOfError"]["schema:maxValue"]) == (1.1, 7.3)
    assert nodes[page]["license"] == "https://creativecommons.org/licenses/by/4.0/"
    reached, open_ = set(), [page]
    while open_:  # walk prov:wasDerivedFrom and prov:wasGeneratedBy / used as a reader of the graph would
        at = open_.pop()
        if at in reached or at not in nodes:
            continue
        reached.add(at)
        for name in ("derivedFrom", "generatedBy", "used"):
            value = nodes[at].get(name, [])
            open_ += [value] if isinstance(value, str) else value
    adaptation = case.pilot.adaptation
    for end in (f"/solutions/{adaptation.solution.slug}/", f"/territories/turin/challenges/{adaptation.challenge.slug}/"):
        assert f"http://127.0.0.1:8000{end}" in reached
    terms = {key for node in nodes.values() for key in node if not key.startswith(("@", "schema:"))}
    assert terms <= set(json.loads(answer.content)["@context"])


def test_linked_data_of_a_real_parser(client: Client) -> None:
    rdflib = pytest.importorskip("rdflib")
    case = made.published()
    graph = rdflib.Graph().parse(data=client.get(f"/territories/turin/cases/{case.slug}/case.jsonld").content, format="json-ld")
    assert (None, rdflib.URIRef("http://www.w3.org/ns/prov#wasDerivedFrom"), None) in graph


def test_pages_name_their_feeds_and_linked_data(client: Client) -> None:
    case = made.published()
    page = client.get(f"/territories/turin/cases/{case.slug}/").content.decode()
    assert 'rel="alternate" type="application/atom+xml"' in page
    assert f'type="application/ld+json" title="JSON-LD" href="/territories/turin/cases/{case.slug}/case.jsonld"' in page
    assert 'href="/cases/feed.atom"' in client.get("/cases/").content.decode()


def test_search_engines_find_what_is_public_and_only_that(client: Client) -> None:
    case = made.published()
    places.territory("innsbruck", published=False)
    site = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 # our own answer
    found = {element.text for element in site.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert f"http://127.0.0.1:8000/territories/turin/cases/{case.slug}/" in found
    assert not [url for url in found if "innsbruck" in str(url)]
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_cases_show_on_the_pages_they_belong_to(client: Client) -> None:
    from rrr.core import thread as registry
    from rrr.exchange import hooks

    case = made.published()
    elsewhere = thread.challenge(places.territory("bilbao"), systems=["employment", "housing"])
    request: Any = client.get("/cases/").wsgi_request

    def shown(place: str, territory: str = "turin", **subjects: Any) -> list[str]:
        return [panel.title for panel in hooks.panels(place, registry.Context(request, territory, subjects))]

    assert shown("home") == ["The newest cases"]
    assert shown("territory") == ["What others can learn from here"]
    assert shown("territory", "bilbao") == []
    assert shown("solution", solution=case.pilot.adaptation.solution) == ["Cases that tried it"]
    assert shown("solution", solution=thread.solution()) == []
    assert shown("challenge", "bilbao", challenge=elsewhere) == ["What others tried about the same"]
    assert shown("challenge", challenge=case.pilot.adaptation.challenge) == []
    assert shown("pilot", pilot=case.pilot) == ["Tell the others"]
    assert shown("pilot", pilot=made.pilot(case.territory)) == []  # nothing to read, and no right to write
    assert shown("organisation") == []


def test_the_knot_leads_to_the_nearest_case(client: Client) -> None:
    from rrr.core import thread as registry
    from rrr.exchange import hooks

    case = made.published()
    request: Any = client.get("/cases/").wsgi_request
    knot = hooks.knot(registry.Context(request, "turin", {"pilot": case.pilot}))
    assert (knot.text, knot.state, knot.url) == (case.title, "made", f"/territories/turin/cases/{case.slug}/")
    assert hooks.knot(registry.Context(request, "turin")).text == "1 case"
    draft = made.draft(case.territory)
    assert hooks.knot(registry.Context(request, "turin", {"pilot": draft.pilot})).text == "1 case"  # a stranger sees no draft
    empty = hooks.knot(registry.Context(request, "bilbao"))
    assert (empty.text, empty.state, empty.url) == ("No case yet", "not", "")


def test_a_character_xml_does_not_know_does_not_stop_the_feeds(client: Client) -> None:
    case = made.draft(places.territory("turin"), by=None)
    actions.edit(by=None, case=case, changes={"title": "Bread\x0b and \x01work", "summary": "One.\x08 Two. Three.\uffff"})
    actions.publish(by=None, case=case)
    for path in ("/cases/feed.atom", "/territories/turin/cases/feed.atom", "/sitemap.xml"):
        answer = client.get(path)
        assert answer.status_code == 200
        ElementTree.fromstring(answer.content)  # noqa: S314 # our own answer
    assert b"Bread and work" in client.get("/cases/feed.atom").content
