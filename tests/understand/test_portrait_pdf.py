"""The portrait as a tagged PDF: hostile words are only words, hidden names stay away."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from rrr.understand.actions import organisations, relations
from rrr.understand.actions import portrait as actions
from rrr.understand.bridge import portrait_pdf
from rrr.understand.models import Organisation
from tests.factories import places

pytestmark = pytest.mark.django_db
HOSTILE = '#eval("1") #read("/etc/passwd") $x `code` שלום 😀 ' + "word " * 4000


@pytest.mark.parametrize("summary", ["# Care\n\nStrong in **care**.", HOSTILE])
def test_tagged_whatever_was_written(client: Client, summary: str) -> None:
    turin: Any = places.territory("turin")
    actions.save_draft(by=None, territory=turin, values={"language": "en", "summary": summary, "unknown": ""})
    actions.publish(by=None, territory=turin)
    answer = client.get("/territories/turin/portrait/1/portrait.pdf")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in answer.content
    assert b"/Lang" in answer.content
    assert (b"pdfuaid" in answer.content) == (summary != HOSTILE)  # no font here has the emoji
    assert "/territories/turin/portrait/1/portrait.pdf" in client.get("/territories/turin/portrait/1/").content.decode()


def test_words_are_data() -> None:
    (one,) = portrait_pdf.blocks('#eval("1") and **strong**')
    assert [(run["text"], run["strong"]) for run in one["runs"]] == [('#eval("1") and ', False), ("strong", True)]


def test_what_is_hidden_later_is_not_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    turin: Any = places.territory("turin")
    sole, rete = organisations.add(
        by=None, territory=turin, drafts=[organisations.Draft(values={"name": name}) for name in ("Cooperativa Sole", "Rete Torino")]
    )
    relations.add(by=None, drafts=[relations.Draft(source=sole, target=rete, kind="partners", note="", url="https://example.org/")])
    actions.save_draft(by=None, territory=turin, values={"language": "en", "summary": "", "unknown": ""})
    actions.publish(by=None, territory=turin)
    given: list[str] = []
    made = portrait_pdf.pdf
    monkeypatch.setattr(portrait_pdf, "pdf", lambda data: given.append(str(data)) or made(data))  # type: ignore[func-returns-value]
    client.get("/territories/turin/portrait/1/portrait.pdf")
    organisations.show(by=None, organisation=Organisation.objects.get(pk=sole.pk), visibility="hidden")
    client.get("/territories/turin/portrait/1/portrait.pdf", headers={"accept-language": "it"})
    assert "Cooperativa Sole" in given[0]
    assert "Cooperativa Sole" not in given[-1]
    assert len(given) == 2
