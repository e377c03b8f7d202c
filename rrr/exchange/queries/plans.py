"""Frozen plans of pilots everybody may see, and the head of their chain."""

from __future__ import annotations

from django.db.models import QuerySet

from rrr.experiment.models import Pilot, PlanVersion


def frozen_plans() -> QuerySet[PlanVersion]:
    """Newest first. Who keeps the list can prove later which plan stood when."""
    public = Pilot.objects.public().values("pk")
    return PlanVersion.objects.filter(pilot__in=public).select_related("pilot__territory").order_by("-pk")


def chain_head() -> str:
    """The last chain hash of the whole site, drafts of territories included; "" before the first plan."""
    last = PlanVersion.objects.order_by("-pk").values_list("chain", flat=True).first()
    return last or ""
