"""Hold a diagnosis round: prepare, open, invite, close, moderate reasons, publish, and erase single answers when their time is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rrr.core import audit, outbox
from rrr.core.audit import Actor
from rrr.people.queries import team_people
from rrr.places.models import Territory
from rrr.understand.bridge import diagnosis as figures
from rrr.understand.models import BlockReason, DiagnosisRound, ReasonState, Respondent, RoundState

FIELDS = ("title", "asked", "purpose", "language", "closes_at", "retention_until", "listed", "compared")
PROMISED = ("asked", "purpose", "language")  # read before the first answer


@transaction.atomic
def prepare(*, by: Actor, territory: Territory, values: Mapping[str, Any]) -> DiagnosisRound:
    made = DiagnosisRound(territory=territory, author_id=by.pk if by else None, **values)
    _check(made)
    made.clean_fields(exclude=["territory", "author"])
    made.save()
    _record(by, "prepare", made, None, audit.snapshot(made, *FIELDS))
    return made


@transaction.atomic
def change(*, by: Actor, round: DiagnosisRound, values: Mapping[str, Any]) -> DiagnosisRound:
    """Change a round. Once people may answer, what they were told stays, and answers are kept no longer than was promised."""
    row = _locked(round)
    differing = {name: value for name, value in values.items() if name in FIELDS and getattr(row, name) != value}
    if row.state != RoundState.DRAFT:
        for name in PROMISED:
            if name in differing:
                raise ValidationError({name: _("People have read this before they answered; it cannot be changed any more.")})
        if differing.get("retention_until", row.retention_until) > row.retention_until:
            raise ValidationError({"retention_until": _("People were promised an earlier day; it can only be brought forward.")})
    if row.state == RoundState.CLOSED and "closes_at" in differing:
        raise ValidationError({"closes_at": _("The round is closed; its end stays as it was.")})
    if differing:
        was = audit.snapshot(row, *differing)
        for name, value in differing.items():
            setattr(row, name, value)
        if row.state != RoundState.CLOSED:
            _check(row)
        row.save(update_fields=[*differing, "updated_at"])
        _record(by, "change", row, was, audit.snapshot(row, *differing))
    return row


def _check(row: DiagnosisRound) -> None:
    if row.closes_at <= timezone.now():
        raise ValidationError({"closes_at": _("Choose a day to come.")})
    if row.retention_until < timezone.localdate(row.closes_at):
        raise ValidationError({"retention_until": _("Answers are kept at least until the round closes. Choose that day or a later one.")})


@transaction.atomic
def open_round(*, by: Actor, round: DiagnosisRound) -> DiagnosisRound:
    row = _locked(round)
    if row.state != RoundState.DRAFT:
        raise ValidationError(_("This round was opened before. Prepare a new one to ask again."))
    _check(row)
    return _state(by, row, "open", state=RoundState.OPEN, opened_at=timezone.now())


@transaction.atomic
def close(*, by: Actor, round: DiagnosisRound) -> DiagnosisRound:
    """Nobody can answer any more; the counts that may be shown are fixed. It cannot be opened again."""
    row = _locked(round)
    if row.state != RoundState.OPEN:
        raise ValidationError(_("Only an open round can be closed."))
    return _state(by, row, "close", state=RoundState.CLOSED, closed_at=timezone.now(), tally=figures.counted(row))


@transaction.atomic
def publish(*, by: Actor, round: DiagnosisRound, public: bool = True) -> DiagnosisRound:
    """Let everybody see the result of a closed round, or take it back."""
    row = _locked(round)
    if row.state != RoundState.CLOSED:
        raise ValidationError(_("Close the round first; its result can be published then."))
    return _state(by, row, "publish" if public else "take_back", published_at=timezone.now() if public else None)


@transaction.atomic
def invite(*, by: Actor, round: DiagnosisRound) -> int:
    """Write to everybody in the team of the territory, at most once a day. Returns to how many."""
    row = _locked(round)
    if not row.takes_answers:
        raise ValidationError(_("People can be invited while the round is open."))
    if row.invited_at and row.invited_at > timezone.now() - timedelta(days=1):
        raise ValidationError(_("The team was written to less than a day ago. Wait until tomorrow."))
    number = 0
    text = f"{row.purpose}\n\n{_('It takes five minutes. Your answers are kept without your name.')}"
    subject = _("%(territory)s: you are asked about the ecosystem") % {"territory": row.territory.name}
    for person in team_people(row.territory.slug).distinct():
        given = {"kind": "invitation", "subject": subject[:300], "text": text, "url": row.get_absolute_url(), "link_label": _("Answer")}
        number += bool(outbox.queue(to=person, **given))
    row.invited_at = timezone.now()
    row.save(update_fields=["invited_at", "updated_at"])
    _record(by, "invite", row, None, {"people": number})
    return number


@transaction.atomic
def moderate(*, by: Actor, reason: BlockReason, publish: bool) -> BlockReason:
    """Let everybody read a reason once the result is published, or not."""
    row = BlockReason.objects.select_for_update(of=("self",)).select_related("round__territory").get(pk=reason.pk)
    if row.round.state != RoundState.CLOSED:
        raise ValidationError(_("Reasons are decided when the round is closed; until then people may change them."))
    was = audit.snapshot(row, "state")
    row.state = ReasonState.PUBLISHED if publish else ReasonState.REJECTED
    row.save(update_fields=["state"])
    _record(by, "moderate", row.round, {"reason": row.pk, **was}, {"reason": row.pk, "state": row.state})
    return row


@transaction.atomic
def export_all(*, by: Actor, round: DiagnosisRound) -> None:
    """Write down that somebody took the single answers; the view sends the file."""
    _record(by, "export_all", round, None, {"respondents": Respondent.objects.filter(round=round).count()})


@transaction.atomic
def erase_answers(*, by: Actor, round: DiagnosisRound) -> DiagnosisRound:
    """Erase every single answer and every reason that is not published: at the promised day, or before. The counts stay."""
    row = _locked(round)
    if row.erased_at is not None or row.state == RoundState.DRAFT:
        return row
    if row.state == RoundState.OPEN:
        row = close(by=by, round=row)
    people = Respondent.objects.filter(round=row).count()
    BlockReason.objects.filter(round=row, state=ReasonState.PUBLISHED).update(respondent=None)
    Respondent.objects.filter(round=row).delete()
    return _state(by, row, "erase_answers", extra={"respondents": people}, erased_at=timezone.now())


def tidy(*, now: datetime, today: date) -> int:
    """What time asks for: close rounds whose end has come, erase answers whose keeping is over. Returns how many rounds it touched."""
    due = list(DiagnosisRound.objects.filter(state=RoundState.OPEN, closes_at__lte=now))
    for round in due:
        close(by=None, round=round)
    over = list(DiagnosisRound.objects.filter(retention_until__lt=today, erased_at__isnull=True).exclude(state=RoundState.DRAFT))
    for round in over:
        erase_answers(by=None, round=round)
    return len(due) + len(over)


def _locked(round: DiagnosisRound) -> DiagnosisRound:
    return DiagnosisRound.objects.select_for_update(of=("self",)).select_related("territory").get(pk=round.pk)


def _state(by: Actor, row: DiagnosisRound, verb: str, *, extra: Mapping[str, Any] | None = None, **values: Any) -> DiagnosisRound:
    named = [name for name in values if name != "tally"]
    before = audit.snapshot(row, *named)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*values, "updated_at"])
    _record(by, verb, row, before, {**audit.snapshot(row, *named), **(extra or {})})
    return row


def _record(by: Actor, verb: str, row: DiagnosisRound, before: Any, after: Any) -> None:
    audit.record(by=by, action=f"diagnosis.{verb}", subject=row, before=before, after=after, territory=row.territory.slug)


def forget(user: Any) -> None:
    """Rounds stay; who prepared them goes. Called inside the transaction that erases an account."""
    DiagnosisRound.objects.filter(author=user).update(author=None)
