"""The catalogue of solutions with the effects that studies state, what a territory put on its shortlist, and the search index."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField, SparseVectorField

from rrr.core.models import Timed
from rrr.define.vocabulary import Horizon
from rrr.explore.vocabulary import Design, Measure, ShortlistState, SolutionStatus, Topic


class SolutionQuerySet(models.QuerySet["Solution"]):
    def public(self) -> Self:
        return self.filter(status=SolutionStatus.PUBLISHED)


class Solution(Timed):
    """A social innovation that exists somewhere, as far as sources state it. Empty means not known."""

    slug = models.SlugField(_("short name in addresses"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200)
    summary = models.TextField(_("in one sentence"))
    problem = models.TextField(_("the problem it answers"), blank=True)
    how_it_works = models.TextField(_("how it works"), blank=True)
    core_parts = ArrayField(models.CharField(max_length=300), verbose_name=_("core parts, which must stay"), default=list, blank=True)
    adaptable_parts = ArrayField(models.CharField(max_length=300), verbose_name=_("parts that can be adapted"), default=list, blank=True)
    target_groups = ArrayField(models.CharField(max_length=200), verbose_name=_("for whom"), default=list, blank=True)
    topics = ArrayField(models.CharField(max_length=40, choices=Topic), verbose_name=_("what it is about"), default=list, blank=True)
    horizons = ArrayField(models.CharField(max_length=10, choices=Horizon), verbose_name=_("horizons"), default=list, blank=True)
    sdgs = ArrayField(models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(17)]), default=list, blank=True)
    origin_organisation = models.CharField(_("started by"), max_length=300, blank=True)
    legal_form = models.CharField(_("legal form of who started it"), max_length=200, blank=True)
    origin_place = models.CharField(_("where it started"), max_length=200, blank=True)
    start_year = models.PositiveSmallIntegerField(_("started in"), null=True, blank=True)
    places_adopted = ArrayField(models.CharField(max_length=300), verbose_name=_("taken up in"), default=list, blank=True)
    scale_reached = models.TextField(_("scale reached, as stated"), blank=True)
    cost_stated = models.TextField(_("cost, as stated"), blank=True)
    effect_stated = models.TextField(_("effect, as stated"), blank=True)
    source_grade = models.PositiveSmallIntegerField(
        _("source's grade of the evidence, 0 to 4"), null=True, blank=True, validators=[MaxValueValidator(4)]
    )
    language = models.CharField(_("language of the sources"), max_length=8, default="en")
    text_language = models.CharField(_("language of this text"), max_length=8, default="en")
    source_note = models.CharField(_("note on the source"), max_length=500, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=SolutionStatus, default=SolutionStatus.DRAFT)
    sources: models.ManyToManyField[models.Model, models.Model] = models.ManyToManyField("places.Source", related_name="+", blank=True)

    objects: ClassVar[SolutionQuerySet] = SolutionQuerySet.as_manager()  # type: ignore[assignment] # as_manager() has the query set's methods

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=SolutionStatus.values), name="solution_status"),
            models.CheckConstraint(condition=Q(source_grade__isnull=True) | Q(source_grade__lte=4), name="solution_grade"),
        ]

    def __str__(self) -> str:
        return self.name


class Effect(Timed):
    """One effect that one study, or one pilot of this platform, states of a solution."""

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="effects")
    key = models.CharField(max_length=200, unique=True)  # the starter's id, or "pilot:<pk of the result>"
    study = models.CharField(_("study"), max_length=300)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    territory = models.ForeignKey("places.Territory", null=True, blank=True, on_delete=models.SET_NULL, related_name="effects")
    design = models.CharField(_("design"), max_length=20, choices=Design)
    design_stated = models.CharField(_("design, as stated"), max_length=200, blank=True)
    outcome = models.CharField(_("outcome"), max_length=300)
    measure = models.CharField(_("measure"), max_length=30, choices=Measure, blank=True)
    value = models.FloatField(_("effect"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=80, blank=True)
    value_text = models.CharField(_("effect in words"), max_length=300, blank=True)
    low = models.FloatField(_("lower end of the 95% interval"), null=True, blank=True)
    high = models.FloatField(_("upper end of the 95% interval"), null=True, blank=True)
    standard_error = models.FloatField(_("standard error"), null=True, blank=True)
    share_treated = models.FloatField(_("percent, with"), null=True, blank=True)
    share_control = models.FloatField(_("percent, without"), null=True, blank=True)
    number_treated = models.PositiveIntegerField(_("number, with"), null=True, blank=True)
    number_other = models.PositiveIntegerField(_("number, without, or in all"), null=True, blank=True)
    pools_others = models.BooleanField(_("itself a pooled figure"), default=False)
    derived = models.BooleanField(_("computed from printed numbers"), default=False)
    reviewed = models.BooleanField(_("reviewed by a curator for risk of bias"), default=False)
    note = models.TextField(_("note"), blank=True)
    url = models.CharField(_("where it can be read"), max_length=1000, blank=True)  # a case of this platform, for a pilot
    sources: models.ManyToManyField[models.Model, models.Model] = models.ManyToManyField("places.Source", related_name="+", blank=True)

    class Meta:
        ordering = ["solution", "-year", "key"]
        constraints = [
            models.CheckConstraint(condition=Q(design__in=Design.values), name="effect_design"),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=models.F("high")), name="effect_interval"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study}: {self.outcome}"


class ShortlistItem(Timed):
    """A solution that a territory considers for a challenge."""

    challenge = models.ForeignKey("define.Challenge", on_delete=models.CASCADE, related_name="shortlist")
    solution = models.ForeignKey(Solution, on_delete=models.PROTECT, related_name="shortlisted")
    state = models.CharField(_("state"), max_length=10, choices=ShortlistState, default=ShortlistState.LISTED)
    reason = models.TextField(_("why"), blank=True)
    match = models.JSONField(default=dict)  # the match as it was when it was put on: score, parts, reasons, settings
    position = models.PositiveSmallIntegerField(default=0)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "solution"], name="shortlist_once"),
            models.CheckConstraint(condition=Q(state__in=ShortlistState.values), name="shortlist_state"),
        ]

    def __str__(self) -> str:
        return f"{self.solution} · {self.challenge}"


class ShortlistNote(models.Model):
    """What somebody of the team remarks on a shortlisted solution. The author is forgotten when the person is erased."""

    item = models.ForeignKey(ShortlistItem, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("note"), max_length=4000)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


SPARSE_PLACES = 2**29  # as the engine's DIMENSIONS; a test holds them equal
VECTOR_SIZE = 512


class SearchDocument(models.Model):
    """One text that can be found: its BM25 weights as a sparse vector and its meaning as a dense one. Derived, so never audited.

    The engine computes both (rrr.engines.search), so that the database ranks as files do. `lexemes` only narrows the scan.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    territory = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=8, blank=True)
    text = models.TextField()
    folded = models.TextField()  # folded words between single blanks, for quoted phrases
    terms = models.JSONField(default=dict)  # lexeme -> how often
    length = models.PositiveIntegerField(default=0)
    lexemes = SearchVectorField()
    bm = SparseVectorField(dimensions=SPARSE_PLACES)
    vector = HalfVectorField(dimensions=VECTOR_SIZE, null=True)  # None: no model here, or a text without letters
    model = models.CharField(max_length=80, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_document_once")]
        indexes = [GinIndex(fields=["lexemes"], name="search_lexemes")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"


class SearchStatistics(models.Model):
    """What the weights of one kind need to know about all its texts. The row is the lock under which the index changes."""

    kind = models.CharField(max_length=20, primary_key=True)
    documents = models.PositiveIntegerField(default=0)
    length = models.PositiveBigIntegerField(default=0)
    weighed_with = models.FloatField(default=0)  # the average length in every stored weight; `manage.py index` renews it
    languages = models.JSONField(default=dict)  # language -> documents

    def __str__(self) -> str:
        return self.kind


class SearchLexeme(models.Model):
    """In how many texts of a kind a lexeme stands."""

    kind = models.CharField(max_length=20)
    lexeme = models.CharField(max_length=300)
    documents = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "lexeme"], name="search_lexeme_once")]

    def __str__(self) -> str:
        return self.lexeme
