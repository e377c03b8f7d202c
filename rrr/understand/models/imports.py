"""Registers: where they come from, each delivery of one, its rows, what people decided about them, and what publishing changed."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rrr.core.models import Job, RawFile, Timed

MODEL_VERSION = "linkage-1"  # rrr.engines.linkage with its fixed figures; kept with every decision


class Licence(models.TextChoices):
    """Under which terms a register may be used again."""

    UNKNOWN = "", _("Not known: ask before you publish")
    PUBLIC_DOMAIN = "public_domain", _("Public domain or CC0")
    CC_BY = "cc_by", _("Creative Commons Attribution (CC BY)")
    CC_BY_SA = "cc_by_sa", _("Creative Commons Attribution-ShareAlike (CC BY-SA)")
    ODBL = "odbl", _("Open Database Licence (ODbL)")
    OPEN_GOVERNMENT = "open_government", _("An open government licence")
    AGREEMENT = "agreement", _("An agreement with the keeper of the register")
    OTHER = "other", _("Other: say which in your own words")


class Scope(models.TextChoices):
    """Which records of a file belong to the territory."""

    INSIDE = "inside", _("Only records whose place lies inside the territory")
    CITY = "city", _("Also records without a place whose city is named like the territory")
    ALL = "all", _("All records of the file")


class ImportSource(Timed):
    """A register that a territory imports, with what was taught once: columns, kinds, scope."""

    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="import_sources")
    name = models.CharField(_("name of the register"), max_length=160)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, blank=True)
    licence_words = models.CharField(_("licence in its own words"), max_length=300, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    mapping = models.JSONField(default=dict, blank=True)  # column -> field, "" left out
    options = models.JSONField(default=dict, blank=True)  # how its files are read
    kinds = models.JSONField(default=dict, blank=True)  # word of the register -> Kind
    scope = models.CharField(max_length=10, choices=Scope, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["territory", "name"], name="import_source_once")]

    def __str__(self) -> str:
        return self.name


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Uploaded: look at the columns")
    READ = "read", _("Read: choose which records belong here")
    COMPARED = "compared", _("Compared: review and publish")
    PUBLISHED = "published", pgettext_lazy("import", "Published")
    UNDONE = "undone", pgettext_lazy("import", "Undone")


class RegisterImport(Timed):
    """One delivery of a register: a file, how it was read, and how far it is."""

    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="imports")
    source = models.ForeignKey(ImportSource, on_delete=models.PROTECT, related_name="imports")
    file = models.ForeignKey(RawFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("name of the file"), max_length=200)
    file_date = models.DateField(_("date of the file"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")  # the last one
    options = models.JSONField(default=dict, blank=True)  # corrections of what was recognised
    inspection = models.JSONField(default=dict, blank=True)  # what was recognised, or the fault
    mapping = models.JSONField(default=dict, blank=True)
    kinds = models.JSONField(default=dict, blank=True)
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.INSIDE)
    published_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    kept = models.JSONField(default=list, blank=True)  # what the last undo could not take back, with the reason

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["territory", "-created_at"], name="import_territory")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state"),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="import_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.file_name})"

    @property
    def busy(self) -> bool:
        """Whether a job is at work on it."""
        return self.job is not None and self.job.open


class Presence(models.TextChoices):
    """Where a record lies, as far as it says."""

    INSIDE = "inside", _("inside the territory")
    OUTSIDE = "outside", _("outside the territory")
    CITY = "city", _("no coordinates, but the city is this one")
    ELSEWHERE = "elsewhere", _("no coordinates, and another city")
    NOWHERE = "nowhere", _("no coordinates and no city")


class Group(models.TextChoices):
    """What the comparison found."""

    WAITING = "waiting", _("Not compared yet")
    NEW = "new", pgettext_lazy("record", "New")
    SAME = "same", _("The same as a known organisation")
    BRANCH = "branch", _("A branch of a known organisation")  # never computed: a person says so
    DOUBTFUL = "doubtful", _("Doubtful")
    OUT = "out", _("Left out: not of this territory")


class Verdict(models.TextChoices):
    """What a person decided about a record."""

    SAME = "same", _("The same organisation")
    NEW = "new", _("Not the same: a new organisation")
    BRANCH = "branch", _("A branch of it: the same organisation at another site")
    LEAVE = "leave", _("Left out")
    UNSURE = "unsure", _("Cannot tell")  # of an audit only
    OPEN = "open", _("Opened again")


TIED = (Verdict.SAME, Verdict.BRANCH)  # these name a known organisation


class RegisterRecordQuerySet(models.QuerySet["RegisterRecord"]):
    def outcome(self, group: str) -> Self:
        """Records that will be treated so: a person's decision goes before what was computed."""
        decided = Q(verdict__in=[Verdict.SAME, Verdict.NEW, Verdict.BRANCH, Verdict.LEAVE])
        if group == Group.OUT:
            return self.filter(Q(verdict=Verdict.LEAVE) | (~decided & Q(group=Group.OUT)))
        return self.filter(Q(verdict=group) | (~decided & Q(group=group)))


