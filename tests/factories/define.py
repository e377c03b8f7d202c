"""Votes and series for tests of step 2, made through the same actions a person uses."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from rrr.define.actions import polls, votes
from rrr.define.models import Challenge, Poll, Statement
from rrr.define.queries import participant
from rrr.places.models import Indicator, Observation
from tests.factories.places import source

_number = count(1)
SEEDS = ["Firms should pay young people in their first job.", "Schools should stay open in the evening."]


def poll(of: Challenge, *, opened: bool = True, seeds: list[str] | None = None, **fields: Any) -> Poll:
    given = {
        "title": "What should change?",
        "purpose": "The youth office chooses in March what to try.",
        "retention_until": timezone.localdate() + timedelta(days=90),
        **fields,
    }
    made = polls.prepare(by=None, challenge=of, values=given, seeds=SEEDS if seeds is None else seeds)
    return polls.open_poll(by=None, poll=made) if opened else made


def voter(of: Poll, answers: dict[Statement, int], sector: str = "") -> str:
    """Somebody who gave these answers; returns the token."""
    token = votes.begin(poll=of, sector=sector)
    who = participant(of, token)
    assert who is not None
    for statement, value in answers.items():
        votes.answer(participant=who, statement=statement, value=str(value))
    return token


def indicator(values: dict[int, float], *, code: str = "youth-unemployment", country: str = "IT") -> Indicator:
    number = next(_number)
    made = Indicator.objects.create(
        code=code, name="Unemployment rate, ages 15 to 24", unit="percent of the labour force", dataset="Made up", licence="CC BY 4.0",
        attribution="A test", source=source(f"https://example.org/series/{number}"),
    )  # fmt: skip
    Observation.objects.bulk_create(Observation(indicator=made, country=country, year=year, value=value) for year, value in values.items())
    return made
