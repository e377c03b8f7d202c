"""Evidence cards: what speaks for a challenge, from where, read on which day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rrr.core.models import Timed
from rrr.define.models.challenges import Challenge
from rrr.define.vocabulary import EvidenceKind


class Evidence(Timed):
    """One card. An indicator card keeps in `figures` what it showed on the day it was made, whatever becomes of the series.

    `figures` holds: indicator, unit, country, source, licence, series (pairs of year and value), data_version (SHA-256 of the series as a file),
    settings, code_version, computed_on, and either `gap` (what the engine found) or `refusal` (why it would not say).
    """

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=10, choices=EvidenceKind)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what it says"), blank=True)
    language = models.CharField(_("language of the text"), max_length=8, default="en")
    url = models.URLField(_("address"), max_length=1000, blank=True)
    read_on = models.DateField(_("read or heard on"), null=True, blank=True)
    person = models.CharField(_("who said it, in general terms"), max_length=200, blank=True)
    consent_by = models.CharField(_("who asked for consent"), max_length=200, blank=True)
    consent_on = models.DateField(_("consent given on"), null=True, blank=True)
    indicator = models.ForeignKey("places.Indicator", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    figures = models.JSONField(null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EvidenceKind.values), name="evidence_kind"),
            models.CheckConstraint(condition=~Q(kind="document") | ~Q(url="") & Q(read_on__isnull=False), name="evidence_document_dated"),
            models.CheckConstraint(
                condition=~Q(kind="quote") | ~Q(person="") & ~Q(consent_by="") & Q(consent_on__isnull=False), name="evidence_quote_consent"
            ),
            models.CheckConstraint(condition=~Q(kind="indicator") | Q(figures__isnull=False), name="evidence_indicator_figures"),
        ]

    def __str__(self) -> str:
        """No words of a quote: this stands in the audit trail, which outlives a consent."""
        return f"{self.get_kind_display()} {self.pk}"
