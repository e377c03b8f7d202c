"""Who is at the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.define.models import Challenge, Stakeholder

FIELDS = ("name", "body_id", "organisation_id", "sector", "commitment", "brings")


@transaction.atomic
def seat(*, by: Actor, challenge: Challenge, values: Mapping[str, Any]) -> Stakeholder:
    """Give somebody a seat. The name is that of the organisation or body where one was chosen."""
    given = dict(values)
    chosen = given.get("organisation") or given.get("body")
    given["name"] = str(given.get("name") or chosen or "").strip()
    if not given["name"]:
        raise ValidationError(_("Choose an organisation or a body, or write a name."))
    if challenge.stakeholders.filter(name=given["name"]).exists():
        raise ValidationError(_("%(name)s is at the table already.") % {"name": given["name"]})
    made = Stakeholder(challenge=challenge, **given)
    made.clean_fields(exclude=["challenge", "organisation", "body"])
    made.save()
    _record(by, "stakeholders.seat", challenge, None, audit.snapshot(made, *FIELDS))
    return made


@transaction.atomic
def leave(*, by: Actor, stakeholder: Stakeholder) -> None:
    _record(by, "stakeholders.leave", stakeholder.challenge, audit.snapshot(stakeholder, *FIELDS), None)
    stakeholder.delete()


def _record(by: Actor, action: str, challenge: Challenge, before: Any, after: Any) -> None:
    place = challenge.territory.slug if challenge.territory else ""
    audit.record(by=by, action=action, subject=challenge, before=before, after=after, territory=place)
