"""Invitations by link or mail. The secret stands in the link only; the database keeps its SHA-256."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rrr.core import audit, outbox
from rrr.people.actions import memberships
from rrr.people.models import Invitation, Membership, Role, User

RANK = [Role.OBSERVER, Role.MEMBER, Role.ANALYST, Role.FACILITATOR, Role.COORDINATOR]


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite(*, territory: Any, role: str, by: User | None, email: str = "", uses: int = 1, days: int = 14) -> tuple[Invitation, str]:
    """Make an invitation; returns it with its secret, which is shown once."""
    secret = secrets.token_urlsafe(24)
    made = Invitation.objects.create(
        digest=digest(secret),
        territory=territory,
        role=role,
        email=email,
        by=by,
        uses_left=1 if email else uses,
        expires_at=timezone.now() + timedelta(days=days),
    )
    audit.record(by=by, action="invitations.invite", subject=made, after={"role": role, "uses": made.uses_left}, territory=territory.slug)
    return made, secret


@transaction.atomic
def send(*, invitation: Invitation, link: str, by: User) -> bool:
    """Mail the link once the transaction stands: through the outbox to people with an account, straight to others.

    False where the person has chosen to get no such mail: then the link has to be passed on.
    """
    known = User.objects.filter(email__iexact=invitation.email).first()
    with translation.override(known.language if known else translation.get_language()):
        names = {"person": str(by), "territory": str(invitation.territory), "role": invitation.get_role_display()}
        subject = _("Invitation to %(territory)s") % names
        text = _("%(person)s invites you to RRR: %(territory)s, as %(role)s.") % names
        date = date_format(timezone.localtime(invitation.expires_at), "DATE_FORMAT")
        end = _("The link works until %(date)s. If you do not know why you got this mail, ignore it.") % {"date": date}
        label = _("See the invitation")
    if known:
        path = urlsplit(link).path
        return bool(outbox.queue(to=known, kind="invitation", subject=subject, text=f"{text}\n\n{end}", url=path, link_label=label))
    line = " ".join(subject.split())  # a line break would start a new header
    transaction.on_commit(lambda: send_mail(line, f"{text}\n\n{link}\n\n{end}\n", None, [invitation.email]))
    return True


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User) -> None:
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at", "updated_at"])
    audit.record(by=by, action="invitations.withdraw", subject=invitation, territory=invitation.territory.slug)


def find(secret: str) -> Invitation | None:
    return Invitation.objects.select_related("territory", "by").filter(digest=digest(secret)).first()


@transaction.atomic
def accept(*, secret: str, by: User) -> Membership:
    """Take the role the link gives. A role that reaches further than the one held replaces it, never the other way."""
    found = Invitation.objects.select_for_update().filter(digest=digest(secret)).first()
    if found is None or not found.usable:
        raise ValidationError(_("This invitation is no longer valid. Ask the person who sent it for a new one."))
    if found.email and found.email.lower() != by.email.lower():
        raise ValidationError(_("This invitation is for another e-mail address. Sign in with that address, or ask for a new invitation."))
    held = Membership.objects.filter(user=by, territory=found.territory).first()
    if held and RANK.index(Role(held.role)) >= RANK.index(Role(found.role)):
        return held
    found.uses_left -= 1
    found.save(update_fields=["uses_left", "updated_at"])
    return memberships.grant(
        user=by, territory=found.territory, role=found.role, by=by, reason=f"invitation {found.pk} of person {found.by_id}"
    )
