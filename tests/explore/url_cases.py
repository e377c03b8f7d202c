"""Who may open the pages of step 3."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.people.url_cases import CATALOGUE, DATA, EVERYONE, FACILITATION, MEMBERS, TEAM, Case

EDITORS = DATA | FACILITATION


def world(made: Mapping[str, Any]) -> dict[str, Any]:
    from rrr.explore.actions import shortlists
    from tests.factories import places, thread

    challenge = thread.challenge(made["turin"], slug="jobs-to-list")
    solution = thread.solution(slug="supported-first-job")
    solution.sources.add(places.source("https://example.org/supported-first-job"))
    item = shortlists.add(by=made["owner"], challenge=challenge, solution=solution)
    return {"explore_challenge": challenge, "explore_solution": solution, "explore_item": item}


def _solution(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"slug": made["explore_solution"].slug}


def _challenge(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "slug": made["explore_challenge"].slug}


def _item(made: Mapping[str, Any]) -> dict[str, Any]:
    return {**_challenge(made), "pk": made["explore_item"].pk}


def _case(who: frozenset[str], kwargs: Callable[[Mapping[str, Any]], Mapping[str, Any]], **data: str) -> Case:
    return Case(post=who, kwargs=kwargs, data=data)


CASES: dict[str, Case] = {
    "explore:search": Case(get=EVERYONE),
    "explore:solutions": Case(get=EVERYONE),
    "explore:solution_new": Case(get=CATALOGUE, post=CATALOGUE),
    "explore:solution_drafts": Case(get=CATALOGUE),
    "explore:solution": Case(get=EVERYONE, kwargs=_solution),
    "explore:solution_edit": Case(get=CATALOGUE, post=CATALOGUE, kwargs=_solution),
    "explore:solution_publish": _case(CATALOGUE, _solution),
    "explore:solution_take_back": Case(get=CATALOGUE, post=CATALOGUE, kwargs=_solution),
    "explore:solution_history": Case(get=CATALOGUE, kwargs=_solution),
    "explore:choose_challenge": Case(get=EDITORS, post=EDITORS, kwargs=_solution),
    "explore:matches": Case(get=EVERYONE, kwargs=_challenge),
    "explore:matches_csv": Case(get=EVERYONE, kwargs=_challenge),
    "explore:shortlist": Case(get=TEAM, kwargs=_challenge),
    "explore:shortlist_add": _case(EDITORS, _challenge, solution="supported-first-job"),
    "explore:shortlist_history": Case(get=EDITORS, kwargs=_challenge),
    "explore:shortlist_move": _case(EDITORS, _item),
    "explore:shortlist_choose": _case(EDITORS, _item),
    "explore:shortlist_drop": _case(EDITORS, _item),
    "explore:shortlist_note": _case(MEMBERS, _item),
}
