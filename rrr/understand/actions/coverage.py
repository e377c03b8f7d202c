"""Say what a register can contain; enter and withdraw a recall measured outside."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.places.models import Territory
from rrr.understand.models import EnteredRecall, ImportSource, Kind, RegisterReach


@transaction.atomic
def declare_reach(*, by: Actor, source: ImportSource, kinds: Sequence[str], note: str) -> RegisterReach:
    """These types and no others: a type the register lists by mistake is then not counted in it."""
    chosen = sorted({Kind(one).value for one in kinds} - {""})
    before = RegisterReach.objects.select_for_update().filter(source=source).first()
    was = audit.snapshot(before, "kinds", "note") if before else None
    made, _made = RegisterReach.objects.update_or_create(source=source, defaults={"kinds": chosen, "note": note, "by_id": _pk(by)})
    now = audit.snapshot(made, "kinds", "note")
    audit.record(by=by, action="coverage.declare_reach", subject=source, before=was, after=now, territory=source.territory.slug)
    return made


@transaction.atomic
def enter_recall(*, by: Actor, territory: Territory, pairs: int, found: int, note: str, wrong: int | None = None) -> EnteredRecall:
    """Raises ValidationError where more pairs were found than judged, or none was judged."""
    if pairs < 1 or found > pairs:
        raise ValidationError(_("The linkage cannot have joined more pairs than people judged, and at least one was judged."))
    made = EnteredRecall.objects.create(by_id=_pk(by), territory=territory, pairs=pairs, found=found, wrong=wrong, note=note)
    after = audit.snapshot(made, "pairs", "found", "wrong", "note")
    audit.record(by=by, action="coverage.enter_recall", subject=made, after=after, territory=territory.slug)
    return made


@transaction.atomic
def withdraw_recall(*, by: Actor, entry: EnteredRecall) -> None:
    """The one entered before it holds again."""
    one = EnteredRecall.objects.select_for_update().get(pk=entry.pk)
    if one.withdrawn_at is None:
        one.withdrawn_at = timezone.now()
        one.save(update_fields=["withdrawn_at", "updated_at"])
        audit.record(by=by, action="coverage.withdraw_recall", subject=one, territory=one.territory.slug)


def _pk(by: Actor) -> int | None:
    return by.pk if by else None
