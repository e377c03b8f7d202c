"""The made-up world in which the permission table asks every page: one territory, one of each thing, one person per role."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable
from typing import Any

import tests
from rrr.people.models import Membership, ProgrammeRole
from tests.factories import people, places
from tests.people.url_cases import Case


def build() -> dict[str, Any]:
    """Names for `kwargs` of a Case. A step adds its own things with `def world(made) -> dict` in its url_cases.py."""
    turin = places.territory("turin")
    persons = people.one_of_each(turin)
    owner = people.user("owner@example.org", role="coordinator", territory=turin)  # owns the things, so that no asked person does
    group = people.group(turin, owner)
    body = people.body(owner)
    invitation, secret = people.invitation(turin, owner)
    made = {
        "turin": turin,
        "people": persons,
        "owner": owner,
        "group": group,
        "meeting": people.meeting(group, owner),
        "task": people.task(group, owner),
        "body": body,
        "body_member": body.members.get(),
        "invitation": invitation,
        "secret": secret,
        "report": people.report(),
        "observer_membership": Membership.objects.get(user__email="observer@example.org"),
        "curator_role": ProgrammeRole.objects.get(role="curator"),
    }
    for module in _step_modules():
        add: Callable[[dict[str, Any]], dict[str, Any]] | None = getattr(module, "world", None)
        if add:
            made.update(add(made))
    return made


def cases() -> dict[str, Case]:
    """Every declared page: those of people, and those of the other steps' own url_cases.py."""
    found: dict[str, Case] = {}
    for module in _step_modules():
        found.update(module.CASES)
    return found


def _step_modules() -> list[Any]:
    names = sorted(entry.name for entry in pkgutil.iter_modules(tests.__path__) if entry.ispkg)
    modules = []
    for name in names:
        path = f"tests.{name}.url_cases"
        if importlib.util.find_spec(path):
            modules.append(importlib.import_module(path))
    return modules
