"""The portrait of an ecosystem at one moment: a draft, then a version that stands fixed (the database refuses a change, migration 0006)."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rrr.core.models import Timed


class Portrait(Timed):
    """`number` None: the draft. `text`: the content as canonical JSON, byte for byte what `sha256` was taken of."""

    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="portraits")
    number = models.PositiveSmallIntegerField(null=True, editable=False)
    language = models.CharField(_("language of the text"), max_length=8, default="en")
    summary = models.TextField(_("what is particular here"), blank=True, max_length=6000)
    unknown = models.TextField(_("what we do not know"), blank=True, max_length=3000)
    text = models.TextField(blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "number"], name="portrait_number_once"),
            models.UniqueConstraint(fields=["territory"], condition=Q(number__isnull=True), name="portrait_one_draft"),
            models.CheckConstraint(
                condition=Q(number__isnull=True, text="", sha256="", published_at__isnull=True)
                | (Q(number__gte=1, sha256__regex=r"^[0-9a-f]{64}$", published_at__isnull=False) & ~Q(text="")),
                name="portrait_fixed_or_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"portrait {self.number or 'draft'}"

    def get_absolute_url(self) -> str:
        return reverse("understand:portrait_version", args=[self.territory.slug, self.number])

    @property
    def content(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.text)
        return found
