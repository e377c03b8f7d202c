"""Hold a vote on statements: prepare, open, moderate, close, and erase single answers when their time is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.define import bridge
from rrr.define.models import Challenge, Participant, Poll, Statement
from rrr.define.vocabulary import PollState, State, StatementState

FIELDS = ("title", "purpose", "retention_until", "language", "closes_at", "early_results")
WAITING_EACH = 5  # statements one person may have waiting in one vote


@transaction.atomic
def prepare(*, by: Actor, challenge: Challenge, values: Mapping[str, Any], seeds: list[str]) -> Poll:
    """A new vote as a draft, with the statements it begins with."""
    made = Poll(challenge=challenge, author_id=by.pk if by else None, **values)
    made.clean_fields(exclude=["challenge", "author"])
    made.save()
    for text in dict.fromkeys(seeds):
        _statement(made, text, made.language, by, StatementState.PUBLISHED)
    _record(by, "polls.prepare", made, None, {**audit.snapshot(made, *FIELDS), "statements": len(set(seeds))})
    return made


@transaction.atomic
def change(*, by: Actor, poll: Poll, values: Mapping[str, Any]) -> Poll:
    """Change a vote. Once people have answered, purpose stays and answers are kept no longer than was promised."""
    row = _locked(poll)
    if row.state != PollState.DRAFT:
        if values.get("purpose", row.purpose) != row.purpose:
            raise ValidationError({"purpose": _("People have read this purpose before they answered; it cannot be changed any more.")})
        if values.get("retention_until", row.retention_until) > row.retention_until:
            raise ValidationError({"retention_until": _("People were promised an earlier day; it can only be brought forward.")})
    differing = {name: value for name, value in values.items() if name in FIELDS and getattr(row, name) != value}
    was = audit.snapshot(row, *differing) if differing else {}
    for name, value in differing.items():
        setattr(row, name, value)
    if differing:
        row.save(update_fields=[*differing, "updated_at"])
        _record(by, "polls.change", row, was, audit.snapshot(row, *differing))
    return row


@transaction.atomic
def open_poll(*, by: Actor, poll: Poll) -> Poll:
    """Let people answer. It needs a statement, a challenge everybody can read, and a day until which answers are kept."""
    row = _locked(poll)
    if row.counts is not None:
        raise ValidationError(_("The single answers of this vote are erased, so it cannot be opened again. Prepare a new one."))
    if row.challenge.state == State.DRAFT:
        raise ValidationError(_("The challenge is a draft. Open it first, so that people can read what they vote on."))
    if not row.statements.filter(state=StatementState.PUBLISHED).exists():
        raise ValidationError(_("There is nothing to vote on yet. Add a statement first."))
    if row.retention_until <= timezone.localdate():
        raise ValidationError(_("The day until which answers are kept is over. Choose a later one."))
    return _state(by, row, PollState.OPEN, opened_at=row.opened_at or timezone.now(), closed_at=None)


@transaction.atomic
def close(*, by: Actor, poll: Poll) -> Poll:
    """Nobody can answer any more, and everybody can see the results. It can be opened again."""
    return _state(by, _locked(poll), PollState.CLOSED, closed_at=timezone.now())


@transaction.atomic
def add_statement(*, by: Actor, poll: Poll, text: str, language: str = "") -> Statement:
    """A statement of the facilitator: published at once."""
    made = _statement(poll, text, language or poll.language, by, StatementState.PUBLISHED)
    _record(by, "polls.add_statement", poll, None, {"statement": made.pk, "state": made.state})
    return made


@transaction.atomic
def propose(*, by: Actor, poll: Poll, text: str, language: str = "") -> Statement:
    """A statement of somebody who takes part: it waits for a decision."""
    if not poll.takes_answers:
        raise ValidationError(_("This vote is closed; nothing can be proposed any more."))
    if by is not None and poll.statements.filter(author_id=by.pk, state=StatementState.WAITING).count() >= WAITING_EACH:
        raise ValidationError(
            _("%(number)s of your statements wait for a decision. Propose more when they are decided.") % {"number": WAITING_EACH}
        )
    made = _statement(poll, text, language or poll.language, by, StatementState.WAITING)
    _record(by, "polls.propose", poll, None, {"statement": made.pk, "state": made.state})
    return made


@transaction.atomic
def moderate(*, by: Actor, statement: Statement, publish: bool, reason: str = "") -> Statement:
    """Publish a statement or keep it back, with the reason. One that was published can be taken back; its answers are then not counted."""
    row = Statement.objects.select_for_update(of=("self",)).select_related("poll__challenge__territory").get(pk=statement.pk)
    if not publish and not reason.strip():
        raise ValidationError(_("Say why; the reason stays in the log."))
    before = {"statement": row.pk, "state": row.state}
    row.state = StatementState.PUBLISHED if publish else StatementState.REJECTED
    row.reason = reason.strip()
    row.clean_fields(exclude=["poll", "author"])
    row.save(update_fields=["state", "reason", "updated_at"])
    _record(by, "polls.moderate", row.poll, before, {"statement": row.pk, "state": row.state}, row.reason)
    return row


@transaction.atomic
def export_all(*, by: Actor, poll: Poll) -> None:
    """Write down that somebody took all answers with their times; the view sends the file."""
    _record(by, "polls.export_all", poll, None, {"participants": Participant.objects.filter(poll=poll).count()})


@transaction.atomic
def erase_answers(*, by: Actor, poll: Poll) -> Poll:
    """Keep numbers per statement and erase every single answer: at the promised day, or before."""
    row = _locked(poll)
    if row.counts is not None:
        return row
    if row.state == PollState.OPEN:
        row = _state(by, row, PollState.CLOSED, closed_at=timezone.now())
    row.counts = bridge.counts(row)
    row.save(update_fields=["counts", "updated_at"])
    Participant.objects.filter(poll=row).delete()
    _record(by, "polls.erase_answers", row, None, {"people": row.counts["people"]})
    return row


def tidy(*, now: datetime, today: date) -> int:
    """What time asks for: close votes whose end has come, erase answers whose keeping is over. Returns how many votes it touched."""
    due = Poll.objects.filter(state=PollState.OPEN, closes_at__lte=now)
    over = Poll.objects.filter(retention_until__lt=today, counts__isnull=True).exclude(state=PollState.DRAFT)
    touched = 0
    for poll in due:
        close(by=None, poll=poll)
        touched += 1
    for poll in over:
        erase_answers(by=None, poll=poll)
        touched += 1
    return touched


def _locked(poll: Poll) -> Poll:
    return Poll.objects.select_for_update(of=("self",)).select_related("challenge__territory").get(pk=poll.pk)


def _state(by: Actor, row: Poll, state: str, **times: Any) -> Poll:
    before = audit.snapshot(row, "state")
    row.state = state
    for name, value in times.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *times, "updated_at"])
    _record(by, f"polls.{'open' if state == PollState.OPEN else 'close'}", row, before, audit.snapshot(row, "state"))
    return row


def _statement(poll: Poll, text: str, language: str, by: Actor, state: str) -> Statement:
    words = " ".join(text.split())
    if not words:
        raise ValidationError({"text": _("Write the statement.")})
    if poll.statements.filter(text__iexact=words).exists():
        raise ValidationError({"text": _("This statement is there already.")})
    made = Statement(poll=poll, text=words, language=language, state=state, author_id=by.pk if by else None)
    made.clean_fields(exclude=["poll", "author"])
    made.save()
    return made


def _record(by: Actor, action: str, poll: Poll, before: Any, after: Any, reason: str = "") -> None:
    territory = poll.challenge.territory
    audit.record(
        by=by, action=action, subject=poll, before=before, after=after, territory=territory.slug if territory else "", reason=reason
    )
