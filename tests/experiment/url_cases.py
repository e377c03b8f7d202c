"""Who may open the pages of step 4."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.people.url_cases import COORDINATION, DATA, EVERYONE, FACILITATION, TEAM, Case

READERS_OF_HISTORY = DATA | FACILITATION


def world(made: Mapping[str, Any]) -> dict[str, Any]:
    """One pilot of each kind of page: in planning, and with data and a result."""
    from rrr.experiment.actions import results
    from rrr.experiment.models import Adaptation
    from tests.factories import pilots, thread

    draft = thread.adaptation(thread.challenge(made["turin"]), thread.solution())
    planned = pilots.planned(made["turin"], by=made["owner"])
    open_pilot = pilots.drawn(made["turin"], by=made["owner"], title="With data")
    rows = "".join(f"U{place:03};{100 + place}\n" for place in range(1, 41))
    upload = pilots.upload(open_pilot, "unit;value\n" + rows + "U999;1\n", by=made["owner"])
    results.estimate(by=made["owner"], pilot=open_pilot)
    assert isinstance(draft, Adaptation)
    return {"adaptation": draft, "planned_pilot": planned, "open_pilot": open_pilot, "pilot_upload": upload}


def _turin(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin"}


def _adaptation(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"territory": "turin", "pk": made["adaptation"].pk}


def _part(made: Mapping[str, Any]) -> dict[str, Any]:
    return {**_adaptation(made), "part": made["adaptation"].parts.first().pk}


def _pilot(key: str = "open_pilot", **more: Any) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    return lambda made: {"territory": "turin", "slug": made[key].slug, **more}


def _upload(made: Mapping[str, Any]) -> dict[str, Any]:
    return {**_pilot()(made), "pk": made["pilot_upload"].pk}


ADAPTERS = DATA | FACILITATION
CASES: dict[str, Case] = {
    "experiment:pilots": Case(get=EVERYONE),
    "experiment:chain": Case(get=EVERYONE),
    "experiment:chain_csv": Case(get=EVERYONE),
    "experiment:territory_pilots": Case(get=EVERYONE, kwargs=_turin),
    "experiment:adaptations": Case(get=EVERYONE, kwargs=_turin),
    "experiment:adaptation_start": Case(post=ADAPTERS, kwargs=_turin),
    "experiment:adaptation": Case(get=TEAM, kwargs=_adaptation),
    "experiment:adaptation_edit": Case(get=ADAPTERS, post=ADAPTERS, kwargs=_adaptation),
    "experiment:adaptation_part": Case(get=ADAPTERS, post=ADAPTERS, kwargs=_part),
    "experiment:adaptation_history": Case(get=READERS_OF_HISTORY, kwargs=_adaptation),
    "experiment:pilot_new": Case(get=DATA, post=DATA, kwargs=_adaptation),
    "experiment:pilot": Case(get=EVERYONE, kwargs=_pilot()),
    "experiment:plan_edit": Case(get=DATA, post=DATA, kwargs=_pilot("planned_pilot")),
    "experiment:units": Case(get=DATA, post=DATA, kwargs=_pilot("planned_pilot")),
    "experiment:freeze": Case(get=COORDINATION, post=COORDINATION, kwargs=_pilot()),
    "experiment:plan_json": Case(get=EVERYONE, kwargs=_pilot(number=1)),
    "experiment:draw": Case(get=EVERYONE, post=COORDINATION, kwargs=_pilot()),
    "experiment:arms_csv": Case(get=EVERYONE, kwargs=_pilot()),
    "experiment:data": Case(get=DATA, post=DATA, kwargs=_pilot()),
    "experiment:rejected_csv": Case(get=DATA, kwargs=_upload),
    "experiment:rows_csv": Case(get=DATA, kwargs=_upload),
    "experiment:estimate": Case(post=DATA, kwargs=_pilot()),
    "experiment:decide": Case(get=COORDINATION, post=COORDINATION, kwargs=_pilot()),
    "experiment:pilot_history": Case(get=READERS_OF_HISTORY, kwargs=_pilot()),
}
