"""Diagnosis rounds for tests, made through the same actions a person uses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from rrr.understand.actions import diagnosis as actions
from rrr.understand.actions import diagnosis_answers
from rrr.understand.models import BlockReason, BuildingBlock, DiagnosisRound
from rrr.understand.queries.diagnosis import respondent


def prepared(territory: Any, *, by: Any = None, **fields: Any) -> DiagnosisRound:
    given = {
        "title": "Diagnosis, autumn",
        "asked": "Everybody who works with the social economy here",
        "purpose": "The table chooses in March what to work on.",
        "closes_at": timezone.now() + timedelta(days=30),
        "retention_until": timezone.localdate() + timedelta(days=200),
        **fields,
    }
    return actions.prepare(by=by, territory=territory, values=given)


def opened(territory: Any, *, by: Any = None, **fields: Any) -> DiagnosisRound:
    return actions.open_round(by=by, round=prepared(territory, by=by, **fields))


def said(of: DiagnosisRound, answers: Mapping[str, int | None], sector: str = "", reason: str = "") -> str:
    """Somebody who gave these answers (the reason with the first); returns the token."""
    token = diagnosis_answers.begin(round=of, sector=sector)
    who = respondent(of, token)
    assert who is not None
    for place, (block, value) in enumerate(answers.items()):
        given = {"block": block, "value": "unknown" if value is None else str(value), "reason": "" if place else reason}
        diagnosis_answers.answer(respondent=who, **given)
    return token


def crowd(of: DiagnosisRound, sector: str, number: int, *, low: int = 3) -> None:
    """`number` people of one sector: scores from `low` on, the last block nobody knows."""
    blocks = BuildingBlock.values
    for person in range(number):
        answers: dict[str, int | None] = {block: low + (person + place) % 4 for place, block in enumerate(blocks[:-1])}
        said(of, {**answers, blocks[-1]: None}, sector, reason=f"Reason {person} of {sector}." if person < 2 else "")


def published(territory: Any, *, by: Any = None, crowds: Mapping[str, int] | None = None, low: int = 3, **fields: Any) -> DiagnosisRound:
    """A closed and published round; its first reason is published too."""
    made = opened(territory, by=by, **fields)
    for sector, number in (crowds or {"authority": 6, "sse": 7}).items():
        crowd(made, sector, number, low=low)
    actions.close(by=by, round=made)
    first = BlockReason.objects.filter(round=made).first()
    if first is not None:
        actions.moderate(by=by, reason=first, publish=True)
    return actions.publish(by=by, round=made)
