"""Who says to speak for an organisation, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rrr.core.models import Timed


class ClaimState(models.TextChoices):
    ASKED = "asked", _("Waits for a coordinator")
    GRANTED = "granted", _("Granted")
    OBJECTED = "objected", _("Somebody objected; a coordinator decides")
    REFUSED = "refused", _("Refused")
    ENDED = "ended", _("Ended")


class ClaimBasis(models.TextChoices):
    """Why a claim was granted."""

    WEBSITE = "website", _("Mail address and the website in a register share a domain that nobody else has")
    COORDINATOR = "coordinator", _("A coordinator confirmed it")


LIVE = (ClaimState.ASKED, ClaimState.GRANTED, ClaimState.OBJECTED)


class ClaimQuerySet(models.QuerySet["Claim"]):
    def live(self) -> Self:
        return self.filter(state__in=LIVE)

    def waiting(self) -> Self:
        """For a coordinator to decide."""
        return self.filter(state__in=[ClaimState.ASKED, ClaimState.OBJECTED])

    def holding(self, now: datetime | None = None) -> Self:
        """Granted, and the days to object are over."""
        return self.filter(state=ClaimState.GRANTED, holds_from__lte=now or timezone.now())


class Claim(Timed):
    """A person says to speak for an organisation. Only the person, coordinators and managers see who it is."""

    organisation = models.ForeignKey("Organisation", on_delete=models.PROTECT, related_name="claims")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims")
    position = models.CharField(_("what you are there"), max_length=120)
    words = models.TextField(_("how a coordinator can check it"), max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=ClaimState)
    basis = models.CharField(max_length=12, choices=ClaimBasis, blank=True)
    domain = models.CharField(max_length=253, blank=True)  # that proved it
    holds_from = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("why"), max_length=500, blank=True)  # of the objection, refusal or end

    objects: ClassVar[ClaimQuerySet] = ClaimQuerySet.as_manager()  # type: ignore[assignment] # as_manager() has the query set's methods

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], condition=Q(state__in=LIVE), name="claim_once"),
            models.CheckConstraint(condition=Q(state__in=ClaimState.values), name="claim_state"),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.GRANTED) | (Q(holds_from__isnull=False) & ~Q(basis="")), name="claim_granted_says_why"
            ),
        ]

    def __str__(self) -> str:
        """No name: this stands in the audit trail, which outlives the account."""
        return f"{self.organisation} #{self.user_id}"

    @property
    def holds(self) -> bool:
        return self.state == ClaimState.GRANTED and self.holds_from is not None and self.holds_from <= timezone.now()

    @property
    def announced(self) -> bool:
        """Granted, while people can still object."""
        return self.state == ClaimState.GRANTED and not self.holds
