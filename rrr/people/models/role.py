"""Which role a person has, in a territory or in the programme."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rrr.core.models import Timed
from rrr.people.roles import PROGRAMME_CHOICES, TERRITORY_CHOICES, Role


class Membership(Timed):
    """A role in one territory. A person may hold several."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    territory = models.ForeignKey("places.Territory", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=TERRITORY_CHOICES)

    class Meta:
        ordering = ["territory", "user", "role"]
        constraints = [
            models.UniqueConstraint(fields=["user", "territory", "role"], name="membership_once"),
            models.CheckConstraint(condition=Q(role__in=[value for value, _label in TERRITORY_CHOICES]), name="membership_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {Role(self.role).label}"


class ProgrammeRole(Timed):
    """A role in the whole programme."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="programme_roles")
    role = models.CharField(_("role"), max_length=20, choices=PROGRAMME_CHOICES)

    class Meta:
        ordering = ["role", "user"]
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="programme_role_once"),
            models.CheckConstraint(condition=Q(role__in=[value for value, _label in PROGRAMME_CHOICES]), name="programme_role_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {Role(self.role).label}"
