"""A database that is away and a disk that is full get a page with a sentence, never a bare error."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import path

from rrr.core.models import RawFile
from rrr.understand.models import RegisterImport
from rrr.web import urls
from tests.factories import people
from tests.factories.places import territory


@pytest.fixture
def away() -> Iterator[None]:
    """A port where nobody listens."""
    kept = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(HOST="127.0.0.1", PORT="9")
    yield
    connection.close()
    connection.settings_dict.update(kept)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/", "/territories/", "/accounts/login/", "/nowhere/"])
def test_without_its_database_the_site_says_so_and_when_to_come_back(away: None, address: str) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "x" * 32
    answer = client.get(address)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "10", "no-store")
    page = answer.content.decode()
    assert "The database does not answer." in page
    assert "Content-Security-Policy" in answer
    assert "Traceback" not in page


@pytest.mark.django_db(transaction=True)
def test_it_says_so_in_the_language_of_the_reader(away: None) -> None:
    page = Client(raise_request_exception=False).get("/territories/", headers={"accept-language": "en-xa"}).content.decode()
    assert 'lang="en-xa"' in page


@pytest.mark.django_db(transaction=True)
def test_it_comes_back_by_itself() -> None:
    client = Client(raise_request_exception=False)
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    with connection.cursor() as cursor, pytest.raises(OperationalError):
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    assert client.get("/accounts/login/").status_code in (200, 503)
    connection.close_if_unusable_or_obsolete()
    assert client.get("/accounts/login/").status_code == 200


@pytest.fixture
def little_room(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Half a megabyte for the files of the site."""
    room = tmp_path / "room"
    room.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(room)], capture_output=True, check=False).returncode:
        pytest.skip("only root may make a small disk")
    settings.STATE = room
    yield
    subprocess.run(["umount", str(room)], check=True)


@pytest.mark.django_db
def test_an_upload_that_finds_no_room_gets_a_sentence_and_leaves_nothing(client: Client, little_room: None, settings: Any) -> None:
    turin = territory("turin")
    client.force_login(people.user(role="coordinator", territory=turin))
    file = SimpleUploadedFile("register.csv", b"name\n" + b"Cooperativa Sole\n" * 60_000)
    given = {"name": "Chamber", "licence": "cc_by", "file_date": "2026-11-01", "file": file}
    answer = client.post("/territories/turin/imports/new/", given)
    assert answer.status_code == 200
    assert "The disk of this site is full, so the file was not kept." in answer.content.decode()
    assert not RawFile.objects.exists()
    assert not RegisterImport.objects.exists()
    assert not [left for left in (settings.STATE / "files").rglob("*") if left.is_file()]


def _full(_request: Any) -> Any:
    raise OSError(28, "No space left on device")


@pytest.mark.django_db
def test_any_other_full_disk_gets_a_page_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urls, "urlpatterns", [path("full/", _full), *urls.urlpatterns])
    from django.urls import clear_url_caches

    clear_url_caches()
    answer = Client(raise_request_exception=False).get("/full/")
    clear_url_caches()
    assert answer.status_code == 507
    assert "The disk of this site is full" in answer.content.decode()
