"""What nobody sends by accident, sent to every page: none answers with an error of ours, and nothing sent comes back as code."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.people import permission_table, world

SCRIPT = "<script>x()</script>"
HOSTILE = {
    "nul": "a\x00b",
    "superscript": "²",
    "long number": "9" * 5000,
    "beyond bigint": "9" * 30,
    "long word": "w" * 100_000,
    "markup": f"\"'>{SCRIPT}",
    "not a number": "nan %(x)s %s {0} %_\\",
    "half a pair": "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace") + "\u202e",
    "json": "[" * 3000,
}
QUERY = (
    "page",
    "q",
    "words",
    "state",
    "territory",
    "source",
    "group",
    "with",
    "statement",
    "kind",
    "horizon",
    "topic",
    "relevance",
    "sdg",
    "next",
    "url",
)


class _Fields(HTMLParser):
    """Names of everything a page's forms would send."""

    def __init__(self) -> None:
        super().__init__()
        self.names: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("input", "select", "textarea", "button") and given.get("name") and given["name"] != "csrfmiddlewaretoken":
            self.names[str(given["name"])] = given.get("type") or tag


ALSO = {  # read by views without a form on their own page
    "item": "text", "record": "text", "field": "text", "solution": "text", "reason": "text", "position": "text", "to": "text", "verdict": "text",
    "organisation": "text", "text": "text", "value": "text", "statement": "text", "sector": "text", "decision": "text", "leave": "text",
}  # fmt: skip


def _data(names: Mapping[str, str], value: str) -> Iterator[tuple[str, Any]]:
    for name, kind in {**ALSO, **names}.items():
        yield name, SimpleUploadedFile(f"../{'n' * 50}<b>.csv", value.encode("utf-8", "replace")) if kind == "file" else value


@pytest.mark.slow
def test_no_page_breaks_at_what_is_sent_to_it(db: None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    made, cases, names = world.build(), world.cases(), permission_table.url_names()
    client = Client(raise_request_exception=False)
    client.force_login(made["people"]["manager"], backend=settings.AUTHENTICATION_BACKENDS[0])
    broken: list[str] = []
    for name, case in sorted(cases.items()):
        url = reverse(name, kwargs=dict(case.kwargs(made))) if name in names else ""
        fields = _Fields()
        if case.get is not None:
            page = client.get(url)
            fields.feed("" if page.streaming else page.content.decode(errors="replace"))
        for what, value in HOSTILE.items():
            for method in ("get", "post"):
                if getattr(case, method) is None:
                    continue
                with transaction.atomic():
                    given = dict.fromkeys(QUERY, value[:3000]) if method == "get" else {**case.data, **dict(_data(fields.names, value))}
                    answer = getattr(client, method)(url, given)
                    transaction.set_rollback(True)
                if answer.status_code >= 500:
                    broken.append(f"{method.upper()} {name}: {what}")
                elif what == "markup" and answer.get("Content-Type", "").startswith("text/html") and SCRIPT.encode() in answer.content:
                    broken.append(f"{method.upper()} {name}: markup came back")
    assert not broken, "\n".join(broken)
