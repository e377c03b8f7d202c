"""Every form of every page, filled in and sent: whatever a request writes, its transaction writes a row of the audit trail too."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.factories.people import PASSWORD
from tests.people import permission_table, world

TRAIL = "core_auditentry"
SILENT = {  # tables whose rows tell of no decision, each with the reason
    "django_session", "core_cache",  # who reads, and how often
    "understand_respondent", "understand_blockanswer", "understand_blockreason",  # the same, for a diagnosis
    "define_participant", "define_vote",  # answers under a pseudonym are their own trail (rrr/define/actions/votes.py)
    "people_user",  # last sign-in
    "explore_searchdocument", "explore_searchlexeme", "explore_searchstatistics",  # follow from the catalogue
}  # fmt: skip
GUESSES = {
    "email": "someone@example.org", "url": "https://example.org/page", "date": "2025-05-01", "datetime-local": "2027-05-01T10:00",
    "number": "1", "text": "Some words", "password": PASSWORD,
}  # fmt: skip
FILE = "id,name,type,city\n1,Cooperativa Luna,cooperativa,Torino\n"
GIVEN: dict[str, dict[str, Any]] = {  # what cannot be guessed from the page
    "core:mail": {"group": "never"},
    "core:erase": {"email": "manager@example.org"},
    "define:poll_state": {"to": "close"},
    "define:poll_statement": {"text": "More buses at night."},
    "define:poll_moderate": {"decision": "reject", "reason": "twice"},
    "define:poll_edit": {"title": "Another title"},
    "define:vote_propose": {"text": "More buses in the morning."},
    "define:challenge_edit": {"title": "Another title", "sources": ""},
    "define:challenge_new": {"sources": "https://example.org/report"},
    "explore:solution_new": {"addresses": "https://example.org/report"},
    "people:member": {"role": "analyst"},
    "understand:organisation_visibility": {"visibility": "blurred"},
    "understand:territory_new": {"slug": "new-city", "languages": "it"},
    "experiment:data": {"file": SimpleUploadedFile("data.csv", b"unit;value\nU001;5\nU002;6\n")},
    "explore:shortlist_drop": {"reason": "too dear"},
    "explore:shortlist_note": {"text": "Look at the costs."},
    "understand:diagnosis_state": {"to": "close"},
    "understand:diagnosis_moderate": {"decision": "reject"},
    "understand:diagnosis_edit": {"title": "Another title"},
    "understand:diagnosis_new": {"closes_at": "2030-05-01T10:00", "retention_until": "2030-06-01"},
    "understand:import_obvious": {"verdict": "new"},
    "understand:import_record": {"verdict": "new"},
    "understand:audit_pair": {"verdict": "unsure"},
    "people:report_answer": {"answer": "Done."},
    "exchange:case_edit": {"title": "Another title"},
    "experiment:adaptation_edit": {"summary": "In a bakery."},
}
MUST_WRITE = {
    "core:erase", "core:mail", "core:revoke_token", "core:tokens", "define:challenge_edit", "define:challenge_new", "define:challenge_state",
    "define:challenge_take_up", "define:evidence_document", "define:evidence_indicator", "define:evidence_quote", "define:evidence_remove",
    "define:poll_edit", "define:poll_full_csv", "define:poll_moderate", "define:poll_new", "define:poll_state", "define:poll_statement",
    "define:stakeholder_add", "define:stakeholder_remove", "define:vote_begin", "define:vote_propose", "exchange:case_edit",
    "exchange:case_publish", "exchange:case_start", "exchange:case_take_back", "experiment:adaptation_edit", "experiment:data", "experiment:estimate",
    "experiment:decide", "experiment:pilot_new", "experiment:plan_edit", "experiment:units", "explore:shortlist_drop",
    "explore:shortlist_choose", "explore:shortlist_note", "explore:solution_edit", "explore:solution_new", "explore:solution_take_back",
    "people:body_edit", "people:body_join", "people:body_leave", "people:body_new", "people:group_attend", "people:group_close",
    "people:group_edit", "people:group_new", "people:invitation_withdraw", "people:invite", "people:meeting_edit", "people:meeting_new",
    "people:member", "people:member_remove", "people:minutes", "people:page_edit", "people:profile", "people:programme_revoke",
    "people:report", "people:report_answer", "people:task_edit", "people:task_new", "people:task_tick", "understand:audit",
    "understand:audit_pair", "understand:claim_decide", "understand:claim_leave", "understand:coverage_reach",
    "understand:coverage_recall", "understand:coverage_recall_withdraw", "understand:import_new", "understand:ledger_undo",
    "understand:organisation_claim", "understand:organisation_own",
    "understand:portrait_draft", "understand:portrait_publish", "understand:portrait_take_back", "understand:diagnosis_answers",
    "understand:diagnosis_begin", "understand:diagnosis_edit", "understand:diagnosis_moderate", "understand:diagnosis_new",
    "understand:diagnosis_state",
    "understand:import_publish", "understand:import_record", "understand:organisation_edit", "understand:organisation_visibility",
    "understand:territory_edit", "understand:territory_new", "understand:territory_publish",
}  # fmt: skip


class _Forms(HTMLParser):
    """What the forms of a page that lead to `url` would send once a person filled in every field."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.sent: dict[str, Any] = {}
        self._url, self._inside, self._list, self._text = url, False, "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, kind, value = given.get("name") or "", given.get("type") or "text", given.get("value")
        if tag == "form":
            self._inside = given.get("method") == "post" and (given.get("action") or self._url) == self._url
        elif not self._inside or name == "csrfmiddlewaretoken":
            return
        elif tag == "select":
            self._list = name
        elif tag == "option" and self._list:
            if "selected" in given or (value and not self.sent.get(self._list)):
                self.sent[self._list] = value
        elif tag == "textarea":
            self._text, self.sent[name] = name, ""
        elif tag == "button" and name:
            self.sent.setdefault(name, value)
        elif tag == "input" and name:
            self._input(name, kind, value, "checked" in given)

    def _input(self, name: str, kind: str, value: str | None, checked: bool) -> None:
        if kind in ("checkbox", "radio"):
            if checked or name not in self.sent:
                self.sent[name] = value or "on"
        elif kind == "file":
            self.sent[name] = SimpleUploadedFile("register.csv", FILE.encode()) if name == "file" else ""
        else:
            self.sent[name] = value or GUESSES.get(kind, "")

    def handle_data(self, data: str) -> None:
        if self._text:
            self.sent[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.sent[self._text] = self.sent[self._text].strip() or "Some words"
            self._text = ""
        elif tag == "select":
            self._list = ""


def _written() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return dict(cursor.fetchall())


def _sent(client: Client, name: str, url: str, case: Any) -> dict[str, Any]:
    found = _Forms(url)
    page = client.get(url) if case.get is not None else None
    if page is not None and not page.streaming:
        found.feed(page.content.decode(errors="replace"))
    return {key: value for key, value in {**found.sent, **case.data, **GIVEN.get(name, {})}.items() if value is not None}


def _asked(made: Mapping[str, Any]) -> Iterator[tuple[str, set[str]]]:
    """Name of a page and the tables its POST wrote to, each taken back before the next."""
    client, names = Client(), permission_table.url_names()
    for name, case in sorted(world.cases().items()):
        if case.post is None or name not in names:
            continue
        who = "manager" if "manager" in case.post else sorted(case.post)[0]
        client.force_login(made["people"][who], backend=settings.AUTHENTICATION_BACKENDS[0])
        url = reverse(name, kwargs=dict(case.kwargs(made)))
        sent = _sent(client, name, url, case)
        with transaction.atomic():
            before = _written()
            client.post(url, sent)
            yield name, {table for table, number in _written().items() if number > before.get(table, 0)}
            transaction.set_rollback(True)


@pytest.mark.slow
def test_no_request_writes_without_a_row_in_the_trail(db: None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    found = dict(_asked(world.build()))
    untold = {name: sorted(tables - SILENT) for name, tables in found.items() if tables - SILENT and TRAIL not in tables}
    assert untold == {}
    idle = sorted(name for name in MUST_WRITE if not found.get(name, set()) - {"django_session", "core_cache", "people_user"})
    assert not idle, f"these pages wrote nothing, so they were not tried: {idle}"
