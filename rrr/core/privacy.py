"""What is kept about a person, and its end: every step is asked through its registered hooks."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from rrr.core import audit, thread
from rrr.core.models import ApiToken, AuditEntry, Job, NoticeChoice, OutboxMessage


def export(user: Any) -> dict[str, Any]:
    """Everything, by step, ready for JSON."""
    return {code: entry.export(user) for code, entry in sorted(thread.registrations().items()) if entry.export}


@transaction.atomic
def erase(*, user: Any, by: Any) -> None:
    """Ask every step, the later ones first, people (the account itself) at the very end; all of it or nothing."""
    audit.record(by=None, action="privacy.erase", subject=user, reason="asked by the person" if by == user else "asked by a manager")
    order = [step.code for step in reversed(thread.STEPS)]
    entries = thread.registrations()
    for code in [*order, *sorted(set(entries) - {*order, "people"}), "people"]:
        entry = entries.get(code)
        if entry and entry.erase:
            entry.erase(user)


def export_core(user: Any) -> dict[str, Any]:
    return {
        "jobs": list(Job.objects.filter(by=user).values("title", "state", "created_at", "finished_at")),
        "mail": list(OutboxMessage.objects.filter(to=user).values("kind", "subject", "text", "state", "created_at")),
        "mail_choices": list(NoticeChoice.objects.filter(user=user).values("kind", "pace")),
        "tokens": list(ApiToken.objects.filter(user=user).values("name", "scopes", "created_at", "last_used_on", "revoked_at")),
        "actions": list(AuditEntry.objects.filter(by_id=user.pk).values("at", "action", "subject_label", "territory", "reason")),
    }


def erase_core(user: Any) -> None:
    """Mail, tokens and choices go with the account; the trail keeps what was done, without who."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL rrr.erase_person = 'yes'")
        cursor.execute("UPDATE core_auditentry SET by_id = NULL, by_label = '' WHERE by_id = %s", [user.pk])
        cursor.execute(
            "UPDATE core_auditentry SET subject_label = '', before = NULL, after = NULL WHERE subject_type = %s AND subject_id = %s",
            [user._meta.label_lower, str(user.pk)],
        )
        cursor.execute("SET LOCAL rrr.erase_person = ''")
    Job.objects.filter(by=user).update(by=None, updated_at=timezone.now())
