"""API tokens: `rrr_<prefix>_<secret>`. The database keeps the SHA-256 of the whole; the text is shown once."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from rrr.core import audit
from rrr.core.models import ApiToken


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def issue(*, by: Any, name: str, scopes: list[str], expires_at: datetime | None) -> tuple[ApiToken, str]:
    """A new token and its text, which cannot be read again."""
    prefix = secrets.token_hex(4)
    text = f"rrr_{prefix}_{secrets.token_urlsafe(32)}"
    known = [ApiToken.Scope(scope).value for scope in scopes]
    made = ApiToken.objects.create(user=by, name=name, prefix=prefix, digest=_digest(text), scopes=known, expires_at=expires_at)
    audit.record(by=by, action="tokens.issue", subject=made, after={"name": name, "scopes": known})
    return made, text


@transaction.atomic
def revoke(*, token: ApiToken, by: Any) -> None:
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at", "updated_at"])
    audit.record(by=by, action="tokens.revoke", subject=token)


def authenticate(header: str) -> ApiToken | None:
    """`Authorization: Bearer rrr_…` -> the token, if it may be used now."""
    scheme, _space, text = header.partition(" ")
    parts = text.split("_", 2)
    if scheme.lower() != "bearer" or len(parts) != 3:
        return None
    found = ApiToken.objects.select_related("user").filter(prefix=parts[1]).first()
    if (
        found is None
        or not hmac.compare_digest(found.digest, _digest(text))
        or not found.usable(timezone.now())
        or not found.user.is_active
    ):
        return None
    if found.last_used_on != timezone.now().date():
        ApiToken.objects.filter(pk=found.pk).update(last_used_on=timezone.now().date())
    return found
