"""The token of a browser, and the code on a printed sheet."""

from __future__ import annotations

import re
from datetime import timedelta

from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from rrr.core import pseudonyms, qr


def test_a_browser_holds_its_token_and_nobody_can_make_one_up() -> None:
    token = pseudonyms.new_token()
    until = timezone.localdate() + timedelta(days=9)
    given = pseudonyms.remember(HttpResponse(), name="who", salt="abc", token=token, until=until, path="/here/").cookies["who"]
    assert (given["path"], given["httponly"], given["samesite"]) == ("/here/", True, "Lax")
    request = RequestFactory().get("/here/")
    request.COOKIES["who"] = given.value
    assert pseudonyms.token(request, "who", "abc") == token
    assert pseudonyms.token(request, "who", "another vote") == ""
    request.COOKIES["who"] = f"{token}:made:up"
    assert pseudonyms.token(request, "who", "abc") == ""
    assert token not in pseudonyms.digest(token)


def test_keys_can_be_read_out() -> None:
    assert all(re.fullmatch(r"[2-9a-hjkmnp-z]{8}", pseudonyms.new_key()) for _n in range(50))


def test_a_code_has_its_three_finders_and_a_quiet_edge() -> None:
    code = qr.code("https://example.org/territories/turin/votes/abcdefgh/")
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", code.path)}
    side = code.size - 2 * qr.QUIET
    assert side % 4 == 1  # 21, 25, 29 … modules
    assert all(qr.QUIET <= place < qr.QUIET + side for spot in dark for place in spot)
    finder = {(x, y) for x in range(7) for y in range(7) if x in (0, 6) or y in (0, 6) or (2 <= x <= 4 and 2 <= y <= 4)}
    for left, top in ((0, 0), (side - 7, 0), (0, side - 7)):
        found = {(x - qr.QUIET - left, y - qr.QUIET - top) for x, y in dark}
        assert {spot for spot in found if 0 <= spot[0] < 7 and 0 <= spot[1] < 7} == finder
    assert qr.code("https://example.org/other") != code
