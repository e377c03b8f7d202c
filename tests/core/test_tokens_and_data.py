"""Tokens, raw files, safe cells, export and erase."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from rrr.core import audit, privacy, rawfiles, thread, tokens
from rrr.core.models import AuditEntry, RawFile
from rrr.core.tables import safe_cell
from rrr.people.models import User
from tests.factories.people import user


@pytest.mark.django_db
def test_a_token_opens_once_issued_and_no_more_once_withdrawn() -> None:
    person = user()
    token, text = tokens.issue(by=person, name="export", scopes=["read"], expires_at=None)
    assert text not in json.dumps(list(type(token).objects.values()), default=str)
    assert tokens.authenticate(f"Bearer {text}") == token
    assert tokens.authenticate(f"Bearer {text[:-1]}x") is None
    assert tokens.authenticate(f"Basic {text}") is None
    tokens.revoke(token=token, by=person)
    assert tokens.authenticate(f"Bearer {text}") is None


@pytest.mark.django_db
def test_a_token_ends_and_knows_no_other_scope() -> None:
    person = user()
    _token, text = tokens.issue(by=person, name="old", scopes=["read"], expires_at=timezone.now() - timedelta(days=1))
    assert tokens.authenticate(f"Bearer {text}") is None
    with pytest.raises(ValueError, match="everything"):
        tokens.issue(by=person, name="wide", scopes=["everything"], expires_at=None)


@pytest.mark.django_db
def test_the_same_content_is_kept_once(settings: Any) -> None:
    first, second = rawfiles.store([b"a,b\n", b"1,2\n"]), rawfiles.store([b"a,b\n1,2\n"])
    assert first == second
    assert first.sha256 == hashlib.sha256(b"a,b\n1,2\n").hexdigest()
    assert first.path.read_bytes() == b"a,b\n1,2\n"
    assert RawFile.objects.count() == 1
    assert not list((settings.STATE / "files").glob("part-*"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("chunks", "sentence"), [([], "empty"), ([b"x" * 600_000, b"y" * 600_000], "larger than 1 MB")], ids=["empty", "large"]
)
def test_an_empty_or_large_file_is_refused_and_leaves_nothing(settings: Any, chunks: list[bytes], sentence: str) -> None:
    settings.UPLOAD_MAX_BYTES = 2**20
    with pytest.raises(ValidationError, match=sentence):
        rawfiles.store(chunks)
    assert not [path for path in (settings.STATE / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd", "'+cmd"),
        ("-4.5", "-4.5"),
        ("-x", "'-x"),
        ("plain", "plain"),
        ("", ""),
        ("\n=1+1", "'\n=1+1"),
        ("\uff1d1+1", "'\uff1d1+1"),
    ],
)
def test_no_cell_is_a_formula(cell: str, safe: str) -> None:
    assert safe_cell(cell) == safe


@pytest.mark.django_db
def test_export_asks_every_step_and_erase_leaves_no_name() -> None:
    person = user(email="leaves@example.org")
    tokens.issue(by=person, name="export", scopes=["read"], expires_at=None)
    audit.record(by=person, action="people.change", subject=person, before={"name": person.name})
    found = privacy.export(person)
    assert set(found) == {code for code, entry in thread.registrations().items() if entry.export}
    assert [token["name"] for token in found["core"]["tokens"]] == ["export"]
    pk = person.pk
    privacy.erase(user=person, by=person)
    assert not User.objects.filter(pk=pk).exists()
    kept = json.dumps(list(AuditEntry.objects.values()), default=str)
    assert "leaves@example.org" not in kept
    assert not AuditEntry.objects.filter(by_id=pk).exists()


@pytest.mark.django_db
def test_erasing_needs_address_and_password(client: Client) -> None:
    person = user(email="stays@example.org")
    person.set_password("long enough to be one")
    person.save()
    client.force_login(person)
    client.post("/me/data/erase/", {"email": "stays@example.org", "password": "wrong"})
    assert User.objects.filter(pk=person.pk).exists()
    client.post("/me/data/erase/", {"email": "stays@example.org", "password": "long enough to be one"})
    assert not User.objects.filter(pk=person.pk).exists()
