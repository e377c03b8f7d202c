"""Write the portrait of an ecosystem: a draft, then a version that stands fixed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.places.models import Territory
from rrr.understand.bridge import portrait as bridge
from rrr.understand.models import Portrait
from rrr.understand.queries import portrait as queries

FIELDS = ("language", "summary", "unknown")


@transaction.atomic
def save_draft(*, by: Actor, territory: Territory, values: Mapping[str, Any]) -> Portrait:
    """Write the words of the next version; there is one draft."""
    Territory.objects.select_for_update().get(pk=territory.pk)  # so that two people do not begin two drafts
    row = queries.draft(territory) or Portrait(territory=territory, author_id=by.pk if by else None)
    before = audit.snapshot(row, *FIELDS) if row.pk else None
    for name in FIELDS:
        setattr(row, name, values[name])
    row.clean_fields(exclude=["territory", "author", "published_by", "number"])
    row.save()
    audit.record(by=by, action="portraits.write", subject=row, before=before, after=audit.snapshot(row, *FIELDS), territory=territory.slug)
    return row


@transaction.atomic
def publish(*, by: Actor, territory: Territory) -> Portrait:
    """Fix figures, network and diagnosis as they are at this moment, with the words of the draft, under the next number."""
    Territory.objects.select_for_update().get(pk=territory.pk)
    row = queries.draft(territory)
    if row is None:
        raise ValidationError(_("There is no draft. Write it first, then publish it."))
    row.text, row.sha256 = bridge.canonical(bridge.content(territory, row))
    row.number = max((one.number or 0 for one in queries.versions(territory, withdrawn=True)), default=0) + 1
    row.published_at, row.published_by_id = timezone.now(), by.pk if by else None
    row.save()
    after = {"number": row.number, "sha256": row.sha256}
    audit.record(by=by, action="portraits.publish", subject=row, after=after, territory=territory.slug)
    return row


@transaction.atomic
def take_back(*, by: Actor, portrait: Portrait) -> Portrait:
    """Show a version to nobody any more, for example because its words name a person. Its number is not given again."""
    row = Portrait.objects.select_for_update(of=("self",)).select_related("territory").get(pk=portrait.pk)
    if row.withdrawn_at is None:
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at", "updated_at"])
        audit.record(by=by, action="portraits.take_back", subject=row, after={"number": row.number}, territory=row.territory.slug)
    return row


def forget(user: Any) -> None:
    """Portraits stay; who wrote and published them goes. Called inside the transaction that erases an account."""
    Portrait.objects.filter(author=user).update(author=None)
    Portrait.objects.filter(published_by=user).update(published_by=None)
