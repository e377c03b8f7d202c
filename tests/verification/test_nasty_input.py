"""Every address with every field it knows, filled with what no form sends: an answer always, an error of ours never."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.people import world as people_world
from tests.people.permission_table import url_names
from tests.people.url_cases import Case

pytestmark = [pytest.mark.slow, pytest.mark.verification, pytest.mark.django_db]
ROOT = Path(__file__).resolve().parents[2]
PAYLOAD = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
VALUES = {
    "nul": "a\x00b",
    "half character": "\ud800",
    "markup": PAYLOAD,
    "huge number": "9" * 40,
    "beyond an integer": str(2**31),
    "negative": "-1",
    "not a number": "NaN",
    "no day": "2026-02-31",
    "long": "Ñ" * 20_000,
    "formula": "=cmd|'/C calc'!A0",
    "nothing": "",
    "spaces": " \u200b\u00a0 ",
}


def _bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (64 * 2**20))
    return kept.getvalue()


FILES = {
    "empty": b"",
    "marked empty": b"\xef\xbb\xbf",
    "zeros": bytes(5_000),
    "nul": b"unit;value\nU001;1\x00\n",
    "utf-16": "unit;value\nU001;1\n".encode("utf-16"),
    "cut utf-16": "unit;value\nU001;1\n".encode("utf-16")[:-1],
    "latin-1": "unité;value\nU001;é\n".encode("latin-1"),
    "open quote": b'unit;value\n"U001;1\nU002;2\n',
    "one long line": b"unit;value\n" + b"x" * (6 * 2**20),
    "bomb": _bomb(),
    "broken zip": b"PK\3\4" + b"x" * 500,
    "deep": b'{"type":"FeatureCollection","features":' + b"[" * 50_000,
    "half character": b'{"type":"Feature","properties":{"name":"\\ud800"},"geometry":{"type":"Polygon","coordinates":[[[7,45],[8,45],[8,46],[7,45]]]}}',
    "numbers": b'{"type":"Polygon","coordinates":[[[1e999,45],[8,45],[8,46],[1e999,45]]]}',
    "no object": b"[1,2,3]",
    "pdf": b"%PDF-1.7\n" + bytes(range(256)) * 20,
}


@pytest.fixture(scope="module")
def names() -> tuple[str, ...]:
    """Every name that some view or form of the project asks a request for."""
    told = re.compile(r"""(?:GET|POST|FILES)(?:\.get|\.getlist)?[(\[]\s*"([\w-]+)\"""")
    found = {name for path in (ROOT / "rrr").rglob("*.py") for name in told.findall(path.read_text(encoding="utf-8"))}
    return tuple(sorted(found | {"page", "q", "words", "kind", "role", "source", "group", "with"}))


@pytest.fixture
def made(caplog: pytest.LogCaptureFixture) -> Mapping[str, Any]:
    caplog.set_level(logging.CRITICAL, "django")
    return people_world.build()


def _clients(made: Mapping[str, Any]) -> dict[str, Client]:
    found = {}
    for role in ("manager", "coordinator"):
        found[role] = Client(raise_request_exception=False)
        found[role].force_login(made["people"][role])
    return found


def _addresses(made: Mapping[str, Any], method: str) -> Iterator[tuple[str, str, Case]]:
    for name, case in sorted(people_world.cases().items()):
        if name in url_names() and getattr(case, method) is not None:
            yield name, reverse(name, kwargs=dict(case.kwargs(made))), case


def _fields(client: Client, url: str, case: Case) -> tuple[set[str], set[str]]:
    """Names of the fields on the page, and of those that take a file."""
    with transaction.atomic():
        page = client.get(url)
        transaction.set_rollback(True)
    text = page.content.decode() if page.status_code == 200 and not page.streaming else ""
    tags = re.findall(r"<(?:input|select|textarea)\b[^>]*>", text)
    named = {found[1]: tag for tag in tags if (found := re.search(r'name="([^"]+)"', tag))}
    files = {name for name, tag in named.items() if 'type="file"' in tag}
    return (set(named) | set(case.data)) - {"csrfmiddlewaretoken"} - files, files


def _status(client: Client, method: str, url: str, given: Mapping[str, Any]) -> int:
    cookies = client.cookies.output()
    with transaction.atomic():
        answer = getattr(client, method)(url, dict(given))
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    assert connection.is_usable()
    return int(answer.status_code)


def _sendable(value: str) -> Any:
    return value.encode("utf-8", "surrogatepass") if "\ud800" in value else value


def test_no_address_fails_on_a_strange_question(made: Mapping[str, Any], names: tuple[str, ...]) -> None:
    client, failed = _clients(made)["manager"], []
    for name, url, _case in _addresses(made, "get"):
        for what, value in VALUES.items():
            if _status(client, "get", url, {field: _sendable(value[:3_000]) for field in names}) >= 500:
                failed.append(f"{name}: {what}")
    assert "\n".join(failed) == ""


def test_no_form_fails_on_a_strange_answer(made: Mapping[str, Any], names: tuple[str, ...]) -> None:
    clients, failed = _clients(made), []
    for name, url, case in _addresses(made, "post"):
        client = clients["manager" if "manager" in (case.post or ()) else "coordinator"]
        fields, _files = _fields(client, url, case)
        for what, value in VALUES.items():
            if _status(client, "post", url, dict.fromkeys(fields | set(names), _sendable(value))) >= 500:
                failed.append(f"{name}: {what}")
            for field in case.data:  # one strange value among good ones gets further
                if _status(client, "post", url, {**case.data, field: _sendable(value)}) >= 500:
                    failed.append(f"{name}: {what} in {field}")
    assert "\n".join(failed) == ""


def test_no_upload_fails_on_a_strange_file(made: Mapping[str, Any]) -> None:
    clients, failed, tried = _clients(made), [], set()
    start = {"name": "Strange", "licence": "cc_by", "file_date": "2026-11-01", "country": "IT", "languages": ["it"]}
    start |= {"time_zone": "Europe/Rome", "authority_name": "City", "no_names": "on"}
    for name, url, case in _addresses(made, "post"):
        client = clients["manager" if "manager" in (case.post or ()) else "coordinator"]
        for field in _fields(client, url, case)[1]:
            tried.add(name)
            for what, content in FILES.items():
                if _status(client, "post", url, {**start, **case.data, field: SimpleUploadedFile("strange.csv", content)}) >= 500:
                    failed.append(f"{name}: {what} as {field}")
    assert "\n".join(failed) == ""
    assert {"understand:import_new", "understand:territory_new", "experiment:data"} <= tried
