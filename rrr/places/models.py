"""Territories and what is known about them: people, policy, districts, figures of the country, yearly indicators."""

from __future__ import annotations

from typing import ClassVar, Self
from urllib.parse import urlsplit

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rrr.core.models import Timed

COUNTRY = RegexValidator(r"^[A-Z]{2}\Z", _("Write the country as its two-letter code, for example NL."))
LANGUAGE = RegexValidator(r"^[a-z]{2,3}(-[A-Z]{2})?\Z", _("Write a language as its code, for example nl or pt-BR."))
SLUG = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Use small letters, digits and single hyphens, for example belo-horizonte."))


def _degrees(name: str, limit: int) -> Q:
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": -limit, f"{name}__lte": limit})


def _all_or_none(*names: str) -> Q:
    return Q(**{f"{name}__isnull": True for name in names}) | Q(**{f"{name}__isnull": False for name in names})


class Source(models.Model):
    """A page or a document that states something, and the day somebody read it there."""

    url = models.URLField(_("address"), max_length=1000, unique=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    read_on = models.DateField(_("read on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    def __str__(self) -> str:
        return self.title or self.host

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc.removeprefix("www.")


class Status(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("territory", "Draft")  # seen by its own people only
    PUBLISHED = "published", pgettext_lazy("territory", "Published")  # seen by everybody


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)

    def peers(self) -> Self:
        return self.filter(is_peer=True)


class Territory(Timed):
    """A metropolitan area with an authority that runs the programme there."""

    slug = models.CharField(_("short name in addresses"), max_length=60, unique=True, validators=[SLUG])
    name = models.CharField(_("name"), max_length=120)
    local_name = models.CharField(_("name in its own languages"), max_length=160, blank=True)
    country = models.CharField(_("country"), max_length=2, validators=[COUNTRY])
    languages = ArrayField(models.CharField(max_length=8, validators=[LANGUAGE]), verbose_name=_("languages"))
    time_zone = models.CharField(_("time zone"), max_length=60)
    authority_name = models.CharField(_("authority"), max_length=200)
    authority_type = models.CharField(_("kind of authority"), max_length=200, blank=True)
    authority_website = models.URLField(_("website of the authority"), max_length=500, blank=True)
    authority_sources = ArrayField(models.URLField(max_length=1000), default=list, blank=True)
    centre_lon = models.FloatField(_("longitude of the centre"), null=True, blank=True)
    centre_lat = models.FloatField(_("latitude of the centre"), null=True, blank=True)
    west = models.FloatField(null=True, blank=True)
    south = models.FloatField(null=True, blank=True)
    east = models.FloatField(null=True, blank=True)
    north = models.FloatField(null=True, blank=True)
    boundary = models.JSONField(_("boundary"), null=True, blank=True)  # a GeoJSON MultiPolygon in degrees, longitude first
    boundary_approximate = models.BooleanField(_("boundary is approximate"), default=True)  # true for a box without a boundary too
    population_note = models.TextField(_("note on the population"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    is_peer = models.BooleanField(_("peer territory of the programme"), default=False)
    participation = models.TextField(_("part in the programme, as stated"), blank=True)
    participation_sources = ArrayField(models.URLField(max_length=1000), default=list, blank=True)

    objects: ClassVar[TerritoryQuerySet] = TerritoryQuerySet.as_manager()  # type: ignore[assignment] # as_manager() has the query set's methods

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$") & ~Q(slug="new"), name="territory_slug"),
            models.CheckConstraint(condition=Q(country__regex=r"^[A-Z]{2}$"), name="territory_country"),
            models.CheckConstraint(condition=Q(languages__len__gte=1), name="territory_languages"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="territory_status"),
            models.CheckConstraint(condition=_degrees("centre_lon", 180) & _degrees("centre_lat", 90), name="territory_centre_degrees"),
            models.CheckConstraint(condition=_all_or_none("centre_lon", "centre_lat"), name="territory_centre_whole"),
            models.CheckConstraint(condition=_degrees("west", 180) & _degrees("east", 180), name="territory_box_lon"),
            models.CheckConstraint(condition=_degrees("south", 90) & _degrees("north", 90), name="territory_box_lat"),
            models.CheckConstraint(condition=_all_or_none("west", "south", "east", "north"), name="territory_box_whole"),
            models.CheckConstraint(
                condition=Q(west__isnull=True) | Q(west__lt=F("east"), south__lt=F("north")), name="territory_box_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def centre(self) -> tuple[float, float] | None:
        return None if self.centre_lon is None or self.centre_lat is None else (self.centre_lon, self.centre_lat)

    @property
    def bbox(self) -> tuple[float, float, float, float] | None:
        """West, south, east, north in degrees."""
        if self.west is None or self.south is None or self.east is None or self.north is None:
            return None
        return (self.west, self.south, self.east, self.north)


class Qualifier(models.TextChoices):
    ABOUT = "about", _("about")
    MORE_THAN = "more_than", _("more than")


class Population(models.Model):
    """A head count that some source states for a named area around the territory."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="populations")
    value = models.PositiveBigIntegerField(_("people"))
    qualifier = models.CharField(_("how exact"), max_length=10, choices=Qualifier, blank=True)
    area = models.CharField(_("area counted"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    quality = models.CharField(_("kind of source"), max_length=200, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-year", "area"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "area", "year"], nulls_distinct=False, name="population_once"),
            models.CheckConstraint(condition=Q(value__gt=0), name="population_positive"),
        ]


class PolicyKind(models.TextChoices):
    STRATEGY = "strategy", _("Strategy or plan")
    LAW = "law", _("Law")
    GOVERNANCE = "governance", _("Governance")
    SUPPORT_BODY = "support_body", _("Support body")
    SUPPORT_PROGRAMME = "support_programme", _("Support programme")
    FINANCE = "finance", _("Finance")
    NETWORK = "network", _("Network")
    PROCUREMENT = "procurement", _("Public procurement")
    HOUSING = "housing", _("Housing")
    MARKET_ACCESS = "market_access", _("Access to markets")
    RECOGNITION = "recognition", _("Recognition")
    PREMISES = "premises", _("Premises")
    SIZE = "size", _("Size of the sector")
    RESEARCH = "research", _("Research")


class PolicyFact(models.Model):
    """One thing a source states about policy for the social and solidarity economy."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="policy_facts")
    kind = models.CharField(_("kind"), max_length=20, choices=PolicyKind)
    fact = models.TextField(_("fact"))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    sources: models.ManyToManyField[Source, Source] = models.ManyToManyField(Source, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=PolicyKind.values), name="policy_kind")]


class District(models.Model):
    """A part of the territory with a name and an outline."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="districts")
    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=160)
    geometry = models.JSONField(_("outline"))  # a GeoJSON MultiPolygon in degrees, longitude first

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["territory", "code"], name="district_code_once")]

    def __str__(self) -> str:
        return self.name


class CountryFigure(models.Model):
    """A figure or statement about the social economy of a country or a part of it, kept in the words of its source."""

    country = models.CharField(_("country"), max_length=2, validators=[COUNTRY])
    scope = models.CharField(_("area"), max_length=120, blank=True)  # empty: the whole country
    indicator = models.CharField(_("what is counted"), max_length=60)
    value = models.TextField(_("value as stated"))
    number = models.FloatField(_("value as a number"), null=True, blank=True)  # only where the source states exactly one
    qualifier = models.CharField(_("how exact"), max_length=10, choices=Qualifier, blank=True)
    unit = models.CharField(_("unit"), max_length=80, blank=True)  # empty: the value is a text
    year = models.CharField(_("year as stated"), max_length=20, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["country", "scope", "indicator", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["country", "scope", "indicator", "year", "unit", "value"], name="country_figure_once"),
            models.CheckConstraint(condition=Q(country__regex=r"^[A-Z]{2}$"), name="country_figure_country"),
        ]


class Indicator(models.Model):
    """What a series measures, in which unit, and who lets us show it."""

    code = models.CharField(_("code"), max_length=60, unique=True, validators=[SLUG])
    name = models.CharField(_("name"), max_length=160)
    unit = models.CharField(_("unit"), max_length=80)
    definition = models.TextField(_("definition"), blank=True)
    dataset = models.CharField(_("data set"), max_length=200)
    licence = models.CharField(_("licence"), max_length=60)
    attribution = models.CharField(_("attribution"), max_length=300)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Observation(models.Model):
    """One value of an indicator for a country or a territory in one year. A year without a row is a gap."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="observations")
    country = models.CharField(_("country"), max_length=2, blank=True)
    territory = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.CASCADE, related_name="observations")
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.FloatField(_("value"))

    class Meta:
        ordering = ["indicator", "country", "year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "country", "territory", "year"], nulls_distinct=False, name="observation_once"),
            models.CheckConstraint(
                condition=Q(country__regex=r"^[A-Z]{2}$", territory__isnull=True) | Q(country="", territory__isnull=False),
                name="observation_one_area",
            ),
            models.CheckConstraint(condition=Q(year__gte=1800, year__lte=2200), name="observation_year"),
        ]


class StatementKind(models.TextChoices):
    PROCESS = "process", _("Process")
    METHOD = "method", _("Method")
    DEFINITION = "definition", _("Definition")
    FACT = "fact", _("Fact")
    CHALLENGE = "challenge", _("Challenge")
    PEER_GROUP = "peer_group", _("Peer group")
    THEME = "theme", _("Theme")
    GOOD_PRACTICE = "good_practice", _("Good practice")
    PARTICIPANTS = "participants", _("Participants")
    PARTICIPATION = "participation", _("Participation")
    SELECTION = "selection", _("Selection")
    PROFILE = "profile", _("Profile")
    OPEN_QUESTION = "open_question", _("Open question")


class ProgrammeStatement(models.Model):
    """What a public page states about the course of the programme, in a territory or (without one) as a whole."""

    key = models.CharField(max_length=60, unique=True)
    territory = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.CASCADE, related_name="statements")
    kind = models.CharField(_("kind"), max_length=20, choices=StatementKind)
    statement = models.TextField(_("statement"))
    position = models.PositiveSmallIntegerField(default=0)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=StatementKind.values), name="programme_statement_kind")]


class StarterRow(models.Model):
    """What the starter content last wrote into one object: tells its own values from those that people changed since."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="starter_row_once")]
