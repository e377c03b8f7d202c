"""What coverage needs beside the registers: what a register can contain, and how many of the links its linkage finds."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rrr.core.models import Timed
from rrr.understand.models.imports import ImportSource
from rrr.understand.vocabulary import Kind


class RegisterReach(Timed):
    """Types a register can contain, as a person says it; goes before what is known of a public register."""

    source = models.OneToOneField(ImportSource, on_delete=models.CASCADE, related_name="reach")
    kinds = ArrayField(models.CharField(max_length=30, choices=Kind), verbose_name=_("types it can contain"), default=list, blank=True)
    note = models.CharField(_("where that is said"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")


class EnteredRecall(Timed):
    """A recall somebody measured outside: of `pairs` pairs of records of one organisation, drawn at random, the linkage had found `found`.

    `wrong`: links between two organisations in the same sample; None where nobody looked. The newest that is not withdrawn holds.
    """

    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    pairs = models.PositiveIntegerField(_("pairs of the same organisation that people judged"))
    found = models.PositiveIntegerField(_("of these, pairs the linkage had joined"))
    wrong = models.PositiveIntegerField(_("joined pairs that are two organisations"), null=True, blank=True)
    note = models.CharField(_("how and where it was measured"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(pairs__gte=1, found__lte=F("pairs")), name="entered_recall_share"),
        ]
