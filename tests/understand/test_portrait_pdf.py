"""The portrait as a tagged PDF: hostile words are only words, hidden names stay away."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from rrr.understand.actions import portrait as actions
from rrr.understand.bridge import portrait_pdf
from tests.factories import places

pytestmark = pytest.mark.django_db
HOSTILE = '#eval("1") #read("/etc/passwd") $x `code` שלום 😀 ' + "word " * 4000


@pytest.mark.parametrize("summary", ["Strong in **care**.", HOSTILE])
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
    assert "/territories/turin/portrait/1/portrait.pdf" in client.get("/territories/turin/portrait/1/").content.decode()


def test_words_are_data() -> None:
    (one,) = portrait_pdf.blocks('#eval("1") and **strong**')
    assert [(run["text"], run["strong"]) for run in one["runs"]] == [('#eval("1") and ', False), ("strong", True)]
