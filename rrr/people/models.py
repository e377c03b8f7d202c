"""People, the bodies they act for, and what they may do where."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rrr.core.models import Timed
from rrr.people.roles import PROGRAMME_CHOICES, PROGRAMME_ROLES, TERRITORY_CHOICES, TERRITORY_ROLES, Permission, Role

__all__ = [
    "PROGRAMME_ROLES", "TERRITORY_ROLES", "Body", "BodyKind", "BodyMember", "ContentReport", "InstancePage", "Invitation", "Meeting",
    "Membership", "ProgrammeRole", "Role", "Task", "User", "UserManager", "WorkingGroup",
]  # fmt: skip


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **values: Any) -> User:
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **values)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=(username or "").strip())


class User(AbstractBaseUser):
    """A person with an account. The e-mail address is the login, whatever its capitals; the name is what others see."""

    email = models.EmailField(_("e-mail address"), unique=True)  # the constraint below makes it unique whatever its capitals
    name = models.CharField(pgettext_lazy("person", "name"), max_length=150, help_text=_("Shown to the people you work with."))
    language = models.CharField(_("language"), max_length=8, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_demonstration = models.BooleanField(default=False, editable=False)
    privacy_accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email_once", violation_error_message=_("There is already an account with this e-mail address.")
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name


class BodyKind(models.TextChoices):
    AUTHORITY = "authority", _("Public authority")
    SSE = "sse", _("SSE organisation")
    UNIVERSITY = "university", _("University or research institute")
    BUSINESS = "business", _("Business")
    CITIZENS = "citizens", _("Citizens' group")
    NETWORK = "network", _("Network or federation")
    FUNDER = "funder", _("Foundation or funder")
    MEDIA = "media", _("Media")
    OTHER = "other", _("Other")


class Body(Timed):
    """An organisation people act for on the platform: it need not be in any register."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind)
    website = models.URLField(_("website"), blank=True)
    territory = models.ForeignKey(
        "places.Territory", null=True, blank=True, on_delete=models.SET_NULL, related_name="bodies", verbose_name=_("territory")
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "bodies"
        constraints = [models.UniqueConstraint(Lower("name"), "territory", name="body_once", nulls_distinct=False)]

    def __str__(self) -> str:
        return self.name

    def grants(self, user: AbstractBaseUser, permission: str) -> bool:
        """Confirmed members keep the entry of their body."""
        return permission == Permission.BODY_MANAGE and self.members.filter(user_id=user.pk, confirmed_at__isnull=False).exists()


class BodyMember(models.Model):
    """Somebody who says to act for a body; it counts once another member or a manager has confirmed it."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="bodies")
    position = models.CharField(_("position"), max_length=100, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["user__name", "id"]
        constraints = [models.UniqueConstraint(fields=["body", "user"], name="body_member_once")]

    def __str__(self) -> str:
        return f"{self.body} #{self.user_id}"


class Membership(Timed):
    """A role of a person in one territory."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    territory = models.ForeignKey("places.Territory", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=TERRITORY_CHOICES)

    class Meta:
        ordering = ["territory", "role", "user"]
        constraints = [
            models.UniqueConstraint(fields=["user", "territory"], name="membership_once"),
            models.CheckConstraint(condition=Q(role__in=[r.value for r in TERRITORY_ROLES]), name="membership_role"),
        ]

    def __str__(self) -> str:
        """No name: this stands in the audit trail, which outlives the account."""
        return f"{self.role} #{self.user_id}"


class ProgrammeRole(Timed):
    """A role of a person in the whole programme."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="programme_roles")
    role = models.CharField(_("role"), max_length=20, choices=PROGRAMME_CHOICES)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="programme_role_once"),
            models.CheckConstraint(condition=Q(role__in=[r.value for r in PROGRAMME_ROLES]), name="programme_role_known"),
        ]

    def __str__(self) -> str:
        """No name: this stands in the audit trail, which outlives the account."""
        return f"{self.role} #{self.user_id}"


class Invitation(Timed):
    """A link that gives a role in a territory. Only the hash of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    territory = models.ForeignKey("places.Territory", on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(_("role"), max_length=20, choices=TERRITORY_CHOICES)
    email = models.EmailField(_("e-mail address"), blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="invitations")
    expires_at = models.DateTimeField()
    uses_left = models.PositiveSmallIntegerField(_("how many people may use it"), default=1)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.territory_id}"

    @property
    def state(self) -> str:
        """`open`, or why it no longer works: `withdrawn`, `used`, `expired`."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.uses_left < 1:
            return "used"
        return "open" if self.expires_at > timezone.now() else "expired"

    @property
    def usable(self) -> bool:
        return self.state == "open"


class WorkingGroup(Timed):
    """People of a territory who work on one thing together."""

    territory = models.ForeignKey("places.Territory", on_delete=models.CASCADE, related_name="working_groups")
    name = models.CharField(_("name"), max_length=150)
    purpose = models.TextField(_("what it is for"), blank=True)
    members: models.ManyToManyField[User, Any] = models.ManyToManyField(User, blank=True, related_name="working_groups")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), "territory", name="working_group_once")]

    def __str__(self) -> str:
        return self.name

    def grants(self, user: AbstractBaseUser, permission: str) -> bool:
        """Its members work in it, whatever their role in the territory."""
        return permission in (Permission.GROUP_WORK, Permission.GROUP_SEE) and any(member.pk == user.pk for member in self.members.all())


class Meeting(Timed):
    """A date of a working group, what it is about, and what was said there."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="meetings")
    title = models.CharField(_("title"), max_length=150)
    starts_at = models.DateTimeField(_("begins"))
    place = models.CharField(_("place or link"), max_length=300, blank=True)
    agenda = models.TextField(_("agenda"), blank=True)
    minutes = models.TextField(_("minutes"), blank=True)
    minutes_public = models.BooleanField(_("everybody may read the minutes"), default=False)

    class Meta:
        ordering = ["-starts_at"]

    def __str__(self) -> str:
        return self.title


class Task(Timed):
    """Something a working group has agreed to do."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(_("what is to be done"), max_length=200)
    who = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="tasks", verbose_name=_("who"))
    due = models.DateField(_("until"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["done_at", "due", "title"]

    def __str__(self) -> str:
        return self.title


class InstancePage(Timed):
    """A page whose text the people who run this instance write: privacy notice, processing record, accessibility statement …"""

    slug = models.CharField(max_length=40)
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=150)
    body = models.TextField(_("text"), help_text=_("Markdown: # for headings, - for lists, [words](address) for links."))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug", "language"], name="instance_page_once")]

    def __str__(self) -> str:
        return self.title


class ContentReport(Timed):
    """What a reader says is wrong, hurtful or not theirs to show. No account is needed."""

    class Reason(models.TextChoices):
        WRONG = "wrong", _("Something is wrong")
        REMOVE = "remove", _("Remove me or my organisation")
        PERSONAL = "personal", _("It shows personal data")
        ILLEGAL = "illegal", _("It is illegal or hurtful")
        BARRIER = "barrier", _("I cannot use this page")

    url = models.CharField(_("page"), max_length=500)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    text = models.TextField(_("what we should know"), max_length=5000)
    email = models.EmailField(_("your e-mail address, if you want an answer"), blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("what was done"), blank=True)

    class Meta:
        ordering = ["closed_at", "-created_at"]

    def __str__(self) -> str:
        return self.url
