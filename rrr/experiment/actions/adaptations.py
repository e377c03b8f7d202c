"""Begin an adaptation, decide on each part, say in words what will be done here."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.define.models import Challenge
from rrr.experiment.models import Adaptation, AdaptationPart
from rrr.experiment.vocabulary import PartDecision, PartKind
from rrr.explore.models import ShortlistItem, Solution

PART_FIELDS = ("decision", "how", "reason")


@transaction.atomic
def start(
    *, by: Actor, item: ShortlistItem | None = None, challenge: Challenge | None = None, solution: Solution | None = None
) -> Adaptation:
    """Copy every core and adaptable part of a solution for a challenge; the one there is already is given back."""
    chosen, what = (item.challenge, item.solution) if item else (challenge, solution)
    if chosen is None or what is None or chosen.territory is None:
        raise ValidationError(
            _("An adaptation needs a solution and a challenge of a territory. Open it from the shortlist of a challenge.")
        )
    Challenge.objects.select_for_update().get(pk=chosen.pk)  # two people press the button at once: one adaptation
    there = Adaptation.objects.filter(challenge=chosen, solution=what).order_by("pk").first()
    if there is not None:
        return there
    title = _("%(solution)s in %(place)s") % {"solution": what.name, "place": chosen.territory.name}
    made = Adaptation.objects.create(
        territory=chosen.territory, challenge=chosen, solution=what, title=title[:200], language=chosen.language, made_by=_user(by)
    )
    AdaptationPart.objects.bulk_create(_parts(made, what))
    after = audit.snapshot(made, "title", "challenge_id", "solution_id")
    audit.record(by=by, action="adaptations.start", subject=made, after=after, territory=chosen.territory.slug)
    return made


def _user(by: Actor) -> Any:
    return by if by is not None and by.pk else None


def _parts(made: Adaptation, what: Solution) -> list[AdaptationPart]:
    """A part the catalogue names twice is copied once."""
    kinds = ((PartKind.CORE, what.core_parts), (PartKind.ADAPTABLE, what.adaptable_parts))
    return [
        AdaptationPart(adaptation=made, kind=kind, text=text, position=position)
        for kind, texts in kinds
        for position, text in enumerate(dict.fromkeys(texts))
    ]


@transaction.atomic
def decide_part(*, by: Actor, part: AdaptationPart, decision: str, how: str = "", reason: str = "") -> AdaptationPart:
    """Keep, change or drop one part. Changing or dropping a core part needs a reason; a change says what becomes of it."""
    chosen = PartDecision(decision)
    if part.kind == PartKind.CORE and chosen in (PartDecision.CHANGE, PartDecision.DROP) and not reason.strip():
        raise ValidationError({"reason": _("This is a core part: say why you change or drop it. The studies tried it with this part.")})
    if chosen == PartDecision.CHANGE and not how.strip():
        raise ValidationError({"how": _("Say what becomes of this part here.")})
    before = audit.snapshot(AdaptationPart.objects.select_for_update().get(pk=part.pk), *PART_FIELDS)
    part.decision, part.how, part.reason = chosen.value, how.strip(), reason.strip()
    part.full_clean(exclude=["adaptation"], validate_unique=False, validate_constraints=False)
    part.save(update_fields=list(PART_FIELDS))
    after = audit.snapshot(part, *PART_FIELDS)
    if after != before:
        place = part.adaptation.territory.slug
        audit.record(by=by, action="adaptations.decide_part", subject=part, before=before, after=after, territory=place, reason=reason)
    return part


@transaction.atomic
def describe(*, by: Actor, adaptation: Adaptation, title: str, summary: str) -> Adaptation:
    before = audit.snapshot(Adaptation.objects.select_for_update().get(pk=adaptation.pk), "title", "summary")
    adaptation.title, adaptation.summary = title.strip(), summary.strip()
    adaptation.full_clean(exclude=["territory", "challenge", "solution", "made_by"])
    adaptation.save(update_fields=["title", "summary", "updated_at"])
    after = audit.snapshot(adaptation, "title", "summary")
    if after != before:
        place = adaptation.territory.slug
        audit.record(by=by, action="adaptations.describe", subject=adaptation, before=before, after=after, territory=place)
    return adaptation