class RegisterRecord(models.Model):
    """One accepted row of a file."""

    register_import = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="records")
    line = models.PositiveIntegerField()
    key = models.CharField(max_length=200)  # the register's own number, or a digest of name and place
    name = models.CharField(max_length=300)
    values = models.JSONField()  # field -> value, typed
    raw = models.JSONField(default=dict)  # column -> text, without the columns that were left out
    problems = models.JSONField(default=list, blank=True)  # values that could not be read and were left empty
    presence = models.CharField(max_length=10, choices=Presence)
    group = models.CharField(max_length=10, choices=Group, default=Group.WAITING)
    organisation = models.ForeignKey("Organisation", null=True, on_delete=models.SET_NULL, related_name="register_records")
    weight = models.FloatField(null=True)  # of the best candidate
    candidates = models.JSONField(default=list, blank=True)  # {organisation, weight, flags, bars: [[comparison, level, weight]]}
    pattern = models.CharField(max_length=400, blank=True, db_default="")  # the levels of the best candidate (facts.pattern_of)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)  # the newest decision of the ledger
    published = models.BooleanField(default=False)

    objects: ClassVar[RegisterRecordQuerySet] = RegisterRecordQuerySet.as_manager()  # type: ignore[assignment] # as_manager() has the query set's methods

    class Meta:
        ordering = ["line"]
        indexes = [
            models.Index(fields=["register_import", "group", "line"], name="record_group"),
            models.Index(fields=["register_import", "presence"], name="record_presence"),
            models.Index(fields=["register_import", "key"], name="record_key"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def outcome(self) -> str:
        """What will become of it: a decision goes before what was computed."""
        if self.verdict in ("", Verdict.OPEN):
            return self.group
        return Group.OUT.value if self.verdict == Verdict.LEAVE else self.verdict


class RejectedRow(models.Model):
    """One row that could not be used, with the reason as a code."""

    register_import = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="rejected")
    line = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    reason = models.CharField(max_length=40)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["line", "pk"]
        indexes = [models.Index(fields=["register_import", "line"], name="rejected_line")]


class Purpose(models.TextChoices):
    """What a decision is for: those of an audit measure the comparison and act on nothing."""

    REVIEW = "review", _("Review")
    AUDIT = "audit", _("Audit")


class LinkDecision(models.Model):
    """Who decided what about a record. The database refuses to change or delete a row (migrations 0003 and 0004).

    It names source and key, so that the next delivery of the register finds the decision again.
    """

    source = models.ForeignKey(ImportSource, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    register_import = models.ForeignKey(RegisterImport, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    record = models.ForeignKey(RegisterRecord, on_delete=models.DO_NOTHING, db_constraint=False, related_name="decisions")
    key = models.CharField(max_length=200)
    organisation = models.ForeignKey("Organisation", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    at = models.DateTimeField(db_default=Now())
    weight = models.FloatField(null=True)
    model_version = models.CharField(max_length=40, default=MODEL_VERSION)
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.REVIEW)
    reason = models.CharField(max_length=500, blank=True)
    pattern = models.CharField(max_length=400, blank=True)  # the levels of the pair, to learn from

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["pattern"], name="decision_pattern"),
            models.Index(fields=["source", "key", "-id"], name="decision_key"),
            models.Index(fields=["register_import", "-id"], name="decision_import"),
        ]


class ImportChange(models.Model):
    """What publishing one record did to one organisation: what undo takes back."""

    MADE, FILLED = "made", "filled"

    register_import = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="changes")
    record = models.ForeignKey(RegisterRecord, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("Organisation", on_delete=models.CASCADE, related_name="import_changes")
    what = models.CharField(max_length=10, choices=[(MADE, _("made")), (FILLED, _("filled"))])
    values: Any = models.JSONField(default=dict)  # field -> value it got
    tie = models.ForeignKey("Relation", null=True, on_delete=models.SET_NULL, related_name="+")  # of a branch to its organisation

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["register_import", "what"], name="import_change_what")]
