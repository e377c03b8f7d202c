"""Votes on statements: stored under a pseudonym, every answer kept, the last one counts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rrr.core.models import Timed
from rrr.core.pseudonyms import new_key
from rrr.define.models.challenges import Challenge
from rrr.define.vocabulary import Answer, PollState, Sector, StatementState


class Poll(Timed):
    """A vote on statements about one challenge. `counts` stands in for single votes once their time of keeping is over."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="polls")
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("what the answers are used for"))
    retention_until = models.DateField(_("single answers are kept until"))
    language = models.CharField(_("language of the statements"), max_length=8, default="en")
    state = models.CharField(_("state"), max_length=10, choices=PollState, default=PollState.DRAFT)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closes_at = models.DateTimeField(_("closes on"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    early_results = models.BooleanField(_("everybody may see the results while the vote is open"), default=False)
    counts = models.JSONField(null=True, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PollState.values), name="poll_state"),
            models.CheckConstraint(condition=~Q(purpose=""), name="poll_purpose"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("define:vote", args=[self.challenge.territory.slug if self.challenge.territory else "", self.key])

    @property
    def takes_answers(self) -> bool:
        """Open, and its end has not come: the worker closes it within the hour."""
        return self.state == PollState.OPEN and (self.closes_at is None or self.closes_at > timezone.now())

    @property
    def shows_results(self) -> bool:
        """Whether everybody may see them: once it is closed, or before where the facilitator said so."""
        return self.state == PollState.CLOSED or (self.state == PollState.OPEN and self.early_results)


class Statement(Timed):
    """One sentence people agree or disagree with. Its text never changes: answers belong to the words that were read."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="statements")
    text = models.CharField(_("statement"), max_length=280)
    language = models.CharField(_("language"), max_length=8, default="en")
    state = models.CharField(_("state"), max_length=10, choices=StatementState, default=StatementState.WAITING)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "text"], name="statement_once"),
            models.CheckConstraint(condition=Q(state__in=StatementState.values), name="statement_state"),
            models.CheckConstraint(condition=~Q(state="rejected") | ~Q(reason=""), name="statement_rejected_says_why"),
        ]

    def __str__(self) -> str:
        """No words: this stands in the audit trail, and a statement can be withdrawn."""
        return f"statement {self.pk}"


class Participant(models.Model):
    """A browser that answers: only the hash of its token is kept, and no tie to an account."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="participants")
    digest = models.CharField(max_length=64)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, blank=True)
    began_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "digest"], name="participant_once"),
            models.CheckConstraint(condition=Q(sector__in=["", *Sector.values]), name="participant_sector"),
        ]
        indexes = [models.Index(fields=["poll", "began_at"], name="participant_began")]

    def __str__(self) -> str:
        return "participant"


class Vote(models.Model):
    """One answer at one moment. A later answer of the same participant to the same statement stands; the earlier one stays.

    The database refuses to change a row (migration 0002); withdrawing removes the participant with all its rows.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="votes")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="votes")
    value = models.SmallIntegerField(choices=Answer)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(value__in=Answer.values), name="vote_value")]
        indexes = [models.Index(fields=["statement", "participant"], name="vote_of")]
