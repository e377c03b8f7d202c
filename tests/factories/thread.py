"""Knots of the thread for tests that need an earlier one and are not about it: written straight into the database."""

from __future__ import annotations

from itertools import count
from typing import Any

from rrr.define.models import Challenge
from rrr.experiment.models import Adaptation, AdaptationPart, Pilot
from rrr.explore.models import Solution

_number = count(1)


def challenge(territory: Any, **fields: Any) -> Challenge:
    """An open challenge; any field of it may be named."""
    number = next(_number)
    given = {
        "slug": f"challenge-{number}",
        "title": "Young people without work",
        "problem": "Many young people finished school in the crisis and found no first job.",
        "horizon": "rebuild",
        "systems": ["employment"],
        "groups": ["young people"],
        "state": "open",
    }
    return Challenge.objects.create(territory=territory, **{**given, **fields})


def solution(**fields: Any) -> Solution:
    number = next(_number)
    given = {
        "slug": f"solution-{number}",
        "name": f"Supported first job {number}",
        "summary": "A paid first job of six months with a mentor, in a social cooperative.",
        "problem": "Young people without experience are not hired.",
        "core_parts": ["paid job", "mentor"],
        "adaptable_parts": ["length", "trade"],
        "topics": ["employment_and_youth"],
        "horizons": ["rebuild"],
        "status": "published",
    }
    return Solution.objects.create(**{**given, **fields})


def adaptation(of: Challenge, what: Solution, **fields: Any) -> Adaptation:
    given = {"territory": of.territory, "challenge": of, "solution": what, "title": f"{what.name} in {of.territory}"}
    made = Adaptation.objects.create(**{**given, **fields})
    for kind, texts in (("core", what.core_parts), ("adaptable", what.adaptable_parts)):
        for position, text in enumerate(texts):
            AdaptationPart.objects.create(adaptation=made, kind=kind, text=text, position=position)
    return made


def pilot(of: Adaptation, **fields: Any) -> Pilot:
    given = {"territory": of.territory, "adaptation": of, "slug": f"pilot-{next(_number)}", "title": of.title}
    return Pilot.objects.create(**{**given, **fields})
