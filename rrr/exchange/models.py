"""Cases: what a territory tells the others, assembled from the thread."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rrr.core.models import Timed
from rrr.exchange.vocabulary import CaseStatus, Licence

__all__ = ["Case", "CaseQuerySet", "CaseStatus"]


class CaseQuerySet(models.QuerySet["Case"]):
    def public(self) -> Self:
        return self.filter(status=CaseStatus.PUBLISHED, territory__status="published")


class Case(Timed):
    """Text around figures that stand fixed: the text can be edited, the figures come from the thread as they were at publication.

    The database refuses a change of the figures while the case is published (migration 0002).
    """

    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="cases")
    pilot = models.OneToOneField("experiment.Pilot", on_delete=models.PROTECT, related_name="case")
    slug = models.SlugField(_("short name in addresses"), max_length=120)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in three sentences"), blank=True)
    text = models.JSONField(default=dict)  # section -> Markdown
    figures = models.JSONField(default=dict)  # frozen when published (docs/adr/0010); {} before
    figures_sha256 = models.CharField(max_length=64, blank=True)  # of the canonical JSON of the figures
    language = models.CharField(_("language of the text"), max_length=8, default="en")
    licence = models.CharField(_("licence of the text"), max_length=20, choices=Licence, default=Licence.CC_BY)
    status = models.CharField(_("status"), max_length=10, choices=CaseStatus, default=CaseStatus.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)  # when the text last changed
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[CaseQuerySet] = CaseQuerySet.as_manager()  # type: ignore[assignment] # as_manager() has the query set's methods

    class Meta:
        ordering = ["-published_at", "-created_at"]
        indexes = [models.Index(fields=["status", "-published_at"], name="case_newest")]
        constraints = [
            models.UniqueConstraint(fields=["territory", "slug"], name="case_slug_once"),
            models.CheckConstraint(condition=Q(status__in=CaseStatus.values), name="case_status"),
            models.CheckConstraint(condition=Q(licence__in=Licence.values), name="case_licence"),
            models.CheckConstraint(
                condition=Q(status=CaseStatus.DRAFT) | (Q(published_at__isnull=False) & ~Q(figures={}) & ~Q(figures_sha256="")),
                name="case_published_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def published(self) -> bool:
        return self.status == CaseStatus.PUBLISHED

    @property
    def simulated(self) -> bool:
        """Whether the units of the pilot were made up, as the frozen figures say."""
        return bool(self.figures.get("simulated"))
