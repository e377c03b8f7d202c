"""What step 1 offers the others through the thread registry."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rrr.core.thread import STEPS, Context, Hit, Knot
from rrr.understand import queries
from rrr.understand.models import Organisation


def knot(context: Context) -> Knot:
    number = queries.counts().get(context.territory, 0)
    url = reverse("understand:territory", args=[context.territory])
    if not number:
        return Knot(STEPS[0], _("No organisation yet"), url)
    return Knot(
        STEPS[0], ngettext("%(number)s organisation known", "%(number)s organisations known", number) % {"number": number}, url, "made"
    )


def search(words: str, request: HttpRequest) -> list[Hit]:
    found = Organisation.objects.public().filter(territory__status="published", name__icontains=words).select_related("territory")[:20]
    return [
        Hit(one.name, reverse("understand:organisation", args=[one.territory.slug, one.slug]), _("Organisation"), one.activity)
        for one in found
    ]


def export(user: Any) -> dict[str, Any]:
    """Organisations are no persons; what a person did to them stands in the audit trail, which core exports."""
    return {}


def erase(user: Any) -> None:
    """Nothing here names a person."""
