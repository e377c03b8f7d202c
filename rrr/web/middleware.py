"""What holds for every answer of the site, whichever page gives it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Answer = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)


class PersonalAnswers:
    """What is shown to somebody who is signed in is kept by no cache between them and us, files by none at all.

    Some delivery networks keep `.csv` and the like for everybody unless they are told not to.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        read = request.session.accessed  # what never asked who reads is the same for all
        if read and request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store" if response.has_header("Content-Disposition") else "private, no-cache"
        return response


class UnstorableValues:
    """A value that the database cannot hold (a NUL character, a number of forty digits) makes a bad request, not an error of ours."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DataError):
            return None
        kind, page = type(exception.__cause__ or exception).__name__, request.resolver_match.view_name if request.resolver_match else ""
        logger.warning("The database refused a value sent to %s (%s).", page, kind)  # not the value: it may be personal
        return render(request, "400.html", status=400)
