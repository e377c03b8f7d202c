"""Polls: statements, who answers, what was answered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMinute
from django.http import Http404

from rrr.core import audit, pseudonyms
from rrr.core.models import AuditEntry
from rrr.core.numbers import row_number
from rrr.define.models import Challenge, Participant, Poll, Statement, Vote
from rrr.define.vocabulary import PollState, StatementState


@dataclass(frozen=True)
class Answered:
    """A published statement with the answer that stands; None where there is none yet."""

    statement: Statement
    value: int | None


@dataclass(frozen=True)
class Progress:
    """How far one participant is: the statement to show next, and all of them in this participant's order."""

    answers: list[Answered]
    next: Answered | None
    before: Answered | None  # the one answered last, for “back”

    @property
    def done(self) -> int:
        return sum(1 for one in self.answers if one.value is not None)

    @property
    def total(self) -> int:
        return len(self.answers)


def polls(of: Challenge, *, inside: bool = False) -> list[Poll]:
    """Votes of a challenge; drafts are for its team."""
    found = Poll.objects.filter(challenge=of).select_related("challenge__territory")
    return list(found if inside else found.exclude(state=PollState.DRAFT))


def open_polls(territory_slug: str) -> list[Poll]:
    found = Poll.objects.filter(challenge__territory__slug=territory_slug, state=PollState.OPEN)
    return list(found.exclude(challenge__state="draft").select_related("challenge__territory"))


def poll(territory_slug: str, key: str, *, inside: bool = False) -> Poll:
    """One vote by its key. A draft, or a vote on a challenge strangers cannot see, is Http404 unless `inside`."""
    found = Poll.objects.select_related("challenge__territory").filter(key=key, challenge__territory__slug=territory_slug)
    if not inside:
        found = found.exclude(state=PollState.DRAFT).filter(challenge__in=Challenge.objects.public())
    one = found.first()
    if one is None:
        raise Http404
    return one


def statements(of: Poll) -> QuerySet[Statement]:
    return Statement.objects.filter(poll=of)


def statement(of: Poll, pk: Any) -> Statement:
    found = statements(of).filter(pk=row_number(pk)).first()
    if found is None:
        raise Http404
    return found


def participant(of: Poll, token: str) -> Participant | None:
    """Who holds this token; None for an unknown or withdrawn one."""
    return Participant.objects.filter(poll=of, digest=pseudonyms.digest(token)).first() if token else None


def answers(who: Participant) -> dict[int, int]:
    """Statement -> the answer that stands, in the order in which they were last given."""
    found: dict[int, int] = {}
    for pk, value in Vote.objects.filter(participant=who).order_by("pk").values_list("statement_id", "value"):
        found.pop(pk, None)
        found[pk] = value
    return found


def progress(who: Participant, wanted: str = "") -> Progress:
    """`wanted` is the number of a statement to answer again. The order is drawn anew for each participant, so that none is always last."""
    given = answers(who)
    published = list(Statement.objects.filter(poll_id=who.poll_id, state=StatementState.PUBLISHED))
    published.sort(key=lambda one: hashlib.sha256(f"{who.digest}:{one.pk}".encode()).digest())
    rows = [Answered(one, given.get(one.pk)) for one in published]
    chosen = next((row for row in rows if str(row.statement.pk) == wanted), None)
    following = chosen or next((row for row in rows if row.value is None), None)
    by_pk = {row.statement.pk: row for row in rows}
    order = [by_pk[pk] for pk in given if pk in by_pk]
    if chosen and chosen in order:
        order = order[: order.index(chosen)]
    return Progress(rows, following, order[-1] if order else None)


def busiest_minute(of: Poll) -> int:
    """The most browsers that began within one minute: many at once may be one hall, or one person."""
    found = Participant.objects.filter(poll=of).annotate(minute=TruncMinute("began_at")).values("minute").annotate(n=Count("pk"))
    return max((row["n"] for row in found), default=0)


def people(of: Poll) -> int:
    """Browsers with at least one answer."""
    return Participant.objects.filter(poll=of, votes__isnull=False).distinct().count()


@dataclass(frozen=True)
class Event:
    person: int
    sector: str
    statement: int
    text: str
    state: str
    value: int
    at: datetime


def every_answer(of: Poll) -> list[Event]:
    """The log of answers, replaced ones too, in the order in which they came."""
    names = ("participant_id", "participant__sector", "statement_id", "statement__text", "statement__state", "value", "at")
    return [Event(*row) for row in Vote.objects.filter(participant__poll=of).order_by("pk").values_list(*names)]


def moderation_log(of: Poll) -> list[AuditEntry]:
    return list(audit.history(of)[:100])
