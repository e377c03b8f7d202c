"""Reads about people. The territory model is looked up by name: places and people do not import each other."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from rrr.people.models import (
    Body,
    BodyMember,
    ContentReport,
    InstancePage,
    Invitation,
    Meeting,
    Membership,
    ProgrammeRole,
    Task,
    User,
    WorkingGroup,
)


def territory(slug: str) -> Any:
    return get_object_or_404(apps.get_model("places", "Territory"), slug=slug)


def published_territories() -> QuerySet[Any]:
    return apps.get_model("places", "Territory")._default_manager.filter(status="published").order_by("name")


def person_by_email(email: str) -> User | None:
    return User.objects.filter(email__iexact=email.strip()).first()


def my_memberships(user: AbstractBaseUser) -> QuerySet[Membership]:
    return Membership.objects.filter(user_id=user.pk).select_related("territory", "user").order_by("territory__name")


def my_membership(user: AbstractBaseUser, pk: int) -> Membership:
    return get_object_or_404(my_memberships(user), pk=pk)


def my_programme_roles(user: AbstractBaseUser) -> QuerySet[ProgrammeRole]:
    return ProgrammeRole.objects.filter(user_id=user.pk).order_by("role")


def my_groups(user: AbstractBaseUser) -> QuerySet[WorkingGroup]:
    return WorkingGroup.objects.filter(members__pk=user.pk, closed_at=None).select_related("territory")


def my_open_tasks(user: AbstractBaseUser) -> QuerySet[Task]:
    return Task.objects.filter(who_id=user.pk, done_at=None).select_related("group__territory")


def team(slug: str) -> QuerySet[Membership]:
    return Membership.objects.filter(territory__slug=slug).select_related("user").order_by("role", "user__name")


def membership(slug: str, pk: int) -> Membership:
    return get_object_or_404(Membership.objects.select_related("user", "territory"), pk=pk, territory__slug=slug)


def team_people(slug: str) -> QuerySet[User]:
    return User.objects.filter(memberships__territory__slug=slug, is_active=True)


def open_invitations(slug: str) -> QuerySet[Invitation]:
    found = Invitation.objects.filter(territory__slug=slug, withdrawn_at=None, uses_left__gt=0, expires_at__gt=timezone.now())
    return found.select_related("by")


def invitation(slug: str, pk: Any) -> Invitation:
    return get_object_or_404(Invitation.objects.select_related("territory"), pk=pk, territory__slug=slug)


def programme_roles() -> QuerySet[ProgrammeRole]:
    return ProgrammeRole.objects.select_related("user").order_by("role", "user__name")


def programme_role(pk: int) -> ProgrammeRole:
    return get_object_or_404(ProgrammeRole.objects.select_related("user"), pk=pk)


def my_bodies(user: AbstractBaseUser) -> QuerySet[BodyMember]:
    return BodyMember.objects.filter(user_id=user.pk).select_related("body__territory").order_by("body__name")


def bodies(words: str = "", kind: str = "") -> QuerySet[Body]:
    found = Body.objects.select_related("territory").annotate(people=Count("members", filter=Q(members__confirmed_at__isnull=False)))
    if words:
        found = found.filter(name__icontains=words)
    if kind:
        found = found.filter(kind=kind)
    return found.order_by("name", "id")


def body(pk: int) -> Body:
    return get_object_or_404(Body.objects.select_related("territory"), pk=pk)


def body_members(of: Body) -> list[BodyMember]:
    return list(BodyMember.objects.filter(body=of).select_related("user", "body__territory"))


def body_member(of: Body, pk: int) -> BodyMember:
    return get_object_or_404(BodyMember.objects.select_related("user", "body__territory"), pk=pk, body=of)


def groups(slug: str) -> QuerySet[WorkingGroup]:
    found = WorkingGroup.objects.filter(territory__slug=slug).annotate(people=Count("members", distinct=True))
    upcoming = Meeting.objects.filter(starts_at__gte=timezone.now()).order_by("starts_at")
    return found.prefetch_related(Prefetch("meetings", upcoming, to_attr="upcoming")).order_by("-closed_at", "name")


def group(slug: str, pk: int) -> WorkingGroup:
    return get_object_or_404(WorkingGroup.objects.select_related("territory").prefetch_related("members"), pk=pk, territory__slug=slug)


def is_member(group: WorkingGroup, user: AbstractBaseUser | AnonymousUser) -> bool:
    return any(member.pk == user.pk for member in group.members.all())


def meetings(group: WorkingGroup) -> list[Meeting]:
    return list(Meeting.objects.filter(group=group).order_by("-starts_at"))


def meeting(group: WorkingGroup, pk: int) -> Meeting:
    found = get_object_or_404(Meeting, pk=pk, group=group)
    found.group = group
    return found


def visible_meeting(group: WorkingGroup, pk: int, *, inside: bool, drafts: bool = False) -> Meeting:
    """A meeting for its group, or, once its minutes are public, for everybody; in a draft territory for those who may see drafts."""
    found = meeting(group, pk)
    outside = drafts or group.territory.status == "published"
    if not inside and not (outside and found.minutes_public and found.minutes):
        raise Http404
    return found


def tasks(group: WorkingGroup) -> list[Task]:
    return list(Task.objects.filter(group=group).select_related("who").order_by("-done_at", "due", "title"))


def task(group: WorkingGroup, pk: int) -> Task:
    found = get_object_or_404(Task.objects.select_related("who"), pk=pk, group=group)
    found.group = group
    return found


def public_minutes(slug: str) -> QuerySet[Meeting]:
    found = Meeting.objects.filter(group__territory__slug=slug, minutes_public=True).exclude(minutes="")
    return found.select_related("group").order_by("-starts_at")


def instance_page(slug: str, language: str) -> InstancePage | None:
    """The page in the reader's language, else in English, else none has been written here."""
    found = {page.language: page for page in InstancePage.objects.filter(slug=slug, language__in=[language, "en"])}
    return found.get(language) or found.get("en")


def page_languages(slug: str) -> set[str]:
    return set(InstancePage.objects.filter(slug=slug).values_list("language", flat=True))


def reports(*, closed: bool) -> QuerySet[ContentReport]:
    return ContentReport.objects.filter(closed_at__isnull=not closed).order_by("-created_at")


def open_reports() -> int:
    return ContentReport.objects.filter(closed_at=None).count()


def report(pk: int) -> ContentReport:
    return get_object_or_404(ContentReport, pk=pk)
