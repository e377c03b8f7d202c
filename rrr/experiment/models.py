"""Adaptations of solutions, pilots with their frozen plans, data, results and decisions."""

from __future__ import annotations

from datetime import UTC
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rrr.core.models import RawFile, Timed
from rrr.experiment.vocabulary import OPEN_PLAN, PartDecision, PartKind, PilotDesign, PilotState, Verdict


class Adaptation(Timed):
    """A solution made to fit one territory and one challenge."""

    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="adaptations")
    challenge = models.ForeignKey("define.Challenge", on_delete=models.PROTECT, related_name="adaptations")
    solution = models.ForeignKey("explore.Solution", on_delete=models.PROTECT, related_name="adaptations")
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("what we will do here"), blank=True)
    language = models.CharField(_("language of the text"), max_length=8, default="en")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title


class AdaptationPart(models.Model):
    """One core or adaptable part of the solution, and what happens to it here."""

    adaptation = models.ForeignKey(Adaptation, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(_("kind"), max_length=10, choices=PartKind)
    text = models.CharField(_("part"), max_length=300)
    decision = models.CharField(_("decision"), max_length=10, choices=PartDecision, blank=True)
    how = models.TextField(_("what becomes of it"), blank=True)
    reason = models.TextField(_("why"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["adaptation", "kind", "text"], name="adaptation_part_once"),
            models.CheckConstraint(condition=Q(kind__in=PartKind.values), name="adaptation_part_kind"),
            models.CheckConstraint(condition=Q(decision__in=PartDecision.values), name="adaptation_part_decision"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def loses_fidelity(self) -> bool:
        """A core part that is changed or dropped: what is tried is then no longer quite what the studies tried."""
        return self.kind == PartKind.CORE and self.decision in (PartDecision.CHANGE, PartDecision.DROP)


class PilotQuerySet(models.QuerySet["Pilot"]):
    def public(self) -> Self:
        """What a stranger may see: a pilot is public once its plan is frozen, so that no result can be hidden."""
        return self.exclude(state=PilotState.PLANNING).filter(territory__status="published")

    def seen_from(self, territory: str) -> Self:
        """What a member of this territory's team may see: its own pilots from the first word on, the others' once public."""
        return self.filter(Q(territory__slug=territory) | (~Q(state=PilotState.PLANNING) & Q(territory__status="published")))


class Pilot(Timed):
    """An adapted solution tried for a while, in order to learn whether it works here."""

    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="pilots")
    adaptation = models.ForeignKey(Adaptation, on_delete=models.PROTECT, related_name="pilots")
    slug = models.SlugField(_("short name in addresses"), max_length=120)
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=PilotState, default=PilotState.PLANNING)
    draft = models.JSONField(default=dict)  # the plan while it is written; frozen plans are in PlanVersion
    simulated = models.BooleanField(_("units are simulated"), default=False)

    objects: ClassVar[PilotQuerySet] = PilotQuerySet.as_manager()  # type: ignore[assignment] # as_manager() has the query set's methods

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "slug"], name="pilot_slug_once"),
            models.CheckConstraint(condition=Q(state__in=PilotState.values), name="pilot_state"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def may_change_plan(self) -> bool:
        """Before the freezing, and after it until there are data (a draw closes it too; the action looks)."""
        return self.state in OPEN_PLAN


class PlanVersion(models.Model):
    """A frozen plan: canonical JSON, its SHA-256, and the hash of the entry before it in one chain over the whole site.

    The database refuses to change or delete a row (migration 0002).
    """

    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()  # the canonical JSON, byte for byte what was hashed
    sha256 = models.CharField(max_length=64)
    before = models.CharField(max_length=64, blank=True)  # chain hash of the entry before; "" for the first of the site
    chain = models.CharField(max_length=64, unique=True)  # SHA-256 of (before, sha256, time)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(blank=True)  # why a later version replaces an earlier one

    class Meta:
        ordering = ["pilot", "number"]
        constraints = [
            models.UniqueConstraint(fields=["pilot", "number"], name="plan_number_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="plan_change_says_why"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="plan_sha256"),
        ]

    def __str__(self) -> str:
        return f"{self.pilot} {self.number}"

    @property
    def frozen_at_utc(self) -> str:
        """The time as it goes into the chain, whatever the reader's time zone."""
        return self.frozen_at.astimezone(UTC).isoformat()


class Assignment(models.Model):
    """The lot RRR draws for one frozen plan: a secret committed at the freezing, revealed with the draw.

    `secret_sha256` stands inside the frozen plan. The database refuses every change but the one that fills in the draw.
    """

    plan = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="assignment")
    secret = models.CharField(max_length=64)  # shown to nobody before the draw
    secret_sha256 = models.CharField(max_length=64)
    later_value = models.CharField(_("the value nobody knew then"), max_length=300, blank=True)
    later_source = models.CharField(_("where it can be read"), max_length=1000, blank=True)
    later_on = models.DateField(_("the day it became public"), null=True)
    seed = models.CharField(max_length=64, blank=True)
    algorithm = models.CharField(max_length=300, blank=True)
    arms = models.JSONField(default=dict)  # unit -> arm
    drawn_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(drawn_at__isnull=True) | ~Q(seed=""), name="draw_has_seed")]

    def __str__(self) -> str:
        return f"{self.plan}"


class DataUpload(Timed):
    """One file with outcome data, checked against the frozen plan."""

    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="uploads")
    plan = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(RawFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=300)
    rows = models.JSONField(default=list)  # accepted: unit, value (null = missing), period
    rejected = models.JSONField(default=list)  # line, text, code and facts of the reason
    facts = models.JSONField(default=dict)  # how the file was read: columns, encoding, decimal commas, units without a row
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def missing(self) -> int:
        return sum(1 for row in self.rows if row["value"] is None)


class Result(Timed):
    """What the frozen plan's estimator says of the data, with everything that is needed to run it again.

    A refusal is an answer too: then `value` is null and `refusal` says why.
    """

    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="results")
    plan = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    upload = models.ForeignKey(DataUpload, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=300)
    unit = models.CharField(max_length=80, blank=True)
    design = models.CharField(max_length=20, choices=PilotDesign)
    value = models.FloatField(null=True)
    refusal = models.CharField(max_length=60, blank=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    number_treated = models.PositiveIntegerField(null=True)
    number_control = models.PositiveIntegerField(null=True)
    clusters = models.PositiveIntegerField(null=True)
    weak = models.BooleanField(default=False)
    details = models.JSONField(default=dict)  # estimator, degrees of freedom, warnings, settings, versions
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(value__isnull=False) ^ ~Q(refusal=""), name="result_or_refusal"),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=models.F("high")), name="result_interval"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pilot}: {self.outcome}"


class Decision(Timed):
    """What the territory decides after a result, and why."""

    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="decisions")
    result = models.ForeignKey(Result, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(_("decision"), max_length=10, choices=Verdict)
    reason = models.TextField(_("why"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="decision_verdict")]

    def __str__(self) -> str:
        return f"{self.pilot}: {self.verdict}"
