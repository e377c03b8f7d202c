"""Site pages, reports, and the text people write."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from rrr.core.audit import history
from rrr.people import markdown, standard
from rrr.people.models import ContentReport, InstancePage, User
from tests.factories import people


@pytest.mark.parametrize("slug", standard.PAGES)
def test_every_page_has_a_text_before_anybody_wrote_one(client: Client, db: None, slug: str) -> None:
    answer = client.get(f"/about/{slug}/")
    assert answer.status_code == 200
    assert "the text the software comes with" in answer.content.decode()


def test_an_unknown_page_is_not_found(client: Client, db: None) -> None:
    assert client.get("/about/nothing/").status_code == 404


def test_a_page_in_another_language_says_so(client: Client, db: None) -> None:
    client.cookies["django_language"] = "es"
    text = client.get("/about/privacy/").content.decode()
    assert 'lang="en">Privacy notice' in text


def test_a_manager_edits_a_page_in_one_language(client: Client, manager: User) -> None:
    client.force_login(manager)
    assert "Privacy notice" in client.get("/about/privacy/fr/edit/").content.decode()
    client.post("/about/privacy/fr/edit/", {"title": "Vie privée", "body": "# Qui\n\nNous."})
    page = InstancePage.objects.get(slug="privacy", language="fr")
    assert history(page).get().action == "pages.save"
    client.cookies["django_language"] = "fr"
    text = client.get("/about/privacy/").content.decode()
    assert "<h2>Qui</h2>" in text
    assert "<title>Vie privée" in text
    assert client.get("/about/privacy/xx/edit/").status_code == 404


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("![x](https://example.org/x.png)", "<p></p>"),
        ("<img src=x onerror=alert(1)>", "&lt;img"),
        ("# One\n## Two", "<h2>One</h2>\n<h3>Two</h3>"),
        ("## One\n\n##### Two\n\n## Three", "<h2>One</h2>\n<h3>Two</h3>\n<h2>Three</h2>"),
    ],
    ids=["script", "javascript link", "picture of another host", "handler", "headings one level down", "headings without a gap"],
)
def test_markdown_lets_nothing_dangerous_through(written: str, shown: str) -> None:
    html = markdown.render(written)
    assert shown in html
    assert "<script" not in html
    assert "<img" not in html


def test_anybody_reports_without_an_account(client: Client, db: None) -> None:
    assert 'value="/territories/turin/"' in client.get("/about/report/?url=/territories/turin/").content.decode()
    answer = client.post("/about/report/", {"url": "/about/privacy/", "reason": "remove", "text": "Take us off <b>please</b>"})
    assert answer["Location"] == "/about/privacy/"
    assert ContentReport.objects.get().reason == "remove"


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_report_never_leads_to_another_host(client: Client, db: None, url: str) -> None:
    answer = client.post("/about/report/", {"url": url, "reason": "wrong", "text": "x"})
    assert answer["Location"] == "/"


def test_too_many_reports_are_refused_and_the_text_is_kept(client: Client, db: None) -> None:
    form = {"url": "/", "reason": "wrong", "text": "my long text"}
    for _number in range(10):
        assert client.post("/about/report/", form).status_code == 302
    refused = client.post("/about/report/", form)
    assert refused.status_code == 429
    assert "my long text" in refused.content.decode()
    assert ContentReport.objects.count() == 10


def test_a_manager_answers_a_report(client: Client, manager: User) -> None:
    report = people.report(email="who@example.org")
    client.force_login(manager)
    assert "One report is open" in client.get("/about/reports/").content.decode()
    client.post(f"/about/reports/{report.pk}/", {"answer": "Corrected.", "closed": "on"})
    report.refresh_from_db()
    assert report.closed_at is not None
    assert "Nothing here" in client.get("/about/reports/").content.decode()
    assert "The address is old" in client.get("/about/reports/?state=settled").content.decode()


def test_the_list_of_reports_costs_the_same_however_long(client: Client, manager: User, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        people.report(text=f"report {number}")
    client.force_login(manager)
    with django_assert_max_num_queries(9):
        client.get("/about/reports/")


def test_a_very_long_text_is_shown_as_written() -> None:
    text = "[" * (markdown.MOST + 1) + "<script>"
    shown = markdown.render(text)
    assert shown.startswith("<pre")
    assert "<script>" not in shown
