"""Cast the lot of a frozen plan."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.experiment import bridge, queries
from rrr.experiment import plan as plans
from rrr.experiment.models import Assignment, Pilot, PlanVersion


@transaction.atomic
def draw(*, by: Actor, pilot: Pilot, later_value: str, later_source: str, later_on: date) -> Assignment:
    """Seed = plan hash + committed secret + a value that became public after the freezing. Once only; then the secret is shown.

    `later_on` is what the team says of the day, and stays beside the source: a plan frozen anew after it would be a plan fitted to it.
    """
    Pilot.objects.select_for_update().get(pk=pilot.pk)
    version = queries.frozen_plan(pilot)
    found = Assignment.objects.select_for_update().filter(plan=version).first() if version else None
    if version is None or found is None:
        raise ValidationError(_("The plan says that RRR draws no lot, or it is not frozen yet."))
    if found.drawn_at is not None:
        raise ValidationError(_("The lot was cast on %(when)s. It is cast once.") % {"when": found.drawn_at.date().isoformat()})
    _in_time(version, later_on)
    plan = plans.read(version.text)
    try:
        drawn = bridge.draw(plan, plan_sha256=version.sha256, secret_hex=found.secret, later_value=later_value)
    except ValueError as problem:
        raise ValidationError(str(problem)) from problem
    found.later_value, found.later_source, found.later_on = later_value.strip(), later_source.strip(), later_on
    found.seed, found.algorithm, found.arms = drawn.seed, drawn.algorithm, drawn.arms
    found.drawn_at, found.by_id = timezone.now(), by.pk if by else None
    found.save()
    value = {"later_value": found.later_value, "later_on": later_on.isoformat()}
    after = {"plan": version.sha256, **value, "seed": found.seed, "arms": dict(bridge.tally(drawn.arms))}
    audit.record(by=by, action="pilots.draw", subject=pilot, after=after, territory=pilot.territory.slug, reason=found.later_source)
    return found


def _in_time(version: PlanVersion, later_on: date) -> None:
    frozen = timezone.localdate(version.frozen_at)
    if later_on > timezone.localdate():
        raise ValidationError({"later_on": _("That day has not come yet. Cast the lot when the value is public.")})
    if later_on < frozen:
        given = {"day": frozen.isoformat(), "number": version.number}
        raise ValidationError(
            {
                "later_on": _(
                    "Version %(number)s of the plan was frozen on %(day)s, when the value was public already."
                    " Name another value in the plan and freeze it anew."
                )
                % given
            }
        )
