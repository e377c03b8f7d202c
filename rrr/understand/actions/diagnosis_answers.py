"""Answer a diagnosis round under a pseudonym, and take everything back. No function here takes `by`: whoever answers is a browser (ADR 0007)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rrr.core import audit, pseudonyms
from rrr.understand.models import BlockAnswer, BlockReason, BuildingBlock, DiagnosisRound, Respondent, Sector

UNKNOWN = "unknown"  # what a page sends for "I don't know"


@transaction.atomic
def begin(*, round: DiagnosisRound, sector: str = "") -> str:
    """A new respondent; returns the secret token, of which only the hash is kept. Raises pseudonyms.TooMany, ValidationError."""
    held = DiagnosisRound.objects.select_for_update().get(pk=round.pk)  # one at a time, so that the count below holds
    if not held.takes_answers:
        raise ValidationError(_("This round is closed; nothing can be answered any more."))
    if sector not in ("", *Sector.values):
        raise ValidationError(_("This is none of the sectors. Choose one of the list, or none."))
    pseudonyms.brake(Respondent.objects.filter(round=held))
    token = pseudonyms.new_token()
    Respondent.objects.create(round=held, digest=pseudonyms.digest(token), sector=sector)
    return token


@transaction.atomic
def answer(*, respondent: Respondent, block: str, value: str, reason: str = "") -> BlockAnswer:
    """Keep an answer in place of an earlier one. `value`: 0 to 10, or UNKNOWN. Raises ValidationError."""
    if block not in BuildingBlock.values:
        raise ValidationError(_("This is none of the nine building blocks; nothing was kept."))
    if value not in (UNKNOWN, *map(str, range(11))):
        raise ValidationError(_("Choose a number from 0 to 10, or “I don’t know”. Nothing was kept."))
    round = DiagnosisRound.objects.select_for_update().get(pk=respondent.round_id)
    if not round.takes_answers or not Respondent.objects.filter(pk=respondent.pk).exists():
        raise ValidationError(_("This round is closed; nothing can be answered any more."))
    score = None if value == UNKNOWN else int(value)
    made, _created = BlockAnswer.objects.update_or_create(respondent=respondent, block=block, defaults={"value": score})
    words = " ".join(reason.split())
    if words:
        BlockReason.objects.update_or_create(respondent=respondent, block=block, defaults={"round": round, "text": words[:500]})
    else:
        BlockReason.objects.filter(respondent=respondent, block=block).delete()
    return made


@transaction.atomic
def withdraw(*, respondent: Respondent) -> int:
    """Erase a respondent with every answer and reason; the trail says that it happened, not who. Returns how many answers went.

    Counts that were fixed at closing stay: they name nobody.
    """
    round = DiagnosisRound.objects.select_for_update(of=("self",)).select_related("territory").get(pk=respondent.round_id)
    number = respondent.answers.count()
    respondent.delete()
    audit.record(by=None, action="diagnosis.withdraw", subject=round, after={"answers": number}, territory=round.territory.slug)
    return number
