"""Sends a stranger who asked for a closed page to the sign-in page, and back afterwards."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rrr.people.permissions import SignInNeeded


class SignInMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, SignInNeeded):
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": exception.url})
        return HttpResponseRedirect(exception.url)
