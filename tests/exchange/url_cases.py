"""Who may open the pages of step 5."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.people.url_cases import COORDINATION, DATA, EVERYONE, FACILITATION, Case

WRITERS = DATA | FACILITATION  # analysts, facilitators, coordinators, managers
SEE_DRAFTS = EVERYONE - {"anonymous", "stranger"}


def world(made: Mapping[str, Any]) -> dict[str, Any]:
    from tests.exchange import made as cases

    return {
        "case": cases.published(made["turin"], by=made["owner"]),
        "case_draft": cases.draft(made["turin"], by=made["owner"]),
        "told_pilot": cases.pilot(made["turin"]),
    }


def _turin(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin"}


def _case(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "slug": made["case"].slug}


def _draft(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "slug": made["case_draft"].slug}


CASES: dict[str, Case] = {
    "exchange:cases": Case(get=EVERYONE),
    "exchange:feed": Case(get=EVERYONE),
    "exchange:plan_feed": Case(get=EVERYONE),
    "exchange:territory_cases": Case(get=EVERYONE, kwargs=_turin),
    "exchange:territory_feed": Case(get=EVERYONE, kwargs=_turin),
    "exchange:case_start": Case(post=WRITERS, kwargs=lambda made: {"territory": "turin", "pilot": made["told_pilot"].slug}),
    "exchange:case": Case(get=SEE_DRAFTS, kwargs=_draft),
    "exchange:case_jsonld": Case(get=EVERYONE, kwargs=_case),
    "exchange:case_figures": Case(get=EVERYONE, kwargs=_case),
    "exchange:case_edit": Case(get=WRITERS, post=WRITERS, kwargs=_draft),
    "exchange:case_publish": Case(get=COORDINATION, post=COORDINATION, kwargs=_draft),
    "exchange:case_take_back": Case(get=COORDINATION, post=COORDINATION, kwargs=_case),
    "exchange:case_history": Case(get=WRITERS, kwargs=_draft),
    "exchange:sitemap": Case(get=EVERYONE),
    "exchange:robots": Case(get=EVERYONE),
}
