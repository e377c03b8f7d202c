"""Answer statements under a pseudonym, and take all answers back.

The rows of `Vote` are the trail of answers: an entry of the audit trail per answer would only tie answers to a moment and, for people who are
signed in, to a name. So no function here takes `by`: whoever answers is a browser with a token.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rrr.core import audit, pseudonyms
from rrr.core.pseudonyms import NEW_EACH_MINUTE, TooMany
from rrr.define.models import Participant, Poll, Statement, Vote
from rrr.define.vocabulary import Answer, Sector, StatementState

__all__ = ["CHANGES", "NEW_EACH_MINUTE", "TooMany", "answer", "begin", "withdraw"]

CHANGES = 20  # of one answer by one browser


def begin(*, poll: Poll, sector: str = "") -> str:
    """A new participant; returns the secret token, of which only the hash is kept. Raises TooMany, ValidationError."""
    if not poll.takes_answers:
        raise ValidationError(_("This vote is closed; nothing can be answered any more."))
    if sector not in ("", *Sector.values):
        raise ValidationError(_("This is none of the sectors. Choose one of the list, or none."))
    with transaction.atomic():
        Poll.objects.select_for_update().get(pk=poll.pk)  # one at a time, so that the count below holds
        pseudonyms.brake(Participant.objects.filter(poll=poll), NEW_EACH_MINUTE)
        token = pseudonyms.new_token()
        Participant.objects.create(poll=poll, digest=pseudonyms.digest(token), sector=sector)
    return token


@transaction.atomic
def answer(*, participant: Participant, statement: Statement, value: str) -> Vote:
    """Keep an answer; an earlier one to the same statement stays in the log and no longer counts. Raises ValidationError.

    The same answer again (a button pressed twice) is one row, and a browser changes its mind `CHANGES` times at most: the log has an end.
    """
    if value not in {str(code) for code in Answer.values}:
        raise ValidationError(_("“%(value)s” is no answer. Choose agree, disagree or pass; nothing was kept.") % {"value": value[:20]})
    held = Participant.objects.select_for_update(of=("self",)).select_related("poll").filter(pk=participant.pk).first()
    if held is None or not held.poll.takes_answers:
        raise ValidationError(_("This vote is closed; nothing can be answered any more."))
    if statement.poll_id != participant.poll_id or statement.state != StatementState.PUBLISHED:
        raise ValidationError(_("This statement cannot be voted on any more. Go on with the next one."))
    before = list(Vote.objects.filter(participant=held, statement=statement).order_by("-pk")[: CHANGES + 1])
    if before and before[0].value == int(value):
        return before[0]
    if len(before) > CHANGES:
        raise ValidationError(_("This statement cannot be voted on any more. Go on with the next one."))
    return Vote.objects.create(participant=held, statement=statement, value=int(value))


@transaction.atomic
def withdraw(*, participant: Participant) -> int:
    """Erase a participant with every answer; the trail says that it happened, not who. Returns how many answers went."""
    poll = Poll.objects.select_related("challenge__territory").get(pk=participant.poll_id)
    number = participant.votes.count()
    participant.delete()
    territory = poll.challenge.territory
    audit.record(by=None, action="votes.withdraw", subject=poll, after={"answers": number}, territory=territory.slug if territory else "")
    return number
