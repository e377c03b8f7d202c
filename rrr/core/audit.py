"""The audit trail: one row per write, in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import QuerySet

from rrr.core.models import AuditEntry

Actor = AbstractBaseUser | None


def snapshot(obj: models.Model, *fields: str) -> dict[str, Any]:
    """Values of the named fields (all concrete ones if none is named) as JSON can keep them."""
    names = fields or [field.attname for field in obj._meta.concrete_fields]
    plain: dict[str, Any] = json.loads(json.dumps({name: getattr(obj, name) for name in names}, cls=DjangoJSONEncoder, default=str))
    return plain


def record(
    *,
    by: Actor,
    action: str,
    subject: models.Model,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    territory: str = "",
    reason: str = "",
) -> AuditEntry:
    """Write one row; call it inside the transaction of the write. `by` None is the system itself."""
    return AuditEntry.objects.create(**_values(by, action, subject, before, after, territory, reason))


def record_many(
    *,
    by: Actor,
    action: str,
    changes: Sequence[tuple[models.Model, Mapping[str, object] | None, Mapping[str, object] | None]],
    territory: str = "",
    reason: str = "",
) -> None:
    """Rows for many objects of one action in one statement: (subject, before, after)."""
    rows = [AuditEntry(**_values(by, action, subject, before, after, territory, reason)) for subject, before, after in changes]
    AuditEntry.objects.bulk_create(rows, batch_size=1000)


def _values(
    by: Actor,
    action: str,
    subject: models.Model,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
    territory: str,
    reason: str,
) -> dict[str, Any]:
    return {
        "by_id": by.pk if by else None,
        "by_label": str(by) if by else "",
        "action": action,
        "subject_type": subject._meta.label_lower,
        "subject_id": str(subject.pk),
        "subject_label": str(subject)[:300],
        "territory": territory,
        "before": _plain(before),
        "after": _plain(after),
        "reason": reason,
    }


def _plain(values: Mapping[str, object] | None) -> Any:
    return None if values is None else json.loads(json.dumps(dict(values), cls=DjangoJSONEncoder, default=str))


def history(subject: models.Model) -> QuerySet[AuditEntry]:
    """What happened to one object, newest first."""
    return AuditEntry.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))
