"""Challenges of a territory, the evidence for them, who is at the table, and votes on statements."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rrr.core.models import Timed
from rrr.define.vocabulary import CovidLink, Horizon, State, System


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def public(self) -> Self:
        """What a stranger may see: drafts of a challenge or of its territory stay with their people."""
        return self.exclude(state=State.DRAFT).filter(Q(territory__isnull=True) | Q(territory__status="published"))


class Challenge(Timed):
    """Something a territory wants to tackle. Without a territory it belongs to the programme's library. Empty means not known."""

    territory = models.ForeignKey("places.Territory", null=True, blank=True, on_delete=models.PROTECT, related_name="challenges")
    slug = models.SlugField(_("short name in addresses"), max_length=120)
    title = models.CharField(_("title"), max_length=200)
    problem = models.TextField(_("the problem"))
    question = models.CharField(_("how might we …"), max_length=300, blank=True)
    horizon = models.CharField(_("horizon"), max_length=10, choices=Horizon)
    systems = ArrayField(models.CharField(max_length=20, choices=System), verbose_name=_("systems affected"), default=list, blank=True)
    groups = ArrayField(models.CharField(max_length=200), verbose_name=_("who is affected"), default=list, blank=True)
    covid_link = models.CharField(_("link with Covid-19"), max_length=10, choices=CovidLink, blank=True)
    stated_figures = models.TextField(_("figures as stated"), blank=True)
    stated_years = models.CharField(_("years of the figures"), max_length=40, blank=True)
    named_by = models.CharField(_("named by"), max_length=120, blank=True)
    success = models.TextField(_("what success would be"), blank=True)
    language = models.CharField(_("language of the text"), max_length=8, default="en")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    state_reason = models.TextField(_("reason for the state"), blank=True)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    sources: models.ManyToManyField[models.Model, models.Model] = models.ManyToManyField("places.Source", related_name="+", blank=True)

    objects: ClassVar[ChallengeQuerySet] = ChallengeQuerySet.as_manager()  # type: ignore[assignment] # as_manager() has the query set's methods

    class Meta:
        ordering = ["territory__name", "title"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "slug"], nulls_distinct=False, name="challenge_slug_once"),
            models.CheckConstraint(condition=Q(horizon__in=Horizon.values), name="challenge_horizon"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="challenge_state"),
            models.CheckConstraint(condition=~Q(state=State.CLOSED) | ~Q(state_reason=""), name="challenge_closed_says_why"),
        ]

    def __str__(self) -> str:
        return self.title
