"""What a vote says, for readers and as files."""

from __future__ import annotations

import csv
import secrets

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from rrr.core.tables import safe_cell
from rrr.define import bridge, queries
from rrr.define.actions import polls as actions
from rrr.define.models import Poll
from rrr.define.tables import provenance, whiskers
from rrr.define.views import here
from rrr.define.vocabulary import PollState
from rrr.people.permissions import Permission, allowed, require, signed_in


def _readable(request: HttpRequest, territory: str, key: str) -> tuple[Poll, bool]:
    """The poll, and whether this reader runs it; Http404 where its results are not to be seen yet."""
    runs = allowed(request.user, Permission.DELIBERATION_RUN, territory)
    poll = here.poll(request, territory, key, team=runs)
    if not (poll.shows_results or runs):
        raise Http404
    return poll, runs


@require_GET
def results(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    poll, runs = _readable(request, territory, key)
    found = bridge.result(poll)
    context = {
        "territory": poll.challenge.territory,
        "challenge": poll.challenge,
        "poll": poll,
        "result": found,
        "rows": whiskers(found),
        "provenance": provenance(poll, found) if found.shown else [],
        "file": poll.state == PollState.CLOSED and poll.counts is None and bool(found.shown),
        "may_run": runs,
        "has_sectors": any(row.sectors for row in found.rows),
    }
    return render(request, "define/results.html", context)


def _file(name: str) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'})
    response.write("\ufeff")  # spreadsheets take the file for UTF-8 only with this mark
    return response


@require_GET
def open_csv(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    """Last answers on statements with five voters or more. Numbers for people are drawn for this file alone: no times, no sectors.

    Only once the vote is closed: two files of an open one differ by the answers, all of them, of whoever answered in between.
    """
    poll, _runs = _readable(request, territory, key)
    if poll.state != PollState.CLOSED:
        raise Http404
    rows = bridge.open_votes(poll)
    fresh = {person: secrets.token_hex(6) for person, _statement, _value in rows}
    response = _file(f"rrr-vote-{poll.key}.csv")
    writer = csv.writer(response)
    writer.writerow(["person", "statement", "text", "answer"])
    shown = sorted((fresh[person], statement.pk, statement.text, value) for person, statement, value in rows)
    writer.writerows((person, number, safe_cell(text), value) for person, number, text, value in shown)
    return response


@require_POST
def full_csv(request: HttpRequest, territory: str, key: str) -> HttpResponse:
    """Every answer with its time and declared sector, for the facilitator; the trail says who took it."""
    require(request, Permission.DELIBERATION_RUN, territory)
    poll = here.poll(request, territory, key, team=True)
    actions.export_all(by=signed_in(request), poll=poll)
    rows = queries.every_answer(poll)
    fresh = {row.person: secrets.token_hex(6) for row in rows}
    response = _file(f"rrr-vote-{poll.key}-all.csv")
    writer = csv.writer(response)
    writer.writerow(["person", "sector", "statement", "text", "state", "answer", "at"])
    for row in rows:
        writer.writerow([fresh[row.person], row.sector, row.statement, safe_cell(row.text), row.state, row.value, row.at.isoformat()])
    return response
