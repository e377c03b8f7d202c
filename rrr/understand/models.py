"""Organisations of a territory, where each statement about them comes from, and the ties that somebody wrote down."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rrr.core.models import Timed


class Kind(models.TextChoices):
    """What an organisation is, in the terms of the social and solidarity economy."""

    ASSOCIATION = "association", _("Association")
    COOPERATIVE = "cooperative", _("Cooperative")
    SOCIAL_COOPERATIVE = "social_cooperative", _("Social cooperative")
    MUTUAL = "mutual", _("Mutual")
    FOUNDATION = "foundation", _("Foundation")
    SOCIAL_ENTERPRISE = "social_enterprise", _("Social enterprise")
    WISE = "wise", _("Work integration social enterprise")
    COMMUNITY_ENTERPRISE = "community_enterprise", _("Community enterprise")
    HOUSING_PROVIDER = "housing_provider", _("Housing provider")
    ETHICAL_FINANCE = "ethical_finance", _("Ethical finance")
    CONSORTIUM = "consortium", _("Consortium")
    NETWORK = "network", _("Network or federation")
    PLATFORM = "platform", _("Platform")
    INCUBATOR = "incubator", _("Incubator or support body")
    RESEARCH = "research", _("University or research")
    PUBLIC_BODY = "public_body", _("Public body")
    UNKNOWN = "", _("Not known")


class ActorRole(models.TextChoices):
    """What an organisation does in the ecosystem."""

    PROVIDER = "provider", _("Provides goods or services")
    NETWORK = "network", _("Joins others")
    FUNDER = "funder", _("Funds")
    INCUBATOR = "incubator", _("Helps to start and grow")
    PUBLIC = "public", _("Public")
    RESEARCH = "research", _("Researches")


class Confidence(models.TextChoices):
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class Precision(models.TextChoices):
    ADDRESS = "address", _("To the address")
    DISTRICT = "district", _("To the district")
    APPROXIMATE = "approximate", _("Roughly")


class Visibility(models.TextChoices):
    PUBLISHED = "published", _("Everybody sees it")
    BLURRED = "blurred", _("Everybody sees it, nobody its place")
    HIDDEN = "hidden", _("Only the team sees it")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def public(self) -> Self:
        """What a stranger may see: pages, maps, downloads and counts all start here."""
        return self.exclude(visibility=Visibility.HIDDEN)

    def placed(self) -> Self:
        """Organisations that may be drawn on a map."""
        return self.filter(lon__isnull=False).exclude(visibility__in=[Visibility.HIDDEN, Visibility.BLURRED])


class Organisation(Timed):
    """One organisation of a territory, as far as sources state it. Empty means not known."""

    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="organisations")
    slug = models.SlugField(_("short name in addresses"), max_length=120)
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind, blank=True)
    legal_form = models.CharField(_("legal form, as stated"), max_length=200, blank=True)
    roles = ArrayField(models.CharField(max_length=20, choices=ActorRole), verbose_name=_("what it does"), default=list, blank=True)
    activity = models.TextField(_("activity"), blank=True)
    sdgs = ArrayField(models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(17)]), default=list, blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    founded = models.PositiveSmallIntegerField(_("founded"), null=True, blank=True)
    closed = models.PositiveSmallIntegerField(_("closed"), null=True, blank=True)
    closed_note = models.CharField(_("how it ended"), max_length=300, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    precision = models.CharField(_("how exact the place is"), max_length=12, choices=Precision, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    district = models.CharField(_("district"), max_length=200, blank=True)
    place_note = models.CharField(_("note on the place"), max_length=500, blank=True)
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence, blank=True)
    last_seen = models.PositiveSmallIntegerField(
        _("last seen"), null=True, blank=True, help_text=_("Year of the newest source that shows it active.")
    )
    visibility = models.CharField(_("who sees it"), max_length=10, choices=Visibility, default=Visibility.PUBLISHED)

    objects: ClassVar[OrganisationQuerySet] = OrganisationQuerySet.as_manager()  # type: ignore[assignment] # as_manager() has the query set's methods

    class Meta:
        ordering = ["name"]
        indexes = [
            models.Index(fields=["territory", "kind"], name="organisation_kind"),
            models.Index(fields=["territory", "name"], name="organisation_name"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["territory", "slug"], name="organisation_slug_once"),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True) | Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
                name="organisation_place",
            ),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="organisation_visibility"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="organisation_known_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shows_place(self) -> bool:
        return self.lon is not None and self.visibility == Visibility.PUBLISHED


class OrganisationSource(models.Model):
    """Where a statement about an organisation was read, and on which day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sources")
    url = models.URLField(max_length=1000)
    about = models.CharField(max_length=20, default="facts")  # "facts", or "place" for coordinates and address
    read_on = models.DateField()

    class Meta:
        ordering = ["about", "url"]
        constraints = [models.UniqueConstraint(fields=["organisation", "url", "about"], name="organisation_source_once")]


class RelationKind(models.TextChoices):
    """Each is read from the first organisation to the second."""

    PARTNERS = "partners", _("works with")
    MEMBER_OF = "member_of", _("is a member of")
    SUPPORTS = "supports", _("supports")
    FUNDS = "funds", _("funds")
    FOUNDED = "founded", _("founded")


class Relation(Timed):
    """A tie that some source states. A tie nobody wrote down is missing here, not absent in the world."""

    source = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="ties_out")
    target = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="ties_in")
    kind = models.CharField(max_length=20, choices=RelationKind)
    note = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    read_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="relation_once"),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="relation_two_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.get_kind_display()} {self.target}"
