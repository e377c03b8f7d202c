"""Forget who did it, and keep what was done."""

from __future__ import annotations

from typing import Any

from django.db import connection

from rrr.understand.models import AuditSample, EnteredRecall, RegisterImport, RegisterReach


def forget_person(user: Any) -> None:
    """Called inside the transaction that erases an account; the ledger allows this one change (migration 0003)."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL rrr.erase_person = 'yes'")
        cursor.execute("UPDATE understand_linkdecision SET by_id = NULL WHERE by_id = %s", [user.pk])
        cursor.execute("SET LOCAL rrr.erase_person = ''")
    RegisterImport.objects.filter(by=user).update(by=None)
    AuditSample.objects.filter(by=user).update(by=None)
    RegisterReach.objects.filter(by=user).update(by=None)
    EnteredRecall.objects.filter(by=user).update(by=None)
