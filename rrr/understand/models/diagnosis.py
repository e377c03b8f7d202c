"""A diagnosis round: what people who know an ecosystem say about its building blocks, under a pseudonym (ADR 0007)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rrr.core.models import Timed
from rrr.core.pseudonyms import new_key
from rrr.understand.blocks import BuildingBlock
from rrr.understand.vocabulary import Sector


class RoundState(models.TextChoices):
    """Where a round stands. Closing is final: two results of one round would differ by the answers given in between."""

    DRAFT = "draft", pgettext_lazy("diagnosis", "Draft")
    OPEN = "open", pgettext_lazy("diagnosis", "Open")
    CLOSED = "closed", pgettext_lazy("diagnosis", "Closed")


class ReasonState(models.TextChoices):
    """Whether everybody may read a reason."""

    WAITING = "waiting", _("Waiting for a decision")
    PUBLISHED = "published", pgettext_lazy("reason", "Published")
    REJECTED = "rejected", pgettext_lazy("reason", "Not published")


class DiagnosisRound(Timed):
    """`tally`: the counts that may be shown, fixed at closing; every figure of the round comes from it."""

    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="diagnosis_rounds")
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    title = models.CharField(_("title"), max_length=200)
    asked = models.CharField(_("who is asked"), max_length=300)
    purpose = models.TextField(_("what the answers are used for"))
    language = models.CharField(_("language of the text"), max_length=8, default="en")
    closes_at = models.DateTimeField(_("closes on"))
    retention_until = models.DateField(_("single answers are kept until"))
    listed = models.BooleanField(_("everybody who reads the page of the territory may answer"), default=False)
    compared = models.BooleanField(_("may stand beside other territories"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=RoundState, default=RoundState.DRAFT)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    invited_at = models.DateTimeField(null=True, blank=True, editable=False)
    tally = models.JSONField(null=True, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="round_state"),
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(asked=""), name="round_says_why_and_who"),
            models.CheckConstraint(condition=Q(published_at__isnull=True) | Q(state="closed"), name="round_published_is_closed"),
            models.CheckConstraint(condition=~Q(state="closed") | Q(tally__isnull=False), name="round_closed_has_counts"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("understand:diagnosis_answer", args=[self.territory.slug, self.key])

    @property
    def takes_answers(self) -> bool:
        """Open, and its end has not come: the worker closes it within the hour."""
        return self.state == RoundState.OPEN and self.closes_at > timezone.now()


class Respondent(models.Model):
    """A browser that answers: only the hash of its token is kept, and no tie to an account."""

    round = models.ForeignKey(DiagnosisRound, on_delete=models.CASCADE, related_name="respondents")
    digest = models.CharField(max_length=64)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, blank=True)
    began_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "digest"], name="respondent_once"),
            models.CheckConstraint(condition=Q(sector__in=["", *Sector.values]), name="respondent_sector"),
        ]
        indexes = [models.Index(fields=["round", "began_at"], name="respondent_began")]

    def __str__(self) -> str:
        return "respondent"


class BlockAnswer(models.Model):
    """What one respondent says about one block; `value` None: does not know. No time is kept, and no earlier answer."""

    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="answers")
    block = models.CharField(max_length=20, choices=BuildingBlock)
    value = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["respondent", "block"], name="block_answered_once"),
            models.CheckConstraint(condition=Q(block__in=BuildingBlock.values), name="block_known"),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__lte=10), name="block_scale"),
        ]


class BlockReason(models.Model):
    """Why somebody answered as they did, in their words. Once single answers are erased, a published one stays without its respondent."""

    round = models.ForeignKey(DiagnosisRound, on_delete=models.CASCADE, related_name="reasons")
    respondent = models.ForeignKey(Respondent, null=True, on_delete=models.CASCADE, related_name="reasons")
    block = models.CharField(max_length=20, choices=BuildingBlock)
    text = models.CharField(_("reason"), max_length=500)
    state = models.CharField(max_length=10, choices=ReasonState, default=ReasonState.WAITING)

    class Meta:
        ordering = ["block", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["respondent", "block"], name="reason_once"),
            models.CheckConstraint(condition=Q(state__in=ReasonState.values), name="reason_state"),
            models.CheckConstraint(condition=Q(block__in=BuildingBlock.values), name="reason_block"),
        ]

    def __str__(self) -> str:
        """No words: this stands in the audit trail, and a reason can be withdrawn."""
        return f"reason {self.pk}"
