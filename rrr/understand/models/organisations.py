"""Organisations of a territory, where each statement about them comes from, and the ties that somebody wrote down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rrr.core.models import RawFile, Timed
from rrr.people.roles import Permission
from rrr.understand.models.imports import RegisterImport
from rrr.understand.vocabulary import STATUS_SENTENCES, ActorRole, Confidence, Kind, Precision, RelationKind, Status, Visibility


@dataclass(frozen=True)
class Place:
    """Where an organisation is, as far as it may be shown."""

    lon: float | None
    lat: float | None
    precision: str
    address: str
    district: str
    note: str

    @property
    def words(self) -> str:
        return ", ".join(part for part in (self.address, self.district) if part)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def public(self) -> Self:
        """What a stranger may see: pages, maps, downloads and counts all start here."""
        return self.exclude(visibility=Visibility.HIDDEN)

    def placed(self) -> Self:
        """Organisations that may be drawn on a map."""
        return self.filter(lon__isnull=False, visibility=Visibility.PUBLISHED)

    def everywhere(self) -> Self:
        """What a stranger may see of all territories: drafts stay with their people."""
        return self.public().filter(territory__status="published")


class Organisation(Timed):
    """One organisation of a territory, as far as sources state it. Empty means not known."""

    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="organisations")
    slug = models.SlugField(_("short name in addresses"), max_length=120)
    name = models.CharField(_("name"), max_length=300)
    local_names = ArrayField(models.CharField(max_length=300), verbose_name=_("other names"), default=list, blank=True)
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
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.UNVERIFIED)
    last_seen = models.PositiveSmallIntegerField(
        _("last seen"), null=True, blank=True, help_text=_("Year of the newest source that shows it active.")
    )
    visibility = models.CharField(_("who sees it"), max_length=10, choices=Visibility, default=Visibility.PUBLISHED)
    offers = ArrayField(models.CharField(max_length=160), verbose_name=_("what it offers"), default=list, blank=True)
    needs = ArrayField(models.CharField(max_length=160), verbose_name=_("what it looks for"), default=list, blank=True)
    owned = ArrayField(
        models.CharField(max_length=30), default=list, blank=True, editable=False
    )  # fields its own people wrote; imports leave them

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
                condition=Q(lon__isnull=True, lat__isnull=True)
                | Q(lon__isnull=False, lat__isnull=False, lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
                name="organisation_whole_place",
            ),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="organisation_visibility"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="organisation_known_kind"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="organisation_status"),
            models.CheckConstraint(condition=Q(closed__isnull=True) | Q(status=Status.CLOSED), name="organisation_closed_says_so"),
            models.CheckConstraint(
                condition=Q(founded__isnull=True) | Q(closed__isnull=True) | Q(closed__gte=models.F("founded")), name="organisation_years"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def grants(self, user: AbstractBaseUser, permission: str) -> bool:
        """Who speaks for it, once the days to object are over."""
        return permission == Permission.ORGANISATION_SPEAK and self.claims.holding().filter(user_id=user.pk).exists()

    @property
    def owned_words(self) -> list[str]:
        """What its own people wrote, as a reader knows the fields."""
        names = {field.name: str(field.verbose_name) for field in self._meta.fields}
        return [names[name] for name in self.owned if name not in ("lon", "precision")]

    @property
    def status_sentence(self) -> str:
        return str(STATUS_SENTENCES[Status(self.status)])

    @property
    def shows_place(self) -> bool:
        """Whether it stands on the map; the same question as `OrganisationQuerySet.placed`."""
        return self.lon is not None and self.visibility == Visibility.PUBLISHED

    @property
    def place(self) -> Place | None:
        """The one way by which pages and downloads read a place: None where it is not known or not to be shown."""
        if self.visibility != Visibility.PUBLISHED or not (self.lon is not None or self.address or self.district):
            return None
        return Place(self.lon, self.lat, self.precision, self.address, self.district, self.place_note)

    @property
    def shown_sources(self) -> list[OrganisationSource]:
        """Its sources without those that would tell a place nobody is to see."""
        blurred = self.visibility != Visibility.PUBLISHED
        return [one for one in self.sources.all() if not (blurred and one.about == OrganisationSource.PLACE)]


class OrganisationSource(models.Model):
    """Where statements about an organisation were read, and on which day: a page, or a row of a file that was imported."""

    FACTS, PLACE = "facts", "place"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sources")
    url = models.URLField(max_length=1000, blank=True)
    file = models.ForeignKey(RawFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    row = models.PositiveIntegerField(null=True, blank=True)  # line of the file, counted as a spreadsheet does
    register_import = models.ForeignKey(RegisterImport, null=True, blank=True, on_delete=models.PROTECT, related_name="source_rows")
    about = models.CharField(max_length=20, default=FACTS)  # "facts", or "place" for coordinates and address
    fields = ArrayField(models.CharField(max_length=30), default=list, blank=True)  # names of the fields it supports
    read_on = models.DateField()

    class Meta:
        ordering = ["about", "url", "row"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "url", "file", "row", "register_import", "about"],
                nulls_distinct=False,
                name="organisation_source_once",
            ),
            models.CheckConstraint(condition=~Q(url="") | Q(file__isnull=False), name="organisation_source_named"),
            models.CheckConstraint(condition=Q(about__in=["facts", "place"]), name="organisation_source_about"),
        ]


class RelationQuerySet(models.QuerySet["Relation"]):
    def public(self) -> Self:
        """Ties whose two ends a stranger may see."""
        seen = Organisation.objects.everywhere()
        return self.filter(source__in=seen, target__in=seen)


class Relation(Timed):
    """A tie that some source states. A tie nobody wrote down is missing here, not absent in the world."""

    source = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="ties_out")
    target = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="ties_in")
    kind = models.CharField(max_length=20, choices=RelationKind)
    note = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    read_on = models.DateField(null=True)

    objects: ClassVar[RelationQuerySet] = RelationQuerySet.as_manager()  # type: ignore[assignment] # as_manager() has the query set's methods

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="relation_once"),
            models.CheckConstraint(condition=Q(kind__in=RelationKind.values), name="relation_kind"),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="relation_two_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.get_kind_display()} {self.target}"
