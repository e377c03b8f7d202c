"""The one thread, and the registry by which each step shows itself on pages of the others.

A step calls `register_step` once, in its `AppConfig.ready`. Earlier steps never import later ones: they render what is registered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

State = Literal["made", "not"]


@dataclass(frozen=True)
class Step:
    code: str
    number: int
    label: str | Promise


STEPS = (
    Step("understand", 1, _("Understand")),
    Step("define", 2, _("Define")),
    Step("explore", 3, _("Explore")),
    Step("experiment", 4, _("Experiment")),
    Step("exchange", 5, _("Exchange")),
)


@dataclass(frozen=True)
class Context:
    """Where a page is: a territory, and the objects of the thread it shows, by kind (`challenge`, `solution`, `pilot` …)."""

    request: HttpRequest
    territory: str = ""
    subjects: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Knot:
    """One knot of the thread bar: made or not yet, where it leads, whether the reader is here; the language of a text people wrote."""

    step: Step
    text: str
    url: str = ""
    state: State = "not"
    here: bool = False
    language: str = ""


@dataclass(frozen=True)
class Panel:
    """A part of another step's page: `template` rendered with `context`, ordered by `order`."""

    title: str
    template: str
    context: Mapping[str, Any]
    order: int = 50


@dataclass(frozen=True)
class Hit:
    """One result of the search over everything."""

    title: str
    url: str
    kind: str
    text: str = ""


KnotHook = Callable[[Context], Knot]
PanelHook = Callable[[str, Context], list[Panel]]  # the place's name ("territory", "organisation", …) and the page's context
SearchHook = Callable[[str, HttpRequest], list[Hit]]
ExportHook = Callable[[AbstractBaseUser], dict[str, Any]]
EraseHook = Callable[[AbstractBaseUser], None]
CountHook = Callable[[], dict[str, int]]  # territory -> how many, for lists of territories


@dataclass(frozen=True)
class Registration:
    code: str
    knot: KnotHook | None = None
    panels: PanelHook | None = None
    search: SearchHook | None = None
    export: ExportHook | None = None
    erase: EraseHook | None = None
    counts: CountHook | None = None


_registered: dict[str, Registration] = {}


def register_step(
    code: str,
    *,
    knot: KnotHook | None = None,
    panels: PanelHook | None = None,
    search: SearchHook | None = None,
    export: ExportHook | None = None,
    erase: EraseHook | None = None,
    counts: CountHook | None = None,
) -> None:
    """Offer a step (or core, people) to the others. A second call for the same code replaces the first (tests, reloads)."""
    _registered[code] = Registration(code, knot, panels, search, export, erase, counts)


def registrations() -> dict[str, Registration]:
    return dict(_registered)


def bar(request: HttpRequest, territory: str, subjects: Mapping[str, Any] | None = None) -> list[Knot]:
    """The knots of the five steps in order. Empty without a territory: then there is no thread to stand on."""
    if not territory:
        return []
    context = Context(request, territory, subjects or getattr(request, "thread_subjects", {}))
    here = request.resolver_match.app_name if request.resolver_match else ""
    knots = []
    for step in STEPS:
        entry = _registered.get(step.code)
        made = entry.knot(context) if entry and entry.knot else Knot(step, str(_("Not in this version yet")))
        knots.append(replace(made, here=step.code == here))
    return knots


def panels(place: str, context: Context) -> list[Panel]:
    """What the steps add to a page, in order."""
    found = [panel for entry in _registered.values() if entry.panels for panel in entry.panels(place, context)]
    return sorted(found, key=lambda panel: panel.order)


def search(words: str, request: HttpRequest) -> list[Hit]:
    return [hit for entry in _registered.values() if entry.search for hit in entry.search(words, request)]


def counts(code: str) -> dict[str, int]:
    """Territory -> number of a step's main objects; empty where the step offers none."""
    entry = _registered.get(code)
    return entry.counts() if entry and entry.counts else {}
