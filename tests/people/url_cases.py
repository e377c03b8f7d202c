"""One row per URL name: how to reach it in the made-up world of the table, and who may.

A new page adds one row to the dictionary of its step (below, or in `tests/<step>/url_cases.py`, which is found by itself): its
full URL name, then a `Case`. Without one, tests/people/test_permission_table.py fails and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

ROLES = ("anonymous", "stranger", "observer", "member", "analyst", "facilitator", "coordinator", "curator", "manager")
EVERYONE = frozenset(ROLES)
SIGNED_IN = EVERYONE - {"anonymous"}
TEAM = frozenset({"observer", "member", "analyst", "facilitator", "coordinator", "manager"})
MEMBERS = TEAM - {"observer"}
DATA = frozenset({"analyst", "coordinator", "manager"})
FACILITATION = frozenset({"facilitator", "coordinator", "manager"})
COORDINATION = frozenset({"coordinator", "manager"})
PROGRAMME = frozenset({"manager"})
CATALOGUE = frozenset({"curator", "manager"})
NOBODY: frozenset[str] = frozenset()

World = Mapping[str, Any]  # what tests/people/world.py makes: "turin" (the territory), "group", "meeting" …


@dataclass(frozen=True)
class Case:
    """`get` and `post`: who may, None where the page knows no such method. `kwargs`: arguments of the URL, from the world."""

    get: frozenset[str] | None = None
    post: frozenset[str] | None = None
    kwargs: Callable[[World], Mapping[str, Any]] = field(default=lambda world: {})
    data: Mapping[str, Any] = field(
        default_factory=dict
    )  # what POST sends; nothing by default, so that forms refuse and nothing is written


def _turin(**more: str) -> Callable[[World], Mapping[str, Any]]:
    """The territory, and by name the id of further things of the world: `_turin(pk="group")`."""
    return lambda world: {"territory": world["turin"].slug, **{name: world[key].pk for name, key in more.items()}}


def _ids(**names: str) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {name: world[key].pk for name, key in names.items()}


_GROUP = _turin(pk="group")
_MEETING = _turin(pk="group", meeting="meeting")
_TASK = _turin(pk="group", task="task")

CASES: dict[str, Case] = {
    "people:me": Case(get=SIGNED_IN),
    "people:profile": Case(get=SIGNED_IN, post=SIGNED_IN),
    "people:leave": Case(post=frozenset({"observer"}), kwargs=_ids(pk="observer_membership")),
    "people:accept": Case(get=EVERYONE, post=SIGNED_IN, kwargs=lambda world: {"secret": world["secret"]}),
    "people:team": Case(get=TEAM, kwargs=_turin()),
    "people:invite": Case(get=COORDINATION, post=COORDINATION, kwargs=_turin()),
    "people:invitation_withdraw": Case(post=COORDINATION, kwargs=_turin(pk="invitation")),
    "people:member": Case(get=COORDINATION, post=COORDINATION, kwargs=_turin(pk="observer_membership")),
    "people:member_remove": Case(post=COORDINATION, kwargs=_turin(pk="observer_membership")),
    "people:groups": Case(get=TEAM, kwargs=_turin()),
    "people:group_new": Case(get=FACILITATION, post=FACILITATION, kwargs=_turin()),
    "people:group": Case(get=TEAM, kwargs=_GROUP),
    "people:group_edit": Case(get=FACILITATION, post=FACILITATION, kwargs=_GROUP),
    "people:group_members": Case(get=FACILITATION, post=FACILITATION, kwargs=_GROUP),
    "people:group_attend": Case(post=MEMBERS, kwargs=_GROUP),
    "people:group_close": Case(post=FACILITATION, kwargs=_GROUP),
    "people:meeting_new": Case(get=FACILITATION, post=FACILITATION, kwargs=_GROUP),
    "people:meeting": Case(get=FACILITATION, kwargs=_MEETING),
    "people:meeting_edit": Case(get=FACILITATION, post=FACILITATION, kwargs=_MEETING),
    "people:minutes": Case(get=FACILITATION, post=FACILITATION, kwargs=_MEETING),
    "people:task_new": Case(get=FACILITATION, post=FACILITATION, kwargs=_GROUP),
    "people:task_edit": Case(get=FACILITATION, post=FACILITATION, kwargs=_TASK),
    "people:task_tick": Case(post=FACILITATION, kwargs=_TASK),
    "people:bodies": Case(get=SIGNED_IN),
    "people:body_new": Case(get=SIGNED_IN, post=SIGNED_IN),
    "people:body": Case(get=SIGNED_IN, kwargs=_ids(pk="body")),
    "people:body_edit": Case(get=PROGRAMME, post=PROGRAMME, kwargs=_ids(pk="body")),
    "people:body_join": Case(post=SIGNED_IN, kwargs=_ids(pk="body")),
    "people:body_confirm": Case(post=PROGRAMME, kwargs=_ids(pk="body", member="body_member")),
    "people:body_leave": Case(post=PROGRAMME, kwargs=_ids(pk="body", member="body_member")),
    "people:programme": Case(get=PROGRAMME, post=PROGRAMME),
    "people:programme_revoke": Case(post=PROGRAMME, kwargs=_ids(pk="curator_role")),
    "people:page": Case(get=EVERYONE, kwargs=lambda world: {"slug": "privacy"}),
    "people:page_edit": Case(get=PROGRAMME, post=PROGRAMME, kwargs=lambda world: {"slug": "privacy", "language": "fr"}),
    "people:report": Case(get=EVERYONE, post=EVERYONE),
    "people:reports": Case(get=PROGRAMME),
    "people:report_answer": Case(get=PROGRAMME, post=PROGRAMME, kwargs=_ids(pk="report")),
}
