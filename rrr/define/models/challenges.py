"""What a territory wants to tackle, and who sits at the table for it."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rrr.core.models import Timed
from rrr.define.vocabulary import Commitment, CovidLink, Horizon, Sector, State, System
from rrr.places.models import Source


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
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sources: models.ManyToManyField[Source, Any] = models.ManyToManyField("places.Source", related_name="+", blank=True)

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

    def get_absolute_url(self) -> str:
        if self.territory is None:
            return reverse("define:library_challenge", args=[self.slug])
        return reverse("define:challenge", args=[self.territory.slug, self.slug])

    @property
    def system_labels(self) -> list[str]:
        return [str(dict(System.choices).get(code, code)) for code in self.systems]


class Stakeholder(Timed):
    """Who is at the table. `name` is that of a body or an organisation; the links, where there are any, lead to its page."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="stakeholders")
    name = models.CharField(_("name"), max_length=300)
    body = models.ForeignKey("people.Body", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    organisation = models.ForeignKey(
        "understand.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="stakeholder_in"
    )
    sector = models.CharField(_("sector"), max_length=20, choices=Sector)
    commitment = models.CharField(_("what it has agreed to"), max_length=20, choices=Commitment)
    brings = models.CharField(_("what it brings"), max_length=300, blank=True)

    class Meta:
        ordering = ["sector", "name"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "name"], name="stakeholder_once"),
            models.CheckConstraint(condition=Q(sector__in=Sector.values), name="stakeholder_sector"),
            models.CheckConstraint(condition=Q(commitment__in=Commitment.values), name="stakeholder_commitment"),
            models.CheckConstraint(condition=~Q(name=""), name="stakeholder_named"),
        ]

    def __str__(self) -> str:
        return self.name
