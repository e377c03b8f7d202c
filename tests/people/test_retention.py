"""What is kept about people who have no account ends by itself, at the day the notices name."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from rrr.core import rawfiles
from rrr.core.models import AuditEntry
from rrr.people import standard
from rrr.people.actions import invitations, retention
from rrr.people.models import ContentReport, Invitation
from rrr.understand.actions.imports import forgetting
from rrr.understand.models import RegisterImport
from tests.factories import people, pilots, places, registers

pytestmark = pytest.mark.django_db


@pytest.fixture
def turin() -> Any:
    return places.territory("turin")


def test_addresses_go_ninety_days_after_they_have_served(turin: Any) -> None:
    chair, now = people.user(role="coordinator", territory=turin), timezone.now()
    long_ago, open_one = (people.invitation(turin, chair, email=f"{name}@example.org")[0] for name in ("old", "new"))
    withdrawn, _secret = people.invitation(turin, chair, email="withdrawn@example.org")
    invitations.withdraw(invitation=withdrawn, by=chair)
    Invitation.objects.filter(pk=long_ago.pk).update(expires_at=now - timedelta(days=91))
    settled, waiting = people.report(email="settled@example.org"), people.report(email="waiting@example.org")
    ContentReport.objects.filter(pk=settled.pk).update(closed_at=now - timedelta(days=91))
    assert retention.forget_addresses(now=now) == 2
    assert set(Invitation.objects.values_list("email", flat=True)) == {"", "new@example.org", "withdrawn@example.org"}
    assert set(ContentReport.objects.values_list("email", flat=True)) == {"", "waiting@example.org"}
    assert retention.forget_addresses(now=now + timedelta(days=200)) == 2
    assert ContentReport.objects.get(pk=waiting.pk).email
    assert not Invitation.objects.exclude(email="").exists()
    assert open_one.usable
    assert AuditEntry.objects.filter(action="retention.forget_address").count() == 4


def test_texts_of_refused_rows_go_and_their_reasons_stay(turin: Any) -> None:
    one = registers.compared(turin, registers.HEADER + "1,Sole,cooperativa,Via,Torino,7.68,45.07,\n2,,Zenobia Quattrocchi,,,,,\n")
    row = one.rejected.get()
    assert "Quattrocchi" in row.text
    assert forgetting.forget_refused(now=timezone.now()) == 0
    RegisterImport.objects.filter(pk=one.pk).update(updated_at=timezone.now() - timedelta(days=91))
    assert forgetting.forget_refused(now=timezone.now()) == 1
    row.refresh_from_db()
    assert row.text == ""
    assert row.reason
    assert forgetting.forget_refused(now=timezone.now()) == 0
    assert AuditEntry.objects.filter(action="imports.forget_refused").count() == 1


def test_a_file_that_was_refused_does_not_stay_on_the_disk(turin: Any) -> None:
    pilot = pilots.drawn(turin, by=people.user())
    with pytest.raises(ValidationError):
        pilots.upload(pilot, "no;table;of;ours\n1;2;3;4\n")
    kept = rawfiles.store([b"named by a row"])
    assert rawfiles.sweep() == 0  # too young: its row may be on its way
    for path in (settings.STATE / "files").rglob("*"):
        os.utime(path, (0, 0))
    assert rawfiles.sweep() == 1
    assert kept.path.read_bytes() == b"named by a row"


def test_the_notices_name_what_is_kept_and_for_how_long() -> None:
    for slug, words in {
        "privacy": ("90 days", "quote", "pseudonym", "first row", "refused", "shortlist", "file as it came"),
        "processing": ("90 days", "Register imports", "Quotes", "Pilot data", "Shortlists", "Files as they came", "Votes"),
    }.items():
        page = standard.page(slug, "en")
        assert page is not None
        for word in words:
            assert word in page.body, f"{slug}: {word}"
