"""One rendering of a public page for every stranger, for as long as nothing was written.

Every write leaves a row in the audit trail, in its own transaction; so the trail says whether a kept page still holds. Its last rows
are summed rather than the highest taken: a transaction that began earlier and ends later adds a lower number, and changes the sum too.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

View = Callable[..., HttpResponse]
SECONDS = 300  # for what changes without a write: dates that pass
LARGE = 128 * 2**10  # bytes; of larger pages only a few are kept, so that made-up addresses cannot fill the memory
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")  # anybody can send anything as a cookie
WATCHED = 200  # rows of the trail: far more than there are open transactions


def chosen_territory(request: HttpRequest) -> str:
    """The territory this browser chose last, "" for none. A cookie of its own: a session would write a row for every stranger."""
    slug = request.COOKIES.get(settings.TERRITORY_COOKIE_NAME, "")
    return slug if SLUG.fullmatch(slug) else ""


def version() -> str:
    """Changes with every write that is committed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(sum(id), 0) FROM (SELECT id FROM core_auditentry ORDER BY id DESC LIMIT %s) AS last", [WATCHED]
        )
        rows, total = cursor.fetchone()
    return f"{rows}:{total}"


def shared(view: View) -> View:
    """Keep what a stranger is shown. For pages that are the same for every stranger and change only through audited writes.

    People who are signed in, forms (their token belongs to one visitor) and pages with a message are rendered each time.
    """

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.SHARE_PAGES or request.method != "GET" or request.user.is_authenticated or len(messages.get_messages(request)):
            return view(request, *args, **kwargs)
        parts = [version(), request.get_host(), get_language() or "", chosen_territory(request), request.get_full_path()]
        key = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        kept = caches["pages"].get(key) or caches["large_pages"].get(key)
        if kept is not None:
            content, headers = kept
            return HttpResponse(content, headers=headers)
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie", "Accept-Language"])
        personal = response.cookies or request.META.get("CSRF_COOKIE_NEEDS_UPDATE") or request.session.modified
        if response.status_code == 200 and not response.streaming and not personal:
            shelf = "pages" if len(response.content) <= LARGE else "large_pages"
            caches[shelf].set(key, (response.content, dict(response.items())), SECONDS)
        return response

    return answer
