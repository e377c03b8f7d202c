"""Bodies people act for, and who acts for them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from rrr.core import audit
from rrr.people.models import Body, BodyMember, User

FIELDS = ("name", "kind", "website", "territory_id")


@transaction.atomic
def save(*, body: Body, by: User) -> Body:
    """Enter a body (whoever does is its first confirmed member) or change its entry."""
    before = audit.snapshot(Body.objects.get(pk=body.pk), *FIELDS) if body.pk else None
    body.save()
    if before is None:
        BodyMember.objects.create(body=body, user=by, confirmed_at=timezone.now())
    action = "bodies.create" if before is None else "bodies.change"
    audit.record(by=by, action=action, subject=body, before=before, after=audit.snapshot(body, *FIELDS), territory=_slug(body))
    return body


@transaction.atomic
def join(*, body: Body, by: User, position: str = "") -> BodyMember:
    """Say that you act for a body; somebody of it, or a manager, confirms."""
    made, created = BodyMember.objects.get_or_create(body=body, user=by, defaults={"position": position})
    if created:
        audit.record(by=by, action="bodies.join", subject=body, after={"user": by.pk}, territory=_slug(body))
    return made


@transaction.atomic
def confirm(*, member: BodyMember, by: User) -> None:
    if member.confirmed_at is not None:
        return
    member.confirmed_at = timezone.now()
    member.save(update_fields=["confirmed_at"])
    audit.record(by=by, action="bodies.confirm", subject=member.body, after={"user": member.user_id}, territory=_slug(member.body))


@transaction.atomic
def leave(*, member: BodyMember, by: User) -> None:
    """Somebody leaves, or is taken off by those who keep the entry."""
    audit.record(by=by, action="bodies.leave", subject=member.body, before={"user": member.user_id}, territory=_slug(member.body))
    member.delete()


def _slug(body: Body) -> str:
    return body.territory.slug if body.territory else ""
