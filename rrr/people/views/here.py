"""What the pages of one territory share: find it, and ask whether the reader may be there."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest

from rrr.people import queries
from rrr.people.permissions import Permission, allowed, require


def territory(request: HttpRequest, slug: str, permission: Permission) -> Any:
    """The territory, if the reader may do this there. A draft does not even exist for those who may not see it."""
    found = queries.territory(slug)
    require(request, permission, found, hidden=found.status == "draft" and not allowed(request.user, Permission.TERRITORY_SEE_DRAFT, found))
    return found


def refuse(form: BaseForm, error: ValidationError) -> None:
    """What an action refused becomes a sentence at the head of the form."""
    for sentence in error.messages:
        form.add_error(None, sentence)
