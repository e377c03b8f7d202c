"""The audit of the linkage: a random sample of pairs, how likely each was to be drawn, and what people say about them unseen."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rrr.core.models import Timed
from rrr.understand.models.imports import MODEL_VERSION, LinkDecision, RegisterRecord, Verdict


class Part(models.TextChoices):
    """What the comparison did with a record and the known organisation nearest to it."""

    LINKED = "linked", _("Linked by itself")
    REVIEW = "review", _("Left to people")
    NEW = "new", _("Taken for new")


CUTS = (-8.0, -4.0, 0.0, 4.0, 8.0, 12.0)  # bands of weight, in bits
NEW = "new:apart"


def stratum(part: Part, weight: float | None) -> str:
    """The word for a stratum: the band of the weight and whether the pair was linked.

    What was taken for new is one stratum: its weight is not known before it is drawn.
    """
    if part is Part.NEW:
        return NEW
    band = sum((weight or 0.0) >= cut for cut in CUTS)
    return f"band{band}:{'linked' if part is Part.LINKED else 'apart'}"


def part_of(name: str) -> Part:
    return Part.NEW if name == NEW else Part.LINKED if name.endswith(":linked") else Part.REVIEW


def label_of(name: str) -> str:
    """A stratum in words."""
    part = str(part_of(name).label)
    if not name.startswith("band"):
        return part
    band = int(name[4 : name.index(":")])
    if band == len(CUTS):
        return gettext("%(part)s, weight from %(low)s") % {"part": part, "low": _number(CUTS[-1])}
    ends = {"low": _number(CUTS[max(band - 1, 0)]), "high": _number(CUTS[band])}
    return gettext("%(part)s, weight %(low)s to %(high)s") % {"part": part, **ends}


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "−")


class AuditSample(Timed):
    """One draw. The same seed on the same records draws the same pairs."""

    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="audit_samples")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    seed = models.BigIntegerField()
    strata: Any = models.JSONField(default=list)  # [{stratum, population, drawn}]
    model_version = models.CharField(max_length=40, default=MODEL_VERSION)

    class Meta:
        ordering = ["-pk"]


class AuditPairQuerySet(models.QuerySet["AuditPair"]):
    def whole(self) -> AuditPairQuerySet:
        """Pairs whose two sides are still there."""
        here = RegisterRecord.objects.filter(pk=models.OuterRef("record_id"))
        return self.filter(models.Exists(here), organisation__isnull=False)


class AuditPair(models.Model):
    """One pair of a sample, in the random order in which it is judged."""

    sample = models.ForeignKey(AuditSample, on_delete=models.CASCADE, related_name="pairs")
    place = models.PositiveIntegerField()
    record = models.ForeignKey(RegisterRecord, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")  # gone if read again
    organisation = models.ForeignKey("Organisation", null=True, on_delete=models.SET_NULL, related_name="+")
    stratum = models.CharField(max_length=20)  # as `stratum` names it
    linked = models.BooleanField()  # by the comparison itself
    probability = models.FloatField()  # of being drawn, among the pairs of its stratum
    weight = models.FloatField(null=True)  # None: no rule of the comparison brought the two together
    pattern = models.CharField(max_length=400, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)  # the newest judgement
    decision = models.ForeignKey(
        LinkDecision, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )  # its row of the ledger: who and when

    objects: ClassVar[AuditPairQuerySet] = AuditPairQuerySet.as_manager()  # type: ignore[assignment] # as_manager() has the query set's methods

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "place"], name="audit_place_once"),
            models.CheckConstraint(condition=Q(probability__gt=0, probability__lte=1), name="audit_probability"),
        ]
