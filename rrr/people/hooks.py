"""What people offer to the pages of the steps, through rrr.core.thread."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rrr.core import thread
from rrr.people import queries
from rrr.people.permissions import Permission, allowed


def panels(place: str, context: thread.Context) -> list[thread.Panel]:
    """On a territory's page: the way to its team and working groups, and minutes that are public."""
    if place != "territory" or not context.territory:
        return []
    user = context.request.user
    given = {
        "slug": context.territory,
        "may_see_team": allowed(user, Permission.TEAM_SEE, context.territory),
        "may_see_groups": allowed(user, Permission.GROUP_SEE, context.territory),
        "minutes": list(queries.public_minutes(context.territory)[:5]),
    }
    if not any((given["may_see_team"], given["may_see_groups"], given["minutes"])):
        return []
    return [thread.Panel(_("People at work"), "people/_panel.html", given, order=90)]
