"""The page where something failed on our side: plain, without a question to the database, and saying what to do."""

from __future__ import annotations

import sys
from http import HTTPStatus

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.defaults import server_error

from rrr.core.outages import database_away, no_room

RETRY_AFTER = 10  # seconds: about what a database takes to start again


def failed(request: HttpRequest) -> HttpResponse:
    """Called by Django while the exception is at hand."""
    error = sys.exc_info()[1]
    if database_away(error):
        title = _("RRR is away for a moment")
        lead = _("The database does not answer. What you sent just now was not kept; what was saved before is safe. Try again in a minute.")
        answer = _page(HTTPStatus.SERVICE_UNAVAILABLE, title, lead)
        answer["Retry-After"] = str(RETRY_AFTER)
        return answer
    if no_room(error):
        title = _("The disk of this site is full")
        lead = _("What you sent was not kept; what was saved before is safe. Tell the people who run this site, then send it again.")
        return _page(HTTPStatus.INSUFFICIENT_STORAGE, title, lead)
    if isinstance(error, DataError):  # a zero byte, or a number beyond every column: no page of ours sends these
        title = _("This cannot be kept")
        lead = _("The address or the form holds something no field takes, for example a number that is far too long. Nothing was changed.")
        return _page(HTTPStatus.BAD_REQUEST, title, lead)
    return server_error(request)


def _page(status: HTTPStatus, title: str, lead: str) -> HttpResponse:
    answer = HttpResponse(render_to_string("unavailable.html", {"title": title, "lead": lead}), status=status)
    answer["Cache-Control"] = "no-store"
    return answer
