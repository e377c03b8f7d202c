"""Who may open the pages of step 2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.people.url_cases import COORDINATION, DATA, EVERYONE, FACILITATION, MEMBERS, SIGNED_IN, Case

EDITORS = DATA | FACILITATION


def world(made: Mapping[str, Any]) -> dict[str, Any]:
    from rrr.define.actions import evidence, polls, stakeholders
    from tests.factories import define, thread

    challenge = thread.challenge(made["turin"], slug="first-jobs")
    library = thread.challenge(None, slug="for-all", title="Homes people can pay")
    seat = stakeholders.seat(
        by=made["owner"], challenge=challenge, values={"name": "City of Turin", "sector": "authority", "commitment": "leads"}
    )
    define.indicator({year: 20.0 + year % 3 for year in range(1995, 2023)})
    card = evidence.add_indicator(by=made["owner"], challenge=challenge, code="youth-unemployment")
    poll = define.poll(challenge, early_results=True)
    closed = polls.close(by=made["owner"], poll=define.poll(challenge))
    found = {"challenge": challenge, "library": library, "seat": seat, "card": card, "poll": poll, "poll_closed": closed}
    return {**found, "poll_statement": poll.statements.first()}


def _turin(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin"}


def _challenge(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "slug": "first-jobs"}


def _library(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"slug": "for-all"}


def _card(made: Mapping[str, Any]) -> dict[str, Any]:
    return {**_challenge(made), "pk": made["card"].pk}


def _seat(made: Mapping[str, Any]) -> dict[str, Any]:
    return {**_challenge(made), "pk": made["seat"].pk}


def _poll(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "key": made["poll"].key}


def _closed(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "key": made["poll_closed"].key}


def _statement(made: Mapping[str, Any]) -> dict[str, Any]:
    return {**_poll(made), "pk": made["poll_statement"].pk}


CASES: dict[str, Case] = {
    "define:challenges": Case(get=EVERYONE),
    "define:library_challenge": Case(get=EVERYONE, kwargs=_library),
    "define:library_take_up": Case(get=FACILITATION, post=FACILITATION, kwargs=_library),
    "define:territory_challenges": Case(get=EVERYONE, kwargs=_turin),
    "define:challenge_new": Case(get=FACILITATION, post=FACILITATION, kwargs=_turin),
    "define:challenge": Case(get=EVERYONE, kwargs=_challenge),
    "define:challenge_edit": Case(get=EDITORS, post=EDITORS, kwargs=_challenge),
    "define:challenge_state": Case(get=COORDINATION, post=COORDINATION, kwargs=_challenge),
    "define:challenge_history": Case(get=EDITORS, kwargs=_challenge),
    "define:challenge_take_up": Case(get=FACILITATION, post=FACILITATION, kwargs=_challenge),
    "define:evidence_choose": Case(get=MEMBERS, kwargs=_challenge),
    "define:evidence_indicator": Case(get=MEMBERS, post=MEMBERS, kwargs=_challenge),
    "define:evidence_document": Case(get=MEMBERS, post=MEMBERS, kwargs=_challenge),
    "define:evidence_quote": Case(get=MEMBERS, post=MEMBERS, kwargs=_challenge),
    "define:evidence_remove": Case(get=EDITORS, post=EDITORS, kwargs=_card),
    "define:evidence_series": Case(get=EVERYONE, kwargs=_card),
    "define:stakeholder_add": Case(get=EDITORS, post=EDITORS, kwargs=_challenge),
    "define:stakeholder_remove": Case(post=EDITORS, kwargs=_seat),
    "define:poll_new": Case(get=FACILITATION, post=FACILITATION, kwargs=_challenge),
    "define:vote": Case(get=EVERYONE, kwargs=_poll),
    "define:vote_begin": Case(post=EVERYONE, kwargs=_poll),
    "define:vote_answer": Case(post=EVERYONE, kwargs=_poll),
    "define:vote_propose": Case(post=SIGNED_IN, kwargs=_poll),
    "define:vote_withdraw": Case(get=EVERYONE, post=EVERYONE, kwargs=_poll),
    "define:vote_results": Case(get=EVERYONE, kwargs=_poll),
    "define:vote_csv": Case(get=EVERYONE, kwargs=_closed),
    "define:poll_manage": Case(get=FACILITATION, kwargs=_poll),
    "define:poll_edit": Case(get=FACILITATION, post=FACILITATION, kwargs=_poll),
    "define:poll_state": Case(post=FACILITATION, kwargs=_poll),
    "define:poll_statement": Case(post=FACILITATION, kwargs=_poll),
    "define:poll_moderate": Case(post=FACILITATION, kwargs=_statement),
    "define:poll_print": Case(get=FACILITATION, kwargs=_poll),
    "define:poll_full_csv": Case(post=FACILITATION, kwargs=_poll),
}
