"""The trail keeps who did what, and cannot be changed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from rrr.core import audit
from rrr.core.models import AuditEntry
from rrr.people.models import User
from tests.factories.people import user

pytestmark = pytest.mark.django_db


def test_a_row_says_who_what_before_and_after() -> None:
    person = user()
    entry = audit.record(by=person, action="people.change", subject=person, before={"name": "A"}, after={"name": "B"}, reason="asked")
    assert (entry.by_id, entry.action, entry.subject_type, entry.subject_id) == (person.pk, "people.change", "people.user", str(person.pk))
    [one] = entry.differences
    assert (one.before, one.after) == ("A", "B")
    assert audit.history(person)[0] == entry


@pytest.mark.parametrize("write", ["update", "delete"])
def test_the_database_refuses_to_change_a_row(write: str) -> None:
    person = user()
    entry = audit.record(by=person, action="people.change", subject=person)
    rows = AuditEntry.objects.filter(pk=entry.pk)
    with pytest.raises(DatabaseError, match="audit trail cannot be changed"), transaction.atomic():
        rows.update(reason="another") if write == "update" else rows.delete()
    assert AuditEntry.objects.get(pk=entry.pk).reason == ""


def test_a_row_goes_with_its_transaction() -> None:
    person = user()
    before = AuditEntry.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        audit.record(by=person, action="people.change", subject=person)
        raise RuntimeError
    assert AuditEntry.objects.count() == before


def test_snapshot_is_json_and_holds_the_named_fields_only() -> None:
    person = user()
    assert audit.snapshot(person, "name") == {"name": person.name}
    assert isinstance(audit.snapshot(person)["created_at"], str)
    assert isinstance(person, User)
